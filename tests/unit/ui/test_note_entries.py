"""The list of highlights follows changes as if it were arranged anew after each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newstui.model import Annotation, Article, Span
from newstui.store import Transaction, new_id
from newstui.ui.screens.note_entries import SORTS, arrange
from newstui.workspace import Workspace

BODY = "The harbor froze in the first week, and the pilots went home on foot."
numbers = st.integers(0, 9)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), numbers, st.sampled_from(["", "note"])),
        st.tuples(st.just("note"), numbers, st.sampled_from(["", "other"])),
        st.tuples(st.just("bounds"), numbers, st.integers(0, 60)),
        st.tuples(st.just("remove"), numbers),
        st.tuples(st.just("move"), numbers, numbers),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Workspace]:
    """New libraries with three articles that have the same words."""

    def make() -> Workspace:
        folder: Path = tmp_path_factory.mktemp("library")
        workspace = Workspace.open(folder / "library", create=True)
        sha = workspace.store.add_text(BODY)
        dates = ("2026-01-01", "2026-03-01", "2026-03-01")
        workspace.store.commit("Import", [Article(new_id(), "T", sha, 12, published=date) for date in dates])
        for article in workspace.store.all(Article):
            workspace.annotating.highlight(article.id, Span(4, 10), note="first")
        return workspace

    return make


def do(workspace: Workspace, operation: tuple[Any, ...]) -> None:
    name, *rest = operation
    notes, articles = workspace.store.all(Annotation), workspace.store.all(Article)
    if name == "add":
        number = rest[0]
        workspace.annotating.highlight(articles[number % 3].id, Span(number * 3, number * 3 + 5), note=rest[1])
    elif name in ("undo", "redo"):
        getattr(workspace.history, name)()
    elif notes:
        note = notes[rest[0] % len(notes)]
        if name == "note":
            workspace.annotating.change(note.id, note=rest[1])
        elif name == "bounds":
            workspace.annotating.change(note.id, span=Span(rest[1], rest[1] + 4))
        elif name == "remove":
            workspace.annotating.remove([note.id])
        elif articles[rest[1] % 3].id != note.article:
            workspace.moving.move([note.id], articles[rest[1] % 3].id)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations, st.booleans())
def test_following_shows_what_arranging_anew_would(
    fresh: Callable[[], Workspace], done: list[tuple[Any, ...]], one_article: bool
) -> None:
    with fresh() as workspace:
        wanted = {workspace.store.all(Article)[1].id} if one_article else None

        def anew() -> Any:
            notes = [note for note in workspace.annotating.all() if wanted is None or note.article in wanted]
            return arrange(notes, SORTS[0], workspace, workspace.config)

        entries = anew()
        told: list[Transaction] = []
        workspace.store.subscribe(told.append)
        for operation in done:
            do(workspace, operation)
            for transaction in told:
                kinds = {change.kind for change in transaction.changes}
                exact = kinds <= {Annotation} and entries.follow(transaction.changes, wanted)
                if not exact:
                    entries = anew()
            told.clear()
            fresh_ones = anew()
            assert entries.rows == fresh_ones.rows
            assert entries.keys == [entry.key for entry in entries.rows]
            assert (entries.highlights, entries.notes) == (fresh_ones.highlights, fresh_ones.notes)


def test_a_change_a_deletion_and_its_undo_need_no_arranging(fresh: Callable[[], Workspace]) -> None:
    with fresh() as workspace:
        entries = arrange(workspace.annotating.all(), SORTS[0], workspace, workspace.config)
        note = workspace.store.all(Annotation)[0]
        second = workspace.annotating.highlight(note.article, Span(20, 25))
        told: list[Transaction] = []
        workspace.store.subscribe(told.append)
        assert entries.insert(second)
        workspace.annotating.recolor([note.id], 4)
        workspace.annotating.remove([note.id])
        workspace.history.undo()
        assert all(entries.follow(transaction.changes) for transaction in told)
        colors = {entry.annotation.id: entry.annotation.color for entry in entries.rows if entry.annotation}
        assert (colors[note.id], entries.highlights) == (4, 4)
