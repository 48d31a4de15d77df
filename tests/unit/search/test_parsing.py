"""The query language: examples, and that any string is a query."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.search.parsing import parse_query
from newstui.search.query import print_query

SAME = [
    "turkey russia ceasefire", "author:rudaw before:2016-09 after:2016-08-01", "10:30", "C++ & C#", "- foo", "#", "@",
    'text:/shoot-?down/ gül* =coup "gulen coup"~10', "\\", '💥 "ÇAVUŞOĞLU"', "tag:-x", "title:is:unread", "*fire*",
    '~"two words"',
]  # fmt: skip
PRINTED = {
    "#nato -#todo": "tag:nato NOT tag:todo",
    '@"Recep Tayyip Erdogan" AND @Putin': 'entity:"Recep Tayyip Erdogan" entity:Putin',
    "tag:(nato OR eu) -is:archived": "(tag:nato OR tag:eu) NOT is:archived",
    "a b OR c": "(a b) OR c",
    "words>300 progress:<100": "words:>300 progress:<100",
    "-@gulen -tag:x -/re/": "NOT entity:gulen NOT tag:x NOT /re/",
    "(turkey OR russia) -syria sort:-date limit:20": "(turkey OR russia) NOT syria sort:-date limit:20",
    "-(a b)": "NOT (a b)",
    "NOT NOT x": "x",
    "a AND OR b": "a OR b",
    "from:rudaw since:2016": "source:rudaw after:2016",
    "until:2016": "date:<=2016",
    "http://www.example.org": '~"http://www.example.org"',
    '"unterminated': '"unterminated"',
    'x"y"': 'x "y"',
    "date:<(=x)": 'date:<~"=x"',
}
PROBLEMS = {
    "is:": "needs a value",
    "tag:": "needs a value",
    "(": "missing",
    "a)": "no (",
    "auther:rudaw": "did you mean author:",
    "tga:nato": "did you mean tag:",
    "is:unred": "did you mean is:unread",
    "has:notes": "did you mean has:note",
    "/[/": "no regular expression",
    "date:2016-13": "no date",
    "words:many": "no number",
}
PIECES = [
    *'ab"()|-!#@:/\\*=<>~.0é\t\n ', "AND", "OR", "NOT", "tag:", "is:", "date:", "title:(",
]  # fmt: skip


@pytest.mark.parametrize("query", SAME)
def test_a_canonical_query_prints_as_it_is(query: str) -> None:
    assert print_query(parse_query(query)) == query
    assert parse_query(query).problems == ()


@pytest.mark.parametrize(("query", "printed"), PRINTED.items())
def test_a_query_prints_in_its_canonical_form(query: str, printed: str) -> None:
    assert print_query(parse_query(query)) == printed


@pytest.mark.parametrize(("query", "sentence"), PROBLEMS.items())
def test_what_is_not_understood_is_said(query: str, sentence: str) -> None:
    assert sentence in parse_query(query).problems[0].sentence


def check(query: str) -> None:
    parsed = parse_query(query)
    printed = print_query(parsed)
    again = parse_query(printed)
    assert again == parsed
    assert print_query(again) == printed
    for problem in parsed.problems:
        assert 0 <= problem.offset <= problem.offset + problem.length <= len(query)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_any_mix_of_signs_parses_and_prints_as_a_fixpoint(query: str) -> None:
    check(query)


@pytest.mark.parametrize("count", [2000, pytest.param(40_000, marks=pytest.mark.slow)])
def test_random_strings_parse_and_print_as_a_fixpoint(count: int) -> None:
    random = Random(5)
    for _ in range(count):
        check("".join(random.choice(PIECES) + random.choice(["", " "]) for _ in range(random.randint(1, 24))))


@given(st.text())
def test_any_text_parses_and_prints_as_a_fixpoint(query: str) -> None:
    check(query)


@pytest.mark.parametrize("query", [*SAME, *PRINTED, *PROBLEMS])
def test_every_beginning_of_a_query_parses(query: str) -> None:
    for end in range(len(query) + 1):
        check(query[:end])


@pytest.mark.parametrize(
    "query", ["(" * 10_001, "NOT " * 5000 + "x", "w " * 20_000, "tag:(" * 3000, "-" * 40_000 + "x"]
)
def test_huge_queries_take_no_time_and_no_stack(query: str) -> None:
    started = time.process_time()
    print_query(parse_query(query))
    assert time.process_time() - started < 0.5
