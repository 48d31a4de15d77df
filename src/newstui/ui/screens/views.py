"""Views by name, each with how many articles it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from newstui.errors import NewstuiError
from newstui.services.views import View
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.listing import list_commands
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

views_commands: Commands[ViewsScreen] = Commands(list_commands)
COUNT_CELLS = 9


class ViewList(VirtualList[View]):
    """Views with their counts, then collections; the counts come after the names, for each is a search."""

    DEFAULT_CSS = ""

    def __init__(self, desk: Desk, *, queries: bool = True, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(self._paint_view, key=lambda view: (view.name, view.query), id=id)
        self._views = desk.workspace.views
        self._queries = queries
        self._counts: dict[str, int | None] = {}
        self._collections: Sequence[View] = ()

    def reload(self) -> None:
        """Show the views as they are now, and count them anew."""
        self.set_items([*self._views.all(), *self._collections])
        self.run_worker(self._count_all, thread=True, exclusive=True, group="counts")

    def _count_all(self) -> None:
        from textual.worker import get_current_worker

        worker = get_current_worker()
        found = self._views.collections()
        if worker.is_cancelled:
            return
        if found != self._collections:
            self.app.call_from_thread(self._show_collections, found)
        for view in [*self._views.all(), *found]:
            try:
                count: int | None = self._views.count(view.query)
            except NewstuiError:  # a query that is not understood any more has no count; opening it says why
                count = None
            if worker.is_cancelled:  # they are being counted anew
                return
            self.app.call_from_thread(self._set_count, view.query, count)

    def _show_collections(self, found: Sequence[View]) -> None:
        self._collections = found
        self.set_items([*self._views.all(), *found])

    def _set_count(self, query: str, count: int | None) -> None:
        self._counts[query] = count
        self.forget()

    def _paint_view(self, view: View, width: int) -> Sequence[Sequence[Piece]]:
        count = self._counts.get(view.query)
        shown = f"{'' if count is None else f'{count:,}':>{COUNT_CELLS}}"
        room = max(1, width - COUNT_CELLS)
        if not self._queries or room < 40:
            return [[(fit(view.name, room), ""), (shown, "muted")]]
        return [[(fit(view.name, 28), ""), ("  " + fit(view.query, room - 30), "muted"), (shown, "muted")]]


class ViewsScreen(KeyedScreen[View | None]):
    """Lists the views; dismisses with the one that is to be shown."""

    commands = views_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "delete", "undo", "help", "close_or_quit")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "views")
        self.list = ViewList(desk)

    def compose(self) -> ComposeResult:
        """Header, views, status, hints."""
        yield HeaderRow("Views")
        yield self.list
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.list.focus()
        self.list.reload()
        if self.status is not None:
            self.status.place = "In the list zw keeps what is shown as a view; zf puts into a collection."

    def on_library_changed(self, message: LibraryChanged) -> None:
        """A view was saved, removed, or brought back."""
        self.list.reload()

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Show its articles."""
        self.dismiss(message.item)


@views_commands("delete")
def delete(screen: ViewsScreen, stroke: Stroke) -> None:
    """Remove the view, or dissolve the collection, under the cursor; its articles stay."""
    view = screen.list.cursor_item
    if view is not None:
        said = f"Removed the {'collection' if view.is_collection else 'view'} {view.name}; u brings it back."
        workspace = screen.desk.workspace
        work = workspace.collecting.dissolve if view.is_collection else workspace.views.remove
        screen.save(lambda: work(view.name), lambda _: screen.say(said, "ok"))


@views_commands("cancel", "close_or_quit", "back")
def leave(screen: ViewsScreen, stroke: Stroke) -> None:
    """Show none."""
    screen.dismiss(None)
