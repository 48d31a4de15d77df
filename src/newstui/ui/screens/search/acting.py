"""What can be done in the search besides typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from newstui.errors import NewstuiError
from newstui.text.figures import counted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.asking import AskDialog
from newstui.ui.screens.search.arranging import GROUPS
from newstui.ui.screens.search.commands import search_commands
from newstui.ui.screens.search.screen import SCOPES, SearchScreen

T = TypeVar("T")


@search_commands("open_result")
def open_result(screen: SearchScreen, stroke: Stroke) -> None:
    """Open the hit under the cursor."""
    screen.open_hit(screen.list.cursor_item)


@search_commands("open_and_keep_searching")
def open_and_stay(screen: SearchScreen, stroke: Stroke) -> None:
    """Open the hit under the cursor; closing it leads back here, to the next one."""
    screen.open_hit(screen.list.cursor_item, stay=True)


@search_commands("next_result", "previous_result")
def step_result(screen: SearchScreen, stroke: Stroke) -> None:
    """Move in the hits."""
    screen.list.move_by(1 if stroke.action == "next_result" else -1)


@search_commands("cycle_scope")
def cycle_scope(screen: SearchScreen, stroke: Stroke) -> None:
    """Search somewhere else."""
    screen.scope = (screen.scope + 1) % len(SCOPES)
    screen.show_scope()


@search_commands("group_results")
def group_results(screen: SearchScreen, stroke: Stroke) -> None:
    """Group by kind, by article, or show the best first."""
    screen.grouping = GROUPS[(GROUPS.index(screen.grouping) + 1) % len(GROUPS)]
    screen.show_hits()
    screen.say("The best first." if screen.grouping == "best" else f"Grouped by {screen.grouping}.")


@search_commands("search_history")
def recall(screen: SearchScreen, stroke: Stroke) -> None:
    """Take the search before the one that is shown."""
    queries = screen.desk.workspace.search_history.all()
    if not queries:
        screen.say("No search has led anywhere yet.")
        return
    screen.recalled = (screen.recalled + 1) % len(queries)
    screen.prompt.text = queries[screen.recalled]
    screen.say(f"Search {screen.recalled + 1} of {len(queries)}.")


@search_commands("save_view")
def save_view(screen: SearchScreen, stroke: Stroke) -> None:
    """Ask for a name to keep the query under; `go` lists views with how many articles each holds now."""
    query = screen.prompt.text.strip()
    if not query:
        screen.say("Type a search first; then it can be kept as a view.")
        return
    views = screen.desk.workspace.views

    def ask(count: int) -> None:
        about = f"{query}: {counted(count, 'article')} now. go lists the views."
        screen.app.push_screen(AskDialog(screen.desk, "Keep as a view", about), save)

    def save(name: str | None) -> None:
        if name is not None and name.strip():
            said = f"Kept as the view {name.strip()}; go lists it."
            screen.save(lambda: views.save(name, query), lambda _: screen.say(said, "ok"))

    _with(screen, lambda: views.count(query), ask)


@search_commands("tag_results")
def tag_results(screen: SearchScreen, stroke: Stroke) -> None:
    """Ask for tags for all that the query holds for, and say first how many that are."""
    query, searching = screen.query_text, screen.desk.workspace.searching
    if not query.strip():
        screen.say("Type a search first; then all it finds can be tagged.")
        return
    problems = searching.problems(query)
    if problems:
        screen.say(f"Not understood, so nothing is tagged: {problems[0]}", "error")
        return
    passages = SCOPES[screen.scope][0] == "highlights and notes"

    def find() -> list[str]:
        limit = searching.directives(query).limit
        if passages:
            return [note.id for note in searching.annotations(query)][:limit]
        return screen.desk.workspace.catalog.rows(query).ids[:limit]

    _with(screen, find, lambda ids: _ask_tags(screen, ids, passages=passages))


def _ask_tags(screen: SearchScreen, ids: list[str], *, passages: bool) -> None:
    one = "highlight" if passages else "article"
    many = counted(len(ids), one)
    if not ids:
        screen.say(f"No {one} holds all of these words as they are; only such ones are tagged together.")
        return
    workspace = screen.desk.workspace

    def tag(typed: str | None) -> None:
        add, drop = tag_prompt.parse_tags(typed or "")
        if add or drop:
            change = workspace.annotating.retag if passages else workspace.catalog.tag
            said = f"Tagged {many}: {tag_prompt.shown_tags(add, drop)}; undo takes it back."
            screen.save(lambda: change(ids, add, drop), lambda _: screen.say(said, "ok"))

    about = f"All {many} that {screen.prompt.text.strip()} holds for."
    dialog = AskDialog(screen.desk, f"Tag {many}", about, placeholder=tag_prompt.PLACEHOLDER)
    screen.app.push_screen(dialog, tag)


def _with(screen: SearchScreen, find: Callable[[], T], then: Callable[[T], None]) -> None:
    """Find something on a worker, and go on with it."""

    def work() -> None:
        try:
            found = find()
        except NewstuiError as error:
            screen.app.call_from_thread(screen.say, str(error), "error")
        else:
            screen.app.call_from_thread(then, found)

    screen.run_worker(work, thread=True, exclusive=True, group="find")


@search_commands("cancel")
def close(screen: SearchScreen, stroke: Stroke) -> None:
    """Close."""
    screen.dismiss(None)
