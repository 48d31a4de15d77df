"""A structured averaged perceptron (Collins 2002), for sets of tags, with features left out at random.

What is left out at random in each sentence (Hinton and others 2012) keeps the model from leaning on the words it has
seen. All weights are whole numbers until they are averaged, so the same texts give the same bytes. The loops are plain
Python that numba compiles: interpreted they are right, but a hundred times slower.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.entities.decoding import FORBIDDEN, TAGS, allowed_transitions
from newstui.entities.model import HEAVIEST, SLOT_BITS, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newstui.entities.training.corpus import Corpus

LONGEST = 400
"""Tokens of a sentence that are learned from."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to train: passes over the texts, share of features left out, and orders of which the mean is taken.

    In the first pass only texts with every label are used. Features that occur less than `least` times, or whose every
    weight is at most `weakest`, are not kept.
    """

    passes: int = 14
    left_out: float = 0.4
    seeds: tuple[int, ...] = (1, 2, 3, 4)
    least: int = 2
    weakest: float = 1.0


def train(corpus: Corpus, options: Options, compile_: Callable[[Any], Any] = lambda function: function) -> Model:
    """A model of a corpus.

    Args:
        corpus: what to learn from.
        options: how.
        compile_: makes the loops fast, `numba.njit`.
    """
    keys, inverse, counts = np.unique(corpus.features, return_inverse=True, return_counts=True)
    kept = counts >= options.least
    number = np.where(kept, np.cumsum(kept) - 1, kept.sum()).astype(np.int32)
    places = number[inverse.reshape(corpus.features.shape)]
    follow, learn = compile_(best_path), compile_(learn_pass)
    size = int(kept.sum())
    total = np.zeros((size, len(TAGS)))
    moves = np.zeros((len(TAGS), len(TAGS)))
    forbidden = np.where(allowed_transitions() == FORBIDDEN, int(FORBIDDEN), 0).astype(np.int64)
    for seed in options.seeds:
        state = _State(size)
        order = np.random.RandomState(seed)
        for number_of_pass in range(options.passes):
            sentences = order.permutation(len(corpus.sentences))
            if number_of_pass == 0 and corpus.complete.any():
                sentences = sentences[corpus.complete[sentences]]
            state.step = learn(
                follow, places, corpus.allowed, corpus.sentences[sentences], state.weights, state.sums, state.moves,
                state.move_sums, forbidden, state.step, int(options.left_out * 65536), 1000 * seed + number_of_pass,
            )  # fmt: skip
        total += state.weights[:size] - state.sums[:size] / state.step
        moves += state.moves - state.move_sums / state.step
    weights = np.clip(np.round(total / len(options.seeds)), -HEAVIEST, HEAVIEST).astype(np.int16)
    return _pruned(
        keys[kept].astype(np.uint32), weights, np.round(moves / len(options.seeds)).astype(np.int32), options
    )


class _State:
    """Weights while they are learned, and their sums over all steps; a last row for features that are not kept."""

    def __init__(self, size: int) -> None:
        self.weights = np.zeros((size + 1, len(TAGS)), np.int32)
        self.sums = np.zeros((size + 1, len(TAGS)), np.int64)
        self.moves = np.zeros((len(TAGS), len(TAGS)), np.int64)
        self.move_sums = np.zeros((len(TAGS), len(TAGS)), np.int64)
        self.step = 1


def _pruned(keys: NDArray[np.uint32], weights: NDArray[np.int16], moves: NDArray[np.int32], options: Options) -> Model:
    """The model without weak features, and with the strongest of those that share a slot."""
    strength = np.abs(weights).max(axis=1)
    strong = np.flatnonzero(strength > options.weakest)
    ordered = strong[np.argsort(-strength[strong].astype(np.int64), kind="stable")]
    _, first = np.unique(keys[ordered] >> np.uint32(32 - SLOT_BITS), return_index=True)
    chosen = np.sort(ordered[first])
    return Model(keys[chosen], np.vstack([weights[chosen], np.zeros((1, len(TAGS)), np.int16)]), moves)


def best_path(scores: Any, moves: Any, allowed: Any, bound: bool, path: Any) -> None:
    """Viterbi, into `path`; only over allowed tags if it is bound to them."""
    count, tags = scores.shape
    best = np.empty((count, tags), np.int64)
    back = np.empty((count, tags), np.int32)
    for at in range(count):
        for tag in range(tags):
            if bound and not (allowed[at] >> tag) & 1:
                best[at, tag] = -(1 << 50)
                back[at, tag] = 0
                continue
            if at == 0:
                best[at, tag] = scores[at, tag] + moves[0, tag]  # as after an O
                continue
            value = best[at - 1, 0] + moves[0, tag]
            chosen = 0
            for before in range(1, tags):
                other = best[at - 1, before] + moves[before, tag]
                if other > value:
                    value = other
                    chosen = before
            best[at, tag] = value + scores[at, tag]
            back[at, tag] = chosen
    tag = 0
    for other in range(1, tags):
        if best[count - 1, other] > best[count - 1, tag]:
            tag = other
    for at in range(count - 1, -1, -1):
        path[at] = tag
        tag = back[at, tag]


def learn_pass(  # noqa: C901  # one loop, for it is compiled as a whole
    follow: Any, places: Any, allowed: Any, sentences: Any, weights: Any, sums: Any, moves: Any, move_sums: Any,
    forbidden: Any, step: int, left_out: int, seed: int,
) -> int:  # fmt: skip
    """One pass over sentences in the order given; returns the number of the next step."""
    features = places.shape[1]
    tags = weights.shape[1]
    dead = weights.shape[0] - 1
    rows = np.empty((LONGEST, features), np.int32)
    scores = np.empty((LONGEST, tags), np.int64)
    wanted = np.zeros(LONGEST, np.int64)
    guess = np.zeros(LONGEST, np.int64)
    state = seed & 0xFFFFFFFF
    for number in range(len(sentences)):
        first = sentences[number, 0]
        count = min(sentences[number, 1] - first, LONGEST)
        scores[:count] = 0
        for at in range(count):
            for feature in range(features):
                place = places[first + at, feature]
                if place != dead:
                    state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
                    if (state >> 16) < left_out:
                        place = dead
                rows[at, feature] = place
                if place != dead:
                    for tag in range(tags):
                        scores[at, tag] += weights[place, tag]
        here = moves + forbidden
        follow(scores[:count], here, allowed[first : first + count], True, wanted)
        follow(scores[:count], here, allowed[first : first + count], False, guess)
        wrong = False
        for at in range(count):
            if wanted[at] != guess[at]:
                wrong = True
                for feature in range(features):
                    place = rows[at, feature]
                    if place != dead:
                        weights[place, wanted[at]] += 1
                        weights[place, guess[at]] -= 1
                        sums[place, wanted[at]] += step
                        sums[place, guess[at]] -= step
        if wrong:
            right_before = 0
            wrong_before = 0
            for at in range(count):
                moves[right_before, wanted[at]] += 1
                moves[wrong_before, guess[at]] -= 1
                move_sums[right_before, wanted[at]] += step
                move_sums[wrong_before, guess[at]] -= step
                right_before = wanted[at]
                wrong_before = guess[at]
        step += 1
    return step
