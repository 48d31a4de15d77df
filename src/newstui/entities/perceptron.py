"""A structured averaged perceptron (Collins 2002) over hashed features, decoded by Viterbi."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.entities.features import Extractor
from newstui.entities.gazetteers import load_gazetteer
from newstui.entities.tokens import Tokens, iter_sentences, parse_tokens
from newstui.errors import NewstuiError
from newstui.model import Mention, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "DATE", "MONEY")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
FORMAT = 1
STEP = 0.25
"""What one unit of a stored weight is worth."""


class ModelDamagedError(NewstuiError):
    """The shipped model cannot be read; rules and lists go on without it."""


def allowed_transitions() -> Scores:
    """Minus infinity where a tag cannot follow another: an `I` follows only `B` or `I` of its label."""
    scores = np.zeros((len(TAGS), len(TAGS)), np.float32)
    for after, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            for before, other in enumerate(TAGS):
                if other not in (f"B-{tag[2:]}", f"I-{tag[2:]}"):
                    scores[before, after] = -1e9
    return scores


@dataclass(frozen=True)
class Model:
    """Sorted hashes of features, the weights of each for every tag, and the weights of tags that follow each other."""

    keys: NDArray[np.uint32]
    weights: Scores
    transitions: Scores

    def score(self, features: NDArray[np.uint32]) -> Scores:
        """The score of each tag for each token."""
        flat = features.ravel()
        places = np.searchsorted(self.keys, flat)
        places[places == len(self.keys)] = 0
        known = self.keys[places] == flat
        padded = np.where(known, places, len(self.keys)).reshape(features.shape)
        scores: Scores = self._padded[padded].sum(axis=1, dtype=np.float32)
        return scores

    @cached_property
    def _padded(self) -> Scores:
        return np.vstack([self.weights, np.zeros((1, len(TAGS)), np.float32)])

    def save(self, file: Any) -> None:
        """Write the model, each weight as a small number of steps."""
        np.savez_compressed(
            file,
            format=np.array([FORMAT]),
            tags=np.array(TAGS),
            keys=self.keys,
            weights=np.clip(np.round(self.weights / STEP), -32000, 32000).astype(np.int16),
            transitions=np.where(self.transitions < -1e8, -32768, np.round(self.transitions / STEP)).astype(np.int16),
        )


def load_model() -> Model:
    """The model that newstui ships.

    Raises:
        ModelDamagedError: it is missing, damaged, or of another format.
    """
    try:
        with (
            (files("newstui.entities") / "data" / "model.npz").open("rb") as handle,
            np.load(handle, allow_pickle=False) as stored,
        ):
            if int(stored["format"][0]) != FORMAT or tuple(stored["tags"]) != TAGS:
                raise ModelDamagedError("The model of names is of another version; names are found by rules alone.")
            transitions = stored["transitions"].astype(np.float32) * STEP
            transitions[stored["transitions"] == -32768] = -1e9
            return Model(stored["keys"], stored["weights"].astype(np.float32) * STEP, transitions)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelDamagedError(
            f"The model of names cannot be read ({error}); names are found by rules alone."
        ) from error


def decode(scores: Scores, transitions: Scores) -> list[int]:
    """The best sequence of tags."""
    count = len(scores)
    if not count:
        return []
    best = scores[0] + transitions[0]  # as after an O
    back = np.zeros((count, scores.shape[1]), np.int16)
    for at in range(1, count):
        paths = best[:, None] + transitions
        back[at] = paths.argmax(axis=0)
        best = paths[back[at], np.arange(paths.shape[1])] + scores[at]
    tags = [int(best.argmax())]
    for at in range(count - 1, 0, -1):
        tags.append(int(back[at, tags[-1]]))
    return tags[::-1]


class Perceptron:
    """Finds mentions with the shipped model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._extractor = Extractor(load_gazetteer())

    def find(self, text: str) -> tuple[Tokens, list[Mention]]:
        """The tokens of a text, and the mentions in it, sorted."""
        tokens = parse_tokens(text)
        scores = self._model.score(self._extractor.extract(tokens))
        mentions: list[Mention] = []
        for first, last in iter_sentences(tokens):
            tags = decode(scores[first:last], self._model.transitions)
            mentions += spans_of(tokens, first, tags, scores)
        return tokens, mentions


def spans_of(tokens: Tokens, first: int, tags: list[int], scores: Scores) -> list[Mention]:
    """The mentions that a sequence of tags marks; a score is the mean distance to the next best tag."""
    mentions = []
    at = 0
    while at < len(tags):
        tag = TAGS[tags[at]]
        if tag == "O":
            at += 1
            continue
        end = at + 1
        while end < len(tags) and TAGS[tags[end]] == f"I-{tag[2:]}" and not _is_dash(tokens, first + end):
            end += 1
        first_at, last_at = _trimmed(tokens, first + at, first + end - 1)
        margin = float(np.mean([_margin(scores[first + place], tags[place]) for place in range(at, end)]))
        if first_at <= last_at:
            span = Span(tokens.starts[first_at], tokens.ends[last_at])
            mentions.append(Mention(span, tag[2:], round(margin, 2), "model"))
        while end < len(tags) and TAGS[tags[end]] == f"I-{tag[2:]}":
            end += 1
        at = end
    return mentions


def _is_dash(tokens: Tokens, at: int) -> bool:
    """Whether a token is a dash between blanks, which no name reaches over."""
    apart = not tokens.glued(at) and at + 1 < len(tokens) and not tokens.glued(at + 1)
    return apart and tokens.words[at] in "–—―-"


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """A range of tokens without signs at its ends."""
    while first <= last and not (tokens.words[first][0].isalnum() or tokens.words[first] in "$€£¥"):
        first += 1
    while first <= last and not tokens.words[last][-1].isalnum() and tokens.words[last] not in "%.":
        if tokens.words[last][-1] == "." and len(tokens.words[last]) > 1:
            break
        last -= 1
    return first, last


def _margin(scores: Scores, tag: int) -> float:
    others = np.delete(scores, tag)
    return float(scores[tag] - others.max())
