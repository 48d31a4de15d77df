"""Plain text: wire stories, press releases, anything typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode, refuse_binary
from newstui.ingest.wire import read_wire
from newstui.text.hygiene import clean_text
from newstui.text.languages import detect_language
from newstui.text.paragraphs import split_paragraphs

_GLUED = re.compile(r"(?<=[a-zß-ÿ][.!?])(?=[“\"‘]?[A-ZÀ-Þ][a-zß-ÿ])")
_DOMAIN = re.compile(r"\S+\.(?:com|org|net|gov|edu|info)\b")


class TextImporter:
    """Paragraphs, and the structure of a wire story where there is one."""

    name = "text"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a text file."""
        refuse_binary(source.data, source.name)
        text, warnings = decode(source.data, source.charset)
        yield read_text(text, source, warnings)


def read_text(text: str, source: Source, warnings: list[str]) -> ImportedArticle:
    """A decoded text as an article.

    Raises:
        ImportFailedError: there are no words in it.
    """
    paragraphs = split_paragraphs(clean_text(text))
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise ImportFailedError(f"{source.name}: there is no text in it, so it was left out.")
    head = read_wire(paragraphs)
    body = "\n\n".join(head.paragraphs)
    glued = find_glued(body)
    if glued:
        places = ", ".join(str(place) for place in glued[:20])
        warnings.append(f"{len(glued)} sentences are glued together, at {places}; they were left as they are.")
    return ImportedArticle(
        title=head.title or title_of(source, head.paragraphs[0]),
        text=body,
        subtitle=head.subtitle,
        author=(head.author,) if head.author else (),
        source=head.source,
        site=head.site,
        place=head.place,
        published=head.published,
        url=head.url or source.url,
        language=detect_language(body),
        importer="text",
        warnings=tuple(warnings),
    )


def find_glued(text: str) -> list[int]:
    """Where a sentence ends and the next begins without a blank, in code points; addresses are no sentences."""
    found = [match.start() for match in _GLUED.finditer(text)]
    return [place for place in found if not _DOMAIN.match(text, text.rfind(" ", 0, place) + 1)]


def title_of(source: Source, beginning: str) -> str:
    """A title for what has none: the name of the file in words, else how the text begins."""
    stem = source.name.rpartition(".")[0] or source.name
    words = re.sub(r"[-_.]+", " ", stem).strip()
    if any(char.isalpha() for char in words):
        return words[:1].upper() + words[1:]
    cut = beginning[:80].rsplit(" ", 1)[0] if len(beginning) > 80 else beginning
    return cut + ("…" if len(beginning) > 80 else "")
