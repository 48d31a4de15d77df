"""Completion of queries: fields, then their values, the likeliest first."""

from collections.abc import Iterable

import pytest

from newstui.search.completing import Value, complete_query
from newstui.search.fields import FIELDS, SUMMARIES, Kind

KNOWN = {
    "tag": [Value("nato", 12), Value("alliance/nato", 3), Value("todo later", 2)],
    "entity": [Value("Recep Tayyip Erdoğan", 61), Value("Ankara", 9)],
    "name": [Value("Rudaw", 40), Value("Reuters", 7)],
    "slot": [Value("claim")],
}


def values(kind: Kind, field: str) -> Iterable[Value]:
    return KNOWN.get(kind, ())


def completed(query: str, at: int | None = None) -> list[str]:
    place = len(query) if at is None else at
    found = complete_query(query, place, values)
    return [query[: each.start] + each.text + query[each.end :] for each in found]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ta", "tag:"),
        ("coup au", "coup author:"),
        ("-so", "-source:"),
        ("#na", "#nato "),
        ("tag:todo", 'tag:"todo later" '),
        ("-tag:na", "-tag:nato "),
        ("(tag:all", "(tag:alliance/nato "),
        ("@erd", '@"Recep Tayyip Erdoğan" '),
        ("person:tayyip", 'person:"Recep Tayyip Erdoğan" '),
        ("from:ru", "from:Rudaw "),
        ("is:unr", "is:unread "),
        ("has:n", "has:note "),
        ("in:q", "in:quotes "),
        ("sort:-d", "sort:-date "),
        ("after:to", "after:today "),
        ("color:", "color:claim "),
        ('@"recep ta', '@"Recep Tayyip Erdoğan" '),
    ],
)
def test_what_is_meant_comes_first(query: str, first: str) -> None:
    assert completed(query)[0] == first


@pytest.mark.parametrize("query", ["", "coup ", "zzz", "nofield:x", '"in a phrase', "tag:zzz", "http://ta"])
def test_where_nothing_is_meant_nothing_is_offered(query: str) -> None:
    assert completed(query) == []


def test_the_word_before_the_cursor_is_completed_and_the_rest_stays() -> None:
    assert completed("tag:na ceasefire", 6)[0] == "tag:nato  ceasefire"


def test_counts_are_told() -> None:
    assert [each.told for each in complete_query("tag:na", 6, values)] == ["12", "3"]


def test_every_field_says_what_it_is_for() -> None:
    assert SUMMARIES.keys() == FIELDS.keys()
