"""Selecting with the mouse: drag, double click for a word, triple for a sentence, a fourth for the paragraph.

Dragging the first or last character of the highlight under the cursor moves that end of it.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from newstui.model import Span
from newstui.text import motions
from newstui.text.graphemes import cluster_start

if TYPE_CHECKING:
    from newstui.ui.widgets.article_view import ArticleView
    from newstui.ui.widgets.article_view_highlights import Mark

CHAIN_SECONDS = 0.45
"""Clicks at one cell within this time belong together."""
UNITS = {2: "word", 3: "sentence", 4: "paragraph"}
SCROLL_SECONDS = 0.05
"""Between two rows while dragging past an edge."""


class Mouse:
    """What the left button is doing in a view."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._down_at: int | None = None
        self._origin = Span(0, 0)
        self._unit = ""
        self._last: tuple[float, int, int, int] = (0.0, -1, -1, 0)
        self._scrolling: Timer | None = None
        self._on_map = False
        self._at = (0, 0)
        self._held: Mark | None = None
        """The highlight whose end is being dragged."""

    def press(self, event: events.MouseDown) -> None:
        """Put the cursor there, or select the unit there for a click of several; a click on the map goes there."""
        view = self._view
        if event.button != 1 or view.rows_shown <= event.y:
            return
        view.capture_mouse()
        view.focus()
        if event.x >= view.size.width - 1:
            self._on_map = True
            self._follow_map(event.y)
            return
        before, x, y, clicks = self._last
        near = monotonic() - before < CHAIN_SECONDS and (x, y) == (event.x, event.y)
        clicks = clicks % 4 + 1 if near else 1
        self._last = (monotonic(), event.x, event.y, clicks)
        offset = view.offset_at(event.x, event.y)
        self._down_at, self._unit = offset, UNITS.get(clicks, "")
        found = motions.object_at(view.text, offset, self._unit) if self._unit else None
        self._origin = found or Span(offset, offset)
        if self._hold_end(offset):
            return
        view.select(found)
        if found is None:
            view.move_to(offset, reveal=False)

    def _hold_end(self, offset: int) -> bool:
        """Take hold of the end of the highlight under the cursor, if that is what was pressed."""
        view = self._view
        under = view.marks_under[:1] if view.pinned is None and not self._unit else []
        for mark in under:
            first, last = mark.start, cluster_start(view.text, mark.end - 1)
            if offset in (first, last):
                self._held, self._down_at = mark, last if offset == first else first
                return True
        return False

    def drag(self, event: events.MouseMove) -> None:
        """Extend the selection to here; past an edge the text scrolls."""
        if self._on_map:
            self._follow_map(event.y)
        if self._down_at is None:
            return
        event.stop()
        self._at = (event.x, event.y)
        view = self._view
        if 0 <= event.y < view.rows_shown:
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = view.set_interval(SCROLL_SECONDS, self._scroll)
        self._extend()

    def release(self, event: events.MouseUp) -> None:
        """End what the press began."""
        if self._down_at is None and not self._on_map:
            return
        event.stop()
        self._stop_scrolling()
        self._view.release_mouse()
        held, self._held = self._held, None
        self._down_at = None
        self._on_map = False
        if held is not None:
            self._view.end_dragged(held, self._view.offset_at(event.x, max(0, min(event.y, self._view.rows_shown - 1))))

    def _extend(self) -> None:
        view = self._view
        x, y = self._at
        offset = view.offset_at(x, max(0, min(y, view.rows_shown - 1)))
        if view.pinned is None and (
            self._down_at == offset or (self._held is not None and self._origin.start == offset)
        ):
            return
        if not self._unit:
            view.pinned = self._down_at
            view.move_to(offset, reveal=False)
            return
        unit = motions.object_at(view.text, offset, self._unit) or Span(offset, offset + 1)
        if unit.start < self._origin.start:
            view.pinned = max(self._origin.start, self._origin.end - 1)
            view.move_to(unit.start, reveal=False)
        else:
            view.pinned = self._origin.start
            view.move_to(max(unit.end, self._origin.end) - 1, reveal=False)

    def _scroll(self) -> None:
        view = self._view
        y = self._at[1]
        view.scroll_to_row(view.top + (y if y < 0 else y - view.rows_shown + 1))
        self._extend()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def _follow_map(self, y: int) -> None:
        view = self._view
        share = max(0, min(y, view.size.height - 1)) / max(1, view.size.height - 1)
        view.scroll_by(round(share * (view.page.row_count - view.rows_shown)) - view.top)
