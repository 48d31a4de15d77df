"""Drawing one row of an article: gutter, text in its layers, margin, and a cell of the map."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from newstui.model import AnchorState, Span
from newstui.text.display import visible
from newstui.ui.widgets.article_view_highlights import RowMarks
from newstui.ui.widgets.article_view_layout import Page
from newstui.ui.widgets.article_view_marks import Marks
from newstui.ui.widgets.article_view_styles import ArticleStyles

BARS = ("", "▎", "▍", "▌")
"""The bar in the gutter for one, two, and more highlights in a row."""
STRAYED = {AnchorState.MOVED: "~", AnchorState.CHANGED: "!"}
"""The bar where a highlight begins that is on other ground, or on other words, since the text changed."""
NEW = "●"
"""The sign in the gutter for a name that the library has not had before."""

Piece = tuple[str, str]
"""A text that is safe to show, and the name of its component."""


def paint_row(
    page: Page,
    marks: Marks,
    styles: ArticleStyles,
    row: int,
    *,
    selection: Span | None,
    lit: Span | None,
    margin: Sequence[Piece],
    map_cell: Piece,
) -> Strip:
    """Draw a row as wide as the view.

    Args:
        page: the layout.
        marks: what is marked.
        styles: of the theme.
        row: counted from the first row of the head; behind the last one it is blank.
        selection: what is selected, anywhere in the text.
        lit: the only passage that is not dimmed, or None for all of it.
        margin: what stands in the margin of this row.
        map_cell: the sign and the component of the last column.
    """
    columns = page.columns
    head = len(page.head)
    if row < head:
        words, name = page.head[row]
        segments = [Segment(" " * columns.left, styles.base), Segment(words, styles[(name,)])]
        used = columns.left + columns_of(words)
    elif row < page.row_count:
        segments, used = _paint_text(page, marks, styles, row, selection, lit)
    else:
        segments, used = [], 0
    if margin:
        segments.append(Segment(" " * (columns.margin - used), styles.base))
        used = columns.margin
        for words, name in margin:
            segments.append(Segment(words, styles[(name,)]))
            used += columns_of(words)
    segments.append(Segment(" " * (columns.width - 1 - used), styles.base))
    segments.append(Segment(map_cell[0], styles[(map_cell[1],)]))
    return Strip(segments, columns.width)


def columns_of(words: str) -> int:
    """How many cells a text that is safe to show takes."""
    from rich.cells import cell_len

    return len(words) if words.isascii() else cell_len(words)


def _paint_text(
    page: Page, marks: Marks, styles: ArticleStyles, row: int, selection: Span | None, lit: Span | None
) -> tuple[list[Segment], int]:
    columns = page.columns
    low, high = page.span(row)
    here = marks.highlights.row(low, max(high, low + 1))
    segments = _paint_gutter(page, styles, here, marks.new_in(low, max(high, low + 1)))
    if not page.wrapping.is_simple_row(row - len(page.head)):
        return _paint_clusters(page, marks, styles, row, segments, here, selection, lit)
    high = min(high, low + columns.measure)
    words = visible(page.text[low:high])
    for at, letter in marks.labels.items():
        if low <= at < high:
            words = words[: at - low] + letter + words[at - low + 1 :]
    for start, end, names in marks.runs(low, high, here, selection):
        if lit is not None and not (start < lit.end and lit.start < end):
            names = (*names, "dimmed")
        segments.append(Segment(words[start - low : end - low], styles[names]))
    return segments, columns.left + high - low


def _paint_clusters(
    page: Page,
    marks: Marks,
    styles: ArticleStyles,
    row: int,
    segments: list[Segment],
    here: RowMarks,
    selection: Span | None,
    lit: Span | None,
) -> tuple[list[Segment], int]:
    """Draw a row with wide or joining characters, or wider blanks: whole clusters, tabs as blanks."""
    low, high = page.span(row)
    cells = page.wrapping.cells(row - len(page.head))
    used = 0
    at = 0
    for start, end, names in marks.runs(low, high, here, selection):
        if lit is not None and not (start < lit.end and lit.start < end):
            names = (*names, "dimmed")
        parts = []
        while at < len(cells) and cells[at].start < end:
            cell = cells[at]
            at += 1
            cluster = page.text[cell.start : cell.end]
            used += cell.width
            if cell.start in marks.labels:
                parts.append(marks.labels[cell.start].ljust(cell.width))
            elif cluster in (" ", "\t") or (cell.width == 0 and cluster.isspace()):
                parts.append(" " * cell.width)
            else:
                parts.append(visible(cluster))
        if parts and start < end:
            segments.append(Segment("".join(parts), styles[names]))
    if page.has_hyphen(row):
        segments.append(Segment("-", styles.base))
        used += 1
    return segments, page.columns.left + used


def _paint_gutter(page: Page, styles: ArticleStyles, here: RowMarks, new: bool) -> list[Segment]:
    """The bar of highlights and a number, or where there is room the sign of a new name."""
    columns = page.columns
    sign = NEW if new else ""
    if not columns.gutter or not (here.count or new):
        return [Segment(" " * columns.left, styles.base)]
    if not here.count:
        return [
            Segment(" " * (columns.left - columns.gutter), styles.base),
            Segment(sign.ljust(columns.gutter), styles[("note",)]),
        ]
    bar = str(here.slot) if styles.mode == "none" else BARS[min(here.count, 3)]
    bar = STRAYED.get(here.state, bar)
    number = (here.number or sign)[: columns.gutter - 1]
    return [
        Segment(" " * (columns.left - columns.gutter), styles.base),
        Segment(bar, styles[(f"bar-{here.slot}",)]),
        Segment(number.ljust(columns.gutter - 1), styles[("note",)]),
    ]
