"""The panes of the list of articles: one, two or three by the width of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

from newstui.ui.dispatch import Stroke
from newstui.ui.screens.library.commands import library_commands

if TYPE_CHECKING:
    from newstui.ui.screens.library.screen import LibraryScreen

TWO_FROM, THREE_FROM = 100, 140
"""Columns from which the preview stands beside the list, and from which the views stand before it."""
PREVIEW_FROM = 18
"""Rows from which a preview stands below the list."""
SHARES = (1, 2, 3, 4, 5)
"""What the preview may take beside a list that takes four."""


class Panes(Widget):
    """Lies its panes beside or below each other."""

    DEFAULT_CSS = """
    Panes { height: 1fr; layout: vertical; }
    Panes > #rail { width: 26; display: none; }
    Panes.-wide { layout: horizontal; }
    Panes.-wide > #articles { width: 4fr; }
    Panes.-wide > Preview { height: 1fr; width: 2fr; padding: 0 0 0 1; }
    Panes.-three > #rail { display: block; }
    Panes.-low > Preview, Panes.-bare > Preview { display: none; }
    Panes > #empty { height: 1fr; width: 1fr; padding: 1 3; color: $text-muted; display: none; }
    Panes.-empty > #empty { display: block; }
    Panes.-empty > #articles { display: none; }
    """


def lay_out(screen: LibraryScreen, size: Size) -> None:
    """Give each pane its place for the size of the screen and what the user hid."""
    width, height = size
    panes = screen.panes
    wide = width >= TWO_FROM
    panes.set_class(wide, "-wide")
    panes.set_class(not wide and height < PREVIEW_FROM, "-low")
    panes.set_class(not screen.preview_wanted, "-bare")
    three = width >= THREE_FROM and screen.rail_wanted
    panes.set_class(three, "-three")
    if three and panes.is_mounted:
        if not panes.query("#rail"):
            from newstui.ui.screens.views import ViewList

            panes.mount(ViewList(screen.desk, queries=False, id="rail"), before=screen.list)
        count_views(screen)


def count_views(screen: LibraryScreen) -> None:
    """Count the views that stand before the list anew, if they are seen."""
    if screen.panes.has_class("-three"):
        for rail in screen.panes.query("#rail"):
            rail.reload()  # type: ignore[attr-defined]  # imported when it is made


@library_commands("toggle_preview")
def toggle_preview(screen: LibraryScreen, stroke: Stroke) -> None:
    """Hide the preview, or show it."""
    screen.preview_wanted = not screen.preview_wanted
    lay_out(screen, screen.size)
    screen.say("The preview is shown." if screen.preview_wanted else "The preview is hidden; zp shows it.")


@library_commands("toggle_rail")
def toggle_rail(screen: LibraryScreen, stroke: Stroke) -> None:
    """Hide the views, or show them."""
    screen.rail_wanted = not screen.rail_wanted
    lay_out(screen, screen.size)
    if screen.size.width < THREE_FROM:
        screen.say(f"The views stand beside the list from {THREE_FROM} columns on; go lists them.")
    elif not screen.rail_wanted:
        screen.list.focus()
        screen.say("The views are hidden; zv shows them.")


@library_commands("wider", "narrower")
def resize(screen: LibraryScreen, stroke: Stroke) -> None:
    """Give the preview more of the width, or less."""
    if not screen.panes.has_class("-wide"):
        screen.say(f"The preview stands beside the list from {TWO_FROM} columns on.")
        return
    now = screen.preview.styles.width
    at = SHARES.index(int(now.value)) if now is not None and int(now.value) in SHARES else 1
    step = stroke.times if stroke.action == "wider" else -stroke.times
    screen.preview.styles.width = f"{SHARES[max(0, min(at + step, len(SHARES) - 1))]}fr"
