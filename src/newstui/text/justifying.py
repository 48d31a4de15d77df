"""Rows of equal length: blanks made wider, and words hyphenated where there is a hyphenator.

It is drawing alone: offsets, and with them copied text, marks and search, are those of the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from newstui.text.wrapping import BREAK_AFTER, Cell, ClusterWidth, Lines, Wrapping

Hyphenate = Callable[[str], Sequence[int]]
"""Where a word may be parted, as offsets in it."""

LEAST_FILLED = 0.6
"""Share of the measure that a row fills before it is stretched; a shorter one would be all gaps."""
LONGEST = 400_000
"""Code points of a text up to which words are hyphenated; a longer one is wrapped without, in a tenth of the time."""

_WORD = re.compile(r"[^ ]+")
_PARTABLE = re.compile(r"(?<![\w@./])[^\W\d_A-Z][^\W\d_]{4,}(?![\w@/])")


class JustifiedWrapping(Wrapping):
    """A wrapping whose rows fill the measure, all but the last of each paragraph.

    Args:
        lines: the text.
        width: the measure in cells, at least 2.
        cluster_width: asked about clusters of lines that are not simple.
        hyphenate: parts words; without it rows are only stretched.
    """

    def __init__(
        self, lines: Lines, width: int, cluster_width: ClusterWidth, hyphenate: Hyphenate | None = None
    ) -> None:
        self._hyphenate = hyphenate if len(lines.text) <= LONGEST else None
        super().__init__(lines, width, cluster_width)

    def _count_rows(self) -> array[int]:
        if self._hyphenate is None:
            return super()._count_rows()
        return array("Q", (len(self._find_breaks(line)) for line in range(len(self.lines))))

    def _find_breaks(self, line: int) -> Sequence[int]:
        start, end = self.lines.span(line)
        if self._hyphenate is None or not self.lines.simple[line] or end - start <= self.width:
            return super()._find_breaks(line)
        return array("Q", self._iter_breaks(self.lines.text[start:end]))

    def _iter_breaks(self, words: str) -> Iterator[int]:
        """Where the rows of a simple line begin, greedily."""
        begin = 0
        yield begin
        for match in _WORD.finditer(words):
            low, end = match.span()
            while end - begin > self.width:
                cut = self._cut(match.group(), low, max(low, begin), begin)
                if cut <= begin:  # a word that is longer than the measure and cannot be parted
                    cut = begin + self.width
                begin = cut
                yield begin

    def _cut(self, word: str, low: int, first: int, begin: int) -> int:
        """Where to part a word that does not fit into the row that begins at `begin`, or where the word begins."""
        assert self._hyphenate is not None
        room = begin + self.width - low
        places = [match.start() for match in BREAK_AFTER.finditer(word) if match.start() <= room]
        for part in _PARTABLE.finditer(word):
            places += [part.start() + at for at in self._hyphenate(part.group()) if part.start() + at < room]
        return max((low + place for place in places if low + place > first), default=low)

    def has_hyphen(self, row: int) -> bool:
        """Whether a word is parted at the end of a row, so that a hyphen is drawn there."""
        if self._hyphenate is None:
            return False
        text, (start, end) = self.lines.text, self.row_span(row)
        if not start < end < len(text) or not (text[end - 1].isalpha() and text[end].isalpha()):
            return False
        return end - start < self.width and self.is_simple_line(row)

    # -- columns

    def is_simple_line(self, row: int) -> bool:
        """Whether all characters of a row's paragraph are one cell wide."""
        return super().is_simple_row(row)

    def is_simple_row(self, row: int) -> bool:
        """Whether a column of this row is the distance from its first offset: not where blanks are wider."""
        return super().is_simple_row(row) and not self._is_stretched(row)

    def _is_stretched(self, row: int) -> bool:
        if row + 1 >= self.rows_of_line(self.line_of_row(row))[1]:
            return False
        start, end = self.row_span(row)
        words = self.lines.text[start:end].rstrip()
        return " " in words.strip() and len(words) >= self.width * LEAST_FILLED

    def cells(self, row: int) -> list[Cell]:
        """The clusters of a row with their columns, the blanks between words as wide as it takes."""
        cells = super().cells(row)
        if not self._is_stretched(row):
            return cells
        text = self.lines.text
        last = max(number for number, cell in enumerate(cells) if not text[cell.start].isspace())
        first = next(number for number, cell in enumerate(cells) if not text[cell.start].isspace())
        gaps = [number for number in range(first, last) if text[cells[number].start] == " "]
        spare = self.width - (cells[last].column + cells[last].width) - self.has_hyphen(row)
        if not gaps or spare <= 0:
            return cells
        each, more = divmod(spare, len(gaps))
        favored = set(gaps[:more] if row % 2 else gaps[len(gaps) - more :])  # from both sides in turn: no rivers
        shift = 0
        stretched = []
        for number, cell in enumerate(cells):
            width = cell.width
            if number in gaps:
                width += each + (number in favored)
            elif number > last:
                width = 0
            stretched.append(replace(cell, column=min(cell.column + shift, self.width), width=width))
            shift += width - cell.width if number <= last else 0
        return stretched


@lru_cache(maxsize=4)
def load_hyphenator(language: str) -> Hyphenate | None:
    """The hyphenator of a language, of English if none is named; None without the package pyphen or for others."""
    try:
        import pyphen
    except ModuleNotFoundError:
        return None
    known = pyphen.language_fallback(language.replace("-", "_") or "en")
    if known is None:
        return None
    positions: Hyphenate = pyphen.Pyphen(lang=known, left=2, right=3).positions
    return positions
