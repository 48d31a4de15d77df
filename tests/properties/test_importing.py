"""Nothing a file holds can hurt: cut, doubled, shuffled and made-up files of every format."""

import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.errors import NewstuiError
from newstui.export.documents import render_document
from newstui.export.flavors import build_flavor
from newstui.export.markdown import MarkdownOptions
from newstui.ingest.article import ImportedArticle, Limits, Source
from newstui.ingest.registry import FORMATS, find_format, read_articles
from newstui.services.foreign import locate
from newstui.text.anchoring import Revision
from tests.unit.export.material import annotation, sheet
from tests.unit.ingest.files import EXPORTS, PAGE, PROSE, URL, epub, mail, pdf, warc

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
EVIL = "\x1b]52;c;ZXZpbA==\x07\x9b2J\u202e[@click=app.quit]x[/]\x00"
FILES: dict[str, bytes] = {
    "a.txt": f"A headline\n\nBy Gazette – 4 March 2021 – TUNIS—{PROSE[0]}\n\nwww.gazette.example.org".encode(),
    "a.md": f"---\ntitle: Harbor\ntags: [a, b]\n---\n# Harbor\n\n> {PROSE[0]}\n\n- {PROSE[1]}\n".encode(),
    "own.md": render_document(build_flavor(sheet(annotation("kept a book", 1, note="n")), MarkdownOptions())).encode(),
    "a.html": PAGE.encode(),
    "a.rss": f"<rss version='2.0'><channel><title>G</title><item><title>H</title><link>{URL}</link>"
    f"<description>{PROSE[0]}</description></item></channel></rss>".encode(),
    "feed.json": b'{"version": "jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>x y</p>"}]}',
    "a.eml": mail(),
    "a.epub": epub(),
    "a.pdf": pdf([[(50, 700, 12, "Harbor opens"), (50, 680, 12, "the first ship to leave")]]),
    "a.warc.gz": warc((URL, "text/html", PAGE.encode())),
    **dict(EXPORTS.values()),
}


def mutations(data: bytes, rounds: int) -> Iterator[bytes]:
    """A file cut, doubled, shuffled, with bytes changed, with what a terminal would act on; always the same."""
    chance = random.Random(data[:64])
    for _ in range(rounds):
        start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        kind = chance.randrange(6)
        if kind == 0:
            yield data[:start]
        elif kind == 1:
            yield data[:start] + data[start:end] * 2 + data[end:]
        elif kind == 2:
            pieces = [data[at : at + 97] for at in range(0, len(data), 97)]
            chance.shuffle(pieces)
            yield b"".join(pieces)
        elif kind == 3:
            changed = bytearray(data)
            for _ in range(1 + len(data) // 200):
                changed[chance.randrange(len(data))] = chance.randrange(256)
            yield bytes(changed)
        elif kind == 4:
            yield data[:start] + EVIL.encode("utf-8") + data[start:]
        else:
            yield data[:start] + data[end:]


def strings(article: ImportedArticle) -> Iterator[str]:
    yield from (article.title, article.text, article.subtitle, article.source, article.site, article.place, article.url)
    yield from (article.published, article.language, *article.author, *article.tags)
    for note in article.notes:
        yield from (note.quote, note.prefix, note.suffix, note.note, note.color, note.created, *note.tags)


def check(data: bytes, name: str) -> None:
    """Whole articles, or a sentence."""
    source = Source(data, f"/x/{name}")
    try:
        found = list(read_articles(find_format(source), source, Limits()))
    except NewstuiError as error:
        found = []
        said = str(error)
    else:
        said = "."
    assert said.endswith((".", "]'"))
    for article in found:
        check_article(article)


def check_article(article: ImportedArticle) -> None:
    for text in strings(article):
        assert not CONTROLS.search(text)
        assert unicodedata.is_normalized("NFC", text)
    assert article.title
    assert article.text.strip()
    assert all(0 <= block.start < block.end <= len(article.text) for block in article.blocks)
    assert not article.url or article.url.lower().startswith(("http://", "https://"))
    for note in article.notes:
        place = locate(article.text, Revision(article.text), note).span
        assert place is None or 0 <= place.start < place.end <= len(article.text)


@pytest.mark.parametrize("name", FILES)
def test_a_mutated_file_gives_whole_articles_or_a_sentence(name: str) -> None:
    check(FILES[name], name)
    for data in mutations(FILES[name], 25):
        check(data, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_many_mutations_of_a_file(name: str) -> None:
    for data in mutations(FILES[name], 2_000):
        check(data, name)


@cache
def everything() -> bytes:
    """The beginnings of all files, from which pieces are drawn."""
    return b"".join(data[:400] for data in FILES.values())


@settings(max_examples=150)
@given(
    st.sampled_from([ending for each in FORMATS for ending in each.extensions] + [""]),
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
            st.integers(0, 8000).map(lambda at: everything()[at : at + 60]),
        ),
        max_size=12,
    ),
)
def test_made_up_files_give_whole_articles_or_a_sentence(ending: str, pieces: list[bytes]) -> None:
    check(b"".join(pieces), f"a{ending}")
