"""Theme variables as rich styles, for widgets that draw their rows themselves.

The parts of such a widget are no component classes, for Textual resolves every component class of every widget at the
start and again whenever the focus changes: a third of the style work of the first screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

ColorMode = Literal["full", "ansi", "none"]

Part = tuple[str, str, Style]
"""The theme variables of the text and of the background, each may be empty, and the other attributes."""

SLOTS = 6
ANSI_SLOTS: Mapping[int, Style] = {
    1: Style.parse("black on yellow"),
    2: Style.parse("bright_white on blue"),
    3: Style.parse("black on green"),
    4: Style.parse("bright_white on red"),
    5: Style.parse("bright_white on magenta"),
    6: Style.parse("black on cyan"),
}
"""The slots of highlights where a terminal has sixteen colors."""


def color_mode(widget: Widget) -> ColorMode:
    """What the terminal can show: all colors, the sixteen, or none."""
    if widget.app.no_color:
        return "none"
    ansi = widget.app.current_theme.ansi or widget.app.console.color_system in ("standard", "windows", None)
    return "ansi" if ansi else "full"


def theme_color(value: str | None) -> RichColor | None:
    """A theme variable as a color; none for what is transparent, not there, or asks for a contrast."""
    if not value or value.startswith("auto"):
        return None
    color = Color.parse(value.split()[0])
    return color.rich_color if color.a or color.ansi is not None else None


class PartStyles:
    """The styles of one widget under one theme.

    Args:
        widget: its own style is what lies under all parts; its app has the theme's variables.
        parts: by name.
        ansi: what parts look like instead where there are sixteen colors.
        none: what they look like where there are none.
    """

    def __init__(
        self,
        widget: Widget,
        parts: Mapping[str, Part],
        *,
        ansi: Mapping[str, Style] | None = None,
        none: Mapping[str, Style] | None = None,
    ) -> None:
        variables = widget.app.theme_variables
        self.mode = color_mode(widget)
        self.base = widget.visual_style.rich_style
        self.parts = {
            name: Style(color=theme_color(variables.get(text)), bgcolor=theme_color(variables.get(background))) + rest
            for name, (text, background, rest) in parts.items()
        }
        self.parts |= {"full": {}, "ansi": ansi or {}, "none": none or {}}[self.mode]
        self._folded: dict[tuple[str, ...], Style] = {}

    def __getitem__(self, names: tuple[str, ...]) -> Style:
        """The base style with these parts over it, the last one on top."""
        style = self._folded.get(names)
        if style is None:
            style = self.base
            for name in names:
                style += self.parts[name]
            self._folded[names] = style
        return style
