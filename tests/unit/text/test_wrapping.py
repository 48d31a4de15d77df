import pytest

from newstui.text.wrapping import Lines, Wrapping

WIDE = set("土耳其同意。（）「」あ")


def cluster_width(cluster: str) -> int:
    return 2 if cluster[:1] in WIDE or ord(cluster[0]) > 0x1F000 else 0 if cluster == "\u200b" else 1


def wrap(text: str, width: int) -> Wrapping:
    return Wrapping(Lines(text), width, cluster_width)


def rows(text: str, width: int) -> list[str]:
    wrapping = wrap(text, width)
    return [text[slice(*wrapping.row_span(row))] for row in range(wrapping.row_count)]


def test_words_go_to_the_next_row_and_blanks_stay() -> None:
    assert rows("one two three", 8) == ["one two ", "three"]
    assert rows("one two  three", 7) == ["one two  ", "three"]
    assert rows("one\n\ntwo", 10) == ["one", "", "two"]
    assert rows("", 10) == [""]


def test_a_tab_past_the_measure_ends_its_row_and_begins_none() -> None:
    assert rows("oneoneone\t", 10) == ["oneoneone\t"]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Region—Turkey", 9, ["Region—", "Turkey"]),
        ("state-run news", 8, ["state-", "run news"]),
        ("either/or", 8, ["either/", "or"]),
        ("said it—”yes", 9, ["said ", "it—”yes"]),
        ("2016-08-10", 9, ["2016-08-1", "0"]),
        ("abcdefghijklm", 9, ["abcdefghi", "jklm"]),
    ],
)
def test_breaks_inside_words(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_wide_characters_break_anywhere_but_before_closing_signs() -> None:
    assert rows("土耳其同意。", 6) == ["土耳其", "同意。"]
    assert rows("土耳其同。意", 8) == ["土耳其", "同。意"]
    assert rows("abc土耳其", 5) == ["abc土", "耳其"]
    assert rows("「土」耳", 4) == ["「土", "」耳"] or rows("「土」耳", 6) == ["「土」", "耳"]


def test_a_cluster_is_never_cut() -> None:
    family = "👩\u200d👩\u200d👧"
    assert rows(family * 3, 4) == [family * 2, family]
    assert rows("🇹🇷🇷🇺🇹🇷", 4) == ["🇹🇷🇷🇺", "🇹🇷"]


def test_tabs_go_to_stops() -> None:
    wrapping = wrap("a\tb", 20)
    assert [(cell.column, cell.width) for cell in wrapping.cells(0)] == [(0, 1), (1, 3), (4, 1)]
    assert wrapping.offset_at(0, 2) == 1
    assert wrapping.column_at(2) == (0, 4)


def test_offsets_rows_and_columns() -> None:
    text = "one two three\n\nfour"
    wrapping = wrap(text, 8)
    assert wrapping.row_count == 4
    assert wrapping.row_at(7) == 0
    assert wrapping.row_at(8) == 1
    assert wrapping.row_at(13) == 1
    assert wrapping.row_at(14) == 2
    assert wrapping.row_at(len(text)) == 3
    assert wrapping.column_at(9) == (1, 1)
    assert wrapping.offset_at(0, 99) == 7
    assert wrapping.offset_at(1, 99) == 13
    assert wrapping.offset_at(99, 0) == 15


def test_columns_of_wide_rows() -> None:
    wrapping = wrap("ab土c", 20)
    assert [wrapping.offset_at(0, column) for column in range(6)] == [0, 1, 2, 2, 3, 4]
    assert wrapping.column_at(3) == (0, 4)
    assert wrapping.column_at(4) == (0, 5)


def test_paragraphs_begin_after_empty_lines() -> None:
    text = "One.\nStill one.\n\nTwo.\n\n\n\nThree.\n\n"
    assert [text[start : start + 3] for start in Lines(text).paragraphs()] == ["One", "Two", "Thr"]
    assert Lines("").paragraphs() == [0]
