"""What other tools export comes in whole: titles, tags, states, texts and highlights."""

import pytest

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.registry import find_format, find_importer
from tests.unit.ingest.files import EXPORTS, PROSE, URL


def read(kind: str) -> list[ImportedArticle]:
    name, data = EXPORTS[kind]
    source = Source(data, f"/x/{name}")
    return list(find_importer(source).read(source, Limits()))


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_is_known_by_its_bytes_whatever_its_name(kind: str) -> None:
    _, data = EXPORTS[kind]
    assert find_format(Source(data, "/x/download")).name == kind.split()[0]


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_export_gives_the_title_and_what_it_knows(kind: str) -> None:
    article = read(kind)[0]
    assert article.title == "Harbor opens"
    assert article.importer == kind.split()[0]
    if kind in ("pocket", "pocket page", "instapaper", "omnivore", "wallabag", "karakeep"):
        assert article.tags == ("ports", "grain")
        assert article.added == "2020-09-13T12:26:40Z"
        assert article.archived
    if kind not in ("karakeep", "readwise", "koreader", "kindle"):
        assert article.url.startswith(URL)
    assert article.partial == (kind not in ("omnivore", "wallabag", "karakeep"))


@pytest.mark.parametrize("kind", ["instapaper", "omnivore", "wallabag", "readwise", "hypothesis", "koreader", "kindle"])
def test_highlights_come_with_their_notes(kind: str) -> None:
    article = read(kind)[0]
    note = next(each for each in article.notes if each.quote.startswith(PROSE[1][:60]))
    assert note.quote in article.text
    if kind != "instapaper":
        assert note.note.startswith("who paid?")


@pytest.mark.parametrize("kind", ["omnivore", "wallabag", "karakeep"])
def test_the_text_comes_along_where_there_is_one(kind: str) -> None:
    assert read(kind)[0].text.split("\n\n") == list(PROSE)


@pytest.mark.parametrize("kind", ["instapaper", "karakeep"])
def test_folders_and_lists_are_collections(kind: str) -> None:
    assert read(kind)[0].collections == ("Harbors",)


def test_omnivore_gives_labels_dates_and_authors() -> None:
    (article,) = read("omnivore")
    assert (article.author, article.published) == (("Ada Holt",), "2021-03-04")
    assert [(note.tags, note.note) for note in article.notes] == [(("who",), "who paid?"), ((), "")]


def test_readwise_puts_highlights_in_the_order_of_the_book() -> None:
    (article,) = read("readwise")
    assert [note.quote for note in article.notes] == [PROSE[1], PROSE[2]]
    assert [note.color for note in article.notes] == ["blue", "yellow"]
    assert article.tags == ("ports", "grain")


def test_a_reply_stands_below_the_note_it_answers_and_a_note_on_the_page_is_kept() -> None:
    (article,) = read("hypothesis")
    assert [(note.quote[:6], note.note) for note in article.notes] == [
        ("Nobody", "who paid?\n\nthe owners"),
        ("", "about the page"),
    ]


def test_a_highlight_made_longer_on_a_kindle_counts_once_and_bookmarks_do_not() -> None:
    (article,) = read("kindle")
    assert [note.quote for note in article.notes] == [PROSE[1], PROSE[2]]
    assert article.author == ("Ada Holt",)
    assert article.notes[0].created == "2024-01-01T00:00:00Z"


def test_a_reference_keeps_its_authors_and_a_month_stays_a_month() -> None:
    (article,) = read("zotero")
    assert article.author == ("Ada Holt", "The Gazette")
    assert (article.published, article.language, article.text) == ("2021-03", "en", PROSE[0])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"name,age\nx,1\n", "no export of"),
        ("a.json", b'{"x": 1}', "none of the feeds and exports"),
        ("a.json", b'[{"is_archived":' + b"[" * 100_000, "nested too deeply"),
        ("a.zip", b"PK\x03\x04 no zip", "unpack it first"),
        ("a.csv", b"title,url,time_added\n", "no article"),
    ],
)
def test_what_is_no_export_is_refused_with_a_reason(name: str, data: bytes, why: str) -> None:
    source = Source(data, f"/x/{name}")
    with pytest.raises(ImportFailedError, match=why):
        list(find_importer(source).read(source, Limits()))


def test_a_table_that_breaks_off_keeps_the_rows_before() -> None:
    source = Source(EXPORTS["pocket"][1] + b'"open quote,http://x', "/x/pocket.csv")
    assert [article.title for article in find_importer(source).read(source, Limits())] == ["Harbor opens"]
