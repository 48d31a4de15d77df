"""Books: an EPUB is a zip of pages; its package says in which order they are read (EPUB 3.3, and 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from newstui.ingest.archives import Archive
from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.body import Body
from newstui.ingest.decoding import decode
from newstui.ingest.markup import read_markup
from newstui.ingest.plain import title_of
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line
from newstui.text.languages import detect_language

CONTAINER = "META-INF/container.xml"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_ROLE = "{http://www.idpf.org/2007/opf}role"


class EpubImporter:
    """One article for a book; each chapter begins with a heading block if it has one."""

    name = "epub"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a book. Nothing is unpacked to the disk, and no more read than the limits allow."""
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
                yield _Book(Archive(archive, limits, source.name), source).read()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
            raise ImportFailedError(
                f"{source.name}: this book cannot be opened ({error}), so it was left out."
            ) from error


class _Book:
    """A book that is being read."""

    def __init__(self, archive: Archive, source: Source) -> None:
        self._archive = archive
        self._source = source

    def read(self) -> ImportedArticle:
        """The whole of it."""
        container = self._xml(CONTAINER)
        place = container.find(".//c:rootfile", _NAMES) if container is not None else None
        path = unquote(place.get("full-path", "")) if place is not None else ""
        package = self._xml(path)
        if package is None:
            raise ImportFailedError(f"{self._source.name}: this is no book that can be read, so it was left out.")
        warnings: list[str] = []
        body = self._chapters(package, posixpath.dirname(path), warnings)
        title = self._said(package, "title")
        if not body.parts:
            body.add(title)
            warnings.append("There are no words in this book; it may be all pictures.")
        if not body.parts:
            raise ImportFailedError(f"{self._source.name}: there is no text in this book, so it was left out.")
        text = body.text
        return ImportedArticle(
            title=title or title_of(self._source, text),
            text=text,
            author=self._authors(package),
            source=self._said(package, "publisher"),
            published=parse_published(self._said(package, "date")),
            language=self._said(package, "language")[:2].lower() or detect_language(text),
            blocks=tuple(body.blocks),
            importer="epub",
            warnings=tuple(warnings),
        )

    def _chapters(self, package: Any, folder: str, warnings: list[str]) -> Body:
        items = {item.get("id"): item.get("href", "") for item in package.findall(".//o:manifest/o:item", _NAMES)}
        body = Body()
        for reference in package.findall(".//o:spine/o:itemref", _NAMES):
            href = unquote(items.get(reference.get("idref"), "").partition("#")[0])
            data = self._archive.read(posixpath.normpath(posixpath.join(folder, href))) if href else None
            if data is None:
                warnings.append(f"The chapter {clean_line(href)[:80]!r} is missing.")
                continue
            markup, _ = decode(data)
            body.extend(read_markup(_body(markup)))
        return body

    def _authors(self, package: Any) -> tuple[str, ...]:
        """Who wrote it, in the order of the book; translators and illustrators only where nobody else is named."""
        roles = {
            meta.get("refines", "").removeprefix("#"): (meta.text or "").strip()
            for meta in package.findall(".//o:meta[@property='role']", _NAMES)
        }
        creators = [
            (clean_line(each.text or ""), each.get(_ROLE) or roles.get(each.get("id"), "aut"))
            for each in package.findall(".//dc:creator", _NAMES)
        ]
        return tuple(name for name, role in creators if role == "aut") or tuple(name for name, _ in creators)

    def _said(self, package: Any, name: str) -> str:
        found = package.find(f".//dc:{name}", _NAMES)
        return clean_line(found.text or "") if found is not None else ""

    def _xml(self, name: str) -> Any:
        """A member as XML without entities, or None."""
        data = self._archive.read(name) if name else None
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
