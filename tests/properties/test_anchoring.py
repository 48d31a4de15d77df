"""Anchoring over texts that were changed in ways whose right answer is known."""

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.model import AnchorState, Span
from newstui.text.anchoring import Revision, anchor

STORY = (
    "By R. Marsh – 3 May – The “slow line” to the islands, as its clerks called it, wasn’t slow at all in the spring "
    "of 1871. It carried — by the harbor master’s count — forty messages a day…\n\n"
    "“We had one rule,” said Ada Quill: “nothing is thrown away.” The naïve reader of today finds price lists, love "
    "letters and a recipe for quince side by side. Nobody sorted them; nobody dared.\n\n"
    "When the cable broke in October, the clerks didn’t stop writing. They kept the book as before – date, hour, name "
    "– and left the column for the message empty. Thirty-one pages of that column are all that is left of the winter."
)

Step = Callable[[str, random.Random], list[str]]
"""Gives for each character of a text what stands for it in the changed one."""


def straight(text: str, _: random.Random) -> list[str]:
    table = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "--", "…": "..."}
    return [table.get(char, char) for char in text]


def hard_blanks(text: str, rng: random.Random) -> list[str]:
    return ["\u00a0" if char == " " and rng.random() < 0.17 else char for char in text]


def wrapped(text: str, rng: random.Random) -> list[str]:
    return ["\n" if char == " " and rng.random() < 0.1 else char for char in text]


def joined(text: str, _: random.Random) -> list[str]:
    return [" " if char == "\n" else char for char in text]


def doubled(text: str, rng: random.Random) -> list[str]:
    return ["  " if char == " " and rng.random() < 0.2 else char for char in text]


def hyphenated(text: str, rng: random.Random) -> list[str]:
    return [
        char + "\u00ad" if char.isalpha() and after.isalpha() and rng.random() < 0.2 else char
        for char, after in zip(text, text[1:] + " ", strict=True)
    ]


def zero_width(text: str, rng: random.Random) -> list[str]:
    return [char + "\u200b" if rng.random() < 0.1 else char for char in text]


def decomposed(text: str, _: random.Random) -> list[str]:
    return [unicodedata.normalize("NFD", char) for char in text]


STEPS: list[Step] = [straight, hard_blanks, wrapped, joined, doubled, hyphenated, zero_width, decomposed]


def apply(text: str, steps: list[Step], rng: random.Random) -> tuple[str, list[int]]:
    """The changed text, and where each character of the original begins in it."""
    pieces = list(text)
    for step in steps:
        whole = "".join(pieces)
        changed = step(whole, rng)
        at, grouped = 0, []
        for piece in pieces:
            grouped.append("".join(changed[at : at + len(piece)]))
            at += len(piece)
        pieces = grouped
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    return "".join(pieces), [*starts, at]


def visible_range(new: str, start: int, end: int) -> tuple[int, int]:
    """A range without blanks and unseen signs at its ends."""
    unseen = "\u00ad\u200b"
    while start < end and (new[start].isspace() or new[start] in unseen):
        start += 1
    while end > start and (new[end - 1].isspace() or new[end - 1] in unseen):
        end -= 1
    return start, end


@pytest.mark.parametrize(
    "steps", [*[[step] for step in STEPS], STEPS], ids=lambda steps: "+".join(s.__name__ for s in steps)
)
@pytest.mark.parametrize("with_old", [True, False])
def test_typographic_drift_never_moves_a_passage(steps: list[Step], with_old: bool) -> None:
    rng = random.Random(5)
    new, starts = apply(STORY, steps, rng)
    revision = Revision(new, STORY if with_old else None)
    borders = [at for at in range(1, len(STORY)) if STORY[at - 1].isspace() != STORY[at].isspace()]
    for _ in range(60):
        start = rng.choice(borders)
        length = rng.choice([4, 12, 30, 80, 200])
        end = min([border for border in borders if border >= start + length] or [len(STORY)])
        exact = STORY[start:end]
        if len(exact.strip()) < 4:
            continue
        found = revision.find(exact, STORY[max(0, start - 64) : start], STORY[end : end + 64], start, end)
        assert found.span is not None, exact
        expected = visible_range(new, starts[start], starts[end])
        assert visible_range(new, found.span.start, found.span.end) == expected, exact
        assert found.state is AnchorState.SAME


WORDS = st.sampled_from(
    ["wire", "clerk", "cable", "harbor", "order", "spring", "message", "lost", "book", "tide", "lamp", "rope"]
)
SENTENCES = st.lists(WORDS, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
TEXTS = st.lists(SENTENCES, min_size=3, max_size=8, unique=True)
FRESH = "Quite other vowels, jumping zigzag over fixed quotas, vex dizzy umpires."


@given(TEXTS, st.data())
def test_a_passage_in_untouched_surroundings_stays_the_same(sentences: list[str], data: st.DataObject) -> None:
    old = " ".join(sentences)
    marked = data.draw(st.sampled_from(sentences))
    start = old.index(marked)
    new = FRESH + " " + old
    found = Revision(new, old).find(
        marked, old[max(0, start - 64) : start], old[start + len(marked) :][:64], start, start + len(marked)
    )
    assert found.span == Span(start + len(FRESH) + 1, start + len(FRESH) + 1 + len(marked))


@given(TEXTS, st.data())
def test_a_passage_wholly_replaced_is_an_orphan(sentences: list[str], data: st.DataObject) -> None:
    old = " ".join(sentences)
    marked = data.draw(st.sampled_from(sentences))
    start = old.index(marked)
    new = old[:start] + FRESH + old[start + len(marked) :]
    found = Revision(new, old).find(
        marked, old[max(0, start - 64) : start], old[start + len(marked) :][:64], start, start + len(marked)
    )
    assert found.span is None


@given(
    st.text(max_size=80),
    st.text(max_size=20),
    st.text(max_size=10),
    st.text(max_size=10),
    st.integers(-3, 90),
    st.integers(-3, 90),
    st.none() | st.text(max_size=80),
)
def test_any_input_gives_a_range_of_the_text_or_none(
    text: str, exact: str, prefix: str, suffix: str, start: int, end: int, old: str | None
) -> None:
    span = anchor(text, exact, prefix, suffix, start, end, old)
    assert span is None or 0 <= span.start < span.end <= len(text)


@given(TEXTS, st.integers(0, 2**32))
def test_anchoring_twice_gives_what_anchoring_once_gave(sentences: list[str], seed: int) -> None:
    rng = random.Random(seed)
    old = " ".join(sentences)
    changed = [" ".join(word for word in sentence.split() if rng.random() < 0.9) for sentence in sentences]
    new = " ".join(changed)
    start = rng.randrange(len(old) - 5)
    end = rng.randrange(start + 4, len(old))
    first = (
        Revision(new, old).find(old[start:end], old[max(0, start - 64) : start], old[end : end + 64], start, end).span
    )
    if first is not None:
        again = Revision(new, new).find(
            first.slice(new),
            new[max(0, first.start - 64) : first.start],
            new[first.end : first.end + 64],
            first.start,
            first.end,
        )
        assert (again.span, again.state) == (first, AnchorState.SAME)
