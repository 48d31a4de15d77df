"""What a reader knows that the model does not always see: countries before their bodies, acronyms in parentheses."""

from __future__ import annotations

from collections.abc import Sequence

from newstui.entities.gazetteers import ORGANIZATION_WORD, load_gazetteer
from newstui.entities.tokens import Tokens
from newstui.model import Mention, Span

NEWS_WORDS = frozenset({"news", "newspaper", "television", "TV", "radio"})
"""A name before one of these is a name of an outlet."""


def mend(tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with bodies joined, acronyms marked and outlets named; sorted, none overlapping."""
    at_start = {start: at for at, start in enumerate(tokens.starts)}
    at_end = {end: at for at, end in enumerate(tokens.ends)}
    found: list[Mention] = []
    for mention in mentions:
        first, last = at_start.get(mention.span.start), at_end.get(mention.span.end)
        if first is None or last is None or (found and mention.span.start < found[-1].span.end):
            if not found or mention.span.start >= found[-1].span.end:
                found.append(mention)
            continue
        joined = _joined(tokens, mention, last) or _outlet(tokens, mention, last) or mention
        found.append(joined)
        acronym = _acronym(tokens, joined, at_end[joined.span.end])
        if acronym is not None:
            found.append(acronym)
    return found


def _joined(tokens: Tokens, mention: Mention, last: int) -> Mention | None:
    """`Turkish` before `Armed Forces` is a part of the name of the body."""
    if mention.label not in ("NORP", "GPE"):
        return None
    gazetteer = load_gazetteer()
    end = last + 1
    while end < len(tokens) and end - last <= 4 and not tokens.breaks[end] and tokens.words[end][0].isupper():
        end += 1
    while end > last + 1 and ORGANIZATION_WORD not in gazetteer.kinds(tokens.words[end - 1]):
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
