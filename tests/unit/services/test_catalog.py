"""The list of articles: order by several keys, and rows that are made when they are looked at."""

from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.model import Article
from newstui.services.catalog import SORT_KEYS, Row, Rows
from newstui.services.views import BUILT_IN
from newstui.store import Store, new_id
from newstui.workspace import Workspace

MADE = (("Beta", "Rudaw", "2016-08"), ("alpha", "AP", "2016-08"), ("Gamma", "AP", "2015"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Store.open(tmp_path / "library", create=True) as store:
        text = store.add_text("Words.")
        store.commit(
            "Import",
            [Article(new_id(), title, text, 1, source=source, published=date) for title, source, date in MADE],
        )
    return Workspace.open(tmp_path / "library")


def titles(workspace: Workspace, sort: str) -> list[str]:
    return [row.article.title for row in workspace.catalog.rows(sort=sort)]


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("title", ["alpha", "Beta", "Gamma"]),
        ("-title", ["Gamma", "Beta", "alpha"]),
        ("source -date title", ["alpha", "Gamma", "Beta"]),
        ("-date title", ["alpha", "Beta", "Gamma"]),
        ("-source date", ["Beta", "Gamma", "alpha"]),
        ("added", ["Beta", "alpha", "Gamma"]),
    ],
)
def test_several_keys_sort_each_within_the_one_before(workspace: Workspace, sort: str, wanted: list[str]) -> None:
    with workspace:
        assert titles(workspace, sort) == wanted


def test_every_key_that_is_named_sorts_and_another_is_refused(workspace: Workspace) -> None:
    with workspace:
        assert all(len(titles(workspace, key)) == len(MADE) for key in SORT_KEYS)
        with pytest.raises(UsageError, match="sorted by 'beauty'; take one of date, added"):
            titles(workspace, "beauty")


def test_what_has_no_date_counts_as_of_the_day_it_came_in(workspace: Workspace) -> None:
    with workspace:
        new = Article(new_id(), "New", workspace.store.all(Article)[0].text, 1, added="2016-01-01T00:00:00Z")
        workspace.store.commit("Import", [new])
        assert titles(workspace, "-date title") == ["alpha", "Beta", "New", "Gamma"]
        assert titles(workspace, "-date") == ["Beta", "alpha", "New", "Gamma"]


@pytest.mark.parametrize("query", [query for query in BUILT_IN.values() if query])
def test_a_view_that_is_always_there_lists_what_the_search_finds(workspace: Workspace, query: str) -> None:
    with workspace:
        first, second, third = (row.article.id for row in workspace.catalog.rows())
        workspace.catalog.star([first, second], True)
        workspace.catalog.archive([second, third], True)
        workspace.reading.mark_read([first], True)
        for deleted in ((), (second,), (first, third)):
            workspace.catalog.trash(deleted)
            assert {row.article.id for row in workspace.catalog.rows(query)} == workspace.searching.matches(query)
            workspace.catalog.restore(deleted)


def test_a_change_is_seen_by_the_next_look(workspace: Workspace) -> None:
    with workspace:
        before = workspace.catalog.rows(sort="title")
        workspace.catalog.star([before[2].article.id], True)
        after = workspace.catalog.rows(sort="-starred title")
        assert [row.article.starred for row in after] == [True, False, False]
        assert after[0].article.title == "Gamma"
        assert workspace.catalog.unread(after.ids) == 3
        workspace.reading.mark_read(after.ids[:2], True)
        assert workspace.catalog.unread(after.ids) == 1


def test_only_the_rows_looked_at_are_made_and_each_once() -> None:
    made: list[str] = []

    def build(id_: str) -> Row:
        made.append(id_)
        return Row(Article(id_, "", ""), 0, 0, (), 0.0, "unread", "")

    rows = Rows([str(number) for number in range(1000)], build)
    assert rows[7] is rows[7]
    assert len(rows[10:20]) == 10
    assert made == ["7"]
