"""How a list is drawn and scrolled: only the rows on the screen are ever made, and nothing asks for layout."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Region
from textual.strip import Strip

from newstui.text.display import visible
from newstui.ui.widgets.article_view_cursor import show_terminal_cursor
from newstui.ui.widgets.part_styles import ANSI_SLOTS, SLOTS, Part, PartStyles
from newstui.ui.widgets.row_canvas import RowCanvas

T = TypeVar("T")

Piece = tuple[str, str]
"""A text and the name of its part; an empty name is plain."""

Painter = Callable[[T, int], Sequence[Sequence[Piece]]]
"""Draws an item for a width in cells: the rows of the item, each as pieces. The list cuts, pads and cleans them."""

GUTTER = 2
"""Cells at the left of each row: the sign of the cursor and the sign of a marked item."""
CURSOR, CURSOR_ELSEWHERE = "▌", "▎"
"""The sign of the cursor's row, and the one of a list that does not have the keys."""
WHEEL = 3
"""Rows a notch of the wheel scrolls."""
PARTS: Mapping[str, Part] = {
    "cursor": ("", "cursor-row", Style()),
    "marked": ("", "", Style(bold=True)),
    "muted": ("muted", "", Style()),
    "strong": ("", "", Style(bold=True)),
    "accent": ("text-primary", "", Style()),
    "warning": ("text-warning", "", Style()),
    "tag": ("text-secondary", "", Style()),
    "hit": ("hit-text", "hit", Style(bold=True)),
    "heading": ("muted", "", Style(bold=True)),
    "map": ("rule", "", Style()),
    "map-window": ("muted", "", Style()),
    "map-mark": ("tick-note", "", Style()),
    **{f"slot-{slot}": ("foreground", f"highlight-{slot}", Style()) for slot in range(1, SLOTS + 1)},
}
_ANSI = {
    "cursor": Style(reverse=True),
    "hit": Style.parse("bold black on bright_yellow"),
    **{f"slot-{slot}": style for slot, style in ANSI_SLOTS.items()},
}
_WITHOUT_COLOR = {
    "cursor": Style(reverse=True),
    "hit": Style(reverse=True, bold=True),
    **{f"slot-{slot}": Style(underline=True) for slot in range(1, SLOTS + 1)},
}


def fit(text: str, width: int) -> str:
    """A text on exactly `width` cells: padded, or cut with `…`; what could act on a terminal is made visible."""
    text = visible(text.replace("\n", " "))
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


