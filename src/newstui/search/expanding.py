"""From a word of a query to the words of a vocabulary that may be meant, each with how likely it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.search.folding import KEY_LENGTH, other_spelling
from newstui.search.segment import BITS, ONCE, Segment, letter_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT, PREFIX, JOINED, TYPO = range(4)
"""Tiers: a hit of a lower one always comes before a hit of a higher one."""
MOST = 400
"""Misspelled words of the vocabulary kept for one word of a query."""
_BEGUN = 2
"""After this letter of a beginning the words are dropped that have too many others already: most of them."""
_FEW = 40
"""Words with one misspelled beginning that are looked at."""
_DOUBT = np.float32(0.85)
_PREFIX, _INNER_PREFIX, _SPELLED, _SPLIT = 0.93, 0.72, 0.97, 0.9


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of the vocabulary that one query word may mean: numbers in order, similarity (0 to 1), and tier of each.

    `pairs` are two words that follow each other and together are the query word: `cease fire` for `ceasefire`.
    """

    words: NDArray[np.int64]
    similarities: NDArray[np.float32]
    tiers: NDArray[np.int8]
    pairs: tuple[tuple[int, int, float], ...] = ()

    def doubted(self) -> Expansion:
        """The same with misspellings that count for less."""
        return replace(self, similarities=self.similarities * np.where(self.tiers == TYPO, _DOUBT, np.float32(1)))


class _Forms:
    """Collects the readings of one word, the likelier ones first."""

    def __init__(self) -> None:
        self._columns: list[tuple[NDArray[np.int64], NDArray[np.float32], int]] = []

    def add(self, words: Sequence[int] | NDArray[np.int64], similarities: Any, tier: int) -> None:
        """Add words of one tier; where a word comes twice, the first time counts."""
        numbers = np.asarray(words, np.int64)
        if len(numbers):
            column = np.empty(len(numbers), np.float32)
            column[:] = similarities
            self._columns.append((numbers, column, tier))

    def expansion(self, pairs: Sequence[tuple[int, int, float]]) -> Expansion:
        """All of them, each word once."""
        if not self._columns:
            none = np.empty(0, np.int64)
            return Expansion(none, none.astype(np.float32), none.astype(np.int8), tuple(pairs))
        words = np.concatenate([numbers for numbers, _, _ in self._columns])
        similarities = np.concatenate([each for _, each, _ in self._columns])
        tiers = np.concatenate([np.full(len(numbers), tier, np.int8) for numbers, _, tier in self._columns])
        words, firsts = np.unique(words, return_index=True)
        return Expansion(words, similarities[firsts], tiers[firsts], tuple(pairs))


