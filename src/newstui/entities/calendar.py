"""From the words of a date to ISO 8601, against the day an article appeared.

Precision is what the words have: `2016-08-10`, `2016-07`, `2015`, a week `2016-W32`; with EDTF (ISO 8601-2) for what
ISO 8601 alone cannot say: `199X` for a decade, `2016-22` for a summer, `2014/2016` for a time from one to another.
What cannot be told is the empty string: a wrong day is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905  # words
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day|\.)?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ROUGH = r"(?:(?:early|late|mid|end of|beginning of|earlier|later|the)[\s-]+)*"
_WHICH = r"(?P<which>(?:this )?past|(?:this )?coming|last|this|next|same|that)"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_AMOUNT = r"(?P<amount>\d+|[a-z]+)"


def normalize(words: str, published: date | None, *, future: bool = False) -> str:
    """The date that words mean, as ISO 8601 or EDTF; empty where it cannot be told.

    Args:
        words: as they stand in the article, without preposition.
        published: when the article appeared; without it only complete dates have a value.
        future: the sentence speaks of what is to come, so that `Friday` is the next and not the last.
    """
    folded = " ".join(words.lower().replace("–", "-").replace("—", "-").replace("’", "'").split())
    for pattern, resolve in _RULES:
        match = pattern.fullmatch(folded)
        if match:
            try:
                return resolve(match, published, future)
            except (ValueError, OverflowError):  # the 31st of February, the year 0
                return ""
    return ""


Resolve = Callable[[re.Match[str], date | None, bool], str]


def _iso(match: re.Match[str], published: date | None, future: bool) -> str:
    return date.fromisoformat(match[0]).isoformat()


def _day_of_month(match: re.Match[str], published: date | None, future: bool) -> str:
    """`10 August 2016`; without a year the last such day, or the next."""
    month, day, year = _month(match), int(match["day"]), match["year"]
    if year:
        first = date(int(year), month, day)
    elif published is None:
        return ""
    else:
        first = date(published.year, month, day)
        if first > published and not future:
            first = date(published.year - 1, month, day)
        elif first < published and future:
            first = date(published.year + 1, month, day)
    until = match.groupdict().get("until")
    return f"{first}/{first.replace(day=int(until))}" if until else first.isoformat()


def _month_of_year(match: re.Match[str], published: date | None, future: bool) -> str:
    """`July 2016`, `last November`, `early March`."""
    month, year = _month(match), match.groupdict().get("year")
    which, whose = _which(match), match.groupdict().get("whose")
    if year:
        return f"{int(year):04}-{month:02}"
    if published is None:
        return ""
    if whose:
        return f"{published.year + _STEPS[whose]:04}-{month:02}"
    passed = month <= published.month
    if which == "last":
        number = published.year - 1 if month >= published.month or published.month - month < 3 else published.year
    elif which == "next" or (future and not which):
        ahead = month > published.month or (future and month == published.month)
        number = published.year if ahead else published.year + 1
    else:
        number = published.year if passed or which == "this" else published.year - 1
    return f"{number:04}-{month:02}"


_STEPS = {"last": -1, "this": 0, "next": 1, "same": 0, "that": 0}


def _which(match: re.Match[str]) -> str:
    """`last`, `this`, `next`, `same`, `that`, or nothing; `this past Friday` is the last."""
    which = match.groupdict().get("which") or ""
    return "last" if which.endswith("past") else "next" if which.endswith("coming") else which


def _weekday(match: re.Match[str], published: date | None, future: bool) -> str:
    if published is None:
        return ""
    wanted, which = _DAYS.index(match["weekday"]), _which(match)
    if which == "next" or (future and which != "last"):
        ahead = (wanted - published.weekday()) % 7
        return (published + timedelta(ahead or (7 if which == "next" else 0))).isoformat()
    behind = (published.weekday() - wanted) % 7
    return (published - timedelta(behind or (7 if which == "last" else 0))).isoformat()


def _relative_day(match: re.Match[str], published: date | None, future: bool) -> str:
    step = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match[0]]
    return (published + timedelta(step)).isoformat() if published else ""


def _relative_unit(match: re.Match[str], published: date | None, future: bool) -> str:
    """`last week`, `earlier this month`, `next year`."""
    which = _which(match)
    if published is None or which in ("same", "that") or (match["which"].endswith(("past", "coming"))):
        return ""
    return _stepped(published, match["unit"], _STEPS[which])


def _ago(match: re.Match[str], published: date | None, future: bool) -> str:
    amount = _number(match["amount"])
    return _stepped(published, match["unit"], -amount) if published and amount else ""


def _span_of_units(match: re.Match[str], published: date | None, future: bool) -> str:
    """`the past two years`, `the next three months`."""
    amount = _number(match["amount"])
    if published is None or not amount:
        return ""
    ahead = match["side"] in ("next", "coming")
    other, here = (
        _stepped(published, match["unit"], amount if ahead else -amount),
        _stepped(published, match["unit"], 0),
    )
    return f"{here}/{other}" if ahead else f"{other}/{here}"


def _stepped(day: date, unit: str, step: int) -> str:
    if unit == "day":
        return (day + timedelta(step)).isoformat()
    if unit == "week":
        year, week, _ = (day + timedelta(7 * step)).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "decade":
        return f"{day.year // 10 + step}X"
    return f"{day.year + step:04}"


def _year(match: re.Match[str], published: date | None, future: bool) -> str:
    until = match.groupdict().get("until")
    if not until:
        return match["year"]
    return f"{match['year']}/{match['year'][: 4 - len(until)]}{until}"


def _decade(match: re.Match[str], published: date | None, future: bool) -> str:
    return f"{match['decade']}X"


def _century(match: re.Match[str], published: date | None, future: bool) -> str:
    return f"{int(match['century']) - 1:02}XX"


def _season(match: re.Match[str], published: date | None, future: bool) -> str:
    code, year, which = _SEASONS[match["season"]], match["year"], _which(match)
    if year:
        return f"{year}-{code}"
    return f"{published.year + _STEPS[which]:04}-{code}" if published and which else ""


def _holiday(match: re.Match[str], published: date | None, future: bool) -> str:
    """The last one on or before the article's day, or the next."""
    if published is None:
        return ""
    build = _HOLIDAYS[match["holiday"]]
    day = build(published.year)
    if future and day < published:
        day = build(published.year + 1)
    elif not future and day > published:
        day = build(published.year - 1)
    return day.isoformat()


