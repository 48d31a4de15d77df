"""Highlights without their texts: Readwise, Hypothesis and KOReader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportedNote, Limits, Source
from newstui.ingest.exports.records import (
    build_stub,
    iter_records,
    iter_rows,
    load_json,
    parse_time,
    refuse_empty,
    text_of,
    texts_of,
)


class ReadwiseImporter:
    """Its export (`Highlight,Book Title,Book Author,...`) and its import form (`Highlight,Title,Author,URL,...`)."""

    name = "readwise"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """One article for each title, its highlights in the order of their locations."""
        books: dict[tuple[str, str], list[Mapping[str, str]]] = {}
        for row in iter_rows(source):
            key = (text_of(row, "book title", "title"), text_of(row, "book author", "author"))
            if any(key) or row.get("highlight"):
                books.setdefault(key, []).append(row)
        for (title, author), rows in books.items():
            if all(row.get("location", "").isdecimal() for row in rows):
                rows.sort(key=lambda row: int(row["location"]))
            yield build_stub(
                "readwise",
                title,
                [
                    ImportedNote(
                        row.get("highlight", ""),
                        note=row.get("note", ""),
                        tags=texts_of(row.get("tags")),
                        color=row.get("color", ""),
                        created=parse_time(text_of(row, "highlighted at", "date")),
                    )
                    for row in rows
                ],
                author=(author,) if author else (),
                url=text_of(rows[0], "url", "source url"),
                tags=tuple(tag for row in rows for tag in texts_of(row.get("document tags"))),
            )
        refuse_empty(len(books), source, "Readwise")


class HypothesisImporter:
    """Its API (`{"total", "rows"}`) and its file (`{"export_date", "annotations"}`)."""

    name = "hypothesis"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """One article for each address; replies stand below the note they answer."""
        loaded = load_json(source)
        given = loaded if isinstance(loaded, dict) else {}
        pages: dict[str, list[Mapping[str, Any]]] = {}
        replies: dict[str, list[str]] = {}
        for row in [*iter_records(given.get("rows")), *iter_records(given.get("annotations"))]:
            answered = texts_of(row.get("references"))
            if answered:
                replies.setdefault(answered[0], []).append(text_of(row, "text"))
            elif text_of(row, "uri"):
                pages.setdefault(text_of(row, "uri"), []).append(row)
        for url, rows in pages.items():
            about = rows[0].get("document")
            title = about.get("title") if isinstance(about, dict) else ""
            notes = [_hypothesis(row, replies) for row in rows]
            yield build_stub(
                "hypothesis", title if isinstance(title, str) else "".join(texts_of(title)[:1]), notes, url=url
            )
        refuse_empty(len(pages), source, "Hypothesis")


def _hypothesis(row: Mapping[str, Any], replies: Mapping[str, list[str]]) -> ImportedNote:
    """An annotation by its quote; its offsets count UTF-16 units of a text that is not ours."""
    selectors = [
        selector
        for target in iter_records(row.get("target"))
        for selector in iter_records(target.get("selector"))
        if selector.get("type") == "TextQuoteSelector"
    ]
    quote: Mapping[str, Any] = selectors[0] if selectors else {}
    return ImportedNote(
        text_of(quote, "exact"),
        text_of(quote, "prefix"),
        text_of(quote, "suffix"),
        "\n\n".join(part for part in (text_of(row, "text"), *replies.get(text_of(row, "id"), ())) if part),
        texts_of(row.get("tags")),
        created=parse_time(row.get("created")),
    )


class KoreaderImporter:
    """`json/1.0.0`: one book, or several under `documents`."""

    name = "koreader"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """One article for each book."""
        loaded = load_json(source)
        given = loaded if isinstance(loaded, dict) else {}
        found = 0
        for book in iter_records(given.get("documents") or [given]):
            notes = [
                ImportedNote(
                    text_of(entry, "text"),
                    note=text_of(entry, "note"),
                    color=text_of(entry, "color"),
                    created=parse_time(entry.get("time")),
                )
                for entry in iter_records(book.get("entries"))
            ]
            title = text_of(book, "title", "file")
            if notes or title:
                found += 1
                authors = tuple(name for name in text_of(book, "author").split("\n") if name.strip())
                yield build_stub("koreader", title, notes, author=authors)
        refuse_empty(found, source, "KOReader")
