"""The best place in each of some units for the words of a query: few words apart, in order, as many as can be.

All units are looked at side by side: every word of theirs that can stand for a word of the query begins a window, and
for each word of the query the best reading in that window is taken. A reading is one number that grows with how good
it is, and holds how far it is from the beginning of the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM = 8
"""Words between those of the query that a window may have in addition to them."""
GAP = 0.012
ORDER = 0.04
_FAR = 64
_STEPS = 4095


@dataclass(frozen=True, slots=True)
class Readings:
    """Which words of the vocabulary stand for which words of the query: a column each, a row for each query word.

    `words` are numbers in the vocabulary, in order; `values` come from `reading_values`, 0 where a word stands for
    none. `pairs` are words that mean one word of the query when the second follows the first: first,
    second, row, value.
    """

    words: NDArray[np.int64]
    values: NDArray[np.int32]
    pairs: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The best place of a unit: its words `first` to `last`, counted in the unit.

    `missed` query words are not in it; `absent` ones are nowhere in the unit. `tier` is the worst one used. `used`
    are pairs of a query word and the place of the word that stands for it.
    """

    unit: int
    first: int
    last: int
    score: float
    missed: int
    absent: int
    tier: int
    used: tuple[tuple[int, int], ...]


def reading_values(similarities: NDArray[np.float32], tiers: NDArray[np.int8]) -> NDArray[np.int32]:
    """How good readings are, as numbers: the tier first, then the similarity, with room for a distance."""
    steps = np.round(similarities * _STEPS).astype(np.int32)
    values: NDArray[np.int32] = (4 - tiers.astype(np.int32)) * ((_STEPS + 1) * 2 * _FAR) + steps * (2 * _FAR)
    return values


def find_windows(
    units: NDArray[np.int64],
    stream: NDArray[np.uint32],
    counts: NDArray[np.int64],
    readings: Readings,
    weights: Sequence[float],
    vocabulary: int,
    most: int,
) -> list[Window]:
    """The best window of each unit that has one, the best first.

    Args:
        units: numbers of the units, for the answer.
        stream: their words, one unit after the other.
        counts: how many words each has.
        readings: what may stand for what.
        weights: of each query word; their sum is 1.
        vocabulary: how many words there are.
        most: how many windows at most.
    """
    rows = np.zeros(vocabulary, np.uint32)
    rows[readings.words] = np.arange(1, len(readings.words) + 1)
    of_word = rows[stream]
    at = np.flatnonzero(of_word)
    values, wide = readings.values[:, of_word[at] - 1], np.zeros(len(at), np.int32)
    owners = np.repeat(np.arange(len(units)), counts)
    at, values, wide = _with_pairs(stream, owners, at, values, wide, readings.pairs)
    if not len(at):
        return []
    owner = owners[at]
    best = _best_readings(at + owner * _FAR, values + np.where(values > 0, 1 - wide, 0), len(weights) + ROOM)
    rated = _rate(best, weights)
    firsts = np.flatnonzero(np.diff(owner, prepend=-1))
    bests = np.repeat(np.minimum.reduceat(rated.order, firsts), np.diff(np.append(firsts, len(owner))))
    chosen = np.flatnonzero(rated.order == bests)
    chosen = chosen[np.diff(owner[chosen], prepend=-1) != 0]
    absent = len(weights) - (np.maximum.reduceat(values, firsts, axis=1) > 0).sum(axis=0)
    best_first = np.argsort(absent * 10_000.0 + rated.order[chosen], kind="stable")[:most]
    begins = np.cumsum(counts) - counts
    return [
        rated.window(number, int(units[owner[number]]), int(at[number] - begins[owner[number]]), int(absent[nth]))
        for nth, number in zip(best_first.tolist(), chosen[best_first].tolist(), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Rated:
    """Windows side by side: where each query word is (rows) in each of them, how good each is, and their order."""

    present: NDArray[np.bool_]
    wider: NDArray[np.bool_]
    distances: NDArray[np.int32]
    lengths: NDArray[np.int32]
    missed: NDArray[np.int64]
    tiers: NDArray[np.int32]
    scores: NDArray[np.float64]

    @property
    def order(self) -> NDArray[np.float64]:
        """Grows from the best window to the worst: words missed, then tiers, then scores."""
        order: NDArray[np.float64] = self.missed * 100.0 + self.tiers * 10.0 - self.scores
        return order

    def window(self, number: int, unit: int, first: int, absent: int) -> Window:
        """One of them."""
        rows = np.flatnonzero(self.present[:, number]).tolist()
        used = [(row, first + int(self.distances[row, number])) for row in rows]
        used += [(row, place + 1) for row, place in used if self.wider[row, number]]
        last = first + int(self.lengths[number]) - 1
        score, missed, tier = float(self.scores[number]), int(self.missed[number]), int(self.tiers[number])
        return Window(unit, first, last, score, missed, absent, tier, tuple(used))


def _rate(best: NDArray[np.int32], weights: Sequence[float]) -> _Rated:
    present = best > 0
    distances = np.where(present, (_FAR - 1) - (best >> 1) % _FAR, 0)
    wider = present & (best & 1 == 0)
    lengths = (distances + wider).max(axis=0) + 1
    scores = np.zeros(best.shape[1])
    for weight, row, there in zip(weights, best, present, strict=True):
        scores += weight * there * ((row >> 7) % (_STEPS + 1)) / _STEPS
    taken = np.zeros(best.shape[1], np.uint64)
    for row, there, two in zip(distances, present, wider, strict=True):
        at = row.astype(np.uint64)
        taken |= (there.astype(np.uint64) << at) | (two.astype(np.uint64) << (at + np.uint64(1)))
    scores -= GAP * (lengths - np.bitwise_count(taken))
    in_order = present[1:] & present[:-1] & (distances[1:] >= distances[:-1])
    scores += ORDER * in_order.sum(axis=0) / max(1, len(weights) - 1)
    tiers = np.where(present, 4 - (best >> 19), 0).max(axis=0)
    return _Rated(present, wider, distances, lengths, len(weights) - present.sum(axis=0), tiers, scores)


def _with_pairs(
    stream: NDArray[np.uint32],
    owners: NDArray[np.int64],
    at: NDArray[np.int64],
    values: NDArray[np.int32],
    wide: NDArray[np.int32],
    pairs: Sequence[tuple[int, int, int, int]],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """The places of words, and those where two words together stand for one."""
    for first, second, row, value in pairs:
        found = np.flatnonzero((stream[:-1] == first) & (stream[1:] == second) & (owners[:-1] == owners[1:]))
        if len(found):
            added = np.zeros((len(values), len(found)), np.int32)
            added[row] = value
            at, values = np.concatenate((at, found)), np.concatenate((values, added), axis=1)
            wide = np.concatenate((wide, np.ones(len(found), np.int32)))
    order = np.argsort(at, kind="stable") if len(wide) and wide.any() else slice(None)
    return at[order], values[:, order], wide[order]


def _best_readings(places: NDArray[np.int64], values: NDArray[np.int32], reach: int) -> NDArray[np.int32]:
    """For each place and query word the best reading in the window that begins there, with its distance put in."""
    own = np.where(values > 0, values + 2 * (_FAR - 1), 0)
    best = own.copy()
    for step in range(1, len(places)):
        distances = places[step:] - places[:-step]
        near = np.flatnonzero(distances <= reach)
        if not len(near):
            break
        further = own[:, near + step] - 2 * distances[near].astype(np.int32)
        best[:, near] = np.maximum(best[:, near], further)
    return best
