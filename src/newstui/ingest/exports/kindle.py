"""`My Clippings.txt` of a Kindle: blocks parted by `==========`, in the language of the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newstui.ingest.article import ImportedArticle, ImportedNote, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.exports.records import build_stub, refuse_empty
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line, clean_text

_RULE = re.compile(r"^={10,}[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"\b(?:note|notiz|nota|notitie|anteckning|notat|huomautus)\b|メモ|笔记|筆記|заметка", re.IGNORECASE)
_MARK = re.compile(
    r"highlight|markierung|surlign|subray|evidenzi|destaque|markering|ハイライト|标注|標註|выделени", re.IGNORECASE
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_AUTHOR = re.compile(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*\Z")


@dataclass(frozen=True, slots=True)
class _Clipping:
    """A block: its place in the book, and the highlight."""

    start: int
    end: int
    note: ImportedNote


class KindleImporter:
    """One article for each book."""

    name = "kindle"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The books in the order of the file; a highlight that was made longer later counts once, in its last form."""
        text, _ = decode(source.data, source.charset)
        books: dict[str, list[_Clipping]] = {}
        for block in _RULE.split(clean_text(text)):
            lines = block.strip("\n ").split("\n")
            if len(lines) < 3 or not lines[1].lstrip().startswith("-"):
                continue
            words = "\n".join(lines[2:]).strip()
            if words:
                _take(books.setdefault(clean_line(lines[0]), []), lines[1], words)
        for name, clippings in books.items():
            author = _AUTHOR.search(name)
            yield build_stub(
                "kindle",
                name[: author.start()] if author else name,
                [each.note for each in sorted(clippings, key=lambda each: each.start)],
                author=tuple(part.strip() for part in author.group(1).split(";")) if author else (),
            )
        refuse_empty(len(books), source, "Kindle")


def _take(book: list[_Clipping], about: str, words: str) -> None:
    """Add a highlight to a book, or a note to the highlight it was written on."""
    parts = about.split("|")
    places = [match for part in parts[:-1] or parts for match in [*_RANGE.finditer(part)][-1:]]
    start = int(places[-1].group(1)) if places else 0
    end = int(places[-1].group(2) or start) if places else 0
    created = parse_published(re.sub(r"^.*?(?=\S+,|\d)", "", parts[-1].strip(), count=1)) if len(parts) > 1 else ""
    moment = f"{created}T00:00:00Z" if len(created) == 10 else ""
    if _NOTE.search(parts[0]) and not _MARK.search(parts[0]):
        for number, each in enumerate(book):
            if each.start <= start <= each.end and each.note.quote:
                joined = "\n\n".join(part for part in (each.note.note, words) if part)
                book[number] = replace(each, note=replace(each.note, note=joined))
                return
        book.append(_Clipping(start, end, ImportedNote("", note=words, created=moment)))
        return
    for number, each in enumerate(book):
        overlaps = each.start <= end and start <= each.end
        if overlaps and (each.note.quote in words or words in each.note.quote) and each.note.quote:
            book[number] = _Clipping(start, end, replace(each.note, quote=words, created=moment))
            return
    book.append(_Clipping(start, end, ImportedNote(words, created=moment)))
