"""The styles of the article view: component classes resolved once for a theme, and folded for each set of layers."""

from __future__ import annotations

from collections.abc import Sequence
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
"""Component of each entity label; what is not here is `entity-other`."""

COMPONENTS = (
    "title", "subtitle", "byline", "muted", "dimmed", "note", "note-title", "peek", "peek-title", "entity-person",
    "entity-org", "entity-gpe", "entity-loc", "entity-norp", "entity-date", "entity-event", "entity-other",
    *(f"highlight-{slot}" for slot in range(1, SLOTS + 1)), "hit", "hit-current", "selection", "map", "map-window",
    "tick-note", "tick-hit",
)  # fmt: skip
"""Component classes, without the prefix `article-view--`."""

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
    """Rich styles for one theme, made when first asked for.

    Args:
        widget: the article view, whose CSS gives the components.
    """

    def __init__(self, widget: Widget) -> None:
        mode = color_mode(widget)
        self.base = widget.visual_style.rich_style
        self._parts = {
            name: widget.get_component_rich_style(f"article-view--{name}", partial=True) for name in COMPONENTS
        }
        for slot in range(1, SLOTS + 1):
            background = self._parts[f"highlight-{slot}"].bgcolor
            self._parts[f"bar-{slot}"] = Style(color=_between(background, self.base.color), bold=True)
        for name in ("hit", "hit-current"):
            self._parts[name] = _readable(self._parts[name])
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


def _readable(style: Style) -> Style:
    """Give a style with a background alone the text color that is read best on it."""
    if style.bgcolor is None or style.color is not None or not style.bgcolor.triplet:
        return style
    text = Color.from_rich_color(style.bgcolor).get_contrast_text(1.0)
    return style + Style(color=text.rich_color)
