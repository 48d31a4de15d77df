"""The row at the top of a screen: where one is, and a few figures."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from newstui.ui.widgets.virtual_list import fit


class HeaderRow(Widget):
    """One row: `left` is cut so that `right` is seen whole."""

    DEFAULT_CSS = "HeaderRow { height: 1; background: $panel; color: $foreground; text-style: bold; }"

    left: reactive[str] = reactive("", layout=False)
    right: reactive[str] = reactive("", layout=False)

    def __init__(self, left: str = "", right: str = "") -> None:
        super().__init__()
        self.set_reactive(HeaderRow.left, left)
        self.set_reactive(HeaderRow.right, right)

    def render(self) -> Content:
        """The row for this width."""
        room = self.size.width - 2
        right = fit(self.right, min(cell_len(self.right), room))
        left = fit(self.left, max(0, room - cell_len(right) - 2))
        return Content.assemble(f" {left}  ", (right, "$text-muted"), " ")
