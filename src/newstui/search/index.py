"""The index of a library: a large segment, a small one for what changed since, and one ranking over both."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newstui.search.expanding import EXACT, JOINED, TYPO, Expander, Expansion
from newstui.search.folding import fold, iter_words
from newstui.search.query import Term
from newstui.search.segment import Segment, Unit, build_segment
from newstui.search.windows import Reading, Window, find_window

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 48
TIED = 300
"""Units that share the best score and are looked at too, so that a phrase of common words is found."""
MOST_WORDS = 32
BOOSTS = {"title": 2.0, "tag": 1.6, "entity": 1.6, "quote": 1.4, "note": 1.4, "text": 1.0}
REGEX_SECONDS = 2.0
MERGE_FROM = 500
"""Changed articles from which the large segment is built anew."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that was found: `start` to `end` of the unit's text, how well, and what was read differently.

    `missed` words of the query are not there, `absent` ones not even elsewhere in the unit; `tier` is 0 for words as
    typed, 1 for a prefix, 2 for joined or split words, 3 for a misspelling. `readings` pairs each word of the query
    that was read differently with the text's.
    """

    unit: Unit
    start: int
    end: int
    score: float
    missed: int
    absent: int
    tier: int
    readings: tuple[tuple[str, str], ...] = ()


class _Part:
    """One segment with its expander and which of its units count."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.expander = Expander(segment)
        self.alive: NDArray[np.bool_] = np.ones(len(segment.units), np.bool_)


