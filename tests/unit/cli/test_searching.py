"""The query language on the command line: lists, searches, batches, and what is said before much is changed."""

import csv
import io
import json
from pathlib import Path

import pytest

from newstui.services.searching import Searching
from tests.unit.cli.conftest import Run


def test_a_query_orders_and_limits_a_list(run: Run) -> None:
    titles = [json.loads(line)["title"] for line in run("list", "sort:title", "--json").stdout.splitlines()]
    assert titles == sorted(titles)
    assert len(titles) > 1
    assert len(run("list", "sort:title limit:1").stdout.splitlines()) == 1


def test_no_more_than_the_limit_of_a_query_is_listed_or_changed(run: Run) -> None:
    assert run("highlight", "z9x7", "--quote", "but the order of things was").exit_code == 0
    every = [json.loads(line)["ref"] for line in run("notes", "--json").stdout.splitlines()]
    assert len(every) == 2
    assert [json.loads(line)["ref"] for line in run("notes", "limit:1", "--json").stdout.splitlines()] == every[:1]
    assert run("tag", "+picked", "--yes", "--", "sort:title limit:1").exit_code == 0
    (picked,) = run("list", "tag:picked").stdout.splitlines()
    assert picked.split()[0] == run("list", "sort:title").stdout.split()[0]


def test_a_batch_says_who_occurs_where_and_who_does_not(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text('telegraph\n\n; a remark\n"no such person"\nis:unred\n', encoding="utf-8")
    done = run("search", "--batch", str(names))
    found, missing, _ = done.stdout.splitlines()
    assert found.split()[:2] == ["1", "telegraph"]
    assert "z9x7" in found
    assert missing.split() == ["0", '"no', "such", 'person"', "-"]
    assert "did you mean is:unread" in done.stderr
    rows = [json.loads(line) for line in run("search", "--batch", str(names), "--json").stdout.splitlines()]
    assert rows[0]["articles"].keys() == {"z9x7"}
    assert rows[0]["places"] == sum(rows[0]["articles"].values()) > 0


def test_a_batch_takes_misspelled_words_and_survives_a_line_that_fails(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("nothng was lsot\nunlucky\ntelegraph\n", encoding="utf-8")
    matches = Searching.matches

    def matches_but_one(self: Searching, query: str) -> set[str]:
        if query == "unlucky":
            raise IndexError("list index out of range")
        return matches(self, query)

    monkeypatch.setattr(Searching, "matches", matches_but_one)
    done = run("search", "--batch", str(names))
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["1", "0", "1"]
    assert "unlucky: could not be asked" in done.stderr


def test_a_batch_makes_a_table_that_no_spreadsheet_runs(run: Run, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("telegraph\n=1+1\n", encoding="utf-8")
    done = run("search", "--batch", str(names), "--table")
    heads, first, second = csv.reader(io.StringIO(done.stdout))
    assert heads[0] == ""
    assert heads[1].startswith("z9x7 ")
    assert first[0] == "telegraph"
    assert int(first[1]) > 0
    assert second[0] == "'=1+1"


@pytest.mark.parametrize("arguments", [("search",), ("search", "  ")])
def test_a_search_needs_something_to_look_for(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "--batch" in done.stderr


def test_how_many_match_is_said_before_they_are_tagged(run: Run) -> None:
    count = len(run("list").stdout.splitlines())
    done = run("tag", "+all", "--", "words:>0")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[0] == f"{count} articles match."


def test_the_index_is_built_beforehand(run: Run) -> None:
    count = len(run("list").stdout.splitlines())
    assert run("index").stderr == f"Indexed {count} articles.\n"
