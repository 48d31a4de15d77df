"""The best sequence of tags for every sentence of a text, many sentences in step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

LABELS = (
    "PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "DATE", "MONEY", "PRODUCT", "LAW", "WORK_OF_ART",
)  # fmt: skip
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
FORBIDDEN = -1e9
TOGETHER = 256
"""Sentences that are followed at a time: what is known of their ways stays small."""


def allowed_transitions() -> Scores:
    """Zero, or `FORBIDDEN` where a tag cannot follow another: an `I` follows only `B` or `I` of its label."""
    scores = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for after, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            for before, other in enumerate(TAGS):
                if other not in (f"B-{tag[2:]}", tag):
                    scores[before, after] = FORBIDDEN
    return scores


def decode(scores: Scores, transitions: Scores, sentences: Sequence[tuple[int, int]]) -> NDArray[np.int16]:
    """The tags of all tokens: Viterbi (1967) over each sentence, a step of many of them at a time.

    Args:
        scores: of each token (row) for each tag.
        transitions: of a tag (column) after another (row).
        sentences: ranges of tokens that cover the text, none empty.
    """
    tags = np.zeros(len(scores), np.int16)
    ordered = sorted(sentences, key=lambda each: each[0] - each[1])
    for begin in range(0, len(ordered), TOGETHER):
        _follow(scores, transitions, ordered[begin : begin + TOGETHER], tags)
    return tags


def _follow(scores: Scores, transitions: Scores, ordered: Sequence[tuple[int, int]], tags: NDArray[np.int16]) -> None:
    """Write the tags of some sentences, the longest first."""
    firsts = np.array([first for first, _ in ordered])
    lengths = np.array([end - first for first, end in ordered])
    rows = np.cumsum(lengths) - lengths
    back = np.zeros((int(lengths.sum()), scores.shape[1]), np.int8)
    best = scores[firsts] + transitions[0]  # as after an O
    going = [int((lengths > step).sum()) for step in range(int(lengths[0]))]
    arrivals = np.ascontiguousarray(transitions.T)  # the tag before is in the last axis, where numpy is fastest
    for step, count in enumerate(going[1:], 1):
        paths = best[:count, None, :] + arrivals
        chosen = paths.argmax(axis=2)
        back[rows[:count] + step] = chosen
        best[:count] = paths.max(axis=2) + scores[firsts[:count] + step]
    tag = best.argmax(axis=1)
    for step in range(len(going) - 1, -1, -1):
        count = going[step]
        tags[firsts[:count] + step] = tag[:count]
        if step:
            tag[:count] = back[rows[:count] + step, tag[:count]]
