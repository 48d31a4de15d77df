"""Wrapping a whole text at a width, exactly, and converting between offsets, rows and columns.

A line here is what lies between two line breaks of the text (a paragraph, or the empty line between two). One compiled
expression for a width counts the rows of each line; only counts and prefix sums are kept, and break offsets are worked
out for the lines that are looked at. Lines with wide, combining or joining characters go by grapheme clusters.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from newstui.text.graphemes import is_simple, iter_clusters
from newstui.text.segmentation import CLOSING, OPENING

TAB_STOP = 4
"""Columns between tab stops, counted from the beginning of a row."""

ClusterWidth = Callable[[str], int]
"""How many cells a terminal gives one cluster."""

_BREAKERS = ("—", "-", "/")
_AFTER_DASH = rf"(?<=—)(?![\s{re.escape(CLOSING)}—])|(?<=\w[-/])(?=[^\W\d])"
BREAK_AFTER = re.compile(_AFTER_DASH)
_TOKEN = re.compile(r"[^ \t]*[ \t]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cluster of a row: where it begins and ends in the text, its column and its width in cells."""

    start: int
    end: int
    column: int
    width: int


@lru_cache(maxsize=16)
def _row_patterns(width: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The expressions whose matches are the rows of a simple line: without and with breaks after dashes."""
    tail = rf".{{{width}}}"
    body = rf".{{1,{width}}}"
    return re.compile(rf"{body}(?: +|$)|{tail}"), re.compile(rf"{body}(?: +|$|{_AFTER_DASH})|{tail}")


def _has_breaker(line: str) -> bool:
    return "-" in line or "—" in line or "/" in line


class Lines:
    """Where the lines of a text begin, and which of them are simple; independent of the width."""

    def __init__(self, text: str) -> None:
        self.text = text
        starts = array("Q", [0])
        simple = bytearray()
        start = 0
        while start <= len(text):  # not `split`: the lines of a long text take as much room as the text
            end = text.find("\n", start)
            end = end if end >= 0 else len(text)
            simple.append(end == start or is_simple(text[start:end]))
            start = end + 1
            starts.append(start)
        self.starts = starts
        """Offset of each line, and one entry more: the length of the text plus one."""
        self.simple = simple

    def __len__(self) -> int:
        return len(self.simple)

    def line_at(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        return min(bisect_right(self.starts, offset), len(self.simple)) - 1

    def span(self, line: int) -> tuple[int, int]:
        """The range of a line, without its line break."""
        return self.starts[line], self.starts[line + 1] - 1

    def paragraphs(self) -> list[int]:
        """Where the paragraphs begin: lines with words, each after an empty one or at the beginning."""
        starts = self.starts
        pairs = zip(starts, starts[1:], starts[2:], strict=False)
        return [0, *(start for before, start, after in pairs if start - before == 1 and after - start > 1)]


class Wrapping:
    """A text wrapped at a width.

    Rows follow each other without gaps: a blank at a break belongs to the row it ends, a line break to no row.

    Args:
        lines: the text.
        width: the measure in cells, at least 2.
        cluster_width: asked about clusters of lines that are not simple.
    """

    _KEPT_LINES = 512

    def __init__(self, lines: Lines, width: int, cluster_width: ClusterWidth) -> None:
        self.lines = lines
        self.width = width = max(2, width)
        self._cluster_width = cluster_width
        self._breaks: OrderedDict[int, Sequence[int]] = OrderedDict()
        self._first_rows = array("Q", accumulate(self._count_rows(), initial=0))

    def _count_rows(self) -> array[int]:
        plain, dashed = _row_patterns(self.width)
        find_plain, find_dashed = plain.findall, dashed.findall
        text, starts, simple, width = self.lines.text, self.lines.starts, self.lines.simple, self.width
        counts = array("Q")
        append = counts.append
        start = 0
        for number in range(len(simple)):
            after = starts[number + 1]
            if not simple[number]:
                append(len(self._break_complex(start, after - 1)))
            elif after - start <= width + 1:
                append(1)
            else:
                line = text[start : after - 1]
                append(len((find_dashed if _has_breaker(line) else find_plain)(line)))
            start = after
        return counts

    # -- rows

    @property
    def row_count(self) -> int:
        """How many rows there are; an empty text has one."""
        return self._first_rows[-1]

    def row_span(self, row: int) -> tuple[int, int]:
        """The range of a row, with the blanks that end it and without a line break."""
        line = bisect_right(self._first_rows, row) - 1
        breaks = self._breaks_of(line)
        inner = row - self._first_rows[line]
        start, end = self.lines.span(line)
        return start + breaks[inner], start + breaks[inner + 1] if inner + 1 < len(breaks) else end

    def row_at(self, offset: int) -> int:
        """The row that holds an offset; a line break counts to the row it ends."""
        line = self.lines.line_at(offset)
        first, after = self._first_rows[line], self._first_rows[line + 1]
        if after - first == 1:
            return first
        return first + bisect_right(self._breaks_of(line), offset - self.lines.starts[line]) - 1

    def line_of_row(self, row: int) -> int:
        """The line a row belongs to."""
        return bisect_right(self._first_rows, row) - 1

    def rows_of_line(self, line: int) -> tuple[int, int]:
        """The range of rows of a line."""
        return self._first_rows[line], self._first_rows[line + 1]

    def _breaks_of(self, line: int) -> Sequence[int]:
        """Where the rows of a line begin, counted from its own beginning."""
        kept = self._breaks.get(line)
        if kept is not None:
            self._breaks.move_to_end(line)
            return kept
        breaks = self._breaks[line] = self._find_breaks(line)
        if len(self._breaks) > self._KEPT_LINES:
            self._breaks.popitem(last=False)
        return breaks

    def _find_breaks(self, line: int) -> Sequence[int]:
        start, end = self.lines.span(line)
        if not self.lines.simple[line]:
            return self._break_complex(start, end)
        if end - start <= self.width:
            return (0,)
        words = self.lines.text[start:end]
        pattern = _row_patterns(self.width)[_has_breaker(words)]
        return array("Q", (match.start() for match in pattern.finditer(words)))

    # -- columns

    def is_simple_row(self, row: int) -> bool:
        """Whether a column of this row is the distance from its first offset."""
        return bool(self.lines.simple[self.line_of_row(row)])

    def cells(self, row: int) -> list[Cell]:
        """The clusters of a row with their columns; blanks that stand past the measure have width 0."""
        start, end = self.row_span(row)
        column = 0
        cells = []
        words = self.lines.text[start:end]
        for low, high in iter_clusters(words):
            width = self._width_of(words[low:high], column)
            if column + width > self.width and words[low:high].isspace():
                width = max(0, self.width - column)
            cells.append(Cell(start + low, start + high, column, width))
            column += width
        return cells

    def column_at(self, offset: int) -> tuple[int, int]:
        """The row and column of the cluster that holds an offset.

        The end of a row's line has the column after its last cluster; blanks past the measure stand in its last column.
        """
        row = self.row_at(offset)
        start, _ = self.row_span(row)
        if self.is_simple_row(row):
            return row, min(offset - start, self.width)
        last = 0
        for cell in self.cells(row):
            if cell.start <= offset < cell.end:
                return row, min(cell.column, self.width)
            last = cell.column + cell.width
        return row, min(last, self.width)

    def offset_at(self, row: int, column: int) -> int:
        """The beginning of the cluster at a column; past the end of the row the last offset that belongs to it."""
        row = max(0, min(row, self.row_count - 1))
        start, end = self.row_span(row)
        last = end if self._ends_line(row, end) else max(start, end - 1)
        if self.is_simple_row(row):
            return max(start, min(start + column, last))
        for cell in self.cells(row):
            if column < cell.column + cell.width:
                return cell.start
            if not self._ends_line(row, end):
                last = cell.start
        return last

    def _ends_line(self, row: int, end: int) -> bool:
        return row + 1 == self._first_rows[self.line_of_row(row) + 1]

    def _width_of(self, cluster: str, column: int) -> int:
        if cluster == "\t":
            return TAB_STOP - column % TAB_STOP
        if len(cluster) == 1 and cluster.isascii():
            return 1
        return self._cluster_width(cluster)

    # -- lines with wide or joining characters

    def _break_complex(self, start: int, end: int) -> array[int]:
        """Where the rows of a line begin: greedy over words, inside a word over clusters."""
        words = self.lines.text[start:end]
        breaks = array("Q", [0])
        column = 0
        for match in _TOKEN.finditer(words):
            token, low = match.group(), match.start()
            body = token.rstrip(" \t")
            size = len(body)
            simple = is_simple(body)
            if simple and (not size or column + size <= self.width):  # blanks alone never begin a row
                column += size
            elif simple and size <= self.width and not _has_breaker(body):
                breaks.append(low)
                column = size
            else:
                column = self._place_pieces(words, low, low + size, column, breaks)
            tail = token[size:]
            if "\t" in tail:
                for blank in tail:
                    column += self._width_of(blank, column)
            else:
                column += len(tail)
        return breaks

    def _place_pieces(self, words: str, low: int, high: int, column: int, breaks: array[int]) -> int:
        """Set one word of several pieces, and return the column after it."""
        clusters = [(low + a, low + b) for a, b in iter_clusters(words[low:high])]
        begin, pending = low, 0  # a piece that must stay together, and its width
        for number, (first, last) in enumerate(clusters):
            width = self._width_of(words[first:last], 0)
            after = words[last] if last < high else ""
            if pending + width > self.width and pending:  # the piece itself is too long: cut before this cluster
                column = self._place(begin, pending, column, breaks)
                begin, pending = first, 0
                column = self.width
            pending += width
            if number + 1 == len(clusters) or self._may_break(words, first, last, after):
                column = self._place(begin, pending, column, breaks)
                begin, pending = last, 0
        return column

    def _place(self, begin: int, width: int, column: int, breaks: array[int]) -> int:
        """Set a piece in this row, or in a new one; returns the column after it."""
        if column + width > self.width and begin > breaks[-1]:
            breaks.append(begin)
            column = 0
        return column + width

    def _may_break(self, words: str, first: int, last: int, after: str) -> bool:
        if after in CLOSING or words[first] in OPENING:
            return False
        if self._cluster_width(words[first:last]) > 1 or self._cluster_width(after) > 1:
            return True
        return words[last - 1] in _BREAKERS and BREAK_AFTER.match(words, last) is not None
