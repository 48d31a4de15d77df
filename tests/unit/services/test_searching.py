"""Searching a library: what is found, and that changes are found at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.model import Article, EntityCount, Span
from newstui.search.query import tag_query
from newstui.services.names import NameIndex
from newstui.store import Store, new_id
from newstui.workspace import Workspace

BODY = "Ankara denied it. “We do not see this as a move against NATO,” the minister said.\n\nMoscow agreed at noon."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Store.open(tmp_path / "library", create=True) as store:
        sha = store.add_text(BODY)
        other = store.add_text("Nothing happened in Geneva.")
        articles = [
            Article(new_id(), "Mechanism agreed", sha, 18, source="Rudaw", published="2016-08-10"),
            Article(new_id(), "Quiet day", other, 4, source="Reuters", published="2016-09-01"),
        ]
        store.commit("Import", articles)
    with Workspace.open(tmp_path / "library") as opened:
        yield opened


def first(workspace: Workspace) -> Article:
    return workspace.store.all(Article)[0]


def titles(workspace: Workspace, query: str) -> list[str]:
    return [row.article.title for row in workspace.catalog.rows(query)]


def test_a_new_note_is_found_at_once_and_a_deleted_one_no_more(workspace: Workspace) -> None:
    assert workspace.searching.search("communique").hits == ()
    note = workspace.annotating.highlight(first(workspace).id, Span(19, 63), note="check the communiqué", tags=["nato"])
    hit = workspace.searching.search("communique").hits[0]
    assert (hit.kind, hit.annotation_id) == ("note", note.id)
    workspace.annotating.remove([note.id])
    assert workspace.searching.search("communique").hits == ()


def test_a_marked_passage_is_shown_once_as_quote(workspace: Workspace) -> None:
    workspace.annotating.highlight(first(workspace).id, Span(19, 63))
    hits = workspace.searching.search("move against nato").hits
    assert [hit.kind for hit in hits] == ["quote"]
    assert hits[0].span.slice(BODY) == "move against NATO"
    snippet = hits[0].snippet
    assert snippet.marks[0].slice(snippet.text) == "move against NATO"


def test_scopes_narrow_a_search(workspace: Workspace) -> None:
    workspace.annotating.highlight(first(workspace).id, Span(0, 17), note="Geneva?")
    assert {hit.kind for hit in workspace.searching.search("geneva").hits} == {"note", "text"}
    assert {hit.kind for hit in workspace.searching.search("geneva", 50, frozenset({"note"})).hits} == {"note"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source:rudaw", ["Mechanism agreed"]),
        ("NOT source:rudaw", ["Quiet day"]),
        ("before:2016-09", ["Mechanism agreed"]),
        ("after:2016-09", ["Quiet day"]),
        ("date:2016", ["Quiet day", "Mechanism agreed"]),
        ("words:>10", ["Mechanism agreed"]),
        ("tag:alliance", ["Mechanism agreed"]),
        ("tag=alliance", []),
        ("has:note", ["Mechanism agreed"]),
        ("highlights:0", ["Quiet day"]),
        ("color:blue", ["Mechanism agreed"]),
        ("is:unread moscow", ["Mechanism agreed"]),
        ("geneva OR moscow", ["Quiet day", "Mechanism agreed"]),
        ('"agreed at noon"', ["Mechanism agreed"]),
        ('"noon at"', []),
        ("title:quiet", ["Quiet day"]),
        ("text:quiet", []),
        ("note:compare", ["Mechanism agreed"]),
        ("is:nonsense", ["Quiet day", "Mechanism agreed"]),
    ],
)
def test_filters_are_strict(workspace: Workspace, query: str, expected: list[str]) -> None:
    workspace.annotating.highlight(first(workspace).id, Span(0, 17), tags=["alliance/nato"], note="Compare", color=2)
    assert titles(workspace, query) == expected


def test_highlights_are_listed_by_their_own_words_and_by_their_article(workspace: Workspace) -> None:
    one = workspace.annotating.highlight(first(workspace).id, Span(0, 17), tags=["claim"])
    two = workspace.annotating.highlight(first(workspace).id, Span(83, 105), note="time?")
    assert workspace.searching.annotations("tag:claim") == [one]
    assert workspace.searching.annotations("ankara") == [one]
    assert workspace.searching.annotations("has:note source:rudaw") == [two]
    assert workspace.searching.annotations("source:rudaw") == [one, two]
    assert workspace.searching.annotations("title:mechanism") == [one, two]


@pytest.mark.parametrize(
    "tag", ["claim", "a/b", "two words", 'so "called"', "x(y)", "a|b", "z*", "=z", "~c", "-e", "OR", "c\\d"]
)
def test_a_tag_is_asked_for_whatever_signs_it_has(workspace: Workspace, tag: str) -> None:
    one = workspace.annotating.highlight(first(workspace).id, Span(0, 17), tags=[tag])
    workspace.annotating.highlight(first(workspace).id, Span(83, 105), tags=["zone", "so", "x", "a", "y", "c"])
    assert workspace.searching.annotations(tag_query(tag)) == [one]
    assert workspace.searching.tagged(tag, "") == [one.id]


def test_a_misspelling_is_named(workspace: Workspace) -> None:
    assert workspace.searching.search("moscwo").corrections == (("moscwo", "Moscow"),)


def test_a_word_found_in_several_spellings_is_named_once(workspace: Workspace) -> None:
    for words, note in (
        (Span(0, 17), "ERDOGAN came"),
        (Span(19, 63), "so did Erdogan"),
        (Span(83, 105), "Erdoğan left"),
    ):
        workspace.annotating.highlight(first(workspace).id, words, note=note)
    result = workspace.searching.search("erdogn")
    assert len(result.hits) == 3
    ((typed, written),) = result.corrections
    assert typed == "erdogn"
    assert written in ("Erdogan", "Erdoğan")


def test_hits_asked_for_in_an_unknown_order_come_with_a_hint(workspace: Workspace) -> None:
    assert workspace.searching.search("moscow sort:-date").problems == ()
    result = workspace.searching.search("moscow sort:colour")
    assert result.hits
    assert "date, title, source, added" in str(result.problems[0])


def test_laws_of_and_or_and_not(workspace: Workspace) -> None:
    matches = workspace.searching.matches
    for a in ("moscow", "source:reuters", "day", "tag:none"):
        assert matches(f"{a} geneva") <= matches(a) <= matches(f"{a} OR geneva")
        assert matches(f"NOT NOT {a}") == matches(a)
        assert matches(a) | matches(f"NOT {a}") == matches("")
        assert not matches(a) & matches(f"NOT {a}")


def test_names_are_hits_and_are_asked_for_by_any_spelling(workspace: Workspace) -> None:
    article = first(workspace)
    count = EntityCount("k", "PERSON", "Recep Tayyip Erdoğan", ("Erdogan",), 5, (article.id,))
    workspace.searching.names = NameIndex(workspace.store, lambda _: [count])
    assert titles(workspace, "@erdogan") == [article.title]
    assert titles(workspace, "person:tayyip") == [article.title]
    assert titles(workspace, "@erdgoan") == [article.title]
    assert titles(workspace, "org:erdogan") == []
    assert titles(workspace, "has:entity") == [article.title]
    (hit,) = workspace.searching.search("erdogan").hits
    assert (hit.kind, hit.annotation_id, hit.tier) == ("entity", "k", 0)
    assert hit.snippet.text == "Recep Tayyip Erdoğan  PERSON  5 in 1 article"


def test_terms_that_are_no_words_are_shown_where_they_stand(workspace: Workspace) -> None:
    for query, found in {
        '"against NATO"': "against NATO",
        r"/agr\w+ at/": "agreed at",
        "*inist*": "inist",
        '"moscow noon"~4': "Moscow agreed at noon",
        "minist*": "minister",
        '~"agaisnt nato"': "against NATO",
        "text:moscow": "Moscow",
    }.items():
        (hit,) = workspace.searching.search(query).hits
        assert hit.span.slice(BODY) == found, query


def test_directives_order_and_limit_hits_and_scopes_are_asked_for_in_words(workspace: Workspace) -> None:
    workspace.annotating.highlight(first(workspace).id, Span(0, 17), note="day")
    by_date = workspace.searching.search("day sort:date").hits
    dates = [workspace.store.get(Article, hit.article_id).published for hit in by_date]
    assert dates == sorted(dates)
    assert len(workspace.searching.search("day limit:1").hits) == 1
    assert {hit.kind for hit in workspace.searching.search("day in:notes").hits} == {"note"}


def test_a_search_that_was_given_up_finds_nothing(workspace: Workspace) -> None:
    assert workspace.searching.search("moscow", cancelled=lambda: True).hits == ()


def test_values_of_a_query_are_completed_from_the_library(workspace: Workspace) -> None:
    workspace.annotating.highlight(first(workspace).id, Span(0, 17), tags=["alliance/nato"])
    for query, offered in {"tag:na": "alliance/nato ", "source:ru": "Rudaw ", "color:": "gold "}.items():
        completions = workspace.completing.complete(query, len(query))
        assert offered in [each.text for each in completions], completions


def test_a_pattern_that_runs_away_ends_and_says_so_and_is_refused_where_all_must_be_known(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = workspace.store
    store.commit("Import", [Article(new_id(), "Run", store.add_text("a" * 60 + "b"), 1)])
    monkeypatch.setattr("newstui.search.conditions.TEXT_SECONDS", 0.05)
    runaway = "/(a|aa)+$/"
    assert "takes too long" in workspace.searching.search(runaway).problems[0].sentence
    for query in (runaway, f"NOT {runaway}"):
        with pytest.raises(UsageError, match="takes too long"):
            workspace.searching.matches(query)
    assert titles(workspace, "/agreed at n.on/") == ["Mechanism agreed"]


def test_a_pattern_over_many_texts_gives_what_it_has_found_in_time(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newstui.services.searching.SEARCH_SECONDS", 0.0)
    result = workspace.searching.search("/happened/")
    assert result.hits == ()
    assert "not all texts" in str(result.problems[0])
    assert titles(workspace, "/happened/") == ["Quiet day"]
