import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newstui.export.front_matter import Value, change_front, merge_tags, render_front

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(rendered: str) -> Any:
    return yaml.safe_load(rendered.removeprefix("---\n").removesuffix("---\n"))


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_any_text_reads_back(title: str, tags: list[str]) -> None:
    assert read(render_front({"title": title, "tags": tuple(tags)})) == {"title": title, "tags": tags}


@pytest.mark.parametrize("title", ["yes", "null", "2016-08-10", "0x1F", "1e3", "a: b", "a\nb", "", "~", "12:30:45"])
def test_what_would_change_its_type_is_quoted(title: str) -> None:
    assert read(render_front({"title": title})) == {"title": title}


def test_a_date_is_a_date_and_plain_words_stay_bare() -> None:
    front: dict[str, Value] = {
        "title": "A plain title, with a comma",
        "published": datetime.date(1998, 5, 17),
        "url": "http://a.example/b",
    }
    assert render_front(front) == (
        "---\ntitle: A plain title, with a comma\npublished: 1998-05-17\nurl: http://a.example/b\n---\n"
    )


def test_unknown_keys_comments_and_order_stay() -> None:
    lines = ["mine: [1, 2]  # x\n", "# a comment\n", "title: 'Old'\n", "aliases:\n", "  - a\n"]
    change = change_front(lines, {"title": "New", "source": "S"}, None, "\n")
    assert "".join(change.lines) == ("mine: [1, 2]  # x\n# a comment\ntitle: New\nsource: S\naliases:\n  - a\n")


def test_an_equal_value_in_another_style_stays_as_it_is() -> None:
    lines = ["tags:\r\n", "  - a\r\n", "  - 'b'\r\n", 'title: "T"\r\n']
    assert change_front(lines, {"title": "T", "tags": ("a", "b")}, ["a", "b"], "\r\n").lines == tuple(lines)


def test_a_block_list_stays_a_block_list() -> None:
    change = change_front(["tags:\n", "  - mine\n", "  - old\n"], {"tags": ("new",)}, ["old"], "\n")
    assert "".join(change.lines) == "tags:\n  - mine\n  - new\n"


@pytest.mark.parametrize("broken", ["title: [", "- a list\n", "a: 2016-13-45\n"])
def test_front_matter_that_cannot_be_read_is_left_and_said(broken: str) -> None:
    change = change_front([broken], {"title": "T"}, None, "\n")
    assert change.lines == (broken,)
    assert change.problem


@pytest.mark.parametrize(
    ("in_file", "ours", "written", "merged"),
    [
        (["a", "mine"], ("a", "b"), ["a"], ("a", "mine", "b")),  # new in newstui
        (["mine"], ("a",), ["a"], ("mine",)),  # taken off by the user
        (["a", "mine"], (), ["a"], ("mine",)),  # dropped in newstui
        (["mine"], ("a",), None, ("mine", "a")),  # nothing known
    ],
)
def test_tags_are_merged_three_ways(
    in_file: list[str], ours: tuple[str, ...], written: list[str] | None, merged: tuple[str, ...]
) -> None:
    assert merge_tags(in_file, ours, written) == merged
