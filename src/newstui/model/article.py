"""Articles: what is read. The body is kept apart, named by its hash."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the body that is not a plain paragraph.

    `kind` is `heading` (with `level` 1 to 6), `quote`, `code` or `item`; the range counts code points of the body.
    """

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article came from: the importer, a path or URL, and the sha256 of the bytes."""

    importer: str = ""
    origin: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a library, without its body.

    `text` is the sha256 of the body (UTF-8) and `earlier` those of its earlier revisions, newest first. `published`
    is ISO 8601 of reduced precision (`2016`, `2016-08`, `2016-08-10`) or empty; `added` and `deleted` are UTC times
    such as `2026-11-25T10:00:00Z`, `deleted` only while the article is in the trash. `collections`
    are the folders it lies in, by name, and `also` other addresses and files that gave the same text. What is not known
    is empty.
    """

    id: str
    title: str
    text: str
    words: int = 0
    added: str = ""
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
    starred: bool = False
    archived: bool = False
    deleted: str = ""
    earlier: tuple[str, ...] = ()
    provenance: Provenance = Provenance()
    collections: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
