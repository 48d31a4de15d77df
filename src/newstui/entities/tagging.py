"""Finds mentions with the trained model: features, scores, tags, spans, and how sure each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from newstui.entities.decoding import LABELS, TAGS, decode
from newstui.entities.features import Extractor
from newstui.entities.gazetteers import FAC_WORD, load_gazetteer
from newstui.entities.tokens import Tokens, iter_sentences, parse_tokens
from newstui.model import Mention, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newstui.entities.decoding import Scores
    from newstui.entities.model import Model

SHOWN = {
    **dict.fromkeys(("PERSON", "ORG", "LOC", "FAC"), 5.0),
    **dict.fromkeys(("GPE", "NORP", "DATE", "MONEY", "EVENT"), -30.0),
}
"""Margin from which a label is shown; those that are missing here are never."""
SURE_FAC, SURE_PLACE = 100.0, 60.0
"""Margins from which a building without a word for one in its name is shown as a building, or as a place at all."""
_BEGINS = np.array([0, *range(1, len(TAGS), 2)])
_INSIDE = np.array([0, *range(2, len(TAGS), 2)])


class Tagger:
    """Finds mentions with a model.

    Args:
        model: what was trained.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._extractor = Extractor(load_gazetteer())

    def find(self, text: str) -> tuple[Tokens, list[Mention]]:
        """The tokens of a text, and the mentions in it, sorted."""
        tokens = parse_tokens(text)
        sentences = list(iter_sentences(tokens))
        chunks = [self._model.score(features) for features in self._extractor.iter_chunks(tokens)]
        scores = np.concatenate([np.zeros((0, len(TAGS)), np.float32), *chunks])
        return tokens, find_mentions(tokens, decode(scores, self._model.moves, sentences), scores, sentences)


def find_mentions(
    tokens: Tokens, tags: NDArray[np.int16], scores: Scores, sentences: Sequence[tuple[int, int]]
) -> list[Mention]:
    """The mentions that tags mark, each with its margin: how much better its tags are than the next best."""
    labels = (tags + 1) // 2
    starts = set(np.flatnonzero(tags % 2 == 1).tolist())
    firsts = {first for first, _ in sentences}
    margins = _margins(tags, scores)
    mentions = []
    for begin in sorted(starts):
        end = begin + 1
        while end < len(tags) and end not in firsts and tags[end] == tags[begin] + 1 and not _is_dash(tokens, end):
            end += 1
        label = LABELS[int(labels[begin]) - 1]
        margin = round(float(margins[begin:end].mean()), 1)
        first, last = _trimmed(tokens, begin, end - 1)
        if label == "FAC" and margin < SURE_FAC and not load_gazetteer().is_a(tokens.words[last], FAC_WORD):
            label = "LOC" if margin >= SURE_PLACE else ""  # without such a word four in ten are something else
        if first <= last and margin >= SHOWN.get(label, float("inf")):
            mentions.append(Mention(Span(tokens.starts[first], tokens.ends[last]), label, margin, "model"))
    return mentions


def _margins(tags: NDArray[np.int16], scores: Scores) -> Scores:
    """For each token how much better its tag is than the next best that could stand there: `O`, or one of its kind."""
    margins = np.zeros(len(tags), np.float32)
    for rivals, parity in ((_BEGINS, 1), (_INSIDE, 0)):
        at = np.flatnonzero((tags % 2 == parity) & (tags > 0))
        others = scores[np.ix_(at, rivals)]
        others[rivals[None] == tags[at][:, None]] = -np.inf
        margins[at] = scores[at, tags[at]] - others.max(axis=1, initial=-np.inf)
    return margins


def _is_dash(tokens: Tokens, at: int) -> bool:
    """Whether a token is a dash between blanks, which no name reaches over."""
    apart = not tokens.glued(at) and at + 1 < len(tokens) and not tokens.glued(at + 1)
    return apart and tokens.words[at] in "–—―-"


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """A range of tokens without signs at its ends."""
    while first <= last and not (tokens.words[first][0].isalnum() or tokens.words[first] in "$€£¥"):
        first += 1
    while first <= last and not tokens.words[last][-1].isalnum():
        if tokens.words[last][-1] == "." and len(tokens.words[last]) > 1:
            break
        last -= 1
    return first, last
