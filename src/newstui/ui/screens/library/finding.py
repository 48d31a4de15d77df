"""Filtering, sorting and stepping through the list of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.services.catalog import SORT_KEYS
from newstui.text.figures import counted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.library.commands import library_commands

if TYPE_CHECKING:
    from newstui.services.catalog import Catalog, Rows
    from newstui.ui.screens.library.screen import LibraryScreen
    from newstui.ui.widgets.prompt import PromptRow

MOST_PARTS = 6
"""Parts of a query up to which it is tried without each of them."""


@library_commands("filter_query")
def filter_query(screen: LibraryScreen, stroke: Stroke) -> None:
    """Open the field that filters while typing, or show what a query finds."""
    if stroke.argument:
        screen.show_query(stroke.argument)
        return
    open_prompt(screen, "filter", "=", screen.query_text, "words, tag:syria, source:reuters, is:unread")


def nearest_queries(catalog: Catalog, query: str) -> list[str]:
    """What a query that finds nothing would find without one of its parts, a line each, the most first."""
    parts = query.split()
    if not 1 < len(parts) <= MOST_PARTS or '"' in query or "(" in query:
        return []
    counts = []
    for number, part in enumerate(parts):
        found = len(catalog.rows(" ".join([*parts[:number], *parts[number + 1 :]])))
        counts.append((found, f"{found:,} {'matches' if found == 1 else 'match'} without {part}"))
    return [line for found, line in sorted(counts, reverse=True) if found]


@library_commands("clear_filter")
def clear_filter(screen: LibraryScreen, stroke: Stroke) -> None:
    """Show all articles."""
    screen.query_text = ""
    screen.reload()


@library_commands("view_inbox", "view_unread", "view_starred", "view_archive")
def view(screen: LibraryScreen, stroke: Stroke) -> None:
    """Show a part of the library; `zx` or escape shows everything again."""
    queries = {
        "view_inbox": "-is:archived",
        "view_unread": "is:unread",
        "view_starred": "is:starred",
        "view_archive": "is:archived",
    }
    screen.query_text = queries[stroke.action]
    screen.reload()


@library_commands("next_unread")
def next_unread(screen: LibraryScreen, stroke: Stroke) -> None:
    """Go to the next unread article."""
    _step_to_unread(screen, 1, stroke.times)


@library_commands("previous_unread")
def previous_unread(screen: LibraryScreen, stroke: Stroke) -> None:
    """Go to the unread article before."""
    _step_to_unread(screen, -1, stroke.times)


def _step_to_unread(screen: LibraryScreen, step: int, times: int) -> None:
    at = screen.list.cursor
    for row in range(at + step, len(screen.list.items) if step > 0 else -1, step):
        if screen.list.items[row].status == "unread":
            at, times = row, times - 1
            if not times:
                break
    if at == screen.list.cursor:
        screen.say("No unread article that way.")
    screen.list.move_to(at)


# -- the field


def open_prompt(screen: LibraryScreen, name: str, label: str, text: str, placeholder: str) -> None:
    """Show a field above the hints; its keys are those of `filterbox`."""
    from newstui.ui.widgets.prompt import PromptRow

    screen.key_context = "filterbox"
    complete = screen.desk.workspace.completing.complete if name == "filter" else None
    screen.mount(PromptRow(label, text, placeholder=placeholder, id=name, complete=complete), after=screen.header)


def the_prompt(screen: LibraryScreen) -> PromptRow | None:
    """The field that is open."""
    from newstui.ui.widgets.prompt import PromptRow

    return next(iter(screen.query(PromptRow)), None)


def close_prompt(screen: LibraryScreen) -> None:
    """Close the field and give the keys back to the list."""
    prompt = the_prompt(screen)
    if prompt is not None and screen.key_context == "filterbox":
        screen.key_context = "library"
        prompt.remove()
        screen.list.focus()


def prompt_changed(screen: LibraryScreen, text: str) -> None:
    """Do what the open field is for."""
    prompt = the_prompt(screen)
    if prompt is None or screen.key_context != "filterbox":
        return
    if prompt.id == "filter":
        apply_filter(screen, text)
    elif prompt.id == "tags":
        tag_prompt.suggest(screen.desk.workspace.tagging, prompt)


def apply_filter(screen: LibraryScreen, query: str, *, keep: bool = False) -> None:
    """Show what a query finds; the search runs on a worker, and only the newest counts."""
    screen.query_text = query
    prompt = the_prompt(screen)
    if prompt is not None:
        prompt.remark("searching …")
    catalog, sort_order = screen.desk.workspace.catalog, screen.sort
    searching = screen.desk.workspace.searching

    def work() -> None:
        from textual.worker import get_current_worker

        worker = get_current_worker()
        asked = searching.directives(query)
        keys = [key for key in asked.sort.split() if key.lstrip("-") in SORT_KEYS]
        order = " ".join(keys) or sort_order
        rows = catalog.rows(query, order, lambda: worker.is_cancelled)[: asked.limit]
        if not worker.is_cancelled:
            screen.app.call_from_thread(show, rows, order)

    def show(rows: Rows, order: str) -> None:
        if screen.query_text == query:
            screen.show_rows(rows, order, keep=keep)
            prompt = the_prompt(screen)
            if prompt is not None:
                prompt.remark(counted(len(rows), "article"))

    screen.run_worker(work, thread=True, exclusive=True, group="filter")


@library_commands("open_result")
def accept_prompt(screen: LibraryScreen, stroke: Stroke) -> None:
    """Keep the filter, give the tags, or put into collections."""
    prompt = the_prompt(screen)
    if prompt is None:
        return
    name, text = prompt.id, prompt.text
    close_prompt(screen)
    if name == "tags":
        from newstui.ui.screens.library.changing import give_tags

        give_tags(screen, text)
    elif name == "collections":
        from newstui.ui.screens.library.changing import put_into

        put_into(screen, text)


@library_commands("next_result", "previous_result")
def step_result(screen: LibraryScreen, stroke: Stroke) -> None:
    """Move in the list while the filter has the keys, or take the suggested tag."""
    prompt = the_prompt(screen)
    if prompt is not None and prompt.id == "tags":
        tag_prompt.take_suggestion(screen.desk.workspace.tagging, prompt)
    else:
        screen.list.move_by(1 if stroke.action == "next_result" else -1)


@library_commands("cancel")
def cancel(screen: LibraryScreen, stroke: Stroke) -> None:
    """Leave the field; a filter that was being typed is gone. Else unmark, else show everything."""
    prompt = the_prompt(screen)
    if prompt is not None:
        dropped = prompt.id == "filter"
        close_prompt(screen)
        if dropped:
            clear_filter(screen, stroke)
    elif screen.list.marked:
        screen.list.clear_marks()
        screen.show_figures()
    elif screen.query_text:
        clear_filter(screen, stroke)
