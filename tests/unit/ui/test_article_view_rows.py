"""Drawing rows: every cell has the style of what lies there, and no row is wider than the view."""

from __future__ import annotations

from typing import cast

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newstui.model import Annotation, Article, Block, Mention, Span, Target, TextPositionSelector, TextQuoteSelector
from newstui.text.display import is_harmless
from newstui.text.wrapping import Lines
from newstui.ui.widgets.article_view_layout import Page, build_columns
from newstui.ui.widgets.article_view_map import NOTHING, TICK_NOTE, WINDOW, TextMap
from newstui.ui.widgets.article_view_marks import Marks
from newstui.ui.widgets.article_view_notes import MOST_ROWS, Margin, build_block, build_peek, clip, wrap_words
from newstui.ui.widgets.article_view_rows import paint_row
from newstui.ui.widgets.article_view_styles import ArticleStyles

PIECES = st.sampled_from(
    [
        *("one", "state-run", " ", "  ", "\n\n", "—", "“", "”", ". ", "The ", "x" * 30, "a\u0308", "土耳其", "。"),
        *("🇹🇷", "👩\u200d👩\u200d👧", "👍🏽", "\t", "\x1b[2J", "\x9b31m", "\u202e", "\u2028"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=50).map("".join)
SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6)


class NamedStyles:
    """Stands for the styles of a theme: a style that remembers which components it was made of."""

    base = Style.from_meta({"names": ()})
    mode = "truecolor"

    def __getitem__(self, names: tuple[str, ...]) -> Style:
        return Style.from_meta({"names": names})


def named() -> ArticleStyles:
    return cast(ArticleStyles, NamedStyles())


def note(
    number: int, start: int, end: int, *, words: str = "", tags: tuple[str, ...] = (), color: int = 1
) -> Annotation:
    target = Target("a", "", TextPositionSelector(start, end), TextQuoteSelector(""))
    return Annotation(f"{number:03}", target, tags, words, color, "2026-01-02T00:00:00Z")


def page_of(text: str, width: int, measure: int, *, notes: bool = False) -> Page:
    return Page(Lines(text), Article("a", "A title", ""), build_columns(width, measure, 1, notes))


def names_at(segments: list[Segment], left: int) -> list[tuple[str, ...]]:
    """The components of each cell from a column on."""
    cells: list[tuple[str, ...]] = []
    for segment in segments:
        names = segment.style.meta["names"] if segment.style else ()
        cells += [names] * cell_len(segment.text)
    return cells[left:]


@given(TEXTS, SPANS, st.integers(12, 150), st.integers(10, 100), st.booleans())
def test_rows_are_exactly_as_wide_as_the_view_and_harmless(
    text: str, spans: list[tuple[int, int]], width: int, measure: int, notes: bool
) -> None:
    marks = Marks()
    marks.highlights.set_annotations(
        note(n, min(a, len(text)), min(a + b, len(text)), words=text, tags=("t\x1bt",))
        for n, (a, b) in enumerate(spans)
    )
    page = page_of(text, width, measure, notes=notes)
    margin = Margin(page, marks.highlights).rows(0, page.row_count + 3)
    for row in range(page.row_count + 2):
        strip = paint_row(
            page, marks, named(), row, selection=Span(3, 40), lit=None, margin=margin.get(row, ()), map_cell=NOTHING
        )
        shown = "".join(segment.text for segment in strip)
        assert sum(cell_len(segment.text) for segment in strip) == width
        assert is_harmless(shown)


@given(st.text(alphabet="ab \n", max_size=300), SPANS, SPANS, st.integers(0, 200), st.integers(0, 50))
def test_a_cell_has_the_style_of_what_lies_there_and_no_other(
    text: str, highlights: list[tuple[int, int]], names: list[tuple[int, int]], low: int, size: int
) -> None:
    marks = Marks()
    marks.highlights.set_annotations(note(n, a, a + b, color=n % 6 + 1) for n, (a, b) in enumerate(highlights))
    mentions = [Mention(Span(a, a + b), "PERSON") for a, b in names]
    marks.set_mentions(mentions, {"PERSON"})
    marks.set_hits([Span(5, 9)], Span(5, 9))
    page = page_of(text, 60, 20)
    selection = Span(low, low + size)
    for row in range(len(page.head), page.row_count):
        strip = paint_row(page, marks, named(), row, selection=selection, lit=None, margin=(), map_cell=NOTHING)
        cells = names_at(list(strip), page.columns.left)
        start, end = page.span(row)
        for offset in range(start, min(end, start + page.columns.measure)):
            here = cells[offset - start]
            assert ("entity-person" in here) == any(offset in mention.span for mention in mentions)
            newest = max((n for n, (a, b) in enumerate(highlights) if a <= offset < a + b), default=None)
            expected = [] if newest is None else [f"highlight-{newest % 6 + 1}"]
            assert [name for name in here if name.startswith("highlight")] == expected
            assert ("hit-current" in here) == (5 <= offset < 9)
            assert ("selection" in here) == (offset in selection)


def test_a_chosen_highlight_lies_on_top_of_newer_ones() -> None:
    marks = Marks()
    marks.highlights.set_annotations([note(1, 0, 10, color=1), note(2, 0, 10, color=2)])
    assert marks.runs(0, 10, marks.highlights.row(0, 10), None) == [(0, 10, ("highlight-2",))]
    marks.highlights.choose("001")
    assert marks.runs(0, 10, marks.highlights.row(0, 10), None) == [(0, 10, ("highlight-1",))]
    assert [mark.id for mark in marks.highlights.marks_at(5)] == ["001", "002"]


def test_headings_quotations_and_code_are_set_off() -> None:
    marks = Marks()
    marks.set_blocks([Block("heading", 0, 3, 1), Block("quote", 5, 8), Block("item", 8, 12)])
    assert marks.runs(0, 12, marks.highlights.row(0, 12), None) == [
        (0, 3, ("heading",)),
        (3, 5, ()),
        (5, 8, ("quote",)),
        (8, 12, ()),
    ]


def test_hidden_layers_draw_nothing_and_find_nothing() -> None:
    marks = Marks()
    marks.highlights.set_annotations([note(1, 0, 10, words="x")])
    marks.set_mentions([Mention(Span(2, 4), "ORG")], {"ORG"})
    marks.show_layers(mentions=False, marks=False)
    assert marks.runs(0, 10, marks.highlights.row(0, 10), None) == [(0, 10, ())]
    assert marks.highlights.marks_at(3) == []
    assert not marks.highlights.has_note(0, 10)


def test_notes_in_the_margin_stand_at_their_rows_and_are_pushed_down() -> None:
    text = "\n\n".join(["word " * 10] * 6)
    marks = Marks()
    marks.highlights.set_annotations(
        [note(1, 0, 4, words="one\ntwo\nthree"), note(2, 5, 9, words="four"), note(3, 120, 124, tags=("t",))]
    )
    page = page_of(text, 140, 68, notes=True)
    head = len(page.head)
    rows = Margin(page, marks.highlights).rows(0, 40)
    shown = {row: "".join(words for words, _ in pieces) for row, pieces in rows.items()}
    assert shown == {
        head: "¹ one", head + 1: "  two", head + 2: "  three", head + 3: "² four", page.row(120): "³ #t",
    }  # fmt: skip


def test_a_long_note_is_cut_with_a_sign() -> None:
    marks = Marks()
    marks.highlights.set_annotations([note(1, 0, 4, words="word " * 300, tags=("a", "b"))])
    block = build_block(marks.highlights.marks_at(0)[0], 30)
    assert len(block) == MOST_ROWS
    assert block[-1][1][0].endswith("…")
    assert wrap_words("one two three", 5, 2) == ["one", "two…"]
    assert clip("土耳其语", 5) == "土耳…"


def test_the_peek_names_tags_color_and_day() -> None:
    marks = Marks()
    marks.highlights.set_annotations([note(1, 0, 4, words="Who\nsays so?", tags=("claim",), color=2)])
    title, words = build_peek(marks.highlights.marks_at(0)[0], 40, lambda slot: f"color {slot}")
    assert title[0].startswith("─ ¹ #claim · color 2 · 2026-01-02 ─")
    assert len(title[0]) == len(words[0]) == 40
    assert words[0].startswith(" Who")


def test_the_map_shows_the_window_and_a_tick_for_each_stretch_with_notes() -> None:
    text = "\n\n".join(["word " * 10] * 100)
    marks = Marks()
    marks.highlights.set_annotations([note(1, 2600, 2604, words="here")])
    page = page_of(text, 80, 68)
    cells = [TextMap(page, marks, 20).cell(at, 0, 20) for at in range(20)]
    assert cells[:2] == [WINDOW, WINDOW]
    assert cells.count(TICK_NOTE) == 1
    assert cells[page.row(2600) * 20 // page.row_count] == TICK_NOTE
    assert cells[19] == NOTHING