class SearchIndex:
    """Everything that can be found; `replace` keeps it current."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        self._main = _Part(build_segment(units))
        self._delta = _Part(build_segment(()))
        self._changed: dict[str, Sequence[Unit]] = {}

    def replace(self, changed: Mapping[str, Sequence[Unit]]) -> None:
        """Give articles other units, or none if they are gone."""
        self._changed.update(changed)
        if len(self._changed) > MERGE_FROM:
            kept = [unit for unit in self._main.segment.units if unit.article not in self._changed]
            self._main = _Part(build_segment([*kept, *self._new_units()]))
            self._changed = {}
        self._delta = _Part(build_segment(self._new_units()))
        units = self._main.segment.units
        gone = self._changed.keys()
        self._main.alive = np.fromiter((unit.article not in gone for unit in units), np.bool_, len(units))

    def _new_units(self) -> list[Unit]:
        return [unit for units in self._changed.values() for unit in units]

    @property
    def _parts(self) -> tuple[_Part, ...]:
        return (self._main, self._delta) if len(self._delta.segment.units) else (self._main,)

    # -- ranked search

    def search(
        self,
        text: str,
        limit: int,
        *,
        fields: Collection[str] | None = None,
        articles: Collection[str] | None = None,
        unfinished: bool = True,
    ) -> list[Match]:
        """The best places for some words, best first.

        Args:
            text: words; what is no word is ignored.
            limit: how many at most.
            fields: only in these.
            articles: only in these.
            unfinished: whether the last word may be the beginning of one.
        """
        keys = query_keys(text)[:MOST_WORDS]
        if not keys:
            return []
        groups = [_expand_all(part, keys, unfinished) for part in self._parts]
        weights = self._weigh(keys, groups)
        found: list[Match] = []
        for part, expansions in zip(self._parts, groups, strict=True):
            found += _search_part(part, keys, expansions, weights, fields, articles)
        best = max((match.score for match in found if not match.missed), default=0.0)
        kept = [match for match in found if match.tier < TYPO or match.score >= best / 2]
        wanted = fold(" ".join(keys))
        kept = [_judged(match, wanted) for match in sorted(kept, key=_order)[: max(limit, 20)]]
        return sorted(kept, key=_order)[:limit]

    def _weigh(self, keys: Sequence[str], groups: Sequence[Sequence[Expansion]]) -> list[float]:
        """The share of each word in a score, by how rare its likeliest forms are; they sum to 1."""
        total = sum(len(part.segment.units) for part in self._parts) or 1
        weights = []
        for number in range(len(keys)):
            holders = 0
            for part, expansions in zip(self._parts, groups, strict=True):
                forms = expansions[number].forms
                best = min((tier for _, tier in forms.values()), default=TYPO)
                holders += sum(len(part.segment.units_of(word)) for word, (_, tier) in forms.items() if tier == best)
            weights.append(math.log(1 + total / (1 + holders)) + 0.15)
        whole = sum(weights)
        return [weight / whole for weight in weights]

    # -- conditions

    def units_with(self, term: Term, fields: Collection[str] | None = None) -> list[Unit]:
        """Every unit a condition holds for, and no ranking. A regular expression stops after `REGEX_SECONDS`."""
        found: list[Unit] = []
        for part in self._parts:
            units = part.segment.units
            for number in _holders(part, term):
                unit = units[number]
                if part.alive[number] and (fields is None or unit.field in fields):
                    found.append(unit)
        return found


def query_keys(text: str) -> list[str]:
    """The words of a query as they are compared; of a run of CJK only its pairs, unless it is one character."""
    keys: list[str] = []
    last = (-1, -1)
    for key, start, end in iter_words(text):
        if not (len(key) == 1 and end == last[1] and start > last[0] and not key.isascii()):
            keys.append(key)
        last = (start, end)
    return keys


def _order(match: Match) -> tuple[float, ...]:
    return (match.absent, match.missed, match.tier, -match.score)


def _expand_all(part: _Part, keys: Sequence[str], unfinished: bool) -> list[Expansion]:
    last = len(keys) - 1
    return [part.expander.expand(key, unfinished and number == last) for number, key in enumerate(keys)]


def _search_part(
    part: _Part,
    keys: Sequence[str],
    expansions: Sequence[Expansion],
    weights: Sequence[float],
    fields: Collection[str] | None,
    articles: Collection[str] | None,
) -> list[Match]:
    segment = part.segment
    readings, pairs = _readings(part, keys, expansions)
    if not readings and not pairs:
        return []
    allowed = part.alive
    if fields is not None:
        allowed = allowed & np.logical_or.reduce([segment.fields[name] for name in fields if name in segment.fields])
    units = _candidates(segment, keys, readings, pairs, weights, allowed)
    lookup = np.zeros(len(segment.vocabulary), np.bool_)
    lookup[[*readings, *pairs]] = True
    matches = []
    for unit in units:
        if articles is not None and segment.units[unit].article not in articles:
            continue
        window = find_window(segment, unit, readings, pairs, weights, lookup)
        if window is not None:
            matches.append(_match(segment, unit, window, keys))
    return matches


def _readings(
    part: _Part, keys: Sequence[str], expansions: Sequence[Expansion]
) -> tuple[dict[int, Reading], dict[int, tuple[int, int, float]]]:
    """What each word of the vocabulary can stand for, and the split words."""
    readings: dict[int, Reading] = {}
    pairs: dict[int, tuple[int, int, float]] = {}
    for number, expansion in enumerate(expansions):
        for word, (similarity, tier) in expansion.forms.items():
            known = readings.get(word)
            if known is None or (known[2], -known[1]) > (tier, -similarity):
                bits = 1 << number | (known[0] if known and known[2] == tier else 0)
                readings[word] = (bits, similarity, tier)
            elif known[2] == tier:
                readings[word] = (known[0] | 1 << number, known[1], tier)
        for first, second, similarity in expansion.pairs:
            pairs.setdefault(first, (second, 1 << number, similarity))
    for number in range(len(keys) - 1):
        joined = part.expander.find(keys[number] + keys[number + 1])
        known = readings.get(joined) if joined is not None else None
        if joined is not None and (known is None or known[2] != EXACT):
            readings[joined] = (0b11 << number | (known[0] if known else 0), 0.95, JOINED)
    return readings, pairs


def _candidates(
    segment: Segment,
    keys: Sequence[str],
    readings: Mapping[int, Reading],
    pairs: Mapping[int, tuple[int, int, float]],
    weights: Sequence[float],
    allowed: NDArray[np.bool_],
) -> list[int]:
    """The units worth looking into, by the words they hold."""
    scores = np.zeros(len(segment.units), np.float32)
    for number in range(len(keys)):
        best = np.zeros(len(segment.units), np.float32)
        for word, (bits, similarity, tier) in readings.items():
            if bits >> number & 1:
                units = segment.units_of(word)
                best[units] = np.maximum(best[units], similarity**2 - 0.04 * tier)
        for first, (second, bits, similarity) in pairs.items():
            if bits >> number & 1:
                both = np.intersect1d(segment.units_of(first), segment.units_of(second), assume_unique=True)
                best[both] = np.maximum(best[both], similarity**2)
        scores += best * weights[number]
    scores *= allowed
    top = float(scores.max(initial=0.0))
    if top <= 0:
        return []
    good = np.flatnonzero(scores >= 0.45 * top)
    order = good[np.argsort(-scores[good], kind="stable")]
    if len(order) <= CANDIDATES:
        return [int(unit) for unit in order]
    tied = order[scores[order] >= 0.995 * top]
    if len(tied) <= CANDIDATES or len(keys) < 2:
        return [int(unit) for unit in order[:CANDIDATES]]
    return [int(unit) for unit in tied[:TIED]]


def _match(segment: Segment, number: int, window: Window, keys: Sequence[str]) -> Match:
    start, end = segment.place(number, window.first, window.last)
    unit = segment.units[number]
    words = segment.words_of(number)
    read = []
    for place, bits in window.used:
        word = segment.vocabulary[int(words[place])]
        first, last = segment.place(number, place, place)
        read += [(key, unit.text[first:last]) for bit, key in enumerate(keys) if bits >> bit & 1 and key != word]
    score = window.score + 0.05 * (BOOSTS.get(unit.field, 1.0) - 1)
    return Match(unit, start, end, score, window.missed, window.absent, window.tier, tuple(read))


def _judged(match: Match, wanted: str) -> Match:
    """The match with how like the query its words look as a whole."""
    from dataclasses import replace

    from rapidfuzz import fuzz

    likeness = fuzz.ratio(wanted, fold(match.unit.text[match.start : match.end])) / 100
    return replace(match, score=0.7 * match.score + 0.3 * likeness)


# -- conditions


def _holders(part: _Part, term: Term) -> Iterable[int]:
    segment, expander = part.segment, part.expander
    keys = query_keys(term.text)
    if term.kind == "regex":
        return _matching(segment, term)
    if not keys:
        return _literal(segment, term.text)
    if term.kind == "part":
        return _united(segment, expander.holding(fold(term.text)))
    if term.kind == "prefix" and len(keys) == 1:
        return _united(segment, expander.prefixed(keys[0]))
    if term.kind == "word" and len(keys) == 1:
        return _forgiving(segment, expander, keys[0])
    if term.kind in ("fuzzy", "word"):
        return _ordered(segment, [list(_words(expander.expand(key, False))) for key in keys], len(keys) - 1)
    words = [expander.find(key) for key in keys]
    exact = [[word] for word in words if word is not None]
    if len(exact) < len(keys):
        return []
    if term.kind == "near":
        return _near(segment, [word[0] for word in exact], term.distance)
    return _ordered(segment, exact, len(keys) - 1)


def _words(expansion: Expansion) -> Iterable[int]:
    """The readings of a word that a filter takes: as typed or as a prefix, and misspelled only if there is no other."""
    forms = expansion.forms
    best = [word for word, (_, tier) in forms.items() if tier < JOINED]
    return best or forms


def _forgiving(segment: Segment, expander: Expander, key: str) -> Iterable[int]:
    expansion = expander.expand(key, False)
    found = set(_united(segment, _words(expansion)))
    if 2 <= len(key) < 4:  # the beginning of a longer word: a filter is typed letter by letter
        found.update(_united(segment, expander.prefixed(key)))
    for first, second, _ in expansion.pairs:
        found.update(_ordered(segment, [[first], [second]], 1))
    return sorted(found)


def _united(segment: Segment, words: Iterable[int]) -> list[int]:
    lists = [segment.units_of(word) for word in words]
    return [int(unit) for unit in np.unique(np.concatenate(lists))] if lists else []


def _holding_all(segment: Segment, alternatives: Sequence[Sequence[int]]) -> list[int]:
    found: set[int] | None = None
    for words in alternatives:
        units = set(_united(segment, words))
        found = units if found is None else found & units
    return sorted(found or ())


def _ordered(segment: Segment, alternatives: Sequence[Sequence[int]], distance: int) -> list[int]:
    """Units that hold the words one right after the other."""
    found = []
    sets = [np.array(words) for words in alternatives]
    for unit in _holding_all(segment, alternatives):
        words = segment.words_of(unit)
        follows = np.isin(words[: len(words) - distance], sets[0])
        for step in range(1, distance + 1):
            follows &= np.isin(words[step : len(words) - distance + step], sets[step])
        if follows.any():
            found.append(unit)
    return found


def _near(segment: Segment, words: Sequence[int], distance: int) -> list[int]:
    """Units that hold all words, each within `distance` words of the others."""
    found = []
    for unit in _holding_all(segment, [[word] for word in words]):
        text = segment.words_of(unit)
        places = [np.flatnonzero(text == word) for word in words]
        for place in places[0]:
            near = [positions[np.abs(positions - place).argmin()] for positions in places[1:]]
            if max([place, *near]) - min([place, *near]) <= distance:
                found.append(unit)
                break
    return found


def _literal(segment: Segment, text: str) -> list[int]:
    """Units that hold signs that are no words, such as `&`."""
    wanted = fold(text)
    return [number for number, unit in enumerate(segment.units) if wanted in fold(unit.text)] if wanted else []


def _matching(segment: Segment, term: Term) -> list[int]:
    pattern = re.compile(term.text, re.IGNORECASE if term.ignore_case else 0)
    until = time.monotonic() + REGEX_SECONDS
    found = []
    for number, unit in enumerate(segment.units):
        if time.monotonic() > until:
            break
        if pattern.search(unit.text):
            found.append(number)
    return found


__all__ = ["EXACT", "Match", "SearchIndex", "query_keys"]
