"""How the list of articles is arranged: order, columns, and views kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.errors import NewstuiError, UsageError
from newstui.services.catalog import SORT_KEYS
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.library.columns import COLUMNS
from newstui.ui.screens.library.commands import library_commands

if TYPE_CHECKING:
    from newstui.ui.screens.library.screen import LibraryScreen

ORDERS = ("-date", "-added", "title", "source -date", "-progress", "-highlights", "-read")


@library_commands("sort")
def sort(screen: LibraryScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    at = ORDERS.index(screen.sort) if screen.sort in ORDERS else -1
    sort_by(screen, ORDERS[(at + stroke.times) % len(ORDERS)])


def sort_by(screen: LibraryScreen, order: str) -> None:
    """Sort, and say how; an order that is not understood leaves the old one.

    Raises:
        UsageError: a key is none of the catalog's.
    """
    unknown = [key for key in order.split() if key.lstrip("-") not in SORT_KEYS]
    if unknown or not order.split():
        raise UsageError(f"There is no order {' '.join(unknown)!r}; take of {', '.join(SORT_KEYS)}.")
    screen.sort = " ".join(order.split())
    screen.reload()
    named = screen.desk.workspace.searching.directives(screen.query_text).sort
    if named:
        screen.say(f"The filter says sort:{named}, which goes first; = changes it.")
        return
    words = [f"{key.lstrip('-')}{', most or newest first' if key.startswith('-') else ''}" for key in order.split()]
    screen.say(f"Sorted by {', then '.join(words)}.")


@library_commands("sort_by")
def ask_order(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for the keys to sort by, several within each other, or take those that are given."""
    if stroke.argument:
        sort_by(screen, stroke.argument)
        return
    _ask(
        screen, "Sort by", f"One or more of {', '.join(SORT_KEYS)}; a minus before one reverses it.", screen.sort,
        lambda typed: sort_by(screen, typed),
    )  # fmt: skip


def sort_by_column(screen: LibraryScreen, key: str) -> None:
    """Sort by a column that was clicked, the second time the other way round; the order before breaks ties."""
    rest = [each for each in screen.sort.split() if each.lstrip("-") != key]
    first = key if screen.sort.split()[:1] == [f"-{key}"] else f"-{key}"
    sort_by(screen, " ".join([first, *rest][:3]))


@library_commands("choose_columns")
def ask_columns(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for the columns, in their order."""

    def take(typed: str) -> None:
        names = tuple(typed.replace(",", " ").split())
        unknown = [name for name in names if name not in COLUMNS]
        if unknown or not names:
            raise UsageError(f"There is no column {' '.join(unknown)!r}; there are {', '.join(COLUMNS)}.")
        screen.columns = names
        screen.list.forget()
        said = ", ".join(f'"{name}"' for name in names)
        screen.say(f"columns = [{said}] in the settings keeps them.", "ok")

    _ask(screen, "Columns", f"Some of {', '.join(COLUMNS)}.", " ".join(screen.columns), take)


@library_commands("save_view")
def save_view(screen: LibraryScreen, stroke: Stroke) -> None:
    """Keep the query that is shown under a name."""
    query = screen.query_text
    if not query.strip():
        screen.say("Filter the list first (=), then zw keeps the filter as a view.")
        return
    views = screen.desk.workspace.views

    def take(name: str) -> None:
        screen.save(lambda: views.save(name, query), lambda _: screen.say(f"Saved the view {name}; go lists it.", "ok"))

    _ask(screen, "Save view", f"A name for {query}", "", take)


def _ask(screen: LibraryScreen, title: str, about: str, text: str, take: Callable[[str], None]) -> None:
    from newstui.ui.screens.asking import AskDialog

    def done(typed: str | None) -> None:
        if typed is None:
            return
        try:
            take(typed)
        except NewstuiError as error:
            screen.say(str(error), "error")

    screen.app.push_screen(AskDialog(screen.desk, title, about, text=text), done)
