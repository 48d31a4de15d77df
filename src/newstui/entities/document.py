"""The pass over a whole document: a name is the same thing everywhere in it, and is marked where it was missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from newstui.entities.gazetteers import COMMON, load_gazetteer
from newstui.entities.tokens import Tokens
from newstui.model import Mention, Span

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT"})
CONFIDENT = 2.0
"""Margin of a mention from which it has a vote."""


def complete(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with one label for each name, and with those that were missed; sorted, none overlapping."""
    text = tokens.text
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.label in NAMES:
            votes[mention.span.slice(text)][mention.label] += 1 + ((mention.score or 0) > CONFIDENT)
    settled = [_relabeled(mention, votes.get(mention.span.slice(text), Counter())) for mention in mentions]
    settled = [part for mention in settled for part in _parted(mention, settled, text)]
    known = _known_names(votes, settled, text)
    added = _find_missed(tokens, settled, known)
    return sorted([*settled, *added], key=lambda mention: mention.span.start)


def _relabeled(mention: Mention, votes: Counter[str]) -> Mention:
    """The mention with the label that most mentions of the name have, if they are clearly more."""
    if mention.label not in NAMES or len(votes) < 2:
        return mention
    (label, most), (_, second) = votes.most_common(2)
    if label == mention.label or most < 2 * second or (mention.score or 0) > 3 * CONFIDENT:
        return mention
    return Mention(mention.span, label, mention.score, "document")


def _parted(mention: Mention, mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Two persons whose surnames stand side by side, each of whom is named in full elsewhere."""
    words = mention.span.slice(text).split(" ")
    if mention.label != "PERSON" or len(words) != 2 or words[0] == words[1]:
        return [mention]
    names = [m.span.slice(text) for m in mentions if m.label == "PERSON" and m.span != mention.span]
    if not all(any(" " in name and name.endswith(" " + word) for name in names) for word in words):
        return [mention]
    middle = mention.span.start + len(words[0])
    return [
        Mention(Span(mention.span.start, middle), "PERSON", None, "document"),
        Mention(Span(middle + 1, mention.span.end), "PERSON", None, "document"),
    ]


def _known_names(votes: dict[str, Counter[str]], mentions: Sequence[Mention], text: str) -> dict[str, str]:
    """Names that may be marked where they were missed: those marked twice, and surnames of persons named in full."""
    gazetteer = load_gazetteer()
    known: dict[str, str] = {}
    for surface, labels in votes.items():
        (label, count), *_ = labels.most_common(1)
        if count >= 2 and (" " in surface or COMMON not in gazetteer.kinds(surface)):
            known[surface] = label
    for mention in mentions:
        surface = mention.span.slice(text)
        if mention.label == "PERSON" and " " in surface:
            surname = surface.rsplit(" ", 1)[1]
            kinds = gazetteer.kinds(surname)
            if len(surname) > 2 and surname[0].isupper() and not kinds & {COMMON, "country", "city", "region"}:
                known.setdefault(surname, "PERSON")
    return known


def _find_missed(tokens: Tokens, mentions: Sequence[Mention], known: dict[str, str]) -> list[Mention]:
    """Where known names stand and nothing is marked, the longest first; linear in the text."""
    by_first: dict[str, list[list[str]]] = defaultdict(list)
    for name in known:
        words = name.split(" ")
        by_first[words[0]].append(words)
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
        if taken[at] or word not in by_first:
            continue
        for words in sorted(by_first[word], key=len, reverse=True):
            end = at + len(words)
            fits = tokens.words[at:end] == words and not any(taken[at:end])
            if fits and _alone(tokens, at, end):
                taken[at:end] = b"\x01" * (end - at)
                span = Span(tokens.starts[at], tokens.ends[end - 1])
                found.append(Mention(span, known[" ".join(words)], None, "document"))
                break
    return found


def _alone(tokens: Tokens, first: int, end: int) -> bool:
    """Whether no other capitalized word touches the words, which would make them a part of another name."""
    before = first and not tokens.breaks[first] and not tokens.opens[first - 1] and tokens.words[first - 1][0].isupper()
    after = end < len(tokens) and not tokens.breaks[end] and tokens.words[end][0].isupper() and not tokens.opens[end]
    return not (before or after)
