"""Columns of the list of articles: those that were asked for, as far as the title has room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.config import DEFAULT_COLUMNS
from newstui.ui.screens.library.columns import COLUMNS, GIVE_WAY, column_at, fit_columns


def heads(names: tuple[str, ...], width: int) -> list[str]:
    return [column.head for column, _ in fit_columns(names, width)]


def test_columns_give_way_to_the_title_one_after_the_other() -> None:
    assert heads(DEFAULT_COLUMNS, 140) == ["DATE", "SOURCE", "TITLE", "TAGS", "READ", "HL", "NOTE"]
    assert heads(DEFAULT_COLUMNS, 76) == ["DATE", "SOURCE", "TITLE", "READ", "HL", "NOTE"]
    assert heads(DEFAULT_COLUMNS, 40) == ["DATE", "TITLE", "READ"]
    assert heads(DEFAULT_COLUMNS, 30) == ["TITLE", "READ"]
    assert heads(DEFAULT_COLUMNS, 10) == ["TITLE"]
    assert heads(("words", "nonsense"), 60) == ["WORDS", "TITLE"]


def test_every_column_but_the_title_can_give_way() -> None:
    assert {*GIVE_WAY, "title"} == set(COLUMNS)


@given(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=8), st.integers(1, 200))
def test_the_columns_fill_the_row_exactly_or_only_the_title_is_left(names: list[str], width: int) -> None:
    fitted = fit_columns(tuple(names), width)
    used = sum(cells for _, cells in fitted) + 2 * (len(fitted) - 1)
    assert used == width or len(fitted) == 1


@pytest.mark.parametrize(
    ("x", "head"), [(0, "DATE"), (9, "DATE"), (10, None), (12, "SOURCE"), (28, "SOURCE"), (40, "TITLE")]
)
def test_a_click_finds_its_column(x: int, head: str | None) -> None:
    column = column_at(DEFAULT_COLUMNS, 100, x)
    assert (column.head if column else None) == head
