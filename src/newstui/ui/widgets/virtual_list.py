"""A list of any length with a cursor that stays on its item, and items that can be marked."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import events
from textual.message import Message

from newstui.ui.widgets.list_canvas import GUTTER, ListCanvas, Painter, Piece, fit

__all__ = ["GUTTER", "Painter", "Piece", "VirtualList", "fit"]

T = TypeVar("T")


class VirtualList(ListCanvas[T], can_focus=True, inherit_bindings=False):
    """Items in a row, moved through by keys and by mouse; see `ListCanvas` for what it is made of."""

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
    class TitleClicked(Message):
        """The row above the items was clicked, so many cells from where the items begin."""

        list: VirtualList[Any]
        column: int

    @dataclass
    class ItemOpened(Message):
        """An item was clicked where the cursor was, or twice."""

        list: VirtualList[Any]
        item: Any

        @property
        def control(self) -> VirtualList[Any]:
            """The list, for `@on(..., "#id")`."""
            return self.list

    _highlighted: Hashable = None
    """The key that was last told of."""

    # -- items

    def set_items(self, items: Sequence[T], *, keep: bool = True, keys: Sequence[Hashable] | None = None) -> None:
        """Show other items; the cursor stays on its item if it is still there and `keep` is true, else on its row.

        Args:
            items: what to show; may make an item when it is asked for.
            keep: whether to look for the item under the cursor.
            keys: of the items, so that none needs to be made to find one.
        """
        key = self.cursor_key if keep else None
        self.items = items
        self._known_keys = keys
        self.forget()
        row = self._row_of(key) if key is not None else None
        self.cursor = self._stop_at(row if row is not None else self.cursor if keep else 0, 1)
        self.show_cursor()
        self._report()

    @property
    def cursor_item(self) -> T | None:
        """The item under the cursor; a heading is none."""
        item = self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None
        return None if item is None or self.is_heading(item) else item

    @property
    def cursor_key(self) -> Hashable | None:
        """The key of the item under the cursor."""
        item = self.cursor_item
        return None if item is None else self.key_of(item)

    @property
    def chosen(self) -> list[T]:
        """The marked items, or the one under the cursor."""
        marked = [self.items[row] for row, key in enumerate(self.keys) if key in self.marked] if self.marked else []
        return marked or ([] if self.cursor_item is None else [self.cursor_item])

    @property
    def chosen_keys(self) -> list[Hashable]:
        """The keys of the marked items, or the one under the cursor; makes no items."""
        marked = [key for key in self.keys if key in self.marked] if self.marked else []
        return marked or ([] if self.cursor_key is None else [self.cursor_key])

    # -- moving and marking

    def move_to(self, row: int) -> None:
        """Put the cursor on an item by its number."""
        before = self.cursor
        self.cursor = self._stop_at(row, 1 if row >= before else -1)
        if self.cursor != before:
            for changed in (before, self.cursor):
                self.refresh_item(changed)
            self._report()
        self.show_cursor()

    def move_by(self, count: int) -> None:
        """Move the cursor by items."""
        self.move_to(self.cursor + count)

    def page_by(self, count: int, *, half: bool = False) -> None:
        """Move the cursor by screens, or by halves of one."""
        rows = max(1, self.rows_shown // self.item_height)
        self.move_by(count * max(1, rows // 2 if half else rows - 1))

    def select(self, key: Hashable) -> bool:
        """Put the cursor on the item with this key, if it is there."""
        row = self._row_of(key)
        if row is not None:
            self.move_to(row)
        return row is not None

    def toggle_mark(self) -> None:
        """Mark or unmark the item under the cursor, and go to the next."""
        if self.cursor_key is not None:
            self.marked ^= {self.cursor_key}
            self.move_by(1)

    def mark_all(self) -> None:
        """Mark all items, or none if all are marked."""
        keys = set(self.keys)
        if self.has_headings:
            keys = {key for key, item in zip(self.keys, self.items, strict=True) if not self.is_heading(item)}
        self.marked = set() if self.marked >= keys else keys

    def clear_marks(self) -> None:
        """Mark none."""
        self.marked = set()

    def _row_of(self, key: Hashable) -> int | None:
        try:
            return self.keys.index(key)
        except ValueError:
            return None

    def _stop_at(self, row: int, step: int) -> int:
        """The nearest row to stop at: not a heading, and there."""
        row = max(0, min(row, len(self.items) - 1))
        for direction in (step, -step) if self.has_headings else ():
            at = row
            while 0 <= at < len(self.items):
                if not self.is_heading(self.items[at]):
                    return at
                at += direction
        return row

    def _report(self) -> None:
        key = self.cursor_key
        if key != self._highlighted or key is None:
            self._highlighted = key
            self.post_message(self.ItemHighlighted(self, self.cursor_item))

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the item; on the cursor's own item, or with a double click, open it."""
        event.stop()
        if event.y < self.title_rows:
            self.post_message(self.TitleClicked(self, event.x - GUTTER))
            return
        number = (event.y - self.title_rows + self.top) // self.item_height
        if event.x >= self.size.width - 1 and len(self.items) * self.item_height > self.rows_shown:
            return
        if number >= len(self.items) or self.is_heading(self.items[number]):
            return
        opened = number == self.cursor or event.chain >= 2
        self.move_to(number)
        if opened and self.cursor_item is not None:
            self.post_message(self.ItemOpened(self, self.cursor_item))
