"""Highlights as rows: CSV of all fields, and the form that Readwise takes in."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from newstui.export.sheet import Sheet, link_to

COLUMNS = (
    "id", "article", "title", "author", "source", "url", "published", "quote", "prefix", "suffix", "start", "end",
    "note", "tags", "color", "state", "created", "modified",
)  # fmt: skip
READWISE_COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def iter_csv(sheets: Iterable[Sheet], *, bom: bool = False, safe_cells: bool = False) -> Iterator[str]:
    """One row a highlight (RFC 4180: CRLF, quotes doubled); several tags and authors are separated by `; `.

    Args:
        sheets: the articles.
        bom: begin with a byte order mark, which spreadsheets want.
        safe_cells: put an apostrophe before what a spreadsheet would take for a formula. It changes the words.
    """
    return _render(COLUMNS, _rows(sheets), bom=bom, safe_cells=safe_cells)


def _rows(sheets: Iterable[Sheet]) -> Iterator[Sequence[str]]:
    for sheet in sheets:
        article = sheet.article
        head = (article.title, "; ".join(article.author), article.source, article.url, article.published)
        for each in sheet.annotations:
            quote, span = each.target.quote, each.span
            place = (quote.exact, quote.prefix, quote.suffix, str(span.start), str(span.end))
            rest = (
                each.note,
                "; ".join(each.tags),
                sheet.color_name(each),
                each.state.value,
                each.created,
                each.modified,
            )
            yield each.id, article.id, *head, *place, *rest


def iter_readwise(sheets: Iterable[Sheet], *, bom: bool = False, safe_cells: bool = False) -> Iterator[str]:
    """Rows for Readwise's CSV import; tags ride in the note as `.tag`, the place is the paragraph."""
    return _render(READWISE_COLUMNS, _readwise_rows(sheets), bom=bom, safe_cells=safe_cells)


def _readwise_rows(sheets: Iterable[Sheet]) -> Iterator[Sequence[str]]:
    for sheet in sheets:
        article = sheet.article
        for each in sheet.annotations:
            tags = " ".join("." + "-".join(tag.split()) for tag in each.tags)
            note = f"{tags}\n{each.note}" if tags and each.note else tags or each.note
            place = str(sheet.paragraph_at(each.span.start))
            date = each.created.replace("T", " ").replace("Z", "+00:00")
            url = article.url or link_to(article.id)
            yield each.quote, article.title, ", ".join(article.author), url, note, place, date


def _render(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool, safe_cells: bool) -> Iterator[str]:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield "\ufeff" if bom else ""
    for row in chain([columns], rows):
        writer.writerow([guard_cell(cell) for cell in row] if safe_cells else row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def guard_cell(cell: str) -> str:
    """A cell with an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
