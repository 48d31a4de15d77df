"""What an importer reads and what it gives: sources in, articles out, hygiene applied by the article itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from newstui.errors import NewstuiError
from newstui.model import Block
from newstui.text.hygiene import clean_line, clean_text

MAX_TITLE = 500
MAX_TAGS = 200


class ImportFailedError(NewstuiError):
    """One source cannot become an article; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused: bytes of a file, of a page, of an archive and its members; time and memory of a document."""

    file_bytes: int = 64 << 20
    page_bytes: int = 20 << 20
    archive_bytes: int = 200 << 20
    entry_bytes: int = 20 << 20
    seconds: float = 10.0
    memory_bytes: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to import, where they are from (a path, `-` or a URL), and URL and charset if they are declared."""

    data: bytes
    origin: str
    url: str = ""
    charset: str = ""

    @property
    def name(self) -> str:
        """The last part of the origin, without folders."""
        return self.origin.replace("\\", "/").rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """A foreign highlight: the words marked, with context if known, and what was said about them.

    `ref` is the end of the id of the highlight of newstui that it was, and `touched` whether it was changed since.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    color: str = ""
    created: str = ""
    ref: str = ""
    touched: bool = False


@dataclass(frozen=True)
class ImportedArticle:
    """An article as it was found. Every text is cleaned when it is made; blocks must lie in the cleaned text.

    `published` is an ISO date of any precision, `warnings` are sentences about what was lost or doubtful. `partial`
    says that the text is not the article's own but stands for it (a title, an abstract, highlights). `added` (UTC),
    `archived`, `starred` and `collections` (folders, lists) are what another tool knew.
    `known_as` is the id it had in a library of newstui.
    """

    title: str
    text: str
    subtitle: str = ""
    author: tuple[str, ...] = ()
    source: str = ""
    site: str = ""
    place: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[ImportedNote, ...] = ()
    importer: str = ""
    warnings: tuple[str, ...] = field(default=())
    partial: bool = False
    added: str = ""
    archived: bool = False
    starred: bool = False
    collections: tuple[str, ...] = ()
    known_as: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "source", "site", "place", "published", "url", "language"):
            object.__setattr__(self, name, clean_line(getattr(self, name))[:MAX_TITLE])
        text = clean_text(self.text).strip("\n")
        if text != self.text:
            object.__setattr__(self, "blocks", ())
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "title", self.title or clean_line(text[:80]) or "Untitled")
        object.__setattr__(self, "url", _address(self.url))
        object.__setattr__(self, "author", _names(self.author)[:50])
        object.__setattr__(self, "tags", _names(tag.lstrip("#") for tag in self.tags)[:MAX_TAGS])
        object.__setattr__(self, "collections", _names(self.collections)[:MAX_TAGS])
        object.__setattr__(
            self, "notes", tuple(each for each in map(_clean_note, self.notes) if each.quote or each.note)
        )


def _address(url: str) -> str:
    """A URL of a page on the web as it is; nothing for anything else, `javascript:` and broken ones among it."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    from urllib.parse import urlsplit

    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _clean_note(note: ImportedNote) -> ImportedNote:
    """A highlight, cleaned as the text is, so that its words are found in it."""
    return ImportedNote(
        clean_text(note.quote).strip(),
        clean_text(note.prefix),
        clean_text(note.suffix),
        clean_text(note.note).strip(),
        _names(tag.lstrip("#") for tag in note.tags)[:MAX_TAGS],
        clean_line(note.color)[:20],
        clean_line(note.created)[:20],
        note.ref,
        note.touched,
    )


def _names(values: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean_line(value)[:200] for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))


class Importer(Protocol):
    """One format."""

    name: str

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The articles in a source.

        Raises:
            ImportFailedError: there is none that can be read.
        """
