"""Read-later libraries that export the texts too: Wallabag and Karakeep; and the references of Zotero (CSL JSON)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportedNote, Limits, Source
from newstui.ingest.body import Body
from newstui.ingest.exports.records import (
    build_stub,
    iter_records,
    load_json,
    parse_time,
    refuse_empty,
    text_of,
    texts_of,
)
from newstui.ingest.markup import read_markup
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line, clean_text
from newstui.text.languages import detect_language
from newstui.text.paragraphs import split_paragraphs


class WallabagImporter:
    """A list of entries with their HTML and annotations."""

    name = "wallabag"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """Each entry."""
        found = 0
        for entry in iter_records(load_json(source)):
            found += 1
            notes = [
                ImportedNote(
                    text_of(each, "quote"), note=text_of(each, "text"), created=parse_time(each.get("created_at"))
                )
                for each in iter_records(entry.get("annotations"))
            ]
            yield build_article(
                "wallabag",
                text_of(entry, "title"),
                read_markup(text_of(entry, "content")),
                notes,
                url=text_of(entry, "url", "given_url"),
                author=texts_of(entry.get("published_by")),
                published=parse_published(text_of(entry, "published_at")),
                language=text_of(entry, "language")[:2].lower(),
                tags=texts_of(entry.get("tags"), "label"),
                added=parse_time(entry.get("created_at")),
                archived=bool(entry.get("is_archived")),
                starred=bool(entry.get("is_starred")),
            )
        refuse_empty(found, source, "Wallabag")


class KarakeepImporter:
    """`{"bookmarks": [...], "lists": [...]}`: links, and texts of one's own; its lists are collections."""

    name = "karakeep"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """Each bookmark that is a link or a text."""
        loaded = load_json(source)
        loaded = loaded if isinstance(loaded, dict) else {}
        lists = {text_of(each, "id"): text_of(each, "name") for each in iter_records(loaded.get("lists"))}
        found = 0
        for entry in iter_records(loaded.get("bookmarks")):
            content = entry.get("content")
            content = content if isinstance(content, dict) else {}
            body = read_markup(text_of(content, "htmlContent"))
            for paragraph in split_paragraphs(clean_text(text_of(content, "text"))) if not body.parts else ():
                body.add(paragraph)
            title, url = text_of(entry, "title"), text_of(content, "url")
            if not (body.parts or title or url):
                continue
            found += 1
            remark = text_of(entry, "note")
            yield build_article(
                "karakeep",
                title,
                body,
                [ImportedNote("", note=remark)] if remark else [],
                url=url,
                tags=texts_of(entry.get("tags")),
                added=parse_time(entry.get("createdAt")),
                archived=bool(entry.get("archived")),
                starred=bool(entry.get("favourited")),
                collections=tuple(lists.get(each, "") for each in texts_of(entry.get("lists"))),
            )
        refuse_empty(found, source, "Karakeep")


class ZoteroImporter:
    """CSL JSON, as Zotero and others export it: who wrote what, where and when, and an abstract."""

    name = "zotero"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """Each reference."""
        loaded = load_json(source)
        found = 0
        for item in iter_records(loaded if isinstance(loaded, list) else loaded.get("items")):
            if not text_of(item, "title", "URL"):
                continue
            found += 1
            remark = text_of(item, "note")
            yield build_stub(
                "zotero",
                text_of(item, "title"),
                [ImportedNote("", note=remark)] if remark else [],
                text="\n\n".join(read_markup(text_of(item, "abstract")).parts),
                url=text_of(item, "URL"),
                author=tuple(_name(each) for each in iter_records(item.get("author"))),
                source=text_of(item, "container-title", "publisher"),
                published=_issued(item.get("issued")),
                language=text_of(item, "language")[:2].lower(),
                tags=texts_of(item.get("keyword")),
            )
        refuse_empty(found, source, "Zotero")


def _name(person: Mapping[str, Any]) -> str:
    return text_of(person, "literal") or f"{text_of(person, 'given')} {text_of(person, 'family')}".strip()


def _issued(issued: Any) -> str:
    """The date of a CSL `issued`: `{"date-parts": [[2020, 6, 6]]}` of any precision, or `{"raw": ...}`."""
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(each) for each in parts[0][:3] if str(each).isdecimal()]
        return parse_published("-".join(f"{number:02}" for number in numbers))
    return parse_published(text_of(issued, "raw", "literal"))


def build_article(
    importer: str, title: str, body: Body, notes: list[ImportedNote], *, language: str = "", **fields: Any
) -> ImportedArticle:
    """An article with its text; where an export has none of it, a stub."""
    if not body.parts:
        return build_stub(importer, title, notes, language=language, **fields)
    return ImportedArticle(
        title=clean_line(title) or str(fields.get("url", "")) or body.parts[0][:80],
        text=body.text,
        blocks=tuple(body.blocks),
        notes=tuple(notes),
        language=language or detect_language(body.text),
        importer=importer,
        **fields,
    )
