import time
from itertools import pairwise

import pytest

from newstui.model import Span
from newstui.text.segmentation import (
    count_words,
    next_paragraph,
    next_sentence,
    next_word,
    paragraph_at,
    previous_paragraph,
    previous_sentence,
    previous_word,
    quotation_at,
    sentence_at,
    sentence_breaks,
    word_at,
)


def sentences(text: str) -> list[str]:
    breaks = [*sentence_breaks(text, 0, len(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(breaks)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rained.", "Nobody minded!", "Why?", "Because."],
        ["Mr. Marten met Dr. Vane.", "They left."],
        ["The U.S. envoy spoke.", "He left the U.S.", "The talks went on."],
        ["It opened at 9 a.m. on Aug. 9 in St. Anna.", "It closed."],
        ["J. R. Vane of Amery Inc. said no.", "No. 5 was lost."],
        ["“We will go,” he said.", "“They won’t.”", "She laughed."],
        ["“Really?” he asked.", "“Yes!” Sorrel Vane said.", "“No.”"],
        ["It was 3.5 percent.", "It fell to 2.9."],
        ["He paused … and went on.", "Then he left…", "It was over."],
        ["(It rained.)", "They stayed."],
        ["The article cites www.example.org today.", "It is old."],
        ["土耳其同意。", "俄罗斯也同意！", "真的？"],
        ["「行きます。」", "彼は言った。"],
        ['"It was late." ', 'He left.'],
    ],
)  # fmt: skip
def test_sentences(parts: list[str]) -> None:
    parts = [part.strip() for part in parts]
    glue = "" if "。" in parts[0] else " "
    assert sentences(glue.join(parts)) == parts


def test_glued_sentences_are_two() -> None:
    assert sentences("He spoke on Monday.Kestrian papers agreed. It could find new allies.“We stay,” he said.") == [
        "He spoke on Monday.",
        "Kestrian papers agreed.",
        "It could find new allies.",
        "“We stay,” he said.",
    ]
    assert sentences("“We stay.”He left.") == ["“We stay.”", "He left."]
    assert sentences('He found allies."We stay," he said.') == ["He found allies.", '"We stay," he said.']
    assert sentences('"We stay."He left.') == ['"We stay."', "He left."]


def test_what_is_not_glued() -> None:
    for text in ("The U.S.A is big", "See Node.JS here", "v.Vane", "a.B", "file.txt", "1.Foo"):
        assert sentences(text) == [text]


@pytest.mark.parametrize(
    "dateline",
    [
        "AMERY, Kestria Region—",
        "PORT AMERY (Wire) — ",
        "ST. ANNA, Aug. 9 (Wire) - ",
        "By Kestrel – 10 August 2016 – AMERY, Kestria—",
    ],
)
def test_a_dateline_is_its_own_unit(dateline: str) -> None:
    assert sentences(dateline + "Both agree. They said so.") == [dateline.strip(), "Both agree.", "They said so."]


def test_a_dash_after_a_small_word_is_no_dateline() -> None:
    assert sentences("NORDA members agreed — at last — to talk. Good.") == [
        "NORDA members agreed — at last — to talk.",
        "Good.",
    ]


TEXT = "One two. Three four.\n\nFive’s state-run paper.\nStill five.\n\n\nSix."


def test_words() -> None:
    assert word_at(TEXT, 1) == Span(0, 3)
    assert word_at(TEXT, 3) is None
    at = TEXT.index("state")
    assert word_at(TEXT, at) == Span(at, at + 9)
    assert next_word(TEXT, 0) == Span(4, 7)
    assert next_word(TEXT, TEXT.index("Six")) is None
    assert previous_word(TEXT, 4) == Span(0, 3)
    assert previous_word(TEXT, 6) == Span(4, 7)
    assert previous_word(TEXT, 0) is None
    assert count_words(TEXT) == 10


def test_a_word_keeps_its_combining_marks() -> None:
    assert word_at("the nai\u0308ve one", 6) == Span(4, 10)


def test_a_word_far_back_is_found() -> None:
    assert previous_word("word" + " " * 5_000, 5_000) == Span(0, 4)


def test_paragraphs() -> None:
    second, third = TEXT.index("Five"), TEXT.index("Six")
    assert paragraph_at(TEXT, 5) == Span(0, 20)
    assert paragraph_at(TEXT, 20) == Span(0, 20)
    assert paragraph_at(TEXT, second) == Span(second, TEXT.index("\n\n\n"))
    assert paragraph_at(TEXT, len(TEXT)) == Span(third, len(TEXT))
    assert next_paragraph(TEXT, 3) == second
    assert next_paragraph(TEXT, second + 3) == third
    assert next_paragraph(TEXT, third) is None
    assert previous_paragraph(TEXT, third) == second
    assert previous_paragraph(TEXT, second + 5) == second
    assert previous_paragraph(TEXT, 0) is None


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n\n", "a\n\n", "\n\na", " \n \n "])
def test_texts_of_almost_nothing(text: str) -> None:
    for offset in range(len(text) + 1):
        span = paragraph_at(text, offset)
        assert 0 <= span.start <= span.end <= len(text)
        assert sentence_at(text, offset).end <= len(text)
        assert quotation_at(text, offset) is None


def test_sentence_motions_cross_paragraphs() -> None:
    second = TEXT.index("Five")
    assert next_sentence(TEXT, 0) == 9
    assert next_sentence(TEXT, 12) == second
    assert previous_sentence(TEXT, second) == 9
    assert previous_sentence(TEXT, 12) == 9
    assert previous_sentence(TEXT, 0) is None
    assert sentence_at(TEXT, 8) == Span(0, 8)


def test_a_very_long_paragraph_is_quick_and_goes_both_ways() -> None:
    text = "It rained in the town all day. " * 100_000
    middle = len(text) // 2 // 31 * 31
    started = time.process_time()
    assert next_sentence(text, middle) == middle + 31
    assert previous_sentence(text, middle) == middle - 31
    assert time.process_time() - started < 0.5


def test_quotations() -> None:
    text = 'He said “one «two» three” and left. “Not closed here\n\n“Next,” he said. "Plain" end.'
    outer, inner = text.index("“"), text.index("«")
    assert quotation_at(text, outer + 1) == Span(outer, text.index("”") + 1)
    assert quotation_at(text, inner + 1) == Span(inner, inner + 5)
    assert quotation_at(text, 2) is None
    unclosed = text.index("“Not")
    assert quotation_at(text, unclosed + 4) == Span(unclosed, text.index("\n"))
    plain = text.index('"')
    assert quotation_at(text, plain + 2) == Span(plain, plain + 7)
