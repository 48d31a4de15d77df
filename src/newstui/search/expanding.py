"""From a word of a query to the words of a vocabulary that may be meant, each with how likely it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.search.folding import other_spelling
from newstui.search.segment import Segment, letter_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT, PREFIX, JOINED, TYPO = range(4)
"""Tiers: a hit of a lower one always comes before a hit of a higher one."""
MOST = 400
"""Words of the vocabulary kept for one word of a query."""
_PREFIX, _INNER_PREFIX, _SPELLED = 0.93, 0.72, 0.97


@dataclass(slots=True)
class Expansion:
    """Words of the vocabulary that one query word may mean: similarity (0 to 1) and tier by word number.

    `pairs` are two words that follow each other and together are the query word: `cease fire` for `ceasefire`.
    """

    forms: dict[int, tuple[float, int]] = field(default_factory=dict)
    pairs: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, word: int, similarity: float, tier: int) -> None:
        """Keep the likelier of two readings."""
        known = self.forms.get(word)
        if known is None or (-known[1], known[0]) < (-tier, similarity):
            self.forms[word] = (similarity, tier)


def allowed_edits(word: str) -> int:
    """How many letters may be wrong: none up to 3, one up to 5, else two. A swap of neighbors is one."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


class Expander:
    """Expands words over one segment; remembers the last ones, for while typing only the last word is new."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._prefixes: dict[int, tuple[list[str], NDArray[np.uint64]]] = {}
        self.expand = lru_cache(maxsize=512)(self._expand)

    def find(self, key: str) -> int | None:
        """The number of a word, if the vocabulary has it."""
        vocabulary = self._segment.vocabulary
        at = bisect_left(vocabulary, key)
        return at if at < len(vocabulary) and vocabulary[at] == key else None

    def prefixed(self, prefix: str) -> range:
        """The numbers of all words with a prefix."""
        vocabulary = self._segment.vocabulary
        return range(bisect_left(vocabulary, prefix), bisect_left(vocabulary, prefix + "\U0010ffff"))

    def holding(self, part: str) -> list[int]:
        """The numbers of all words that have a part in them."""
        joined, starts = self._segment.joined, self._segment.joined_starts
        found = []
        at = joined.find(part)
        while at >= 0:
            number = int(np.searchsorted(starts, at, "right")) - 1
            found.append(number)
            at = joined.find(part, int(starts[number + 1]) - 1)
        return found

    def _expand(self, key: str, last: bool) -> Expansion:
        """All readings of a word.

        Args:
            key: the folded word.
            last: whether it may be unfinished.
        """
        expansion = Expansion()
        exact = self.find(key)
        if exact is not None:
            expansion.add(exact, 1.0, EXACT)
        spelled = other_spelling(key)
        same = self.find(spelled) if spelled else None
        if same is not None:
            expansion.add(same, _SPELLED, EXACT)
        if last or len(key) >= 4:
            self._add_prefixed(expansion, key, _PREFIX if last else _INNER_PREFIX)
        edits = allowed_edits(key)
        if edits:
            self._add_typos(expansion, key, edits)
            if last:
                self._add_unfinished_typos(expansion, key, edits)
        if len(key) >= 6:
            self._add_split(expansion, key)
        if len(expansion.forms) > MOST:
            best = sorted(expansion.forms.items(), key=lambda form: (form[1][1], -form[1][0]))[:MOST]
            expansion.forms = dict(best)
        return expansion

    def _add_prefixed(self, expansion: Expansion, key: str, similarity: float) -> None:
        words = self.prefixed(key)
        lengths = self._segment.word_lengths
        for word in words if len(words) <= MOST else words[:: len(words) // MOST + 1]:
            more = int(lengths[word]) - len(key)
            if more:
                expansion.add(word, similarity - min(0.2, 0.012 * more), PREFIX)

    def _add_typos(self, expansion: Expansion, key: str, edits: int) -> None:
        lengths = self._segment.word_lengths
        long_enough = (lengths >= max(1, len(key) - edits)) & (lengths <= len(key) + edits)
        near = np.flatnonzero(long_enough & _similar(self._segment.masks, key, edits)).tolist()
        vocabulary = self._segment.vocabulary
        for at, distance in _distances(key, [vocabulary[word] for word in near], edits):
            if distance:
                word = near[at]
                expansion.add(word, similarity_of(key, vocabulary[word], distance), TYPO)

    def _add_unfinished_typos(self, expansion: Expansion, key: str, edits: int) -> None:
        if len(key) not in self._prefixes:
            cut = sorted({word[: len(key)] for word in self._segment.vocabulary if len(word) > len(key)})
            self._prefixes[len(key)] = (cut, np.array([letter_mask(word) for word in cut], np.uint64))
        cut, masks = self._prefixes[len(key)]
        near = np.flatnonzero(_similar(masks, key, min(edits, 1 if len(key) < 7 else 2)))
        for at, distance in _distances(key, [cut[word] for word in near], edits):
            if distance:
                prefix = cut[int(near[at])]
                similarity = 0.9 * similarity_of(key, prefix, distance)
                for word in self.prefixed(prefix)[:40]:
                    expansion.add(word, similarity, TYPO)

    def _add_split(self, expansion: Expansion, key: str) -> None:
        for at in range(3, len(key) - 2):
            first, second = self.find(key[:at]), self.find(key[at:])
            if first is not None and second is not None:
                expansion.pairs.append((first, second, 0.9))


def similarity_of(key: str, word: str, distance: int) -> float:
    """How likely a misspelling is: fewer edits in longer words, the first letter right, letters swapped or doubled."""
    similarity = 1 - 1.15 * distance / max(len(key), len(word)) - 0.04
    if key[0] != word[0]:
        similarity -= 0.08
    if sorted(key) == sorted(word) or set(key) == set(word):
        similarity += 0.05
    return max(0.3, similarity)


def _similar(masks: NDArray[np.uint64], key: str, edits: int) -> NDArray[np.bool_]:
    """Which words can be within some edits, by their letters alone: an edit changes at most one letter each way."""
    mask = np.uint64(letter_mask(key))
    similar: NDArray[np.bool_] = (np.bitwise_count(masks & ~mask) <= edits) & (
        np.bitwise_count(np.bitwise_and(mask, ~masks)) <= edits
    )
    return similar


def _distances(key: str, words: list[str], edits: int) -> Iterable[tuple[int, int]]:
    """Which words are within some edits (optimal string alignment), and how far each is."""
    if not words:
        return ()
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    found: Any = cdist([key], words, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
    return [(int(at), int(found[at])) for at in np.flatnonzero(found <= edits)]
