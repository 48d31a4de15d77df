"""Golden rankings, to be read and agreed with: which passage comes first, and what never stands above what."""

import pytest

from newstui.search.index import SearchIndex
from newstui.search.segment import Unit

TEXTS = {
    "talks": "Recep Tayyip Erdoğan met Vladimir Putin in St. Petersburg. The ceasefire in Syria was on the table.",
    "letter": "Fethullah Gülen denied it in a letter; Hakan Fidan of the MIT said nothing of a coup attempt.",
    "truce": "A cease-fire, the third of the year, was broken in Lattakia before noon, said the Da'esh desk.",
    "bank": "The bank of the river was barely visible. Bayley waited on the bank, and the bank waited for Bayley.",
    "rare": "Nobody had heard of Erdogmus before. He sold telegraph wire.",
    "wire": "The telegraph was faster than the telegraphist, and telegraphy outlived both.",
    "typo": "Mesut drew the map. The telegrpah office had misspelled its own sign.",
    "saint": "Petersburg, Virginia, is not the city of the tsars; the fidelity of the copy is.",
}
TITLES = {"talks": "Talks on the Neva", "wire": "Wires", "rare": "A telegraph story"}
NOTE = Unit("bank", "note", "compare the ceasefire wording", "n1")
TAG = Unit("letter", "tag", "telegraph")


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    units = [Unit(id_, "text", text) for id_, text in TEXTS.items()]
    units += [Unit(id_, "title", title) for id_, title in TITLES.items()]
    return SearchIndex([*units, NOTE, TAG])


def ranked(index: SearchIndex, query: str) -> list[str]:
    return [f"{hit.unit.article} {hit.unit.text[hit.start : hit.end]}" for hit in index.search(query, 10)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("erdgoan", "talks Erdoğan"),
        ("erdogan", "talks Erdoğan"),
        ("fetullah gulen", "letter Fethullah Gülen"),
        ("hakan fidna", "letter Hakan Fidan"),
        ("fidna", "letter Fidan"),
        ("st petersburg", "talks St. Petersburg"),
        ("coup atempt", "letter coup attempt"),
        ("cease fire", "truce cease-fire"),
        ("cease fire syria", "talks ceasefire in Syria"),
        ("ceasfire", "bank ceasefire"),
        ("daesh", "truce Da'esh"),
        ("latakia", "truce Lattakia"),
        ("putin erdogan", "talks Erdoğan met Vladimir Putin"),
        ("bayely", "bank Bayley"),
        ("bank of the river", "bank bank of the river"),
        ("putn", "talks Putin"),
        ("tayyip erd", "talks Tayyip Erdoğan"),
        ("tayip erdgo", "talks Tayyip Erdoğan"),
    ],
)
def test_the_passage_that_is_meant_comes_first(index: SearchIndex, query: str, first: str) -> None:
    assert ranked(index, query)[0] == first


def test_as_typed_then_begun_so_then_misspelled_and_titles_and_tags_before_texts(index: SearchIndex) -> None:
    assert ranked(index, "telegraph") == [
        "rare telegraph", "letter telegraph", "rare telegraph", "wire telegraph", "typo telegrpah",
    ]  # fmt: skip


def test_a_word_begun_is_found_whole_before_it_is_found_misspelled(index: SearchIndex) -> None:
    tiers = [hit.tier for hit in index.search("telegrap", 10)]
    assert tiers == sorted(tiers)
    assert ranked(index, "telegrap")[-1].startswith("typo")


def test_both_words_come_before_one_of_them(index: SearchIndex) -> None:
    assert ranked(index, "ceasefire noon")[0].startswith("truce")
    assert [hit.absent for hit in index.search("ceasefire noon", 10)][:2] == [0, 1]


def test_letters_that_changed_places_are_likelier_than_one_too_many() -> None:
    texts = {"one": "Their licenses had run out.", "two": "No licensees came.", "three": "A licensee left."}
    index = SearchIndex([Unit(id_, "text", text) for id_, text in texts.items()])
    assert ranked(index, "licensese")[0] == "two licensees"


def test_a_word_that_is_known_as_it_is_typed_is_hardly_taken_for_another() -> None:
    texts = {"said": "The prime minister was asked.", "meant": "No prime minister who says that a war can be won."}
    texts |= {f"war {number}": "It was a war." for number in range(3)}
    texts |= {f"other {number}": "The prime minister slept." for number in range(3)}
    index = SearchIndex([Unit(id_, "text", text) for id_, text in texts.items()])
    assert ranked(index, "prime minster war")[0] == "meant prime minister who says that a war"


def test_a_note_is_named_as_one(index: SearchIndex) -> None:
    (hit,) = index.search("ceasefire wording", 1)
    assert (hit.unit.field, hit.unit.annotation) == ("note", "n1")
