"""What stands beside a text on a wide screen: articles near it, its sections, tags and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events

from newstui.ui.widgets.list_canvas import Piece, fit
from newstui.ui.widgets.virtual_list import VirtualList


@dataclass(frozen=True, slots=True)
class RailRow:
    """A heading, or something to go to: `action` is what a click does, with what `target` names."""

    text: str
    action: str = ""
    target: str = ""
    figure: str = ""
    here: bool = False
    """Whether it is where one is."""


def paint_row(row: RailRow, width: int) -> Sequence[Sequence[Piece]]:
    """A row with its figure at the right end."""
    if not row.action:
        return [[(f"{row.text} {'─' * (width - len(row.text) - 1)}" if row.text else "", "heading")]]
    room = width - len(row.figure) - (1 if row.figure else 0)
    part = "strong" if row.here else ""
    return [[(fit(row.text, room), part), (f" {row.figure}" if row.figure else "", "muted")]]


class Rail(VirtualList[RailRow]):
    """Rows to click; the keys stay with the text, for each row has a key of its own there."""

    DEFAULT_CSS = ""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(
            paint_row,
            key=lambda row: (row.action, row.target, row.text),
            is_heading=lambda row: not row.action,
            id=id,
        )
        self.can_focus = False

    def show(self, rows: Sequence[RailRow]) -> None:
        """Show rows, with the cursor where one is."""
        self.set_items(rows, keep=False)
        self.move_to(next((number for number, row in enumerate(rows) if row.here), 0))

    def on_click(self, event: events.Click) -> None:
        """Open the row at the first click."""
        event.stop()
        number = event.y + self.top
        if number < len(self.items) and self.items[number].action:
            self.post_message(self.ItemOpened(self, self.items[number]))