class ListCanvas(RowCanvas, Generic[T], inherit_bindings=False):
    """Draws items of one height, with a cursor and marked items, and scrolls them.

    The last column is a map of the whole list: what is visible, and what is marked.

    Args:
        painter: draws one item.
        key: what tells an item from others.
        item_height: rows of an item.
        is_heading: items the cursor does not stop at; none if it is None.
        title: what stands above the items, for a width in cells.
        id: of the widget.
    """

    DEFAULT_CSS = "ListCanvas { height: 1fr; background: $background; color: $foreground; }"

    def __init__(
        self,
        painter: Painter[T],
        *,
        key: Callable[[T], Hashable],
        item_height: int = 1,
        is_heading: Callable[[T], bool] | None = None,
        title: Callable[[int], str] | None = None,
        id: str | None = None,  # noqa: A002  # Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.items: Sequence[T] = ()
        self.cursor = 0
        self._marked: set[Hashable] = set()
        self.item_height = item_height
        self.key_of = key
        self.has_headings = is_heading is not None
        self.is_heading = is_heading or (lambda item: False)
        self._known_keys: Sequence[Hashable] | None = None
        self.title_rows = 0 if title is None else 1
        self._title = title
        self._painter = painter
        self._top = 0
        self._strips: LRUCache[tuple[int, int], list[Strip]] = LRUCache(400)
        self._styles: PartStyles | None = None
        self._ticks: set[int] | None = None
        self._on_map = False
        self.plain = False
        """Whether rows are words alone: no signs, no map."""

    @property
    def keys(self) -> Sequence[Hashable]:
        """The keys of the items, in their order."""
        if self._known_keys is None:
            self._known_keys = [self.key_of(item) for item in self.items]
        return self._known_keys

    @property
    def marked(self) -> set[Hashable]:
        """The keys of the marked items; another set is drawn, a change of this one is not."""
        return self._marked

    @marked.setter
    def marked(self, keys: set[Hashable]) -> None:
        self._marked = keys
        self.forget()

    # -- scrolling

    @property
    def top(self) -> int:
        """The first row in sight, in rows of the screen; an item may take several."""
        return self._top

    @property
    def rows_shown(self) -> int:
        """How many rows there are for items."""
        return max(0, self.size.height - self.title_rows)

    def scroll_rows(self, row: int) -> None:
        """Put a row at the top, as far as there are rows enough below it."""
        top = max(0, min(row, len(self.items) * self.item_height - self.rows_shown))
        if top != self._top:
            self._top = top
            self.refresh()

    def show_cursor(self) -> None:
        """Scroll so far that the cursor, and a heading right above it, is in sight."""
        if not self.rows_shown:
            return
        first = self.cursor * self.item_height
        if self.has_headings and self.cursor and self.is_heading(self.items[self.cursor - 1]):
            first -= self.item_height
        after = (self.cursor + 1) * self.item_height
        self.scroll_rows(max(min(self._top, first), after - self.rows_shown))
        self.place_terminal_cursor()

    def place_terminal_cursor(self) -> None:
        """Put the real cursor at the cursor's row, for those who follow it by ear or by touch."""
        if not self.has_focus:
            return
        y = self.cursor * self.item_height - self._top
        seen = 0 <= y < self.rows_shown and bool(self.items)
        show_terminal_cursor(self.app, seen)
        if seen:
            self.app.cursor_position = Offset(self.region.x, self.region.y + y + self.title_rows)

    def refresh_item(self, number: int) -> None:
        """Draw one item again, if it is in sight."""
        y = number * self.item_height - self._top
        if -self.item_height < y < self.rows_shown:
            self.refresh(Region(0, max(0, y) + self.title_rows, self.size.width, self.item_height))

    # -- drawing

    def forget(self) -> None:
        """Draw everything again, because what the items say, or which are marked, has changed."""
        self._strips.clear()
        self._ticks = None
        self.refresh()

    @property
    def _parts(self) -> PartStyles:
        if self._styles is None:
            self._styles = PartStyles(self, PARTS, ansi=_ANSI, none=_WITHOUT_COLOR)
        return self._styles

    def on_resize(self) -> None:
        """Lay the items out for the new width."""
        self.forget()
        self.show_cursor()

    def notify_style_update(self) -> None:
        """Forget what was drawn with the old theme."""
        super().notify_style_update()
        self._styles = None
        self.forget()

    def on_focus(self) -> None:
        """Show the cursor row as the one that the keys move."""
        self.refresh_item(self.cursor)
        self.place_terminal_cursor()

    def on_blur(self) -> None:
        """Show that the keys are elsewhere."""
        self.refresh_item(self.cursor)
        show_terminal_cursor(self.app, False)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        styles = self._parts
        width, height = self.size.width, self.rows_shown
        y -= self.title_rows
        if y < 0 and self._title is not None:
            words = " " * GUTTER + self._title(max(1, width - GUTTER - 1))
            return Strip([Segment(words, styles[("muted",)])]).adjust_cell_length(width, styles.base)
        number, row = divmod(y + self._top, self.item_height)
        if number >= len(self.items):
            return Strip.blank(width, styles.base)
        flags = (number == self.cursor) + 2 * (self.keys[number] in self.marked)
        flags += 4 * (self.has_focus or not self.can_focus)
        strips = self._strips.get((number, flags))
        if strips is None:
            strips = self._paint(self.items[number], width - 1, flags, styles)
            self._strips.set((number, flags), strips)
        if self.plain or len(self.items) * self.item_height <= height:
            return strips[row].extend_cell_length(width, strips[row]._segments[-1].style)
        sign, name = self._map_cell(y)
        return Strip([*strips[row], Segment(sign, styles[(name,)])], width)

    def _paint(self, item: T, width: int, flags: int, styles: PartStyles) -> list[Strip]:
        heading = self.is_heading(item)
        names = (*(("cursor",) if flags & 1 and not heading else ()), *(("marked",) if flags & 2 else ()))
        style = styles[names]
        rows = list(self._painter(item, max(1, width - GUTTER)))
        strips = []
        for number in range(self.item_height):
            sign = " " if heading or self.plain or not flags & 1 else CURSOR if flags & 4 else CURSOR_ELSEWHERE
            signs = sign + ("✓" if flags & 2 and not number else " ")
            segments = [Segment(signs, style)]
            for text, name in rows[number] if number < len(rows) else ():
                segments.append(Segment(visible(text), styles[(*names, name)] if name else style))
            strips.append(Strip(segments).adjust_cell_length(width, style))
        return strips

    def _map_cell(self, y: int) -> Piece:
        """The cell of the map beside a row: a tick for marked items, else what is visible."""
        height, count = self.rows_shown, len(self.items)
        if self._ticks is None:
            marked = self.marked
            self._ticks = (
                {row * height // count for row, key in enumerate(self.keys) if key in marked} if marked else set()
            )
        if y in self._ticks:
            return "▪", "map-mark"
        rows = count * self.item_height
        first, last = self._top * height // rows, (min(self._top + height, rows) - 1) * height // rows
        return ("┃", "map-window") if first <= y <= last else ("│", "map")

    # -- mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll; the cursor stays."""
        event.stop()
        self.scroll_rows(self._top + WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back; the cursor stays."""
        event.stop()
        self.scroll_rows(self._top - WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """On the map, go to what the cell stands for."""
        if event.x >= self.size.width - 1 and event.button == 1:
            self._on_map = True
            self.capture_mouse()
            self._follow_map(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse along the map."""
        if self._on_map:
            self._follow_map(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the map."""
        if self._on_map:
            self._on_map = False
            self.release_mouse()

    def _follow_map(self, y: int) -> None:
        rows, height = len(self.items) * self.item_height, max(1, self.rows_shown)
        self.scroll_rows((y - self.title_rows) * rows // height - height // 2)
