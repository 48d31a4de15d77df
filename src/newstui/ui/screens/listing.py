"""Commands of every screen with a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from textual.widget import Widget

from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from newstui.ui.screens.base import KeyedScreen


MANY = 20
"""How many may be changed unasked; one step of undo takes back any number."""


class HasList(Protocol):
    """A screen with a list."""

    @property
    def list(self) -> VirtualList[Any]:
        """The list the keys move in."""

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""


list_commands: Commands[HasList] = Commands(general_commands)


def active_list(screen: HasList) -> VirtualList[Any]:
    """The list that has the focus, where a screen has several; else its own."""
    return screen.focused if isinstance(screen.focused, VirtualList) else screen.list


@list_commands("down")
def down(screen: HasList, stroke: Stroke) -> None:
    """Move down."""
    active_list(screen).move_by(stroke.times)


@list_commands("up")
def up(screen: HasList, stroke: Stroke) -> None:
    """Move up."""
    active_list(screen).move_by(-stroke.times)


@list_commands("top")
def top(screen: HasList, stroke: Stroke) -> None:
    """Go to the first item, or to the one with this number."""
    active_list(screen).move_to((stroke.count or 1) - 1)


@list_commands("bottom")
def bottom(screen: HasList, stroke: Stroke) -> None:
    """Go to the last item, or to the one with this number."""
    active_list(screen).move_to(stroke.count - 1 if stroke.count else len(active_list(screen).items) - 1)


@list_commands("half_page_down", "page_down")
def pages_down(screen: HasList, stroke: Stroke) -> None:
    """Move down by pages."""
    active_list(screen).page_by(stroke.times, half=stroke.action.startswith("half"))


@list_commands("half_page_up", "page_up")
def pages_up(screen: HasList, stroke: Stroke) -> None:
    """Move up by pages."""
    active_list(screen).page_by(-stroke.times, half=stroke.action.startswith("half"))


@list_commands("toggle_select_row")
def toggle_select_row(screen: HasList, stroke: Stroke) -> None:
    """Mark this row and go to the next."""
    for _ in range(stroke.times):
        active_list(screen).toggle_mark()


@list_commands("select_all_rows")
def select_all_rows(screen: HasList, stroke: Stroke) -> None:
    """Mark all rows, or none."""
    active_list(screen).mark_all()


@list_commands("cancel")
def cancel(screen: HasList, stroke: Stroke) -> None:
    """Unmark everything."""
    if active_list(screen).marked:
        active_list(screen).clear_marks()


@list_commands("open")
def open_item(screen: HasList, stroke: Stroke) -> None:
    """Open the item under the cursor."""
    item = active_list(screen).cursor_item
    if item is not None:
        active_list(screen).post_message(VirtualList.ItemOpened(active_list(screen), item))


def ask_if_many(screen: KeyedScreen[None], count: int, question: str, work: Callable[[], None]) -> None:
    """Do something with `count` things: at once if they are few, else when the question is answered."""
    if count <= MANY:
        work()
        return
    from newstui.ui.screens.confirming import ConfirmDialog

    screen.app.push_screen(ConfirmDialog(screen.desk, question), lambda yes: work() if yes else None)
