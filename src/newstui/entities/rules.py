"""What a reader knows that the model does not always see: countries before their bodies, acronyms in parentheses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from newstui.entities.dates import may_be_date
from newstui.entities.document import NAMES
from newstui.entities.gazetteers import CITY, COUNTRY, ORGANIZATION_WORD, load_gazetteer
from newstui.entities.tokens import Tokens
from newstui.model import Mention, Span

_AFTER_PLACE = frozenset(",–—-")
NEWS_WORDS = frozenset({"news", "newspaper", "television", "TV", "radio"})
"""A name before one of these is a name of an outlet."""


_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def drop_impossible(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without parts of addresses, dates without a word of time, and names without a capital."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    kept, at = [], 0
    for mention in mentions:
        while at < len(addresses) and addresses[at][1] <= mention.start:
            at += 1
        words = mention.span.slice(text)
        timeless = mention.label == "DATE" and not may_be_date(words)
        small = mention.label in NAMES and words == words.lower()
        if not (timeless or small or (at < len(addresses) and addresses[at][0] < mention.end)):
            kept.append(mention)
    return kept


def mend(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with bodies joined, acronyms marked and outlets named; sorted, none overlapping."""
    found: list[Mention] = []
    for mention in mentions:
        last = _place(tokens.ends, mention.span.end)
        if (
            last is None
            or _place(tokens.starts, mention.span.start) is None
            or (found and mention.span.start < found[-1].span.end)
        ):
            if not found or mention.span.start >= found[-1].span.end:
                found.append(mention)
            continue
        joined = _joined(tokens, mention, last) or _outlet(tokens, mention, last) or mention
        found.append(joined)
        acronym = _acronym(tokens, joined, bisect_left(tokens.ends, joined.span.end))
        if acronym is not None:
            found.append(acronym)
    return _with_datelines(tokens, found)


def _place(places: Sequence[int], wanted: int) -> int | None:
    at = bisect_left(places, wanted)
    return at if at < len(places) and places[at] == wanted else None


def _with_datelines(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """The mentions with cities and countries in capitals before a comma or a dash, as in `GENEVA, Switzerland —`."""
    gazetteer, at, added = load_gazetteer(), 0, []
    for number, word in enumerate(tokens.words[:-1]):
        if len(word) < 4 or not word.isalpha() or not word.isupper() or tokens.words[number + 1] not in _AFTER_PLACE:
            continue
        start, end = tokens.starts[number], tokens.ends[number]
        while at < len(mentions) and mentions[at].end <= start:
            at += 1
        free = at == len(mentions) or mentions[at].start >= end
        if free and gazetteer.is_a(word.title(), COUNTRY, CITY):
            added.append(Mention(Span(start, end), "GPE", None, "rule"))
    return sorted([*mentions, *added], key=lambda mention: mention.start)


def _joined(tokens: Tokens, mention: Mention, last: int) -> Mention | None:
    """`Turkish` before `Armed Forces` is a part of the name of the body."""
    if mention.label not in ("NORP", "GPE"):
        return None
    gazetteer = load_gazetteer()
    end = last + 1
    while end < len(tokens) and end - last <= 4 and not tokens.breaks[end] and tokens.words[end][0].isupper():
        end += 1
    while end > last + 1 and not gazetteer.is_a(tokens.words[end - 1], ORGANIZATION_WORD):
        end -= 1
    if end - last < 2 or tokens.words[last][-1] == ".":
        return None
    return Mention(Span(mention.span.start, tokens.ends[end - 1]), "ORG", mention.score, "rule")


def _outlet(tokens: Tokens, mention: Mention, last: int) -> Mention | None:
    """`Anadolu news` is news of an agency, whatever else bears its name."""
    if mention.label not in ("PERSON", "GPE", "LOC") or last + 1 >= len(tokens) or tokens.breaks[last + 1]:
        return None
    agency = tokens.words[last + 1] in NEWS_WORDS and mention.label == "PERSON"
    agency = agency or tokens.words[last + 1 : last + 3] == ["news", "agency"]
    return Mention(mention.span, "ORG", mention.score, "rule") if agency else None


def _acronym(tokens: Tokens, mention: Mention, last: int) -> Mention | None:
    """`National Intelligence Organization (MIT)` names the organization twice."""
    words = tokens.words
    if mention.label != "ORG" or last + 3 >= len(tokens) or words[last + 1] != "(" or words[last + 3] != ")":
        return None
    short = words[last + 2]
    if not (2 <= len(short) <= 8 and short[0].isupper() and sum(char.isupper() for char in short) >= len(short) - 1):
        return None
    return Mention(Span(tokens.starts[last + 2], tokens.ends[last + 2]), "ORG", None, "rule")
