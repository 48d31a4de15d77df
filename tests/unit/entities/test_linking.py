"""Which names mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.entities.linking import cluster, fold_name, key_of, link
from newstui.model import Mention, Span


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ("Recep Tayyip Erdogan", "Erdoğan", "PERSON"),
        ("Mevlut Cavusoglu", "Çavuşoğlu’s", "PERSON"),
        ("Vladimir Putin", "President Putin", "PERSON"),
        ("John Smith", "J. Smith", "PERSON"),
        ("United Nations", "UN", "ORG"),
        ("National Intelligence Organization", "NIO", "ORG"),
        ("Acme Inc.", "Acme", "ORG"),
        ("United States", "U.S.", "GPE"),
        ("Turkey", "TURKEY", "GPE"),
        ("Hurricane Dorian", "Dorian", "EVENT"),
    ],
)
def test_names_of_one_thing_are_one(one: str, other: str, label: str) -> None:
    first, second = cluster([(one, label), (other, label)])
    assert first == second


@pytest.mark.parametrize(
    ("one", "other", "labels"),
    [
        ("John Smith", "Mary Smith", ("PERSON", "PERSON")),
        ("Georgia", "Georgian", ("GPE", "NORP")),
        ("Turkey", "Russia", ("GPE", "GPE")),
        ("United Nations", "NATO", ("ORG", "ORG")),
        ("Washington", "Washington", ("PERSON", "GPE")),
    ],
)
def test_names_of_two_things_are_two(one: str, other: str, labels: tuple[str, str]) -> None:
    first, second = cluster([(one, labels[0]), (other, labels[1])])
    assert first != second


@pytest.mark.parametrize("name", ["U.S.", "USA", "AMERICA", "the United States"])
def test_a_country_is_one_in_the_library_by_whatever_name(name: str) -> None:
    assert key_of("GPE", name) == key_of("GPE", "United States")
    assert key_of("ORG", name) != key_of("GPE", "United States")


def test_parts_of_a_country_are_not_one() -> None:
    names = ["England", "Wales", "Britain", "Gaza", "West Bank"]
    assert len(set(cluster([(name, "GPE") for name in names]))) == len({key_of("GPE", n) for n in names}) == len(names)


def test_a_surname_of_two_persons_means_the_one_named_last() -> None:
    names = ["John Smith", "Smith", "Mary Smith", "Smith"]
    numbers = cluster([(name, "PERSON") for name in names])
    assert numbers[1] in (numbers[0], numbers[2])


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["PERSON", "ORG", "GPE", "NORP"])), max_size=12))
def test_any_names_are_grouped_and_equal_ones_together(names: list[tuple[str, str]]) -> None:
    numbers = cluster(names)
    assert len(numbers) == len(names)
    for name, number in zip(names, numbers, strict=True):
        assert numbers[names.index(name)] == number


def test_an_entity_has_its_fullest_name_and_the_others_as_aliases() -> None:
    text = "ERDOGAN spoke. Recep Tayyip Erdogan left. Erdogan’s plane."
    spans = [(0, 7), (15, 35), (42, 49)]
    entities = link([Mention(Span(*span), "PERSON") for span in spans], text)
    assert [(e.name, e.aliases, len(e.mentions)) for e in entities] == [
        ("Recep Tayyip Erdogan", ("ERDOGAN", "Erdogan"), 3)
    ]
    assert entities[0].key == f"PERSON:{fold_name('recep tayyip erdoğan')}"
