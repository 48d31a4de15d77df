"""The index of a library: large segments, small ones for what changed since, and one ranking over all of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from newstui.search.building import build_segment, merge_segments
from newstui.search.conditions import Patience, units_holding
from newstui.search.expanding import EXACT, JOINED, TYPO, Expander, Expansion
from newstui.search.folding import fold, iter_words, word_end
from newstui.search.placing import place_in
from newstui.search.query import Term
from newstui.search.segment import FIELDS, Bodies, Segment, Unit
from newstui.search.windows import Readings, Window, find_windows, reading_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Truth = NDArray[np.bool_]

CANDIDATES = 48
TIE, TIED = 0.95, 120
"""Units as good as the last candidate that are looked at too, and how many: a phrase of common words is among them."""
JUDGED = 20
"""Places whose text is compared with the query as a whole."""
MOST_WORDS = 32
KNOWN = 3
"""Units that hold a word as it is typed, from which on it is not taken for a slip so easily."""
MOST_SMALL, WORTH_MERGING = 2, 8
"""Small segments beside the large ones, for each costs time in every search, and how many times larger the first one
must be for the second to stay apart from it, for merging costs time at every change."""
BOOSTS = {"title": 2.0, "tag": 1.6, "entity": 1.6, "quote": 1.4, "note": 1.4, "text": 1.0}


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


@dataclass(frozen=True, slots=True)
class Where:
    """Which units count: those of some fields and articles (all if None), and not of some other articles."""

    fields: Collection[str] | None = None
    articles: Collection[str] | None = None
    without: Collection[str] = ()


EVERYWHERE = Where()


class Part:
    """A segment with its expander and which of its units count."""

    def __init__(self, segment: Segment, alive: Truth | None = None) -> None:
        self.segment = segment
        self.expander = Expander(segment)
        self.alive: Truth = np.ones(segment.size, np.bool_) if alive is None else alive
        self.size = int(self.alive.sum())

    @property
    def hidden(self) -> bool:
        """Whether some units do not count."""
        return self.size < self.segment.size

    def of_articles(self, ids: Iterable[str]) -> Truth:
        """Which units belong to some articles."""
        numbers = self.segment.article_numbers
        chosen = np.zeros(len(numbers), np.bool_)
        chosen[[numbers[id_] for id_ in ids if id_ in numbers]] = True
        found: Truth = chosen[self.segment.arrays.articles]
        return found

    def hide(self, articles: Collection[str]) -> None:
        """Forget the units of some articles."""
        if articles:
            self.alive = self.alive & ~self.of_articles(articles)
            self.size = int(self.alive.sum())

    def count(self, words: NDArray[np.int64]) -> int:
        """In how many units that count some words stand, units with two of them twice."""
        if self.hidden:
            return int(self.alive[self.segment.postings_of(words)].sum())
        return int(self.segment.holders(words).sum())


class SearchIndex:
    """Everything that can be found; `replace` keeps it current.

    Args:
        units: what is indexed to begin with.
        bodies: gives the texts of articles; without it those of `units` are kept.
    """

    def __init__(self, units: Iterable[Unit] = (), bodies: Bodies | None = None) -> None:
        if bodies is None:
            units = list(units)
            self._texts = {unit.article: unit.text for unit in units if unit.field == "text"}
            bodies = self._texts.__getitem__
        else:
            self._texts = {}
        self._bodies = bodies
        first = build_segment(units, bodies)
        self.large: list[Part] = [Part(first)] if first.size else []
        self._small: list[Part] = []

    # -- what is in it

    @property
    def parts(self) -> Sequence[Part]:
        """The large segments, then the small ones."""
        return (*self.large, *self._small)

    @property
    def size(self) -> int:
        """How many units can be found."""
        return sum(part.size for part in self.parts)

    def add(self, segment: Segment, without: Collection[str] = ()) -> None:
        """Add a large segment, without some of its articles."""
        part = Part(segment)
        part.hide(without)
        self.large.append(part)

    def clear(self) -> None:
        """Forget everything."""
        self.large, self._small = [], []

    def join(self, first: int) -> Segment:
        """Make one segment of the large ones from a number on; of all there is, the small ones too, from 0 on."""
        parts = self.large[first:] + (self._small if first == 0 else [])
        joined = parts[0].segment if len(parts) == 1 and not parts[0].hidden else self._merged(parts)
        self.large[first:] = [Part(joined)]
        if first == 0:
            self._small = []
        return joined

    def replace(self, changed: Mapping[str, Sequence[Unit]]) -> None:
        """Give articles other units, or none if they are gone."""
        for part in self.parts:
            part.hide(changed)
        units = [unit for units in changed.values() for unit in units]
        self._texts |= {unit.article: unit.text for unit in units if unit.field == "text"}
        if units:
            self._small.append(Part(build_segment(units, self._bodies)))
        while len(self._small) > 1 and (
            len(self._small) > MOST_SMALL
            or self._small[-2].segment.size <= WORTH_MERGING * self._small[-1].segment.size
        ):
            self._small[-2:] = [Part(self._merged(self._small[-2:]))]

    def _merged(self, parts: Sequence[Part]) -> Segment:
        return merge_segments([(part.segment, part.alive) for part in parts], self._bodies)

    # -- ranked search

    def search(
        self,
        text: str,
        limit: int,
        where: Where = EVERYWHERE,
        *,
        unfinished: bool = True,
    ) -> list[Match]:
        """The best places for some words, best first.

        Args:
            text: words; what is no word is ignored.
            limit: how many at most.
            where: which units count.
            unfinished: whether the last word may be the beginning of one.
        """
        keys = query_keys(text)[:MOST_WORDS]
        if not keys:
            return []
        groups = [_expand_all(part, keys, unfinished) for part in self.parts]
        weights = self._weigh(keys, groups)
        groups = self._doubted(keys, groups)
        found = _find_windows(self.parts, keys, groups, weights, where, max(limit, JUDGED))
        best = max((window.score for _, window in found if not window.missed), default=0.0)
        kept = [(part, window) for part, window in found if window.tier < TYPO or window.score >= best / 2]
        kept.sort(key=lambda each: order_of(each[1]))
        wanted = fold(" ".join(keys))
        judged = [(_match(part, window, wanted), part, window) for part, window in kept[: max(limit, JUDGED)]]
        judged.sort(key=lambda each: order_of(each[0]))
        return [_explained(match, part, window, keys) for match, part, window in judged[:limit]]

    def _weigh(self, keys: Sequence[str], groups: Sequence[Sequence[Expansion]]) -> list[float]:
        """The share of each word in a score, by how rare its likeliest forms are; they sum to 1."""
        total = self.size or 1
        weights = []
        for number in range(len(keys)):
            readings = [(part, expansions[number]) for part, expansions in zip(self.parts, groups, strict=True)]
            best = min((int(each.tiers.min()) for _, each in readings if len(each.words)), default=TYPO)
            holders = sum(part.count(each.words[each.tiers == best]) for part, each in readings)
            weights.append(math.log(1 + total / (1 + holders)) + 0.15)
        whole = sum(weights)
        return [weight / whole for weight in weights]

    def _doubted(self, keys: Sequence[str], groups: Sequence[Sequence[Expansion]]) -> list[list[Expansion]]:
        """Misspellings of a word that is well known as it is typed count for less: `war` hardly ever means `was`."""
        known = []
        for number in range(len(keys)):
            readings = [(part, expansions[number]) for part, expansions in zip(self.parts, groups, strict=True)]
            known.append(sum(part.count(each.words[each.tiers == EXACT]) for part, each in readings) >= KNOWN)
        return [
            [each.doubted() if doubt else each for each, doubt in zip(expansions, known, strict=True)]
            for expansions in groups
        ]

    # -- conditions

    def places_of(
        self,
        term: Term,
        limit: int,
        where: Where = EVERYWHERE,
        patience: Patience | None = None,
    ) -> list[Match]:
        """Where a term stands that is taken as it is, such as a phrase: the first place in each unit, as exact hits."""
        matches: list[Match] = []
        for part in self.parts:
            allowed = _allowed(part, where)
            found = units_holding(part.segment, part.expander, term, allowed, patience)
            found = found[np.argsort(-_FIELD_BOOSTS[part.segment.arrays.fields[found]], kind="stable")]
            for number in found[: limit - len(matches)].tolist():
                unit = part.segment.unit(number)
                start, end = place_in(unit.text, term)
                matches.append(Match(unit, start, end, 1.0, 0, 0, EXACT))
        return matches

    def units_with(
        self,
        term: Term,
        fields: Collection[str] | None = None,
        patience: Patience | None = None,
    ) -> Iterator[tuple[str, str]]:
        """The article and annotation of every unit a condition holds for, unranked."""
        for part in self.parts:
            allowed = _allowed(part, Where(fields))
            segment = part.segment
            found = units_holding(segment, part.expander, term, allowed, patience)
            articles = segment.arrays.articles[found].tolist()
            for article, annotation in set(zip(articles, segment.arrays.annotations[found].tolist(), strict=True)):
                yield segment.article_ids[article], segment.annotation_ids[annotation] if annotation >= 0 else ""

    def articles_with(
        self,
        term: Term,
        fields: Collection[str] | None = None,
        patience: Patience | None = None,
    ) -> set[str]:
        """The articles of all units a condition holds for; see `units_with`."""
        articles: set[str] = set()
        for part in self.parts:
            segment = part.segment
            found = units_holding(segment, part.expander, term, _allowed(part, Where(fields)), patience)
            names = segment.article_ids
            held = np.zeros(len(names), np.bool_)
            held[segment.arrays.articles[found]] = True
            articles.update([names[number] for number in np.flatnonzero(held).tolist()])
        return articles


def query_keys(text: str) -> list[str]:
    """The words of a query as they are compared; of a run of CJK only its pairs, unless it is one character."""
    keys: list[str] = []
    last = (-1, -1)
    for key, start, end in iter_words(text):
        if not (len(key) == 1 and end == last[1] and start > last[0] and not key.isascii()):
            keys.append(key)
        last = (start, end)
    return keys


def order_of(match: Match | Window) -> tuple[float, ...]:
    """The order of hits: words that are not there, words not together, the worst tier, then the score."""
    return (match.absent, match.missed, match.tier, -match.score)


def _expand_all(part: Part, keys: Sequence[str], unfinished: bool) -> list[Expansion]:
    last = len(keys) - 1
    return [part.expander.expand(key, unfinished and number == last) for number, key in enumerate(keys)]


def _allowed(part: Part, where: Where) -> Truth | None:
    """Which units of a part count; None for all."""
    arrays = part.segment.arrays
    conditions = [part.alive] if part.hidden else []
    if where.fields is not None and len(set(where.fields)) < len(FIELDS):
        conditions.append(np.isin(arrays.fields, [FIELDS.index(name) for name in where.fields]))
    if where.articles is not None:
        conditions.append(part.of_articles(where.articles))
    if where.without:
        conditions.append(~part.of_articles(where.without))
    return np.logical_and.reduce(conditions) if conditions else None


def _find_windows(
    parts: Sequence[Part],
    keys: Sequence[str],
    groups: Sequence[Sequence[Expansion]],
    weights: Sequence[float],
    where: Where,
    limit: int,
) -> list[tuple[Part, Window]]:
    """The best windows of the units that hold the most of what is looked for, over all parts."""
    scored = []
    for part, expansions in zip(parts, groups, strict=True):
        readings = _readings(part, keys, expansions)
        if len(readings.words) or readings.pairs:
            scores = _scores(part.segment, expansions, readings, weights)
            allowed = _allowed(part, where)
            scored.append((part, readings, scores if allowed is None else scores * allowed))
    top = max((float(scores.max(initial=0.0)) for _, _, scores in scored), default=0.0)
    if top <= 0:
        return []
    found: list[tuple[Part, Window]] = []
    for part, readings, scores in scored:
        units = _candidates(part.segment, scores, top, max(limit, CANDIDATES), several=len(keys) > 1)
        stream, counts = part.segment.words_of(units)
        size = len(part.segment.vocabulary)
        found += [(part, window) for window in find_windows(units, stream, counts, readings, weights, size, limit)]
    return found


def _readings(part: Part, keys: Sequence[str], expansions: Sequence[Expansion]) -> Readings:
    """What each word of the vocabulary can stand for, two query words written as one, and split words."""
    words = np.unique(np.concatenate([expansion.words for expansion in expansions]))
    joined = [part.expander.find(first + second) for first, second in pairwise(keys)]
    words = np.union1d(words, np.array([word for word in joined if word is not None], np.int64))
    values = np.zeros((len(keys), len(words)), np.int32)
    for row, expansion in enumerate(expansions):
        values[row, np.searchsorted(words, expansion.words)] = reading_values(expansion.similarities, expansion.tiers)
    one = np.ones(1, np.float32)
    as_joined = int(reading_values(0.95 * one, np.full(1, JOINED, np.int8))[0])
    for row, word in enumerate(joined):
        if word is not None:
            column = int(np.searchsorted(words, word))
            values[row : row + 2, column] = np.maximum(values[row : row + 2, column], as_joined)
    as_split = [
        (first, second, row, int(reading_values(similarity * one, np.full(1, JOINED, np.int8))[0]))
        for row, expansion in enumerate(expansions)
        for first, second, similarity in expansion.pairs
    ]
    return Readings(words, values, tuple(as_split))


def _scores(
    segment: Segment, expansions: Sequence[Expansion], readings: Readings, weights: Sequence[float]
) -> NDArray[np.float32]:
    """How much of what is looked for each unit holds, wherever in it."""
    scores = np.zeros(segment.size, np.float32)
    for row, expansion in enumerate(expansions):
        best = np.zeros(segment.size, np.float32)
        values = readings.values[row]
        order = np.flatnonzero(values)
        order = order[np.argsort(values[order], kind="stable")]  # the best one is written last
        words = readings.words[order]
        tiers, similarities = _told(values[order])
        worth = similarities**2 - 0.04 * tiers
        best[segment.postings_of(words)] = np.repeat(worth, segment.holders(words))
        for first, second, similarity in expansion.pairs:
            both = np.intersect1d(segment.units_of(first), segment.units_of(second), assume_unique=True)
            best[both] = np.maximum(best[both], similarity**2)
        scores += best * np.float32(weights[row])
    return scores


def _candidates(
    segment: Segment, scores: NDArray[np.float32], top: float, most: int, *, several: bool
) -> NDArray[np.int64]:
    """The units worth looking into; of several words also those that are as good as the last one."""
    good = np.flatnonzero(scores >= 0.45 * top)
    if len(good) > most:
        boosted = scores[good] + _FIELD_BOOSTS[segment.arrays.fields[good]]
        least = max(most, TIED)
        if len(good) > 4 * least:  # sorting all of them would take longer than all the rest
            best = boosted >= np.partition(boosted, len(boosted) - least)[len(boosted) - least]
            good, boosted = good[best], boosted[best]
        order = np.argsort(-boosted, kind="stable")
        if several:
            most = min(int((boosted >= TIE * boosted[order[most - 1]]).sum()), TIED)
        good = good[order[:most]]
    return good


_FIELD_BOOSTS = np.array([0.001 * BOOSTS[name] for name in FIELDS], np.float32)


def _told(values: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Tiers and similarities of reading values."""
    return 4 - (values >> 19), ((values >> 7) % 4096 / np.float32(4095)).astype(np.float32)