def _easter(year: int) -> date:
    """Gregorian computus (anonymous, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    turn = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * turn) // 451
    month, day = divmod(h + turn - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta((3 - first.weekday()) % 7 + 21)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas": lambda year: date(year, 12, 25),
    "christmas day": lambda year: date(year, 12, 25),
    "christmas eve": lambda year: date(year, 12, 24),
    "new year's eve": lambda year: date(year, 12, 31),
    "new year's day": lambda year: date(year, 1, 1),
    "new year": lambda year: date(year, 1, 1),
    "valentine's day": lambda year: date(year, 2, 14),
    "halloween": lambda year: date(year, 10, 31),
    "good friday": lambda year: _easter(year) - timedelta(2),
    "easter": _easter,
    "easter sunday": _easter,
    "easter monday": lambda year: _easter(year) + timedelta(1),
    "thanksgiving": _thanksgiving,
    "thanksgiving day": _thanksgiving,
}


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"]) + 1


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.get(word, 0)


def _compile(*rules: tuple[str, Resolve]) -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    return tuple((re.compile(pattern), resolve) for pattern, resolve in rules)


_NAMED_DAY = r"(?:[a-z]+day,?\s)?"
_RULES = _compile(
    (r"\d{4}-\d\d-\d\d", _iso),
    (rf"{_NAMED_DAY}(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?", _day_of_month),
    (
        rf"{_NAMED_DAY}{_MONTH}\s{_DAY}(?:\s?-\s?|\sand\s|\sto\s)?(?P<until>(?<=[- dot])\d{{1,2}})?(?:,?\s{_YEAR})?",
        _day_of_month,
    ),
    (rf"{_ROUGH}{_MONTH},?\s(?:of\s)?(?:{_YEAR}|(?P<whose>last|this|next)\syear)", _month_of_year),
    (rf"{_ROUGH}(?:{_WHICH}\s)?{_MONTH}", _month_of_year),
    (rf"{_ROUGH}(?:{_WHICH}\s)?{_WEEKDAY}(?<!s)", _weekday),
    (r"yesterday|today|tonight|tomorrow", _relative_day),
    (rf"{_ROUGH}{_WHICH}\s{_UNIT}", _relative_unit),
    (rf"(?:about\s)?{_AMOUNT}\s{_UNIT}\sago", _ago),
    (rf"(?P<side>past|last|next|coming)\s{_AMOUNT}\s{_UNIT}", _span_of_units),
    (rf"{_ROUGH}(?P<decade>\d{{3}})0s", _decade),
    (rf"{_ROUGH}(?P<century>\d{{1,2}})(?:st|nd|rd|th)[\s-]century", _century),
    (rf"{_ROUGH}(?:{_WHICH}\s)?(?P<season>spring|summer|autumn|fall|winter)(?:\s(?:of\s)?{_YEAR}(?:-\d+)?)?", _season),
    (rf"{_ROUGH}{_YEAR}(?:\s?-\s?(?P<until>\d{{4}}|\d\d))?", _year),
    (rf"(?P<holiday>{'|'.join(sorted(_HOLIDAYS, key=len, reverse=True))})", _holiday),
)
