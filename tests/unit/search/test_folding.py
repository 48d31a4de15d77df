"""Folding for search: offsets stay, accents and case go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.search.folding import fold, iter_words
from newstui.search.index import query_keys


@given(st.text())
def test_a_folded_text_has_as_many_code_points_as_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_stand_in_order_inside_the_text(text: str) -> None:
    at = 0
    for key, start, end in iter_words(text):
        assert 0 <= start < end <= len(text)
        assert start >= at
        assert key
        at = start


@pytest.mark.parametrize("written", ["Erdoğan", "ERDOĞAN", "erdogan", "Erdog\u0306an", "Erdoğan’s", "Erdogan's"])
def test_spellings_of_a_name_have_one_key(written: str) -> None:
    assert [word.key for word in iter_words(written)] == ["erdogan"]


def test_a_run_of_characters_without_blanks_is_found_by_pairs() -> None:
    assert [word.key for word in iter_words("新聞社 ok")] == ["新聞", "聞社", "社", "ok"]
    assert query_keys("新聞社") == ["新聞", "聞社"]
    assert query_keys("社") == ["社"]


def test_vowel_signs_stay_in_their_words() -> None:
    assert [word.key for word in iter_words("हिन्दी समाचार")] == ["हिन्दी", "समाचार"]
