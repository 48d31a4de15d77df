"""Books: an EPUB is a zip of pages; its package says in which order they are read (EPUB 3.3, and 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.feeds import plain_paragraphs
from newstui.ingest.plain import title_of
from newstui.model import Block
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line
from newstui.text.languages import detect_language

CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}


class EpubImporter:
    """One article for a book; each chapter begins with a heading block if it has one."""

    name = "epub"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a book. Nothing is unpacked to the disk, and no more read than the limits allow."""
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
                yield _Book(archive, source, limits).read()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
            raise ImportFailedError(
                f"{source.name}: this book cannot be opened ({error}), so it was left out."
            ) from error


class _Book:
    """A book that is being read; counts what has been unpacked."""

    def __init__(self, archive: zipfile.ZipFile, source: Source, limits: Limits) -> None:
        self._archive = archive
        self._source = source
        self._limits = limits
        self._read = 0

    def read(self) -> ImportedArticle:
        """The whole of it."""
        container = self._xml(CONTAINER)
        place = container.find(".//c:rootfile", _NAMES) if container is not None else None
        path = unquote(place.get("full-path", "")) if place is not None else ""
        package = self._xml(path)
        if package is None:
            raise ImportFailedError(f"{self._source.name}: this is no book that can be read, so it was left out.")
        warnings: list[str] = []
        text, blocks = self._chapters(package, posixpath.dirname(path), warnings)
        title = self._said(package, "title")
        if not text:
            text = title
        if not text:
            raise ImportFailedError(f"{self._source.name}: there is no text in this book, so it was left out.")
        authors = tuple(clean_line(each.text or "") for each in package.findall(".//dc:creator", _NAMES))
        return ImportedArticle(
            title=title or title_of(self._source, text),
            text=text,
            author=authors,
            source=self._said(package, "publisher"),
            published=parse_published(self._said(package, "date")),
            language=self._said(package, "language")[:2].lower() or detect_language(text),
            blocks=blocks,
            importer="epub",
            warnings=tuple(warnings),
        )

    def _chapters(self, package: Any, folder: str, warnings: list[str]) -> tuple[str, tuple[Block, ...]]:
        items = {item.get("id"): item.get("href", "") for item in package.findall(".//o:manifest/o:item", _NAMES)}
        parts: list[str] = []
        blocks: list[Block] = []
        length = 0
        for reference in package.findall(".//o:spine/o:itemref", _NAMES):
            href = unquote(items.get(reference.get("idref"), "").partition("#")[0])
            data = self._bytes(posixpath.normpath(posixpath.join(folder, href))) if href else None
            if data is None:
                warnings.append(f"The chapter {clean_line(href)[:80]!r} is missing.")
                continue
            markup, _ = decode(data)
            chapter = plain_paragraphs(_body(markup))
            if chapter:
                start = length + (2 if parts else 0)
                heading = chapter.split("\n\n", 1)[0]
                if len(heading) <= 120 and "<h" in markup.lower():
                    blocks.append(Block("heading", start, start + len(heading), 1))
                parts.append(chapter)
                length = start + len(chapter)
        return "\n\n".join(parts), tuple(blocks)

    def _said(self, package: Any, name: str) -> str:
        found = package.find(f".//dc:{name}", _NAMES)
        return clean_line(found.text or "") if found is not None else ""

    def _bytes(self, name: str) -> bytes | None:
        """A member, if there is one; raises where it is larger than allowed."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        with self._archive.open(info) as member:
            data = member.read(self._limits.entry_bytes + 1)
        self._read += len(data)
        if len(data) > self._limits.entry_bytes or self._read > self._limits.archive_bytes:
            raise ImportFailedError(f"{self._source.name}: more is packed in this book than is allowed.")
        return data

    def _xml(self, name: str) -> Any:
        """A member as XML without entities, or None."""
        data = self._bytes(name) if name else None
        if data is None or b"<!ENTITY" in data:
            return None
        from lxml import etree

        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
        except etree.XMLSyntaxError:
            return None


def _body(markup: str) -> str:
    """What stands between the body tags, else everything."""
    lowered = markup.lower()
    start = lowered.find("<body")
    if start < 0:
        return markup
    start = lowered.find(">", start) + 1
    end = lowered.rfind("</body")
    return markup[start : end if end > start else len(markup)]
