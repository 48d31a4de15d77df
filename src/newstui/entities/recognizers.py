"""The recognizer that newstui ships: the model, rules for dates and money, then the pass over the document."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newstui import __version__
from newstui.entities.dates import iter_dates, iter_money
from newstui.entities.document import complete
from newstui.entities.ends import set_ends
from newstui.entities.gazetteers import (
    BEGINS,
    COMMON,
    COUNTRY,
    FIRST,
    LABEL_OF_KIND,
    LAST,
    load_gazetteer,
    normalize_case,
)
from newstui.entities.protocol import Recognizer
from newstui.entities.rules import drop_impossible, mend
from newstui.entities.tokens import Tokens, parse_tokens
from newstui.model import Mention, Span
from newstui.text.anchoring.folding import widen_to_grapheme
from newstui.text.graphemes import is_simple

if TYPE_CHECKING:
    from newstui.entities.tagging import Tagger

MAX_TEXT = 2_000_000
"""Code points that are looked at; what comes after is not marked."""


class DefaultRecognizer:
    """Model, rules and document pass; without a model that can be read, lists take its place."""

    name = "newstui"
    labels = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "DATE", "MONEY"})

    def __init__(self, tagger: Tagger | None = None) -> None:
        self.problem = ""
        """Why the model is not used, in a sentence."""
        self._model = tagger
        self._tried = tagger is not None

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the model is not used, if it is not."""
        return (self.problem,) if self.problem else ()

    @property
    def version(self) -> str:
        """Of code and data."""
        return _version()

    def recognize(self, text: str) -> list[Mention]:
        """Mentions, sorted, none overlapping."""
        text = text[:MAX_TEXT]
        if not text.strip():
            return []
        tokens, mentions = self._find(text)
        mentions = drop_impossible(text, mentions)
        dates = drop_impossible(text, list(iter_dates(text)))
        mentions = _fill(_without_covered(mentions, dates), dates)
        mentions = _fill(mentions, iter_money(text))
        mentions = set_ends(text, mend(tokens, mentions))
        return _on_graphemes(text, complete(tokens, mentions))

    def _find(self, text: str) -> tuple[Tokens, list[Mention]]:
        if not self._tried:
            self._tried = True
            from newstui.entities.model import ModelDamagedError, load_model
            from newstui.entities.tagging import Tagger

            try:
                self._model = Tagger(load_model())
            except ModelDamagedError as error:
                self.problem = str(error)
        if self._model is not None:
            return self._model.find(text)
        tokens = parse_tokens(text)
        return tokens, list(_listed(tokens))


def _on_graphemes(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions widened to whole graphemes, without those that overlap then."""
    if is_simple(text):
        return mentions
    found: list[Mention] = []
    for mention in mentions:
        span = Span(*widen_to_grapheme(text, mention.start, mention.end))
        if not found or found[-1].end <= span.start:
            found.append(mention if span == mention.span else replace(mention, span=span))
    return found


def _fill(mentions: list[Mention], more: Iterable[Mention]) -> list[Mention]:
    """The mentions with those of `more` that overlap none of them."""
    taken = sorted(mentions, key=lambda mention: mention.span.start)
    found: list[Mention] = []
    at = 0
    end = 0
    for mention in sorted(more, key=lambda each: (each.span.start, -each.span.end)):
        while at < len(taken) and taken[at].span.end <= mention.span.start:
            at += 1
        free = at == len(taken) or taken[at].span.start >= mention.span.end
        if free and mention.span.start >= end:
            found.append(mention)
            end = mention.span.end
    return sorted([*taken, *found], key=lambda mention: mention.span.start)


def _without_covered(mentions: list[Mention], dates: list[Mention]) -> list[Mention]:
    """The mentions without dates that are only a part of one that a rule found."""
    starts = [date.span.start for date in dates]

    def is_part(mention: Mention) -> bool:
        at = bisect_right(starts, mention.span.start) - 1
        return at >= 0 and dates[at].span.covers(mention.span) and dates[at].span != mention.span

    return [mention for mention in mentions if mention.label != "DATE" or not is_part(mention)]


def _listed(tokens: Tokens) -> Iterable[Mention]:
    """What lists alone explain."""
    gazetteer, words = load_gazetteer(), normalize_case(tokens)
    names = gazetteer.match(words)
    at = 0
    while at < len(words):
        step = 1
        for length, bits in names.get(at, ()):
            label = next((LABEL_OF_KIND[kind] for kind in LABEL_OF_KIND if bits & BEGINS[kind]), "")
            doubtful = length == 1 and not bits & BEGINS[COUNTRY] and gazetteer.is_a(words[at], FIRST, LAST, COMMON)
            if label and words[at][0].isupper() and not doubtful:
                yield Mention(Span(tokens.starts[at], tokens.ends[at + length - 1]), label, None, "gazetteer")
                step = length
                break
        at += step


@cache
def _version() -> str:
    digest = hashlib.sha256(__version__.encode())
    folder = files("newstui.entities") / "data"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def default_recognizer() -> Recognizer:
    """The one recognizer of this process; it loads its data at the first text."""
    return DefaultRecognizer()
