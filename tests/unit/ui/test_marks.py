"""The marks of an article after any changes are those of the annotations there are."""

from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from newstui.model import AnchorState, Annotation, Target, TextPositionSelector, TextQuoteSelector
from newstui.ui.widgets import article_view_highlights
from newstui.ui.widgets.article_view_highlights import DEEP, Highlights, Mark
from newstui.ui.widgets.article_view_marks import Marks

LENGTH = 40


def annotation(number: int, start: int, length: int, note: str, tags: tuple[str, ...]) -> Annotation:
    end = min(LENGTH, start + length)
    target = Target("a", "t", TextPositionSelector(start, end), TextQuoteSelector("x" * (end - start)))
    return Annotation(f"{number:03}", target, tags, note, 1 + number % 6)


annotations = st.builds(
    annotation,
    st.integers(0, 6),
    st.integers(0, LENGTH - 1),
    st.integers(1, LENGTH),
    st.sampled_from(["", "n"]),
    st.sampled_from([(), ("t",)]),
)


def seen(marks: Highlights) -> tuple[list[Mark], int, int, list[Mark]]:
    shown = sorted(marks.marks_in(0, LENGTH), key=lambda mark: (mark.start, mark.end, mark.id))
    return shown, marks.notes, marks.noted_count, marks.noted_between(0, LENGTH, 9)


@given(st.lists(st.tuples(annotations, st.sampled_from(["put", "remove", "orphan", "heard twice"])), max_size=20))
def test_following_changes_shows_what_reading_anew_would(changes: list[tuple[Annotation, str]]) -> None:
    followed = Highlights()
    there: dict[str, Annotation] = {}
    for changed, how in changes:
        before = there.pop(changed.id, None)
        after = None if how == "remove" else changed
        if after is not None:
            after = replace(after, state=AnchorState.ORPHAN) if how == "orphan" else after
            there[after.id] = after
        for _ in range(2 if how == "heard twice" else 1):
            followed.change(before, after)
    fresh = Highlights()
    fresh.set_annotations(there.values())
    assert seen(followed) == seen(fresh)
    assert list(followed.spans.starts) == list(fresh.spans.starts)


@given(
    st.lists(annotations, max_size=12, unique_by=lambda each: each.id),
    st.sampled_from(["", "001", "003"]),
    st.sampled_from([0, DEEP]),
    st.integers(0, 12),
)
def test_each_cell_has_the_color_of_the_annotation_on_top(
    notes: list[Annotation], chosen: str, deep: int, later: int
) -> None:
    """Against a model that paints cell by cell: the chosen one on top, else the newest; none is lost, none merged.

    Where annotations lie deep only what is on top is looked at, also after one more was laid there.
    """
    layers = Marks()
    marks = layers.highlights
    with patch.object(article_view_highlights, "DEEP", deep):
        marks.set_annotations(notes[later:])
        for note in notes[:later]:
            marks.change(None, note)
        marks.choose(chosen)
        row = marks.row(0, LENGTH)
        assert row.count == len(notes)
        assert row.slot == max(((note.id, note.color) for note in notes), default=("", 0))[1]
        for at in range(LENGTH):
            under = marks.marks_at(at)
            assert marks.under(at) == (under[0] if under else None, len(under))
            assert marks.noted_at(at) == next((mark for mark in under if mark.number), None)
    painted = {at: names for low, high, names in layers.runs(0, LENGTH, row, None) for at in range(low, high)}
    for at in range(LENGTH):
        over = [note for note in notes if at in note.span]
        top = max(over, key=lambda note: (note.id == chosen, note.id), default=None)
        assert painted[at] == (() if top is None else (f"highlight-{top.color}",))
        assert {mark.id for mark in marks.marks_at(at)} == {note.id for note in over}
