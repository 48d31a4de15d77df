"""The importers by name; each is imported when a source is its."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from newstui.ingest.article import Importer, ImportFailedError, Source


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of file names, and `module:class` of its importer."""

    name: str
    extensions: tuple[str, ...]
    target: str


FORMATS = (
    Format("text", (".txt", ".text", ""), "newstui.ingest.plain:TextImporter"),
    Format("html", (".html", ".htm", ".xhtml"), "newstui.ingest.html:HtmlImporter"),
    Format("mail", (".eml", ".mhtml", ".mht"), "newstui.ingest.mail:MailImporter"),
    Format("feed", (".rss", ".atom", ".xml", ".json"), "newstui.ingest.feeds:FeedImporter"),
    Format("epub", (".epub",), "newstui.ingest.epub:EpubImporter"),
    Format("markdown", (".md", ".markdown", ".mdown"), "newstui.ingest.markdown:MarkdownImporter"),
)


def extensions() -> frozenset[str]:
    """The endings of file names that are taken from a folder."""
    return frozenset(ending for each in FORMATS for ending in each.extensions if ending)


def find_importer(source: Source, wanted: str = "") -> Importer:
    """The importer for a source: the one wanted by name, else by the bytes and the ending of the name.

    Raises:
        ImportFailedError: no format has the name.
    """
    if wanted:
        found = next((each for each in FORMATS if each.name == wanted), None)
        if found is None:
            raise ImportFailedError(f"There is no format {wanted!r}; there are {', '.join(f.name for f in FORMATS)}.")
        return _load(found)
    dot, ending = source.name.lower().rpartition(".")[1:]
    for each in FORMATS:
        if dot and f".{ending}" in each.extensions:
            return _load(each)
    head = source.data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _load(_by_name(_sniff(head)))


def _sniff(head: bytes) -> str:
    """What bytes without a name look like."""
    if head.startswith(b"PK"):
        return "epub"
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        return "html"
    if lowered.startswith((b"<?xml", b"<rss", b"<feed")):
        return "feed"
    return "markdown" if head.startswith((b"---\n", b"---\r\n", b"# ")) else "text"


def _by_name(name: str) -> Format:
    return next(each for each in FORMATS if each.name == name)


def _load(found: Format) -> Importer:
    module, _, name = found.target.partition(":")
    importer: Importer = getattr(importlib.import_module(module), name)()
    return importer
