"""The pass over a whole document: a name has one label in it, and is marked where it was missed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from newstui.entities.gazetteers import CITY, COMMON, COUNTRY, REGION, load_gazetteer
from newstui.entities.tokens import Tokens
from newstui.model import Mention, Span

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT"})
_STORM = re.compile(r"(?:Hurricane|Typhoon|Cyclone|(?:(?:Sub)?[Tt]ropical )?Storm) ([A-Z]\w+)")
LONGEST = 8
"""Words of a name that is looked for."""
CERTAIN = 60.0
"""Margin from which a mention is certain; about a third of all names have less."""
DOUBTFUL = 70.0
"""Margin below which, on the average of its mentions, a surname may be somebody's after all."""
KNOWN = 90.0
"""Sum of the margins of its mentions, at least two, from which a name is marked where it was missed."""


def complete(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with one label for each name, and with those that were missed; sorted, none overlapping."""
    settled = _with_storms(_with_persons(_settled(mentions, tokens.text), tokens.text), tokens.text)
    surnames = _surnames(settled, tokens.text)
    settled = [part for mention in settled for part in _parted(mention, surnames, tokens.text)]
    known = _known_names(settled, tokens.text)
    return sorted([*settled, *_find_missed(tokens, settled, known)], key=lambda mention: mention.span.start)


def _settled(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, each name with the label for which the margins of all its mentions speak."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.label in NAMES:
            votes[mention.span.slice(text)][mention.label] += max(1, round(mention.score or 0))
    settled = []
    for mention in mentions:
        label = votes[mention.span.slice(text)].most_common(1)[0][0] if mention.label in NAMES else mention.label
        same = label == mention.label
        settled.append(mention if same else Mention(mention.span, label, mention.score, "document"))
    return settled


def _with_persons(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions with a person wherever a name is doubtful, and is the last one of a person named in full."""
    margins: dict[str, list[float]] = defaultdict(list)
    in_full: dict[str, float] = defaultdict(float)
    for mention in mentions:
        surface, margin = mention.span.slice(text), mention.score or 0.0
        if mention.label == "PERSON" and " " in surface:
            surname = surface.rsplit(" ", 1)[1]
            in_full[surname] = max(in_full[surname], margin)
        elif mention.label in NAMES:
            margins[surface].append(margin)
    doubtful = {
        name for name, found in margins.items() if in_full[name] >= CERTAIN and sum(found) < DOUBTFUL * len(found)
    }
    return [
        Mention(mention.span, "PERSON", mention.score, "document")
        if mention.label in NAMES and mention.span.slice(text) in doubtful
        else mention
        for mention in mentions
    ]


def _with_storms(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions with an event wherever the name of a storm stands alone: `Dorian` is no person."""
    storms = {match[1] for m in mentions if m.label == "EVENT" and (match := _STORM.fullmatch(m.span.slice(text)))}
    return [
        Mention(mention.span, "EVENT", mention.score, "document")
        if storms and mention.label in NAMES and mention.span.slice(text) in storms
        else mention
        for mention in mentions
    ]


def _parted(mention: Mention, surnames: dict[str, set[str]], text: str) -> list[Mention]:
    """Two persons whose surnames stand side by side, each of whom is named in full elsewhere."""
    surface = mention.span.slice(text)
    words = surface.split(" ")
    if mention.label != "PERSON" or len(words) != 2 or words[0] == words[1]:
        return [mention]
    if not all(surnames.get(word, set()) - {surface} for word in words):
        return [mention]
    middle = mention.span.start + len(words[0])
    return [
        Mention(Span(mention.span.start, middle), "PERSON", None, "document"),
        Mention(Span(middle + 1, mention.span.end), "PERSON", None, "document"),
    ]


def _surnames(mentions: Sequence[Mention], text: str) -> dict[str, set[str]]:
    """The last words of full names of persons, each with two of the names at most."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        surface = mention.span.slice(text)
        if mention.label == "PERSON" and " " in surface:
            names = found[surface.rsplit(" ", 1)[1]]
            if len(names) < 2:
                names.add(surface)
    return found


def _known_names(mentions: Sequence[Mention], text: str) -> dict[str, str]:
    """Names that may be marked where they were missed.

    Those found twice or more, places of several words that are listed, and surnames of persons named in full.
    """
    gazetteer = load_gazetteer()
    margins: dict[str, list[float]] = defaultdict(list)
    labels: dict[str, str] = {}
    for mention in mentions:
        if mention.label in NAMES and (mention.score or 0) > 0:
            surface = mention.span.slice(text)
            margins[surface].append(mention.score or 0)
            labels[surface] = mention.label  # each name has one by now
    known: dict[str, str] = {}
    for surface, found in margins.items():
        listed = " " in surface and gazetteer.is_a(surface, COUNTRY, CITY, REGION)
        often = len(found) >= 2 and sum(found) >= KNOWN and (" " in surface or not gazetteer.is_a(surface, COMMON))
        if listed or often:
            known[surface] = labels[surface]
    for mention in mentions:
        surface = mention.span.slice(text)
        if mention.label == "PERSON" and " " in surface:
            surname = surface.rsplit(" ", 1)[1]
            taken = gazetteer.is_a(surname, COMMON, COUNTRY, CITY, REGION)
            if len(surname) > 2 and surname[0].isupper() and not taken:
                known.setdefault(surname, "PERSON")
    return known


def _find_missed(tokens: Tokens, mentions: Sequence[Mention], known: dict[str, str]) -> list[Mention]:
    """Where known names stand and nothing is marked, the longest first; linear in the text."""
    longest: dict[str, int] = defaultdict(int)
    for name in known:
        first, *rest = name.split(" ")
        longest[first] = max(longest[first], min(len(rest) + 1, LONGEST))
    taken = bytearray(len(tokens))
    place = 0
    for mention in mentions:
        while place < len(tokens) and tokens.ends[place] <= mention.span.start:
            place += 1
        at = place
        while at < len(tokens) and tokens.starts[at] < mention.span.end:
            taken[at] = 1
            at += 1
    found = []
    for at, word in enumerate(tokens.words):
        for length in range(0 if taken[at] else longest.get(word, 0), 0, -1):
            end = at + length
            name = " ".join(tokens.words[at:end])
            if name in known and not any(taken[at:end]) and _alone(tokens, at, end):
                taken[at:end] = b"\x01" * (end - at)
                span = Span(tokens.starts[at], tokens.ends[end - 1])
                found.append(Mention(span, known[name], None, "document"))
                break
    return found


def _alone(tokens: Tokens, first: int, end: int) -> bool:
    """Whether no other capitalized word touches the words, which would make them a part of another name."""
    before = first and not tokens.breaks[first] and not tokens.opens[first - 1] and tokens.words[first - 1][0].isupper()
    after = end < len(tokens) and not tokens.breaks[end] and tokens.words[end][0].isupper() and not tokens.opens[end]
    return not (before or after)
