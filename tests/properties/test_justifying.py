"""Properties of rows of equal length: what is drawn fills the measure, and the offsets are those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.text.display import visible
from newstui.text.graphemes import cluster_start
from newstui.text.justifying import JustifiedWrapping, load_hyphenator
from newstui.text.wrapping import Lines
from tests.properties.test_text_layout import TEXTS

WORDS = st.sampled_from(
    [
        *("communication", "hyphenation", "internationalization", "unfortunately", "Constantinople", "the", "of"),
        *("state-run", "https://example.org/a/very/long/one", "—", "“quoted”", "a/b", "naïve", "cafe\u0301"),
        *("土耳其", "🇹🇷"),
    ]
)
PROSE = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
WIDTHS = st.integers(10, 80)


def every_third(word: str) -> list[int]:
    return list(range(3, len(word) - 2, 3))


def justify(text: str, width: int) -> JustifiedWrapping:
    return JustifiedWrapping(Lines(text), width, lambda cluster: cell_len(visible(cluster)), every_third)


def drawn(wrapping: JustifiedWrapping, row: int) -> str:
    """The row as it is drawn, one sign for each cell, without blanks at its end."""
    start, end = wrapping.row_span(row)
    text = wrapping.lines.text
    if wrapping.is_simple_row(row):
        signs = text[start:end]
    else:
        signs = "".join(
            " " * cell.width if text[cell.start].isspace() else text[cell.start].ljust(cell.width, "_")[: cell.width]
            for cell in wrapping.cells(row)
        )
    return signs.rstrip(" ") + "-" * wrapping.has_hyphen(row)


@given(TEXTS | PROSE, WIDTHS)
def test_rows_follow_each_other_and_none_is_wider_than_the_measure(text: str, width: int) -> None:
    wrapping = justify(text, width)
    offset = 0
    for row in range(wrapping.row_count):
        start, end = wrapping.row_span(row)
        assert start == offset or text[offset:start] == "\n"
        assert len(drawn(wrapping, row)) <= width
        offset = end
    assert offset == len(text)


@given(PROSE, WIDTHS)
def test_a_row_that_is_stretched_fills_the_measure_exactly(text: str, width: int) -> None:
    wrapping = justify(text, width)
    for row in range(wrapping.row_count - 1):
        start, end = wrapping.row_span(row)
        words = text[start:end].rstrip()
        if wrapping.is_simple_line(row) and " " in words.strip() and len(words) >= 0.6 * width:
            assert len(drawn(wrapping, row)) == width


@given(TEXTS | PROSE, WIDTHS)
def test_every_cluster_comes_back_from_its_column(text: str, width: int) -> None:
    wrapping = justify(text, width)
    for row in range(wrapping.row_count):
        for cell in wrapping.cells(row):
            if cell.width and not text[cell.start].isspace():
                assert wrapping.column_at(cell.start) == (row, cell.column)
                assert wrapping.offset_at(row, cell.column) == cell.start
                assert wrapping.offset_at(row, cell.column + cell.width - 1) == cell.start
                assert cluster_start(text, cell.start) == cell.start


@given(PROSE, WIDTHS)
def test_a_hyphen_is_drawn_only_inside_a_word_that_may_be_parted_there(text: str, width: int) -> None:
    wrapping = justify(text, width)
    for row in range(wrapping.row_count):
        if wrapping.has_hyphen(row):
            _, end = wrapping.row_span(row)
            assert text[end - 1].isalpha()
            assert text[end].isalpha()
            assert "/" not in text[text.rfind(" ", 0, end) + 1 : (text + " ").index(" ", end)].replace("a/b", "")


def test_words_are_parted_where_their_language_allows() -> None:
    pytest.importorskip("pyphen")
    text = "It was an extraordinarily unfortunate misunderstanding between correspondents."
    wrapping = JustifiedWrapping(Lines(text), 22, len, load_hyphenator("en"))
    rows = [drawn(wrapping, row) for row in range(wrapping.row_count)]
    assert any(row.endswith("-") for row in rows)
    assert all(len(row) == 22 for row in rows[:-1])
    assert "".join(text[slice(*wrapping.row_span(row))] for row in range(wrapping.row_count)) == text
    assert load_hyphenator("xx") is None
