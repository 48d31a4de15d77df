"""Where things stand in the article view: columns, the head above the text, and rows of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from newstui.model import Article
from newstui.text.display import visible
from newstui.text.justifying import JustifiedWrapping, load_hyphenator
from newstui.text.wrapping import Lines, Wrapping

NARROW = 60
"""Below this many columns the text takes nearly all of them."""
MARGIN_FROM = 112
"""From this many columns of the view notes stand in the margin; a screen of 140 gives it 114 beside the rail."""
MARGIN_NOTES = (24, 38)
"""The least and the most cells of a note in the margin."""


def cluster_width(cluster: str) -> int:
    """How many cells a cluster takes once it is visible."""
    return cell_len(visible(cluster))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a view.

    `gutter` begins with the bar of a highlight and ends before the text at `left`; `margin` is where notes begin
    (`margin_width` 0: nowhere); the map of the text has the last column.
    """

    width: int
    left: int
    measure: int
    gutter: int
    margin: int
    margin_width: int


def build_columns(width: int, measure: int, digits: int, notes: bool, *, plain: bool = False) -> Columns:
    """Lay out a view.

    Args:
        width: cells of the view.
        measure: cells of text wanted.
        digits: of the largest note number.
        notes: whether notes are to stand in the margin, if there is room.
        plain: nothing but the text, from the first column.
    """
    if plain:
        return Columns(width, 0, max(2, min(measure, width - 1)), 0, 0, 0)
    gutter = 1 + max(1, min(digits, 3))
    room = max(2, width - gutter - 2)
    measure = room if width < NARROW else min(measure, room)
    left = max(gutter, (width - 1 - measure) // 2)
    margin = margin_width = 0
    if notes and width >= MARGIN_FROM:
        least, most = MARGIN_NOTES
        left = max(gutter + 1, min(left, width - 2 - least - 3 - measure))
        margin = left + measure + 3
        margin_width = min(most, width - 2 - margin)
        if margin_width < least:
            margin = margin_width = 0
    return Columns(width, left, measure, gutter, margin, margin_width)


def build_head(article: Article, measure: int) -> list[tuple[str, str]]:
    """The rows above the text, each with its component: title, subtitle, who, where and when, and a blank row."""
    names = dict.fromkeys([", ".join(article.author), article.source or article.site])
    facts = [*names, article.published, article.place]
    rows = _wrapped(article.title, measure, "title")
    if article.subtitle:
        rows += _wrapped(article.subtitle, measure, "subtitle")
    byline = " · ".join(fact for fact in facts if fact)
    if byline:
        rows += _wrapped(byline, measure, "byline")
    return [*rows, ("", "byline")]


def _wrapped(text: str, measure: int, component: str) -> list[tuple[str, str]]:
    shown = visible(text.replace("\n", " "))
    wrapping = Wrapping(Lines(shown), measure, cluster_width)
    spans = [wrapping.row_span(row) for row in range(wrapping.row_count)]
    return [(shown[start:end].rstrip(), component) for start, end in spans]


class Page:
    """An article laid out for one size: head rows, then the rows of the text.

    A row is counted from the first row of the head. `offset` and `row` convert only here.
    """

    def __init__(
        self,
        lines: Lines,
        article: Article,
        columns: Columns,
        wrapping: Wrapping | None = None,
        *,
        justify: bool = False,
    ) -> None:
        self.columns = columns
        self.text = lines.text
        self.head = build_head(article, columns.measure)
        reuse = wrapping is not None and wrapping.lines is lines and wrapping.width == columns.measure
        if wrapping is not None and reuse and isinstance(wrapping, JustifiedWrapping) == justify:
            self.wrapping = wrapping
        elif justify:
            hyphenate = load_hyphenator(article.language)
            self.wrapping = JustifiedWrapping(lines, columns.measure, cluster_width, hyphenate)
        else:
            self.wrapping = Wrapping(lines, columns.measure, cluster_width)
        self.row_count = len(self.head) + self.wrapping.row_count

    def has_hyphen(self, row: int) -> bool:
        """Whether a hyphen that is not in the text is drawn at the end of a row."""
        return isinstance(self.wrapping, JustifiedWrapping) and self.wrapping.has_hyphen(row - len(self.head))

    def span(self, row: int) -> tuple[int, int]:
        """The offsets of a row; rows of the head have none and give the beginning."""
        body = row - len(self.head)
        return self.wrapping.row_span(min(body, self.wrapping.row_count - 1)) if body >= 0 else (0, 0)

    def row(self, offset: int) -> int:
        """The row that holds an offset."""
        return len(self.head) + self.wrapping.row_at(offset)

    def place(self, offset: int) -> tuple[int, int]:
        """The row and the column (from the left edge of the text) of an offset."""
        row, column = self.wrapping.column_at(offset)
        return len(self.head) + row, min(column, self.columns.measure - 1)

    def offset(self, row: int, column: int) -> int:
        """The offset at a row and a column from the left edge of the text."""
        return self.wrapping.offset_at(max(0, row - len(self.head)), max(0, column))
