"""Omnivore's zip: an index in JSON, the texts as HTML, and the highlights as Markdown. All three are read."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from newstui.ingest.archives import Archive
from newstui.ingest.article import ImportedArticle, ImportedNote, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.exports.libraries import build_article
from newstui.ingest.exports.records import iter_records, parse_time, refuse_empty, text_of, texts_of
from newstui.ingest.markup import read_markup
from newstui.text.dates import parse_published

_INDEX = re.compile(r"metadata_\d+_to_\d+\.json\Z")
_TAG = re.compile(r"(?:^|\s)#([\w/-]+)")


class OmnivoreImporter:
    """Every article of an export, with its text and highlights."""

    name = "omnivore"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The articles in the order of the index."""
        found = 0
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as opened:
                archive = Archive(opened, limits, source.name)
                for name in sorted(name for name in opened.namelist() if _INDEX.search(name)):
                    folder = posixpath.dirname(name)
                    for entry in iter_records(_loaded(archive.read(name))):
                        found += 1
                        yield _article(archive, folder, entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
            raise ImportFailedError(f"{source.name}: this export cannot be opened ({error}).") from error
        refuse_empty(found, source, "Omnivore")


def _loaded(data: bytes | None) -> Any:
    try:
        return json.loads(decode(data or b"[]")[0])
    except (ValueError, RecursionError):
        return []


def _article(archive: Archive, folder: str, entry: Mapping[str, Any]) -> ImportedArticle:
    slug = text_of(entry, "slug")
    page, _ = decode(archive.read(posixpath.join(folder, "content", f"{slug}.html")) or b"")
    marks, _ = decode(archive.read(posixpath.join(folder, "highlights", f"{slug}.md")) or b"")
    author = text_of(entry, "author")
    return build_article(
        "omnivore",
        text_of(entry, "title"),
        read_markup(page),
        list(iter_quotes(marks)),
        url=text_of(entry, "url"),
        author=(author,) if author else (),
        published=parse_published(text_of(entry, "publishedAt")),
        tags=texts_of(entry.get("labels"), "name"),
        added=parse_time(entry.get("savedAt")),
        archived=text_of(entry, "state").casefold() == "archived",
    )


def iter_quotes(markdown: str) -> Iterator[ImportedNote]:
    """Highlights written as `> quote`, then `#labels` and a note until the next quotation."""
    quote: list[str] = []
    note: list[str] = []
    for line in [*markdown.replace("\r\n", "\n").split("\n"), ">"]:
        if line.startswith(">"):
            if note or line == ">":
                yield from _note(quote, note)
                quote, note = [], []
            quote.append(line[1:].strip())
        elif line.strip() or note:
            note.append(line)
        elif quote:
            note.append("")
    yield from _note(quote, note)


def _note(quote: list[str], lines: list[str]) -> Iterator[ImportedNote]:
    words = "\n".join(quote).strip("\n")
    if not words:
        return
    labels = [line for line in lines if line.strip() and not _TAG.sub("", line).strip()]
    tags = tuple(tag for line in labels for tag in _TAG.findall(line))
    remark = "\n".join(line for line in lines if line not in labels).strip()
    yield ImportedNote(words, note=remark, tags=tags)
