"""Where names begin and end, and which are none, whatever the model says of them."""

import pytest

from newstui.entities.dates import may_be_date
from newstui.entities.document import complete
from newstui.entities.ends import set_ends
from newstui.entities.rules import drop_impossible
from newstui.entities.tokens import parse_tokens
from newstui.model import Mention, Span


def marked(text: str, *names: str, margin: float = 100.0) -> list[Mention]:
    """Mentions of each `name/LABEL` wherever it stands."""
    found = []
    for each in names:
        name, _, label = each.rpartition("/")
        at = text.find(name)
        while at >= 0:
            found.append(Mention(Span(at, at + len(name)), label, margin))
            at = text.find(name, at + len(name))
    return sorted(found, key=lambda mention: mention.start)


def words(text: str, mentions: list[Mention]) -> list[str]:
    return [f"{mention.span.slice(text)}/{mention.label}" for mention in mentions]


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("the Supreme Court of Puerto Rico", ["Supreme Court/ORG", "Puerto Rico/GPE"],
         ["Supreme Court of Puerto Rico/ORG"]),
        ("Reuters of London", ["Reuters/ORG", "London/GPE"], ["Reuters/ORG", "London/GPE"]),
        ("the Warhol Foundation for the Visual Arts", ["Warhol Foundation/ORG", "Visual Arts/ORG"],
         ["Warhol Foundation for the Visual Arts/ORG"]),
        ("the University of California, San Diego", ["University of California/ORG", "San Diego/GPE"],
         ["University of California, San Diego/ORG"]),
        ("Mayor de Blasio spoke", ["Blasio/PERSON"], ["de Blasio/PERSON"]),
        ("Bill de Blasio", ["Bill/PERSON", "Blasio/PERSON"], ["Bill de Blasio/PERSON"]),
        ("Cyrus Vance, Jr., said", ["Cyrus Vance/PERSON"], ["Cyrus Vance, Jr./PERSON"]),
        ('Edward "Eddie" Van Halen', ["Edward/PERSON", "Van Halen/PERSON"], ['Edward "Eddie" Van Halen/PERSON']),
        ("Choi Youn-jin said", ["Choi Youn/PERSON"], ["Choi Youn-jin/PERSON"]),
        ("the Bush-led talks", ["Bush/PERSON"], ["Bush/PERSON"]),
        ("Lord Carloway ruled", ["Lord Carloway/PERSON"], ["Carloway/PERSON"]),
        ("claims Znak.com today", ["Znak/PERSON"], ["Znak.com/ORG"]),
        ("a Boeing 737 of Boeing", ["Boeing/ORG"], ["Boeing/ORG"]),
        ("the USS Ronald Reagan and HMS Ocean", ["Ronald Reagan/PERSON", "HMS Ocean/ORG"], []),
        ("Turkey’s Foreign Ministry, McDonald’s Corp", ["Turkey’s Foreign Ministry/ORG", "McDonald’s Corp/ORG"],
         ["Turkey/GPE", "Foreign Ministry/ORG", "McDonald’s Corp/ORG"]),
        ("((WSS)) Why?\n((WN)) So.\n((es)) no", ["WSS/ORG"], ["WSS/PERSON", "WN/ORG"]),
    ],
)  # fmt: skip
def test_ends(text: str, names: list[str], wanted: list[str]) -> None:
    assert words(text, set_ends(text, marked(text, *names))) == wanted


def test_no_name_lies_in_an_address_or_is_all_small_and_no_date_is_without_time() -> None:
    text = "See http://example.org/Ankara or max@gmail.com; Ankara, ankara, Safeway."
    mentions = marked(text, "Ankara/GPE", "gmail/ORG", "ankara/GPE", "Safeway/DATE")
    assert words(text, drop_impossible(text, mentions)) == ["Ankara/GPE"]


@pytest.mark.parametrize("date", ["Tuesday", "early May", "the 1990s", "two years ago", "Christmas Eve", "Ramadan"])
def test_what_may_be_a_date(date: str) -> None:
    assert may_be_date(date)


def test_a_doubtful_surname_is_the_person_named_in_full() -> None:
    text = "Valeska Paris sued. Paris won. Paris left."
    mentions = [*marked(text, "Valeska Paris/PERSON"), *marked(text[20:], "Paris/GPE", margin=50)]
    mentions = [mentions[0], *(Mention(Span(m.start + 20, m.end + 20), m.label, m.score) for m in mentions[1:])]
    assert words(text, complete(parse_tokens(text), mentions)) == [
        "Valeska Paris/PERSON", "Paris/PERSON", "Paris/PERSON",
    ]  # fmt: skip


def test_the_name_of_a_storm_is_a_storm_everywhere() -> None:
    text = "Hurricane Dorian came. Then Dorian went."
    mentions = marked(text, "Hurricane Dorian/EVENT", "Dorian/PERSON")
    assert words(text, complete(parse_tokens(text), [mentions[0], mentions[2]])) == [
        "Hurricane Dorian/EVENT", "Dorian/EVENT",
    ]  # fmt: skip


def test_a_name_found_twice_with_some_margin_is_marked_where_it_was_missed() -> None:
    text = "At LibriVox we read. For LibriVox he reads. The LibriVox catalog grows."
    mentions = marked(text, "LibriVox/ORG", margin=50)
    assert len(complete(parse_tokens(text), mentions[:2])) == 3
    assert len(complete(parse_tokens(text), [*marked(text, "LibriVox/ORG", margin=20)[:2]])) == 2
