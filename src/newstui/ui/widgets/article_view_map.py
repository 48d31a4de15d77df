"""The last column of the view: a map of the whole text, with what is visible and ticks for notes and hits."""

from __future__ import annotations

from newstui.ui.widgets.article_view_layout import Page
from newstui.ui.widgets.article_view_marks import Marks

NOTHING = ("│", "map")
WINDOW = ("┃", "map-window")
TICK_NOTE = ("▪", "tick-note")
TICK_HIT = ("▪", "tick-hit")


class TextMap:
    """Which cell of the map stands for what; a cell stands for many rows and shows the strongest.

    Args:
        page: the layout.
        marks: what is marked.
        height: cells of the map.
    """

    def __init__(self, page: Page, marks: Marks, height: int) -> None:
        self._rows = page.row_count
        self._height = height
        head = len(page.head)
        edges = [page.span(max(head, min(self.row_of(cell), self._rows - 1)))[0] for cell in range(height)]
        edges.append(len(page.text) + 1)
        self._ticks: dict[int, tuple[str, str]] = {}
        for cell in range(height):
            if edges[cell] >= edges[cell + 1]:
                continue
            if marks.has_hit(edges[cell], edges[cell + 1]):
                self._ticks[cell] = TICK_HIT
            elif marks.highlights.has_note(edges[cell], edges[cell + 1]):
                self._ticks[cell] = TICK_NOTE

    def row_of(self, cell: int) -> int:
        """The first row a cell stands for."""
        return cell if self._rows <= self._height else cell * self._rows // self._height

    def cell_of(self, row: int) -> int:
        """The cell that stands for a row."""
        return row if self._rows <= self._height else row * self._height // self._rows

    def cell(self, at: int, top: int, height: int) -> tuple[str, str]:
        """The sign and the component of a cell, when the window shows `height` rows from `top`."""
        tick = self._ticks.get(at)
        if tick is not None:
            return tick
        first, last = self.cell_of(top), self.cell_of(min(top + height, self._rows) - 1)
        return WINDOW if first <= at <= last else NOTHING