def allowed_edits(word: str) -> int:
    """How many letters may be wrong: none up to 2, one up to 5, else two. A swap of neighbors is one."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


class Expander:
    """Expands words over one segment; remembers the last ones, for while typing only the last word is new."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
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
        forms = _Forms()
        for word, similarity in ((key, 1.0), (other_spelling(key), _SPELLED)):
            exact = self.find(word) if word else None
            if exact is not None:
                forms.add([exact], similarity, EXACT)
        if last or len(key) >= 4:
            words = self.prefixed(key)
            numbers = np.arange(words.start, words.stop)
            more = self._segment.lengths_of(numbers) - len(key)
            forms.add(numbers, (_PREFIX if last else _INNER_PREFIX) - np.minimum(0.2, 0.012 * more), PREFIX)
        edits = allowed_edits(key)
        if edits:
            self._add_typos(forms, key, edits, last=last)
        return forms.expansion(self._split(key) if len(key) >= 6 else ())

    def _add_typos(self, forms: _Forms, key: str, edits: int, *, last: bool) -> None:
        vocabulary = self._segment.vocabulary
        near = self._near(key, edits)
        close = _distances(key, [vocabulary[word] for word in near], edits)
        words = [np.array([near[at] for at, _ in close], np.int64)]
        likely = [similarity_of(key, vocabulary[near[at]], distance) for at, distance in close]
        if last and 4 <= len(key) < KEY_LENGTH:
            for prefix, distance in self._near_prefixes(key, min(edits, 1 if len(key) < 7 else 2)):
                found = self.prefixed(prefix)[:_FEW]
                words.append(np.arange(found.start, found.stop))
                likely += [0.9 * similarity_of(key, prefix, distance)] * len(found)
        similarities = np.array(likely, np.float32)
        best = np.argsort(-similarities, kind="stable")[:MOST]
        forms.add(np.concatenate(words)[best], similarities[best], TYPO)

    def _near(self, key: str, edits: int) -> list[int]:
        """The words that can be within some edits, by their letters alone.

        An edit changes at most one letter each way, and in a word that is longer by one at least one edit has added a
        letter, so that the others can have taken away one letter less.
        """
        segment, mask = self._segment, letter_mask(key)
        words: list[int] = []
        for longer in range(-edits, edits + 1):
            size = len(key) + longer
            if not 0 < size <= KEY_LENGTH:
                continue
            first, last = segment.length_starts[size : size + 2].tolist()
            masks = segment.arrays.masks[first:last]
            near = np.flatnonzero(np.bitwise_count(mask & ~masks) <= edits - max(0, longer))
            near = near[np.bitwise_count(masks[near] & ~mask) <= edits - max(0, -longer)]
            words += segment.by_length[first + near].tolist()
        return words

    def _near_prefixes(self, key: str, edits: int) -> list[tuple[str, int]]:
        """Beginnings of longer words within some edits of a word of the same length, and beginning like it.

        Only words with its first or second letter in front are looked at: the first letter of a word that is still
        being typed is seldom wrong, and the others are a tenth of the vocabulary.
        """
        segment, once, size = self._segment, letter_mask(key) & ONCE, len(key)
        arrays = segment.arrays
        words = np.concatenate([np.arange(*self._slice(letter)) for letter in dict.fromkeys(key[:2])])
        firsts = arrays.letter_starts[words]
        long = arrays.letter_starts[words + 1] - firsts > size
        words, firsts = words[long], firsts[long]
        masks = np.zeros(len(words), np.uint64)
        for step in range(size):
            masks |= BITS[arrays.letters[firsts + np.uint32(step)]]
            if step == _BEGUN:
                alike = np.bitwise_count(masks & ~once) <= edits
                words, firsts, masks = words[alike], firsts[alike], masks[alike]
        alike = (np.bitwise_count(masks & ~once) <= edits) & (np.bitwise_count(once & ~masks) <= edits)
        prefixes = sorted({segment.vocabulary[word][:size] for word in words[alike].tolist()})
        return [(prefixes[at], distance) for at, distance in _distances(key, prefixes, edits)]

    def _slice(self, prefix: str) -> tuple[int, int]:
        words = self.prefixed(prefix)
        return words.start, words.stop

    def _split(self, key: str) -> list[tuple[int, int, float]]:
        pairs = []
        for at in range(3, len(key) - 2):
            first, second = self.find(key[:at]), self.find(key[at:])
            if first is not None and second is not None:
                pairs.append((first, second, _SPLIT))
        return pairs


def similarity_of(key: str, word: str, distance: int) -> float:
    """How likely a misspelling is: fewer edits in longer words, the first letter right, letters doubled, or swapped."""
    similarity = 1 - 1.15 * distance / max(len(key), len(word)) - 0.04
    if key[0] != word[0]:
        similarity -= 0.08
    if set(key) == set(word):
        similarity += 0.05 if len(key) != len(word) else 0.08
    return max(0.3, similarity)


def _distances(key: str, words: list[str], edits: int) -> list[tuple[int, int]]:
    """Which other words are within some edits (optimal string alignment), and how far each is."""
    if not words:
        return []
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    found: Any = cdist([key], words, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
    near = np.flatnonzero((found <= edits) & (found > 0))
    return list(zip(near.tolist(), found[near].tolist(), strict=True))
