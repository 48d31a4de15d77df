"""PDF: the text layer by pdfium, with paragraphs read off the places of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.body import Body
from newstui.ingest.extras import require
from newstui.ingest.plain import title_of
from newstui.text.hygiene import clean_line
from newstui.text.languages import detect_language
from newstui.text.paragraphs import is_wrapped

MAX_PAGES = 2_000
_ENDS = re.compile(r"[.!?:…][\"”’')\]]*\Z")
_DIGITS = re.compile(r"\d+")
_RUNNING = 3
"""On so many pages the same first or last line is a running head."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, in points from the lower left.

    `left`, `top` and `height` are those of its first character, `right` and `bottom` of its last: pdfium puts the rest
    of a hyphenated word, and what follows it, on the line where it began. `height` is 0 where places are unknown.
    """

    text: str
    left: float = 0.0
    top: float = 0.0
    height: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


class PdfImporter:
    """One article for a document; a scan without a text layer says so."""

    name = "pdf"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a PDF."""
        pdfium = require("pypdfium2", "pdf", source.name)
        try:
            document = pdfium.PdfDocument(source.data)
        except pdfium.PdfiumError as error:
            why = "it is locked with a password" if "assword" in str(error) else "it is damaged"
            raise ImportFailedError(f"{source.name}: this PDF cannot be opened, for {why}.") from error
        try:
            yield _read(document, source, pdfium.PdfiumError)
        finally:
            document.close()


def _read(document: Any, source: Source, broken: type[Exception]) -> ImportedArticle:
    warnings: list[str] = []
    if len(document) > MAX_PAGES:
        warnings.append(f"Only the first {MAX_PAGES} of {len(document)} pages were read.")
    pages = []
    for number in range(min(len(document), MAX_PAGES)):
        try:
            pages.append(_lines(document, number))
        except broken:
            warnings.append(f"Page {number + 1} is damaged and was left out.")
    body = Body()
    for paragraph in _paragraphs(_without_running_heads(pages)):
        body.add(paragraph)
    if not any(char.isalnum() for char in body.text):
        raise ImportFailedError(
            f"{source.name}: this PDF has no text layer; if it is a scan, run a text recognition on it first."
        )
    about = {name: clean_line(value) for name, value in document.get_metadata_dict().items()}
    first = body.parts[0]
    headed = len(body.parts) > 1 and len(first) <= 160 and not _ENDS.search(first)
    return ImportedArticle(
        title=about.get("Title") or (first if headed else title_of(source, first)),
        text=body.text,
        author=tuple(name.strip() for name in about.get("Author", "").split(";") if name.strip()),
        tags=tuple(word.strip() for word in re.split(r"[;,]", about.get("Keywords", "")) if word.strip()),
        url=source.url,
        language=detect_language(body.text),
        importer="pdf",
        warnings=tuple(warnings[:50]),
    )


def _lines(document: Any, number: int) -> list[_Line]:
    """The lines of a page in the order of its text layer."""
    page = document[number]
    layer = page.get_textpage()
    try:
        text = layer.get_text_range()
        placed = len(text) == layer.count_chars()
        lines = []
        for match in re.finditer(r"[^\r\n]+", text):
            words = match.group().strip()
            if not words:
                continue
            box: tuple[float, ...] = ()
            if placed:
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                left, low, _, top = layer.get_charbox(start, loose=True)
                _, bottom, right, _ = layer.get_charbox(start + len(words) - 1, loose=True)
                box = (left, top, top - low, right, bottom)
            lines.append(_Line(clean_line(words.replace("\ufffe", "")), *box))
        return [line for line in lines if line.text]
    finally:
        layer.close()
        page.close()


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers, and without first and last lines that many pages share."""
    edges = Counter(_DIGITS.sub("", text) for page in pages for text in {line.text for line in page[:1] + page[-1:]})

    def runs(line: _Line) -> bool:
        bare = _DIGITS.sub("", line.text).strip()
        return not bare or edges[_DIGITS.sub("", line.text)] >= _RUNNING

    kept = []
    for page in pages:
        start = 1 if len(page) > 1 and runs(page[0]) else 0
        end = len(page) - 1 if len(page) - start > 1 and runs(page[-1]) else len(page)
        kept.append(page[start:end])
    return kept


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    """Lines joined to paragraphs; one that a page or a column breaks goes on."""
    block: list[_Line] = []
    for page in pages:
        for line in page:
            if block and _begins(block, line):
                yield from _joined(block)
                block = []
            block.append(line)
    yield from _joined(block)


def _begins(block: list[_Line], line: _Line) -> bool:
    """Whether a line begins a paragraph, after those of the paragraph before."""
    last = block[-1]
    ended = bool(_ENDS.search(last.text))
    if not line.height or not last.height:
        return ended and line.text[:1].isupper() and len(last.text) < 0.8 * max(len(each.text) for each in block)
    if abs(line.height - last.height) > 0.15 * max(line.height, last.height):
        return True
    if line.top > last.top or line.top < last.bottom - 8 * last.height:  # another column or page
        return ended or not line.text[:1].islower()
    if last.bottom - line.top > 0.6 * line.height:
        return True
    widest = max(each.right for each in block)
    indented = line.left > last.left + 0.8 * line.height
    return ended and (indented or last.right < widest - 0.15 * (widest - last.left))


def _joined(block: list[_Line]) -> Iterator[str]:
    """One paragraph, or one for each line where they do not fill a width."""
    lines = [line.text for line in block]
    if len(lines) > 1 and not (_fills(block) if block[0].height else is_wrapped(lines)):
        yield from lines
    elif lines:
        yield " ".join(lines)


def _fills(block: list[_Line]) -> bool:
    widths = [line.right - line.left for line in block]
    full = sum(width > 0.6 * max(widths) for width in widths[:-1])
    return max(len(line.text) for line in block) > 30 and full >= 0.6 * (len(block) - 1)
