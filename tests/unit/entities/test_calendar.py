"""Dates mean days: against the day an article appeared, and never one that is not there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.entities.calendar import normalize

DAY = date(2021, 5, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("4 May 2021", "2021-05-04"),
        ("Sunday, May 2, 2021", "2021-05-02"),
        ("May 7", "2020-05-07"),
        ("March 4 and 5", "2021-03-04/2021-03-05"),
        ("Wednesday", "2021-05-05"),
        ("Thursday", "2021-04-29"),
        ("last Wednesday", "2021-04-28"),
        ("next Friday", "2021-05-07"),
        ("this past Friday", "2021-04-30"),
        ("tonight", "2021-05-05"),
        ("yesterday", "2021-05-04"),
        ("last month", "2021-04"),
        ("earlier this week", "2021-W18"),
        ("two weeks ago", "2021-W16"),
        ("a decade ago", "201X"),
        ("last November", "2020-11"),
        ("June of last year", "2020-06"),
        ("early March", "2021-03"),
        ("mid-2018", "2018"),
        ("2005–2015", "2005/2015"),
        ("1990s", "199X"),
        ("9th century", "08XX"),
        ("summer of 2016", "2016-22"),
        ("past two years", "2019/2021"),
        ("Easter", "2021-04-04"),
        ("Thanksgiving", "2020-11-26"),
        ("31 February", ""),
        ("recent months", ""),
        ("that day", ""),
    ],
)
def test_what_words_mean(words: str, iso: str) -> None:
    assert normalize(words, DAY) == iso


def test_what_is_to_come_is_ahead() -> None:
    assert normalize("Thursday", DAY, future=True) == "2021-05-06"
    assert normalize("May 7", DAY, future=True) == "2021-05-07"
    assert normalize("Christmas Eve", DAY, future=True) == "2021-12-24"


def test_without_the_article_s_day_only_complete_dates_have_a_value() -> None:
    assert normalize("4 May 2021", None) == "2021-05-04"
    assert normalize("Wednesday", None) == normalize("last month", None) == normalize("March", None) == ""


@given(st.text(max_size=40))
def test_no_words_crash(words: str) -> None:
    assert isinstance(normalize(words, DAY), str)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_written_day_is_that_day_whenever_it_is_read(day: date) -> None:
    assert normalize(f"{day:%B} {day.day}, {day.year}", DAY + timedelta(3)) == day.isoformat()
