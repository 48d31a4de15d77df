"""The index: what is found, in which order, and where exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.search.finding import find_all
from newstui.search.index import SearchIndex
from newstui.search.query import Term
from newstui.search.segment import Unit

TEXTS = {
    "a": "President Erdoğan agreed to a ceasefire in Syria on Tuesday.",
    "b": "The cease fire was broken by noon; Cavusoglu denied it.",
    "c": "A letter from St. Petersburg about the telegraph and its clerks.",
    "d": "Telegraphs everywhere, said the clerk of the bank of the river.",
    "e": "東京の新聞は電報を待っていた。",
}


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(Unit(id_, "text", text) for id_, text in TEXTS.items())


def found(index: SearchIndex, query: str) -> list[tuple[str, str]]:
    return [(hit.unit.article, hit.unit.text[hit.start : hit.end]) for hit in index.search(query, 10)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("erdogan", ("a", "Erdoğan")),
        ("ERDOĞAN", ("a", "Erdoğan")),
        ("erdogn", ("a", "Erdoğan")),
        ("erdgoan", ("a", "Erdoğan")),
        ("çavuşoğlu", ("b", "Cavusoglu")),
        ("cavusolgu", ("b", "Cavusoglu")),
        ("ceasefire", ("a", "ceasefire")),
        ("ceasfire", ("a", "ceasefire")),
        ("cease fire", ("b", "cease fire")),
        ("telegr", ("c", "telegraph")),
        ("telegraph", ("c", "telegraph")),
        ("petersburg letter", ("c", "letter from St. Petersburg")),
        ("bank of the river", ("d", "bank of the river")),
        ("新聞", ("e", "新聞")),
        ("電報を", ("e", "電報を")),
    ],
)
def test_the_passage_meant_comes_first(index: SearchIndex, query: str, first: tuple[str, str]) -> None:
    assert found(index, query)[0] == first


def test_words_as_typed_come_before_beginnings_and_those_before_misspellings(index: SearchIndex) -> None:
    assert [hit.tier for hit in index.search("telegraph", 10)] == [0, 1]
    joined = {hit.unit.article: hit.tier for hit in index.search("ceasefire", 10)}
    assert joined["a"] == 0
    assert joined["b"] == 2


def test_an_article_with_all_words_comes_before_one_that_misses_one(index: SearchIndex) -> None:
    hits = index.search("clerk river", 10)
    assert [hit.missed for hit in hits] == sorted(hit.missed for hit in hits)
    assert hits[0].unit.article == "d"


def test_words_far_apart_come_before_words_that_are_not_there() -> None:
    far = "The clerk wrote it down. " + "Nothing else happened that week at all. " * 6 + "The river rose."
    near = "The clerk of the port said nothing, and the clerk of the bank said less."
    index = SearchIndex([Unit("near", "text", near), Unit("far", "text", far)])
    first = index.search("clerk river", 5)[0]
    assert (first.unit.article, first.missed, first.absent) == ("far", 1, 0)


def test_what_was_read_differently_is_said(index: SearchIndex) -> None:
    assert index.search("erdogn", 1)[0].readings == (("erdogn", "Erdoğan"),)
    assert index.search("cease fire syria", 1)[0].readings == (("cease fire", "ceasefire"),)
    assert index.search("ceasefire noon", 1)[0].readings == (("ceasefire", "cease fire"),)


def test_changed_articles_are_found_anew_and_gone_ones_no_more() -> None:
    index = SearchIndex(Unit(id_, "text", text) for id_, text in TEXTS.items())
    index.replace({"a": [Unit("a", "text", "Nothing of it is left.")], "f": [Unit("f", "note", "Erdogan again", "n1")]})
    assert found(index, "erdogan") == [("f", "Erdogan")]
    assert found(index, "nothing left")[0][0] == "a"
    index.replace({"f": []})
    assert found(index, "erdogan") == []


@pytest.mark.parametrize(
    ("term", "articles"),
    [
        (Term("exact", "telegraph"), {"c"}),
        (Term("prefix", "telegr"), {"c", "d"}),
        (Term("part", "egrap"), {"c", "d"}),
        (Term("phrase", "the bank of the"), {"d"}),
        (Term("phrase", "bank the"), set()),
        (Term("near", "clerk river", 8), {"d"}),
        (Term("near", "said river", 3), set()),
        (Term("regex", r"St\. P\w+"), {"c"}),
        (Term("regex", "ERDO", ignore_case=True), {"a"}),
        (Term("word", "erdogan"), {"a"}),
        (Term("word", "ceasfire"), {"a"}),
        (Term("exact", "ceasfire"), set()),
    ],
)
def test_conditions_are_strict(index: SearchIndex, term: Term, articles: set[str]) -> None:
    assert {article for article, _ in index.units_with(term)} == articles


@pytest.mark.parametrize("query", ["", "   ", "…", "()", "a" * 10_000, "x y " * 500, "\ud800"])
def test_nothing_that_is_typed_fails(index: SearchIndex, query: str) -> None:
    assert isinstance(index.search(query, 10), list)


@given(st.text(max_size=60), st.text(max_size=12))
def test_hits_lie_inside_their_text(text: str, query: str) -> None:
    for hit in SearchIndex([Unit("x", "text", text)]).search(query, 5):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.text(alphabet="abcde ü\n", min_size=1, max_size=50), st.data())
def test_what_is_copied_from_a_text_is_found_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    needle = text[start:end]
    if needle.strip():
        spans = find_all(text, needle)
        first = start + len(needle) - len(needle.lstrip())
        assert any(low <= first < high for low, high in spans)


def test_a_phrase_is_found_over_a_line_break_and_without_its_accents() -> None:
    text = "Foreign Minister Mevlüt\nÇavuşoğlu spoke. MEVLUT CAVUSOGLU left."
    found = [text[start:end] for start, end in find_all(text, "mevlut cavusoglu")]
    assert found == ["Mevlüt\nÇavuşoğlu", "MEVLUT CAVUSOGLU"]
    assert [text[start:end] for start, end in find_all(text, "cavusolgu")] == ["Çavuşoğlu", "CAVUSOGLU"]
    assert find_all(text, "zebra") == []
    assert find_all("It was Mevlüt Çavuşoğlu.", "mevlt cavusolgu") == [(7, 23)]
