"""What may follow the keys typed so far."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

COLUMN = 26


class WhichKey(Widget):
    """A pane above the two last rows with keys and words; it never takes the focus.

    Args:
        rows: keys as shown, and the word for what they do.
    """

    DEFAULT_CSS = """
    WhichKey {
        layer: popup; dock: bottom; height: auto; max-height: 12; margin: 0 0 2 0; padding: 0 1;
        background: $panel; color: $foreground; border-top: solid $rule;
    }
    WhichKey > .which-key--key { color: $text-primary; text-style: bold; }
    """
    COMPONENT_CLASSES = {"which-key--key"}  # noqa: RUF012  # Textual's own name and type

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def render(self) -> Content:
        """As many columns as fit."""
        columns = max(1, (self.size.width or self.app.size.width) // COLUMN)
        key_style = self.get_visual_style("which-key--key")
        lines = []
        for first in range(0, len(self._rows), columns):
            parts = []
            for keys, word in self._rows[first : first + columns]:
                room = COLUMN - cell_len(keys) - 2
                parts.append(Content.assemble((keys, key_style), f" {word[:room]:<{room}} "))
            lines.append(Content("").join(parts))
        return Content("\n").join(lines)
