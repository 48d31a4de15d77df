"""What may follow in a query that is being typed: names of fields, then their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newstui.search.fields import ALIASES, CHOICES, FIELDS, SUMMARIES, Kind
from newstui.search.folding import fold
from newstui.search.query import quoted

_TERM = re.compile(
    r"""(?:^|(?<=[\s(]))[-!]*(?:(?P<sign>[#@])|(?P<name>[A-Za-z]+):[<>]?=?)?(?P<typed>"[^"]*|[^\s()"|]*)\Z"""
)
DATES = ("today", "yesterday", "7d", "30d", "1y", '"last week"', '"last month"', '"this year"')
SORTS = ("-date", "date", "title", "-added", "source", "-progress", "-highlights", "-read", "best")
GROUPS = ("kind", "article", "tag", "source", "entity", "month")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field, and how many have it; 0 where that is not counted."""

    text: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant: `start` to `end` of the query become `text`; `told` says what it is or how many have it."""

    start: int
    end: int
    text: str
    told: str


Values = Callable[[Kind, str], Iterable[Value]]
"""The values that a kind of field has, by the name of the field, the most used first."""


def complete_query(query: str, at: int, values: Values, limit: int = 8) -> list[Completion]:
    """What may be meant by the word before a place, the likeliest first.

    Args:
        query: what is typed.
        at: where the cursor is, in code points.
        values: gives tags, sources, entities, authors.
        limit: how many at most.
    """
    match = _TERM.search(query[:at])
    if match is None:
        return []
    sign, name, typed = match.group("sign"), (match.group("name") or "").lower(), match.group("typed")
    field = {"#": "tag", "@": "entity"}.get(sign or "", ALIASES.get(name, name))
    start, wanted = match.start("typed"), fold(typed.lstrip('"'))
    if not field:
        return _names(wanted, start, at, limit) if wanted else []
    kind = FIELDS.get(field)
    if kind is None:
        return []
    known = list(_known(kind, field) or values(kind, field))
    likely = [value for value in known if fold(value.text).startswith(wanted)]
    begun = [value for value in known if value not in likely and _begins(value.text, wanted)]
    held = [value for value in known if value not in likely and value not in begun and wanted in fold(value.text)]
    return [
        Completion(start, at, _written(value.text) + " ", f"{value.count:,}" if value.count else "")
        for value in [*likely, *begun, *held][:limit]
        if fold(value.text) != wanted or typed.startswith('"')
    ]


def _names(wanted: str, start: int, at: int, limit: int) -> list[Completion]:
    found = [name for name in FIELDS if name.startswith(wanted)]
    found += [alias for alias in ALIASES if alias.startswith(wanted) and ALIASES[alias] not in found]
    return [Completion(start, at, f"{name}:", SUMMARIES[ALIASES.get(name, name)]) for name in found[:limit]]


def _known(kind: Kind, field: str) -> Sequence[Value]:
    """The values that are the same in every library."""
    choices: tuple[str, ...] = CHOICES.get(kind, ())
    if kind == "date":
        choices = DATES
    elif kind == "directive":
        choices = {"sort": SORTS, "group": GROUPS, "limit": ("10", "20", "50", "100")}[field]
    elif kind == "number":
        choices = (">0", "0") if field != "words" else (">300", "<300", ">1000")
    return [Value(choice) for choice in choices]


def _begins(text: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in re.split(r"[\s/]+", fold(text)))


def _written(value: str) -> str:
    plain = value.startswith('"') or not any(char.isspace() or char in '()"|' for char in value)
    return value if plain else quoted(value)
