"""Heads of annotations are the same, whether they are read from the lines or from the records."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newstui.model import AnchorState, Annotation, Target, TextPositionSelector, TextQuoteSelector, head_of
from newstui.store.codec import encode
from newstui.store.memory import Memory
from newstui.store.snapshot import dump_document

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.just('{"end": 1, "start": 0, "value": ""')


def target(start: int, length: int, words: str) -> Target:
    return Target("a", "text", TextPositionSelector(start, start + length), TextQuoteSelector(words, words, words))


TARGETS = st.builds(target, st.integers(0, 99), st.integers(1, 50), WORDS)
ANNOTATIONS = st.builds(
    Annotation,
    id=st.just(""),
    target=TARGETS,
    tags=st.lists(WORDS, max_size=3).map(tuple),
    note=WORDS,
    color=st.integers(0, 6),
    state=st.sampled_from(AnchorState),
    anchored_from=st.none() | TARGETS,
)


@given(st.lists(ANNOTATIONS, max_size=6))
def test_heads_are_what_the_annotations_say_in_the_order_of_the_text(annotations: list[Annotation]) -> None:
    memory = Memory(Path("x"))
    for number, annotation in enumerate(annotations):
        memory.put("annotations", f"n{number}", dump_document(encode(annotation)))
    heads = memory.heads_of("a")
    expected = [head_of(annotation) for annotation in memory.annotations_of("a")]
    assert list(heads) == expected
    assert (len(heads), heads.notes) == (len(expected), sum(head.has_note for head in expected))
    assert [head for head in expected if head.tags] == [head for head in heads.others.values() if head.tags]
