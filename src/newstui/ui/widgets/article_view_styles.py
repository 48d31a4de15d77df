"""The styles of the article view: theme variables as styles, folded for each set of layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

ColorMode = Literal["full", "ansi", "none"]

SLOTS = 6
ENTITY_STYLES = {
    "PERSON": "entity-person",
    "ORG": "entity-org",
    "GPE": "entity-gpe",
    "LOC": "entity-loc",
    "FAC": "entity-loc",
    "NORP": "entity-norp",
    "DATE": "entity-date",
    "EVENT": "entity-event",
}
"""Part of each entity label; what is not here is `entity-other`."""

PARTS: Mapping[str, tuple[str, str, Style]] = {
    "title": ("", "", Style(bold=True)),
    "subtitle": ("", "", Style(italic=True)),
    "byline": ("muted", "", Style()),
    "heading": ("", "", Style(bold=True)),
    "quote": ("", "", Style(italic=True)),
    "code": ("muted", "", Style()),
    "dimmed": ("muted", "", Style(underline=False)),
    "note": ("muted", "", Style()),
    "note-title": ("tick-note", "", Style()),
    "peek": ("", "surface", Style()),
    "peek-title": ("muted", "surface", Style()),
    **{
        f"entity-{kind}": (f"entity-{kind}", "", Style(underline=True))
        for kind in ("person", "org", "gpe", "loc", "norp", "date", "event", "other")
    },
    **{f"highlight-{slot}": ("", f"highlight-{slot}", Style()) for slot in range(1, SLOTS + 1)},
    "hit": ("hit-text", "hit", Style(bold=True, underline=False)),
    "hit-current": ("hit-text", "hit-current", Style(bold=True, underline=False)),
    "selection": ("", "selection", Style()),
    "map": ("rule", "", Style()),
    "map-window": ("muted", "", Style()),
    "tick-note": ("tick-note", "", Style()),
    "tick-hit": ("tick-hit", "", Style()),
}
"""Each part of the view: the theme variables of its text and of its background, and its other attributes.

They are no component classes, for Textual would resolve each of them again whenever the focus changes.
"""

_WITHOUT_COLOR = {
    **{f"highlight-{slot}": Style(underline=True, bold=True) for slot in range(1, SLOTS + 1)},
    "hit": Style(reverse=True),
    "hit-current": Style(reverse=True, bold=True),
    "selection": Style(reverse=True, bold=True),
}
_ANSI = {
    "highlight-1": Style.parse("black on yellow"),
    "highlight-2": Style.parse("bright_white on blue"),
    "highlight-3": Style.parse("black on green"),
    "highlight-4": Style.parse("bright_white on red"),
    "highlight-5": Style.parse("bright_white on magenta"),
    "highlight-6": Style.parse("black on cyan"),
    "hit": Style.parse("black on bright_yellow"),
    "hit-current": Style.parse("bold reverse"),
    "selection": Style.parse("bold reverse"),
}


def color_mode(widget: Widget) -> ColorMode:
    """What the terminal can show: all colors, the sixteen, or none."""
    if widget.app.no_color:
        return "none"
    return "ansi" if widget.app.console.color_system in ("standard", "windows", None) else "full"


class ArticleStyles:
    """Rich styles for one theme.

    Args:
        widget: the article view; its app has the theme's variables.
    """

    def __init__(self, widget: Widget) -> None:
        mode = color_mode(widget)
        variables = widget.app.theme_variables
        self.base = widget.visual_style.rich_style
        self._parts = {
            name: Style(color=_color(variables.get(text)), bgcolor=_color(variables.get(background))) + rest
            for name, (text, background, rest) in PARTS.items()
        }
        for slot in range(1, SLOTS + 1):
            between = _between(self._parts[f"highlight-{slot}"].bgcolor, self.base.color)
            self._parts[f"bar-{slot}"] = Style(color=between, bold=True)
        if mode == "ansi":
            self._parts |= _ANSI
            self._parts |= {
                f"bar-{slot}": Style(color=_ANSI[f"highlight-{slot}"].bgcolor) for slot in range(1, SLOTS + 1)
            }
        elif mode == "none":
            self._parts |= _WITHOUT_COLOR
        self._folded: dict[Sequence[str], Style] = {}

    def __getitem__(self, names: tuple[str, ...]) -> Style:
        """The base style with these components over it, the last one on top."""
        style = self._folded.get(names)
        if style is None:
            style = self.base
            for name in names:
                style += self._parts[name]
            self._folded[names] = style
        return style


def _between(background: RichColor | None, foreground: RichColor | None) -> RichColor | None:
    """A color for a highlight's bar: its background drawn toward the text, so that it stands out of the page."""
    if background is None or foreground is None or not (background.triplet and foreground.triplet):
        return foreground
    return Color.from_rich_color(background).blend(Color.from_rich_color(foreground), 0.45).rich_color


def _color(value: str | None) -> RichColor | None:
    """A theme variable as a color; none for what is transparent, not there, or asks for a contrast."""
    if not value or value.startswith("auto"):
        return None
    color = Color.parse(value.split()[0])
    return color.rich_color if color.a or color.ansi is not None else None
