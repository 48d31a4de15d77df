"""Who says what: where it is plain, and nobody where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.entities.linking import link
from newstui.entities.quotations import attribute, iter_spans
from newstui.model import Mention, Span

NAMES = (("Helena Brandt", "PERSON"), ("Brandt", "PERSON"), ("Otto Lang", "PERSON"), ("Tanjug", "ORG"))


def speakers(text: str) -> list[tuple[str, str]]:
    mentions: list[Mention] = []
    for name, label in NAMES:
        at = text.find(name)
        while at >= 0:
            if not any(mention.start <= at < mention.end for mention in mentions):
                mentions.append(Mention(Span(at, at + len(name)), label))
            at = text.find(name, at + 1)
    entities = link(sorted(mentions, key=lambda mention: mention.start), text)
    return [(quotation.speaker, quotation.method) for quotation in attribute(text, entities)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We will sign it today,” said Helena Brandt.", [("PERSON:helena brandt", "name")]),
        ('Helena Brandt told Otto Lang: "We will sign it today."', [("PERSON:helena brandt", "name")]),
        ("According to Tanjug, “the bridge was closed at noon”.", [("ORG:tanjug", "name")]),
        (
            "“We will sign it today,” Helena Brandt said. “It is about time we did.”",
            [("PERSON:helena brandt", "name"), ("PERSON:helena brandt", "continued")],
        ),
        ("Helena Brandt was tired. “It was a long night for us,” she said.", [("PERSON:helena brandt", "pronoun")]),
        ("Helena Brandt met Otto Lang. “It was a long night for us,” she said.", [("", "")]),
        (
            'Helena Brandt, who once paid for Otto Lang, said "we will sign it today".',
            [("PERSON:helena brandt", "name")],
        ),
        ('Helena Brandt was described by Otto Lang as "a friend of the sea".', [("PERSON:otto lang", "name")]),
        (
            'Helena Brandt told of it, smaller than Otto Lang, adding "we sign today at noon".',
            [("PERSON:helena brandt", "name")],
        ),
        ('Some whom Tanjug met said "we will sign it today".', [("", "")]),
        ('She says Helena Brandt takes a stand shared by "all of the presidents".', [("", "")]),
        ("He drove “erratically and across the line” past Helena Brandt.", [("", "")]),
    ],
)
def test_the_speaker(text: str, said: list[tuple[str, str]]) -> None:
    assert speakers(text) == said


def test_what_is_too_short_or_only_a_mark_is_no_quotation() -> None:
    assert list(iter_spans('a "scare quote" and 5" of snow')) == []


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    text = "“We go on and on\n\nNobody said this."
    assert [span.slice(text) for span in iter_spans(text)] == ["“We go on and on"]


@given(st.text(alphabet='“”"«» said.\nHe', max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    end = 0
    for quotation in attribute(text, []):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        assert quotation.speaker == ""
        end = quotation.span.end
