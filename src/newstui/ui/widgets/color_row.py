"""The colors a highlight can have, by number and by the user's names."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from newstui.text.display import visible


class ColorRow(Widget, can_focus=True):
    """One row of slots; digits, arrows and clicks choose.

    Args:
        names: of the slots.
        slot: chosen at first, from 1.
    """

    DEFAULT_CSS = """
    ColorRow { height: 1; color: $text-muted; }
    ColorRow:focus { background: $panel; color: $foreground; }
    ColorRow > .color-row--1 { background: $highlight-1; color: $foreground; }
    ColorRow > .color-row--2 { background: $highlight-2; color: $foreground; }
    ColorRow > .color-row--3 { background: $highlight-3; color: $foreground; }
    ColorRow > .color-row--4 { background: $highlight-4; color: $foreground; }
    ColorRow > .color-row--5 { background: $highlight-5; color: $foreground; }
    ColorRow > .color-row--6 { background: $highlight-6; color: $foreground; }
    """
    COMPONENT_CLASSES = {f"color-row--{slot}" for slot in range(1, 7)}  # noqa: RUF012  # Textual's own name and type

    slot: reactive[int] = reactive(1, layout=False)

    def __init__(self, names: Sequence[str], slot: int) -> None:
        super().__init__()
        self._names = names
        self.set_reactive(ColorRow.slot, slot or 1)

    def render(self) -> Content:
        """Number and name of each; the chosen one stands in brackets."""
        parts = [Content("Color  ")]
        for slot, name in enumerate(self._names, 1):
            label = f"{slot} {visible(name)}"
            shown = f"[{label}]" if slot == self.slot else f" {label} "
            swatch = Content.styled(shown, self.get_visual_style(f"color-row--{slot}"))
            parts.append(swatch.stylize(Style.from_meta({"@click": f"screen.choose_color({slot})"})))
        return Content("").join(parts)

    def on_key(self, event: events.Key) -> None:
        """Digits and arrows."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._names):
            self.slot = int(event.key)
        elif event.key in ("left", "h"):
            self.slot = max(1, self.slot - 1)
        elif event.key in ("right", "l"):
            self.slot = min(len(self._names), self.slot + 1)
        else:
            return
        event.stop()
        event.prevent_default()
