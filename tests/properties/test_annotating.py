"""Any operations on the annotations of a library, and as many undos, give the same library; redo gives it back."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newstui.errors import NewstuiError
from newstui.model import Annotation, Article, Span
from newstui.services.annotating import Draft
from newstui.store import Store, new_id
from newstui.store.codec import TABLES, encode
from newstui.text import motions
from newstui.text.graphemes import cluster_end, cluster_start
from newstui.workspace import Workspace

BODY = "The clerk e\u0301crit 👩‍👩‍👧 twice.\n\n“Zwei 🇯🇵 Wörter,” said nobody. The clerk slept\u0301."
COPY = f"Late. {BODY}"
TAGS = ["a", "a/b", "A/c", "b", "日本"]
Operation = tuple[Any, ...]

spans = st.tuples(st.integers(0, len(BODY)), st.integers(0, len(BODY))).map(lambda ends: Span(min(ends), max(ends)))
tags = st.lists(st.sampled_from(TAGS), max_size=3)
number = st.integers(0, 5)
operations = st.one_of(
    st.tuples(st.just("highlight"), spans, tags, st.sampled_from(["", "note\nof two lines"]), st.integers(0, 6)),
    st.tuples(st.just("change"), number, tags, st.integers(0, 6)),
    st.tuples(st.just("bounds"), number, spans),
    st.tuples(st.just("many"), st.lists(spans, min_size=1, max_size=3), tags),
    st.tuples(st.just("retag"), tags, tags),
    st.tuples(st.just("recolor"), st.integers(0, 6)),
    st.tuples(st.just("remove"), number),
    st.tuples(st.just("rename"), st.sampled_from(TAGS), st.sampled_from(TAGS)),
    st.tuples(st.just("merge"), st.sampled_from(TAGS), st.sampled_from(TAGS)),
    st.tuples(st.just("move"), st.sampled_from(TAGS), st.sampled_from(["", *TAGS])),
    st.tuples(st.just("delete tag"), st.sampled_from(TAGS)),
    st.tuples(st.just("describe"), st.sampled_from(TAGS), st.text("xyz ", max_size=5), st.integers(0, 6)),
    st.tuples(st.just("link"), number, number),
    st.tuples(st.just("unlink"), number, number),
    st.tuples(st.just("again"), spans, tags),
    st.tuples(st.just("move to copy"), number, number),
)


def do(workspace: Workspace, operation: Operation) -> None:
    """Do one operation; what is refused changes nothing."""
    name, *rest = operation
    notes = list(workspace.store.all(Annotation))
    article, copy = (each.id for each in workspace.store.all(Article))
    pick: Callable[[int], str] = lambda number: notes[number % len(notes)].id if notes else ""  # noqa: E731  # one word
    ids = [note.id for note in notes]
    annotating, codebook = workspace.annotating, workspace.codebook
    deeds: dict[str, Callable[[], object]] = {
        "highlight": lambda: annotating.highlight(article, rest[0], tags=rest[1], note=rest[2], color=rest[3]),
        "change": lambda: annotating.change(pick(rest[0]), tags=rest[1], color=rest[2]),
        "bounds": lambda: annotating.change(pick(rest[0]), span=rest[1]),
        "many": lambda: annotating.highlight_all([Draft(article, span, tuple(rest[1])) for span in rest[0]]),
        "retag": lambda: annotating.retag(ids, rest[0], rest[1]),
        "recolor": lambda: annotating.recolor(ids, rest[0]),
        "remove": lambda: annotating.remove([pick(rest[0])]),
        "rename": lambda: codebook.rename(rest[0], rest[1]),
        "merge": lambda: codebook.merge([rest[0]], rest[1]),
        "move": lambda: codebook.move(rest[0], rest[1]),
        "delete tag": lambda: codebook.delete(rest[0]),
        "describe": lambda: codebook.describe(rest[0], description=rest[1], color=rest[2]),
        "link": lambda: workspace.linking.link(pick(rest[0]), pick(rest[1]), "supports"),
        "unlink": lambda: workspace.linking.unlink(pick(rest[0]), pick(rest[1])),
        "again": lambda: annotating.highlight_new([Draft(article, rest[0], tuple(rest[1]))] * 2),
        "move to copy": lambda: workspace.moving.move([pick(rest[0]), pick(rest[1])], copy),
    }
    with contextlib.suppress(NewstuiError):
        deeds[name]()


def documents(store: Store) -> str:
    """Every document of a library, byte for byte; how often each was written is not part of it."""
    kinds = {kind.__name__: {record.id: encode(record) for record in store.all(kind)} for kind in TABLES}
    return json.dumps(kinds, ensure_ascii=False, sort_keys=True)


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Workspace]:
    """New libraries with an article and a copy of it."""
    made: list[Workspace] = []

    def make() -> Workspace:
        workspace = Workspace.open(tmp_path / str(len(made)), create=True)
        sha256 = workspace.store.add_text(BODY)
        copy = workspace.store.add_text(COPY)
        articles = [Article(new_id(), "Title", sha256, 12, tags=("a",)), Article(new_id(), "Copy", copy, 13)]
        workspace.store.commit("Import", articles)
        made.append(workspace)
        return workspace

    return make


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(operations, max_size=10), st.booleans())
@example(
    [("highlight", Span(0, 9), ["a"], "", 1), ("describe", "a", "x", 2), ("rename", "a", "b"), ("remove", 0)], True
)
def test_as_many_undos_give_the_same_library_and_redo_gives_it_back(
    fresh: Callable[[], Workspace], done: list[Operation], reopen: bool
) -> None:
    workspace = fresh()
    states = [documents(workspace.store)]
    for operation in done:
        do(workspace, operation)
        if documents(workspace.store) != states[-1]:
            states.append(documents(workspace.store))
        check(workspace)
    if reopen:
        workspace.close()
        workspace = Workspace.open(workspace.store.path)
    for before in states[-2::-1]:
        assert workspace.history.undo() is not None
        assert documents(workspace.store) == before
    for after in states[1:]:
        assert workspace.history.redo() is not None
        assert documents(workspace.store) == after
    assert workspace.history.redo() is None
    workspace.close()


def check(workspace: Workspace) -> None:
    """What holds after every operation: quotes are the text, graphemes are whole, the counts of tags are right."""
    counted: dict[str, int] = {}
    for note in workspace.store.all(Annotation):
        span, body = note.span, workspace.store.text(note.target.text)
        assert note.target.text == workspace.store.get(Article, note.article).text
        assert note.quote == span.slice(body) != ""
        assert cluster_start(body, span.start) == span.start
        assert cluster_end(body, span.end) == span.end
        assert len(set(note.tags)) == len(note.tags)
        for tag in note.tags:
            counted[tag] = counted.get(tag, 0) + 1
    for tag in workspace.store.all(Article)[0].tags:
        counted[tag] = counted.get(tag, 0) + 1
    assert {use.name: use.count for use in workspace.tagging.uses() if use.count} == counted


@given(st.text("ab é\u0301👩\u200d👧🇯🇵“”.,\n", min_size=1, max_size=40), st.data())
def test_every_selection_lies_on_grapheme_boundaries(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    chosen = [
        motions.selected(text, cluster_start(text, at), cluster_start(text, data.draw(st.integers(0, len(text) - 1))))
    ]
    for kind in ("word", "sentence", "paragraph", "quotation"):
        chosen += [unit for find in (motions.inner_at, motions.around_at) if (unit := find(text, at, kind)) is not None]
    chosen += [motions.grow(text, chosen[0]), motions.shrink(text, chosen[0], at)]
    for span in chosen:
        selection = motions.selected(text, span.start, max(span.start, span.end - 1))
        assert selection.covers(span)
        assert motions.whole_clusters(text, selection) == selection
