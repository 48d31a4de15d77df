"""A list of any length on the Line API: only the rows on the screen are ever drawn."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newstui.text.display import visible

T = TypeVar("T")

Piece = tuple[str, str]
"""A text and the name of its component class, without the prefix `virtual-list--`; an empty name is plain."""

Painter = Callable[[T, int], Sequence[Sequence[Piece]]]
"""Draws an item for a width in cells: the rows of the item, each as pieces. The list cuts, pads and cleans them."""

GUTTER = 2
"""Cells at the left of each row: the sign of the cursor and the sign of a marked item."""
COMPONENTS = (
    "muted", "strong", "accent", "hit", "tag", "heading", "warning", *(f"slot-{slot}" for slot in range(1, 7)),
)  # fmt: skip


def fit(text: str, width: int) -> str:
    """A text on exactly `width` cells: padded, or cut with `…`; what could act on a terminal is made visible."""
    text = visible(text.replace("\n", " "))
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


class VirtualList(ScrollView, Generic[T], can_focus=True, inherit_bindings=False):
    """Items of one height, with a cursor that stays on its item and items that can be marked.

    Args:
        painter: draws one item.
        key: what tells an item from others, so that cursor and marks stay on it when the items change.
        item_height: rows of an item.
        is_heading: items the cursor does not stop at.
        id: of the widget.
    """

    DEFAULT_CSS = """
    VirtualList {
        height: 1fr; background: $background; color: $foreground; scrollbar-size-vertical: 1; overflow-x: hidden;
    }
    VirtualList > .virtual-list--cursor { background: $cursor-row; }
    VirtualList > .virtual-list--marked { text-style: bold; }
    VirtualList > .virtual-list--muted { color: $text-muted; }
    VirtualList > .virtual-list--strong { text-style: bold; }
    VirtualList > .virtual-list--accent { color: $text-primary; }
    VirtualList > .virtual-list--warning { color: $text-warning; }
    VirtualList > .virtual-list--tag { color: $text-secondary; }
    VirtualList > .virtual-list--hit { color: $hit-text; background: $hit; text-style: bold; }
    VirtualList > .virtual-list--slot-1 { color: $foreground; background: $highlight-1; }
    VirtualList > .virtual-list--slot-2 { color: $foreground; background: $highlight-2; }
    VirtualList > .virtual-list--slot-3 { color: $foreground; background: $highlight-3; }
    VirtualList > .virtual-list--slot-4 { color: $foreground; background: $highlight-4; }
    VirtualList > .virtual-list--slot-5 { color: $foreground; background: $highlight-5; }
    VirtualList > .virtual-list--slot-6 { color: $foreground; background: $highlight-6; }
    VirtualList > .virtual-list--heading { color: $text-muted; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"virtual-list--{name}" for name in (*COMPONENTS, "cursor", "marked")}

    @dataclass
    class ItemHighlighted(Message):
        """The cursor came to another item, or to none."""

        list: VirtualList[Any]
        item: Any

        @property
        def control(self) -> VirtualList[Any]:
            """The list, for `@on(..., "#id")`."""
            return self.list

        def can_replace(self, message: Message) -> bool:
            """Only the newest place counts."""
            return isinstance(message, VirtualList.ItemHighlighted) and message.list is self.list

    @dataclass
    class ItemOpened(Message):
        """An item was clicked where the cursor was, or twice."""

        list: VirtualList[Any]
        item: Any

        @property
        def control(self) -> VirtualList[Any]:
            """The list, for `@on(..., "#id")`."""
            return self.list

    def __init__(
        self,
        painter: Painter[T],
        *,
        key: Callable[[T], Hashable],
        item_height: int = 1,
        is_heading: Callable[[T], bool] = lambda item: False,
        id: str | None = None,  # noqa: A002  # Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.items: Sequence[T] = ()
        self.cursor = 0
        self.marked: set[Hashable] = set()
        self.item_height = item_height
        self._painter = painter
        self._key = key
        self._is_heading = is_heading
        self._strips: LRUCache[tuple[int, int], list[Strip]] = LRUCache(400)
        self._styles: dict[str, Style] = {}
        self._highlighted: Hashable = None

    # -- items

    def set_items(self, items: Sequence[T], *, keep: bool = True) -> None:
        """Show other items; the cursor stays on its item if it is still there and `keep` is true, else on its row."""
        key = self.cursor_key
        self.items = items
        self._strips.clear()
        kept = keep and key is not None
        row = next((n for n, item in enumerate(items) if self._key(item) == key), None) if kept else None
        self.cursor = self._stop_at(row if row is not None else self.cursor if keep else 0, 1)
        self.virtual_size = Size(self.size.width, len(items) * self.item_height)
        self.refresh()
        if self.is_mounted:
            self.call_after_refresh(self._show_cursor)
        self._report()

    def repaint(self) -> None:
        """Draw the items again, because what they say has changed."""
        self._strips.clear()
        self.refresh()

    @property
    def cursor_item(self) -> T | None:
        """The item under the cursor; a heading is none."""
        item = self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None
        return None if item is None or self._is_heading(item) else item

    @property
    def cursor_key(self) -> Hashable | None:
        """The key of the item under the cursor."""
        item = self.cursor_item
        return None if item is None else self._key(item)

    @property
    def chosen(self) -> list[T]:
        """The marked items, or the one under the cursor."""
        marked = [item for item in self.items if self._key(item) in self.marked] if self.marked else []
        return marked or ([] if self.cursor_item is None else [self.cursor_item])

    # -- moving and marking

    def move_to(self, row: int) -> None:
        """Put the cursor on an item by its number."""
        before = self.cursor
        self.cursor = self._stop_at(row, 1 if row >= before else -1)
        if self.cursor != before:
            for changed in (before, self.cursor):
                self.refresh_lines(changed * self.item_height - self.scroll_offset.y, self.item_height)
            self._report()
        self._show_cursor()

    def move_by(self, count: int) -> None:
        """Move the cursor by items."""
        self.move_to(self.cursor + count)

    def page_by(self, count: int, *, half: bool = False) -> None:
        """Move the cursor by screens, or by halves of one."""
        rows = max(1, self.size.height // self.item_height)
        self.move_by(count * max(1, rows // 2 if half else rows - 1))

    def select(self, key: Hashable) -> bool:
        """Put the cursor on the item with this key, if it is there."""
        row = next((n for n, item in enumerate(self.items) if self._key(item) == key), None)
        if row is not None:
            self.move_to(row)
        return row is not None

    def toggle_mark(self) -> None:
        """Mark or unmark the item under the cursor, and go to the next."""
        if self.cursor_key is not None:
            self.marked ^= {self.cursor_key}
            self.repaint()
            self.move_by(1)

    def mark_all(self) -> None:
        """Mark all items, or none if all are marked."""
        keys = {self._key(item) for item in self.items if not self._is_heading(item)}
        self.marked = set() if self.marked >= keys else keys
        self.repaint()

    def clear_marks(self) -> None:
        """Mark none."""
        self.marked = set()
        self.repaint()

    def _stop_at(self, row: int, step: int) -> int:
        """The nearest row to stop at: not a heading, and there."""
        row = max(0, min(row, len(self.items) - 1))
        for direction in (step, -step):
            at = row
            while 0 <= at < len(self.items):
                if not self._is_heading(self.items[at]):
                    return at
                at += direction
        return row

    def _report(self) -> None:
        key = self.cursor_key
        if key != self._highlighted or key is None:
            self._highlighted = key
            self.post_message(self.ItemHighlighted(self, self.cursor_item))

    def _show_cursor(self) -> None:
        top = self.cursor * self.item_height
        if self.cursor and self._is_heading(self.items[self.cursor - 1]):
            top -= self.item_height
        bottom = (self.cursor + 1) * self.item_height
        height = self.size.height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif height and bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, force=True, immediate=True)

    # -- drawing

    def on_resize(self, event: events.Resize) -> None:
        """Lay the items out for the new width."""
        self._strips.clear()
        self.virtual_size = Size(event.size.width, len(self.items) * self.item_height)
        self.call_after_refresh(self._show_cursor)

    def notify_style_update(self) -> None:
        """Forget what was drawn with the old theme."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_focus(self) -> None:
        """Show the cursor row."""
        self._refresh_cursor()

    def on_blur(self) -> None:
        """Show that the cursor row does not have the keys."""
        self._refresh_cursor()

    def _refresh_cursor(self) -> None:
        self.refresh_lines(self.cursor * self.item_height - self.scroll_offset.y, self.item_height)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width = self.size.width
        number, row = divmod(y + self.scroll_offset.y, self.item_height)
        base = self.visual_style.rich_style
        if number >= len(self.items):
            return Strip.blank(width, base)
        flags = (number == self.cursor) + 2 * (self._key(self.items[number]) in self.marked)
        strips = self._strips.get((number, flags))
        if strips is None:
            strips = self._paint(self.items[number], width, flags, base)
            self._strips.set((number, flags), strips)
        return strips[row]

    def _paint(self, item: T, width: int, flags: int, base: Style) -> list[Strip]:
        heading = self._is_heading(item)
        style = base
        if flags & 1 and not heading:
            style += self._style("cursor")
        if flags & 2:
            style += self._style("marked")
        rows = list(self._painter(item, max(1, width - GUTTER - 1)))
        strips = []
        for number in range(self.item_height):
            signs = ("▌" if flags & 1 and not heading else " ") + ("✓" if flags & 2 and not number else " ")
            segments = [Segment(signs, style)]
            for text, name in rows[number] if number < len(rows) else ():
                segments.append(Segment(visible(text), style + self._style(name) if name else style))
            strips.append(Strip(segments).adjust_cell_length(width, style))
        return strips

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"virtual-list--{name}", partial=True)
        return self._styles[name]

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the item; on the cursor's own item, or with a double click, open it."""
        event.stop()
        number = (event.y + self.scroll_offset.y) // self.item_height
        if number >= len(self.items) or self._is_heading(self.items[number]):
            return
        opened = number == self.cursor or event.chain >= 2
        self.move_to(number)
        if opened and self.cursor_item is not None:
            self.post_message(self.ItemOpened(self, self.cursor_item))
