"""Properties of wrapping, clusters, spans and motions over random Unicode."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.model import Span
from newstui.text import motions
from newstui.text.display import visible
from newstui.text.graphemes import cluster_end, cluster_start, is_simple, iter_clusters
from newstui.text.segmentation import paragraph_at, sentence_at, sentence_breaks
from newstui.text.spans import SpanIndex, cut_runs
from newstui.text.wrapping import Lines, Wrapping

PIECES = st.sampled_from(
    [
        *("one", "state-run", " ", "  ", "\n", "\n\n", "—", "-", "/", "“", "”", ". ", ".", "Mr. ", "The ", "x" * 30),
        *("a\u0308", "e\u0301\u0323", "\u0301", "土耳其", "。", "（", "）", "\u3000", "क्षि", "각", "اتفقت"),
        *("🇹🇷", "🇷", "👩\u200d👩\u200d👧", "👍🏽", "☺\ufe0f", "\u200b", "\t", "\x1b[2J", "\u202e", "\u2028"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join)
WIDTHS = st.integers(10, 140)


def width_of(cluster: str) -> int:
    return cell_len(visible(cluster))


def wrap(text: str, width: int) -> Wrapping:
    return Wrapping(Lines(text), width, width_of)


@given(TEXTS, WIDTHS)
def test_rows_joined_are_the_text(text: str, width: int) -> None:
    wrapping = wrap(text, width)
    spans = [wrapping.row_span(row) for row in range(wrapping.row_count)]
    offset = 0
    for number, (start, end) in enumerate(spans):
        if start != offset:
            assert text[offset:start] == "\n"
        assert start <= end
        assert "\n" not in text[start:end]
        assert start < end or not text or number == 0 or text[start - 1] == "\n"
        offset = end
    assert offset == len(text)


@given(TEXTS, WIDTHS)
def test_no_row_is_wider_than_the_measure(text: str, width: int) -> None:
    wrapping = wrap(text, width)
    for row in range(wrapping.row_count):
        start, end = wrapping.row_span(row)
        if wrapping.is_simple_row(row):
            assert cell_len(text[start:end].rstrip(" ")) <= width
        else:
            assert sum(cell.width for cell in wrapping.cells(row)) <= width


@given(TEXTS, WIDTHS)
def test_rows_begin_at_clusters_of_their_line(text: str, width: int) -> None:
    wrapping = wrap(text, width)
    for row in range(wrapping.row_count):
        start, _ = wrapping.row_span(row)
        assert cluster_start(text, start) == start


@given(TEXTS, WIDTHS)
def test_every_offset_has_its_row_and_comes_back_from_its_column(text: str, width: int) -> None:
    wrapping = wrap(text, width)
    for offset in range(len(text)):
        row, column = wrapping.column_at(offset)
        start, end = wrapping.row_span(row)
        assert start <= offset <= end
        back = wrapping.offset_at(row, column)
        assert cluster_start(text, back) == back
        visible_cell = not wrapping.is_simple_row(row) and any(
            cell.start <= offset < cell.end and cell.width > 0 for cell in wrapping.cells(row)
        )
        if visible_cell or (wrapping.is_simple_row(row) and offset - start < width):
            assert back == cluster_start(text, offset)


@given(TEXTS)
def test_clusters_cover_the_text_and_agree_with_lookups(text: str) -> None:
    clusters = list(iter_clusters(text))
    assert "".join(text[start:end] for start, end in clusters) == text
    starts = {start for start, _ in clusters}
    for start, end in clusters:
        assert end > start
        for offset in range(start, end):
            assert cluster_start(text, offset) == start
            assert cluster_end(text, offset) == (offset if offset in starts else end)


@given(st.text(max_size=200))
def test_simple_text_has_one_cell_for_each_code_point(text: str) -> None:
    if is_simple(text):
        assert cell_len(text.replace("\n", "")) == len(text.replace("\n", ""))
        assert not any(unicodedata.combining(char) for char in text)


SPANS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120), st.integers(0, 5)), max_size=30)


@given(SPANS, st.integers(0, 120), st.integers(0, 120))
def test_the_index_finds_what_a_scan_finds(spans: list[tuple[int, int, int]], low: int, high: int) -> None:
    index = SpanIndex(spans)
    expected = sorted(span for span in spans if span[0] < span[1] and span[0] < high and low < span[1])
    found = index.overlapping(low, high)
    assert sorted(found) == (expected if low < high else sorted(found))
    assert [span[0] for span in found] == sorted(span[0] for span in found)


@given(SPANS, st.integers(0, 60), st.integers(61, 120))
def test_every_cell_of_a_run_has_the_values_that_hold_there(
    spans: list[tuple[int, int, int]], low: int, high: int
) -> None:
    found = SpanIndex(spans).overlapping(low, high)
    runs = cut_runs(low, high, found)
    assert [run[0] for run in runs] == [low, *(run[1] for run in runs[:-1])]
    assert runs[-1][1] == high
    for start, end, values in runs:
        for offset in range(start, end):
            assert sorted(values) == sorted(value for a, b, value in found if a <= offset < b)


MOTIONS = [
    motions.right, motions.left, motions.word_forward, motions.word_backward, motions.word_end, motions.next_sentence,
    motions.previous_sentence, motions.next_paragraph, motions.previous_paragraph,
]  # fmt: skip


@settings(max_examples=60)
@given(TEXTS.filter(bool), st.data())
def test_motions_stay_in_the_text_and_at_clusters(text: str, data: st.DataObject) -> None:
    offset = cluster_start(text, data.draw(st.integers(0, len(text) - 1)))
    for motion in MOTIONS:
        reached = motion(text, offset, data.draw(st.integers(1, 5)))
        assert 0 <= reached < len(text)
        assert cluster_start(text, reached) == reached, motion.__name__


@settings(max_examples=60)
@given(TEXTS.filter(bool), st.data())
def test_growing_only_grows_and_ends(text: str, data: st.DataObject) -> None:
    offset = cluster_start(text, data.draw(st.integers(0, len(text) - 1)))
    span = motions.selected(text, offset, offset)
    for _ in range(12):
        larger = motions.grow(text, span)
        assert larger.covers(span)
        assert motions.whole_clusters(text, larger) == larger
        if larger == span:
            break
        span = larger
    else:
        raise AssertionError("growing did not end")


@given(TEXTS)
def test_sentences_cover_their_paragraph(text: str) -> None:
    for offset in range(0, len(text), 3):
        paragraph = paragraph_at(text, offset)
        breaks = sentence_breaks(text, paragraph.start, paragraph.end)
        assert breaks == sorted(set(breaks))
        assert breaks[0] == paragraph.start
        sentence = sentence_at(text, offset)
        assert paragraph.covers(sentence) or not paragraph or not len(sentence)
        assert isinstance(sentence, Span)
