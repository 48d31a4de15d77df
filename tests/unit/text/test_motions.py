import pytest

from newstui.model import Span
from newstui.text import motions

TEXT = "One two. “Three 🇹🇷 four,” said he.\n\nNai\u0308ve end.\n"


def test_characters_are_clusters() -> None:
    flag = TEXT.index("🇹🇷")
    assert motions.right(TEXT, flag) == flag + 2
    assert motions.left(TEXT, flag + 2) == flag
    assert motions.right("ab", 1) == 1
    assert motions.left("ab", 0) == 0
    assert motions.right("ab\n\ncd", 1) == 4
    assert motions.left("ab\n\ncd", 4) == 1


def test_words_take_counts_and_stop_at_the_ends() -> None:
    assert motions.word_forward(TEXT, 0) == 4
    assert motions.word_forward(TEXT, 0, 2) == TEXT.index("Three")
    assert motions.word_forward(TEXT, 0, 99_999) == TEXT.rindex(".")
    assert motions.word_backward(TEXT, 5) == 4
    assert motions.word_backward(TEXT, TEXT.index("end"), 99_999) == 0
    assert motions.word_end(TEXT, 0) == 2
    assert motions.word_end(TEXT, 2) == 6


def test_sentences_and_paragraphs() -> None:
    second = TEXT.index("“")
    third = TEXT.index("Nai")
    assert motions.next_sentence(TEXT, 0) == second
    assert motions.next_sentence(TEXT, 0, 2) == third
    assert motions.next_sentence(TEXT, third) == TEXT.rindex(".")
    assert motions.previous_sentence(TEXT, third) == second
    assert motions.previous_sentence(TEXT, third + 3) == third
    assert motions.next_paragraph(TEXT, 0) == third
    assert motions.previous_paragraph(TEXT, third + 2, 2) == 0


def test_a_selection_holds_whole_clusters_at_both_ends() -> None:
    flag = TEXT.index("🇹🇷")
    assert motions.selected(TEXT, flag, flag) == Span(flag, flag + 2)
    assert motions.selected(TEXT, flag + 1, 0) == Span(0, flag + 2)
    assert motions.selected("", 0, 0) == Span(0, 0)


@pytest.mark.parametrize(
    ("kind", "quote"),
    [
        ("word", "Three"),
        ("sentence", "“Three 🇹🇷 four,” said he."),
        ("quotation", "“Three 🇹🇷 four,”"),
        ("paragraph", "One two. “Three 🇹🇷 four,” said he."),
    ],
)
def test_objects(kind: str, quote: str) -> None:
    span = motions.object_at(TEXT, TEXT.index("Three") + 1, kind)
    assert span is not None
    assert span.slice(TEXT) == quote


def test_no_quotation_where_there_is_none() -> None:
    assert motions.object_at(TEXT, 0, "quotation") is None


def test_growing_goes_step_by_step_to_the_whole_text() -> None:
    at = TEXT.index("Three")
    span = motions.selected(TEXT, at, at)
    steps = []
    while (larger := motions.grow(TEXT, span)) != span:
        span = larger
        steps.append(span.slice(TEXT))
    assert steps == [
        "Three",
        "“Three 🇹🇷 four,”",
        "“Three 🇹🇷 four,” said he.",
        "One two. “Three 🇹🇷 four,” said he.",
        TEXT.rstrip(),
    ]


def test_shrinking_without_a_memory() -> None:
    at = TEXT.index("Three")
    span = motions.shrink(TEXT, Span(0, TEXT.index("\n")), at)
    assert span.slice(TEXT) == "“Three 🇹🇷 four,” said he."
    span = motions.shrink(TEXT, Span(at, at + 5), at)
    assert span.slice(TEXT) == "T"
