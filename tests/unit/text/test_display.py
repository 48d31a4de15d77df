import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newstui.text.display import is_harmless, visible, visible_lines


@given(st.text(st.characters()))
def test_nothing_that_acts_on_a_terminal_is_left_and_offsets_stay(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert is_harmless(shown)
    assert not [
        c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or ord(c) in range(0x202A, 0x202F)
    ]


@given(st.text())
def test_harmless_text_is_shown_as_it_is(text: str) -> None:
    assert not is_harmless(text) or visible(text) == text


def test_an_escape_sequence_is_shown_not_sent() -> None:
    assert visible("\x1b]52;c;ZXZpbA==\x07") == "␛]52;c;ZXZpbA==␇"


def test_lines_and_tabs_stay_where_several_lines_are_printed() -> None:
    assert visible_lines("a\tb\n\x1b[2J") == "a\tb\n␛[2J"
