"""The styles of the article view: theme variables as styles, folded for each set of layers."""

from __future__ import annotations

from collections.abc import Mapping

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from newstui.ui.widgets.part_styles import ANSI_SLOTS, SLOTS, Part, PartStyles

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

PARTS: Mapping[str, Part] = {
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
"""Each part of the view."""

_WITHOUT_COLOR = {
    **{f"highlight-{slot}": Style(underline=True, bold=True) for slot in range(1, SLOTS + 1)},
    "hit": Style(reverse=True),
    "hit-current": Style(reverse=True, bold=True),
    "selection": Style(reverse=True, bold=True),
}
_ANSI = {
    **{f"highlight-{slot}": style for slot, style in ANSI_SLOTS.items()},
    **{f"bar-{slot}": Style(color=style.bgcolor) for slot, style in ANSI_SLOTS.items()},
    "hit": Style.parse("black on bright_yellow"),
    "hit-current": Style.parse("bold reverse"),
    "selection": Style.parse("bold reverse"),
}


class ArticleStyles(PartStyles):
    """The styles of an article view under one theme.

    Args:
        widget: the article view.
    """

    def __init__(self, widget: Widget) -> None:
        super().__init__(widget, PARTS, ansi=_ANSI, none=_WITHOUT_COLOR)
        for slot in range(1, SLOTS + 1):
            between = _between(self.parts[f"highlight-{slot}"].bgcolor, self.base.color)
            self.parts.setdefault(f"bar-{slot}", Style(color=between, bold=True))


def _between(background: RichColor | None, foreground: RichColor | None) -> RichColor | None:
    """A color for a highlight's bar: its background drawn toward the text, so that it stands out of the page."""
    if background is None or foreground is None or not (background.triplet and foreground.triplet):
        return foreground
    return Color.from_rich_color(background).blend(Color.from_rich_color(foreground), 0.45).rich_color