def _match(part: Part, window: Window, wanted: str) -> Match:
    """A window as a place in a text; the score says also how like the query its words look as a whole."""
    from rapidfuzz import fuzz

    segment = part.segment
    unit = segment.unit(window.unit)
    start = segment.start_of(window.unit, window.first)
    end = word_end(unit.text, start if window.first == window.last else segment.start_of(window.unit, window.last))
    likeness = fuzz.ratio(wanted, fold(unit.text[start:end])) / 100
    score = 0.7 * (window.score + 0.05 * (BOOSTS[unit.field] - 1)) + 0.3 * likeness
    return Match(unit, start, end, score, window.missed, window.absent, window.tier)


def _explained(match: Match, part: Part, window: Window, keys: Sequence[str]) -> Match:
    """The match with the words that were read differently."""
    if match.tier == EXACT:
        return match
    segment, text = part.segment, match.unit.text
    numbers, _ = segment.words_of(np.array([window.unit]))
    typed: dict[int, list[str]] = {}
    for row, place in sorted(window.used):
        if segment.vocabulary[int(numbers[place])] != keys[row]:
            typed.setdefault(place, []).append(keys[row])
    read: dict[str, list[str]] = {}
    for place, words in sorted(typed.items()):
        first = segment.start_of(window.unit, place)
        read.setdefault(" ".join(words), []).append(text[first : word_end(text, first)])
    return replace(match, readings=tuple((words, " ".join(written)) for words, written in read.items()))
