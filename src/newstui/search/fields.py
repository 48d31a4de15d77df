"""The fields a query may name: kinds, aliases, states, and dates."""

from __future__ import annotations

import datetime
import re
from typing import Literal

Kind = Literal["text", "tag", "entity", "name", "slot", "date", "number", "scope", "state", "presence", "directive"]

FIELDS: dict[str, Kind] = {
    **dict.fromkeys(("title", "text", "note", "quote"), "text"),
    "tag": "tag",
    **dict.fromkeys(("entity", "person", "org", "place", "event"), "entity"),
    **dict.fromkeys(("author", "source", "url", "lang", "id", "collection"), "name"),
    "color": "slot",
    **dict.fromkeys(("date", "added", "read", "annotated", "before", "after", "on"), "date"),
    **dict.fromkeys(("words", "progress", "highlights", "notes", "tags"), "number"),
    "in": "scope",
    "is": "state",
    "has": "presence",
    **dict.fromkeys(("sort", "limit", "group"), "directive"),
}
"""Canonical names and what kind of values they take."""

SUMMARIES = {
    "title": "words of the title", "text": "words of the text", "note": "words of notes",
    "quote": "words of highlighted passages", "tag": "a tag and those below it", "entity": "a name, by any spelling",
    "person": "a person", "org": "an organization", "place": "a place", "event": "an event", "author": "who wrote it",
    "source": "who published it", "url": "its address", "lang": "its language", "id": "the end of its id",
    "collection": "a collection", "color": "a color of highlights", "date": "when it was published",
    "added": "when it was imported", "read": "when it was last read", "annotated": "when it was highlighted",
    "before": "published before", "after": "published since", "on": "published on", "words": "how long it is",
    "progress": "percent read", "highlights": "how many highlights", "notes": "how many notes",
    "tags": "how many tags", "in": "what is listed", "is": "a state", "has": "what it has", "sort": "an order",
    "limit": "at most so many", "group": "listed by",
}  # fmt: skip
"""What each field is for, in a few words."""

ALIASES = {
    "by": "author", "from": "source", "site": "source", "feed": "source", "label": "tag", "body": "text",
    "list": "collection", "type": "in", "colour": "color", "location": "place", "organization": "org",
    "organisation": "org", "since": "after", "newer": "after", "older": "before", "until": "date",
}  # fmt: skip
SCOPES = ("articles", "quotes", "notes", "entities")
STATES = (
    "unread", "read", "starred", "archived", "inbox", "trashed", "annotated", "orphan", "new", "reading", "finished",
    "tagged",
)  # fmt: skip
PRESENCES = ("note", "tag", "highlight", "entity", "url", "date", "author", "link", "bookmark", "orphan")
CHOICES: dict[Kind, tuple[str, ...]] = {"state": STATES, "presence": PRESENCES, "scope": SCOPES}

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_AGO = re.compile(r"(\d{1,5})(h|d|w|mo|y)\Z")
_DAYS = {"d": 1, "w": 7, "mo": 30, "y": 365}
_WORDS = {"last week": 7, "last month": 30, "last year": 365}
FIRST, LAST = "0000", "9999-12-31T99"

DateRange = tuple[str, str]
"""Half-open; ISO texts that compare as texts with dates of any precision."""


def parse_date(value: str, today: datetime.datetime) -> DateRange | None:
    """The range a date value means, or None if it is none: `2016-08`, `7d`, `today`, `2016..2017`, `..2016`."""
    value = value.strip().lower()
    if ".." in value:
        first, _, last = value.partition("..")
        low = (FIRST, LAST) if first in ("", "*") else parse_date(first, today)
        high = (FIRST, LAST) if last in ("", "*") else parse_date(last, today)
        return None if low is None or high is None or ".." in first + last else (low[0], high[1])
    match = _DATE.match(value)
    if match:
        return _calendar(*(int(part) if part else None for part in match.groups()))
    ago = _AGO.match(value)
    if ago:
        hours = int(ago.group(1)) * (1 if ago.group(2) == "h" else 24 * _DAYS[ago.group(2)])
        return _since(today, hours)
    if value in ("today", "yesterday"):
        day = (today - datetime.timedelta(days=value == "yesterday")).date()
        return day.isoformat(), (day + datetime.timedelta(days=1)).isoformat()
    if value == "this year":
        return _calendar(today.year, None, None)
    return _since(today, 24 * _WORDS[value]) if value in _WORDS else None


def _since(today: datetime.datetime, hours: int) -> DateRange:
    try:
        return (today - datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ"), LAST
    except OverflowError:
        return FIRST, LAST


def _calendar(year: int | None, month: int | None, day: int | None) -> DateRange | None:
    assert year is not None
    try:
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        after = first + datetime.timedelta(days=1) if first < datetime.date.max else None
    elif month:
        after = datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    else:
        after = datetime.date(year + 1, 1, 1) if year < 9999 else None
    shown = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return shown, LAST if after is None else after.isoformat()


def parse_number(value: str) -> tuple[float, float] | None:
    """The closed range a number value means: `300`, `3..7`, `..7`, `50%`."""
    low, dots, high = value.partition("..")
    try:
        first = float(low.rstrip("%")) if low not in ("", "*") else float("-inf")
        last = (float(high.rstrip("%")) if high not in ("", "*") else float("inf")) if dots else first
    except ValueError:
        return None
    return None if low == high == "" else (first, last)
