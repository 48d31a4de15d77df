"""Lists of saved pages: Pocket (CSV, and the older HTML) and Instapaper. Their texts stayed behind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportedNote, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.exports.records import build_stub, iter_rows, parse_time, refuse_empty
from newstui.text.hygiene import clean_text


class PocketImporter:
    """`title,url,time_added,tags,status`, or `ril_export.html`."""

    name = "pocket"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """Each saved page; tags, and whether it was archived, come along."""
        is_page = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
        found = 0
        for article in _pocket_page(source) if is_page else _pocket_rows(source):
            found += 1
            yield article
        refuse_empty(found, source, "Pocket")


def _pocket_rows(source: Source) -> Iterator[ImportedArticle]:
    for row in iter_rows(source):
        if row.get("url"):
            yield build_stub(
                "pocket",
                row.get("title", ""),
                url=row["url"],
                tags=tuple(row.get("tags", "").split("|")),
                added=parse_time(row.get("time_added")),
                archived=row.get("status", "").strip() == "archive",
            )


def _pocket_page(source: Source) -> Iterator[ImportedArticle]:
    from lxml import html

    try:
        tree: Any = html.document_fromstring(clean_text(decode(source.data)[0]))
    except (ValueError, TypeError, html.etree.LxmlError) as error:
        raise ImportFailedError(f"{source.name}: this Pocket export cannot be read, so it was left out.") from error
    archived = False
    for element in tree.iter("h1", "a"):
        if element.tag == "h1":
            archived = "archive" in str(element.text_content()).lower()
        elif element.get("href"):
            yield build_stub(
                "pocket",
                str(element.text_content()),
                url=element.get("href"),
                tags=tuple((element.get("tags") or "").split(",")),
                added=parse_time(element.get("time_added")),
                archived=archived,
            )


class InstapaperImporter:
    """`URL,Title,Selection,Folder` and, since November 2025, `Timestamp,Tags`."""

    name = "instapaper"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """Each saved page; selections are highlights, folders of one's own are collections."""
        pages: dict[str, list[Mapping[str, str]]] = {}
        for row in iter_rows(source):
            key = row.get("url") or row.get("title") or row.get("selection") or ""
            if key:
                pages.setdefault(key, []).append(row)
        for rows in pages.values():
            yield _instapaper(rows)
        refuse_empty(len(pages), source, "Instapaper")


def _instapaper(rows: list[Mapping[str, str]]) -> ImportedArticle:
    folders = {row.get("folder", "").strip() for row in rows}
    tags = [tag for row in rows for tag in _list(row.get("tags", ""))]
    return build_stub(
        "instapaper",
        rows[0].get("title", ""),
        [
            ImportedNote(row["selection"], created=parse_time(row.get("timestamp")))
            for row in rows
            if row.get("selection")
        ],
        url=rows[0].get("url", ""),
        tags=tuple(tags),
        collections=tuple(sorted(folders - {"", "Unread", "Archive", "Starred"})),
        added=parse_time(rows[0].get("timestamp")),
        archived="Archive" in folders,
        starred="Starred" in folders,
    )


def _list(text: str) -> list[str]:
    try:
        found = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        return []
    return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []
