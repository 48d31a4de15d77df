"""The best place in a unit for the words of a query: few words apart, in their order, as many of them as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newstui.search.segment import Segment

ROOM = 8
"""Words between those of the query that a window may have in addition to them."""
GAP = 0.012
ORDER = 0.04

Reading = tuple[int, float, int]
"""Which words of the query (as bits), how similar, which tier."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` of a unit; `missed` query words are not in it, `tier` is the worst one used.

    `absent` query words are nowhere in the unit, `missed` counts those too that stand elsewhere in it.
    """

    first: int
    last: int
    score: float
    missed: int
    absent: int
    tier: int
    used: tuple[tuple[int, int], ...]
    """Pairs of word number and query bits."""


def find_window(
    segment: Segment,
    unit: int,
    readings: Mapping[int, Reading],
    pairs: Mapping[int, tuple[int, int, float]],
    weights: Sequence[float],
    lookup: np.typing.NDArray[np.bool_],
) -> Window | None:
    """The best window of a unit.

    Args:
        segment: where the unit is.
        unit: its number.
        readings: what each word of the vocabulary can stand for.
        pairs: first words of a split word, with the second, the query bit and the similarity.
        weights: of each query word; their sum is 1.
        lookup: for each word of the vocabulary whether it is in `readings` or `pairs`.
    """
    words = segment.words_of(unit)
    places = np.flatnonzero(lookup[words])
    if not len(places):
        return None
    hits: list[tuple[int, int, int, float, int]] = []  # first, last, bits, similarity, tier
    for place in places.tolist():
        word = int(words[place])
        reading = readings.get(word)
        if reading is not None:
            hits.append((place, place, *reading))
        pair = pairs.get(word)
        if pair is not None and place + 1 < len(words) and int(words[place + 1]) == pair[0]:
            hits.append((place, place + 1, pair[1], pair[2], 2))
    return _best(hits, weights)


def _best(hits: Sequence[tuple[int, int, int, float, int]], weights: Sequence[float]) -> Window | None:
    count = len(weights)
    reach = count + ROOM
    everywhere = 0
    for hit in hits:
        everywhere |= hit[2]
    absent = count - (everywhere & ((1 << count) - 1)).bit_count()
    best: Window | None = None
    best_key: tuple[float, ...] = ()
    for at, (first, _, _, _, _) in enumerate(hits):
        chosen: dict[int, tuple[int, int, int, float, int]] = {}
        for hit in hits[at:]:
            if hit[0] - first > reach:
                break
            for bit in range(count):
                if hit[2] >> bit & 1:
                    known = chosen.get(bit)
                    if known is None or (known[4], -known[3]) > (hit[4], -hit[3]):
                        chosen[bit] = hit
        window, key = _rate(chosen, weights, absent)
        if best is None or key > best_key:
            best, best_key = window, key
    return best


def _rate(
    chosen: Mapping[int, tuple[int, int, int, float, int]], weights: Sequence[float], absent: int
) -> tuple[Window, tuple[float, ...]]:
    used = sorted(set(chosen.values()))
    first, last = min(hit[0] for hit in used), max(hit[1] for hit in used)
    covered = sum(hit[1] - hit[0] + 1 for hit in used)
    score = sum(weights[bit] * hit[3] for bit, hit in chosen.items())
    score -= GAP * max(0, last - first + 1 - covered)
    order = [chosen[bit][0] for bit in sorted(chosen)]
    score += ORDER * (sum(a <= b for a, b in pairwise(order)) / max(1, len(weights) - 1))
    tier = max(hit[4] for hit in used)
    missed = len(weights) - len(chosen)
    window = Window(first, last, score, missed, absent, tier, tuple((hit[0], hit[2]) for hit in used))
    return window, (-missed, -tier, score)
