"""The panes of the list of articles: one, two or three by the width of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

from newstui.ui.dispatch import Stroke
from newstui.ui.screens.library.commands import library_commands
from newstui.ui.widgets.pane_edge import EdgeMoved, SidePane

if TYPE_CHECKING:
    from newstui.ui.pane_sizes import PaneSizes
    from newstui.ui.screens.library.screen import LibraryScreen
    from newstui.ui.screens.views import ViewList

TWO_FROM, THREE_FROM = 100, 140
"""Columns from which the preview stands beside the list, and from which the views stand before it."""
PREVIEW_FROM = 18
"""Rows from which a preview stands below the list."""
RAIL, RAIL_LIMITS = 26, (12, 60)
"""Cells of the views before the list."""
PREVIEW, PREVIEW_LIMITS = 33, (15, 75)
"""Percent of what the views leave that the preview takes."""
STEP = 4
"""Cells or percent of one key."""


class Panes(Widget):
    """Lies its panes beside or below each other.

    Args:
        panes: the panes.
        sizes: how wide they are on this device.
    """

    DEFAULT_CSS = """
    Panes { height: 1fr; layout: vertical; }
    Panes > SidePane { width: 26; display: none; }
    Panes.-wide { layout: horizontal; }
    Panes.-wide > #articles { width: 1fr; }
    Panes.-wide > Preview { height: 1fr; border-left: solid $rule; }
    Panes.-three > SidePane { display: block; }
    Panes.-low > Preview, Panes.-bare > Preview { display: none; }
    Panes > #empty { height: 1fr; width: 1fr; padding: 1 3; color: $text-muted; display: none; }
    Panes.-empty > #empty { display: block; }
    Panes.-empty > #articles { display: none; }
    """

    def __init__(self, *panes: Widget, sizes: PaneSizes) -> None:
        super().__init__(*panes)
        self.sizes = sizes
        self.rail: ViewList | None = None
        """The views, once there was room for them."""

    def on_edge_moved(self, message: EdgeMoved) -> None:
        """Make a pane as wide as its border was dragged to."""
        message.stop()
        if isinstance(message.pane, SidePane):
            self.set_width("rail", message.column + 1)
        else:
            room = self.size.width - self.rail_width
            self.set_width("preview", round(100 * (self.size.width - message.column) / max(1, room)))
        if message.done:
            self.sizes.save()

    def set_width(self, pane: str, wanted: int) -> None:
        """Remember how wide a pane is to be, and make it so."""
        least, most = RAIL_LIMITS if pane == "rail" else PREVIEW_LIMITS
        self.sizes.put(pane, max(least, min(wanted, most)))
        self.apply_widths(self.size.width)

    @property
    def rail_width(self) -> int:
        """Cells of the views, if they are shown."""
        return self.sizes.get("rail", RAIL) if self.has_class("-three") else 0

    def apply_widths(self, width: int) -> None:
        """Give the panes their widths in a screen of so many columns."""
        for rail in self.query(SidePane):
            rail.styles.width = self.rail_width or RAIL
        share = self.sizes.get("preview", PREVIEW)
        cells = round((width - self.rail_width) * share / 100) if self.has_class("-wide") else "1fr"
        for preview in self.query("Preview"):
            preview.styles.width = cells


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
        if panes.rail is None:
            from newstui.ui.screens.views import ViewList

            panes.rail = ViewList(screen.desk, queries=False, id="rail")
            panes.mount(SidePane(panes.rail), before=screen.list)
        count_views(screen)
    panes.apply_widths(width)


def count_views(screen: LibraryScreen) -> None:
    """Count the views that stand before the list anew, if they are seen."""
    if screen.panes.has_class("-three") and screen.panes.rail is not None:
        screen.panes.rail.reload()


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
    """Give the preview more of the width, or less; or the views, if they have the keys."""
    if not screen.panes.has_class("-wide"):
        screen.say(f"The preview stands beside the list from {TWO_FROM} columns on.")
        return
    step = STEP * (stroke.times if stroke.action == "wider" else -stroke.times)
    pane, width = ("rail", RAIL) if screen.focused is not None and screen.focused.id == "rail" else ("preview", PREVIEW)
    screen.panes.set_width(pane, screen.desk.panes.get(pane, width) + step)
    screen.desk.panes.save()
