"""The words of many texts at once: the same words as `folding.iter_words` finds, a whole piece of text at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from newstui.search.folding import KEY_LENGTH, fold, is_plain, iter_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint8] | NDArray[np.uint32]

_APOSTROPHE, _S = 39, 115
_SLOT_BITS = 20
_FACTOR = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of texts in order: numbers, where each begins in its own text (code points), how many each text has."""

    numbers: NDArray[np.uint32]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]


class WordNumbers:
    """Numbers words in the order they come.

    Words met before are looked up all together in a table of 64-bit hashes, so that only new ones become strings; two
    words with one hash would be taken for one, which does not happen by chance.
    """

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self._hashes = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._numbers = np.zeros(1 << _SLOT_BITS, np.uint32)
        powers = [1]
        while len(powers) < KEY_LENGTH:
            powers.append(powers[-1] * _FACTOR % (1 << 64))
        self._powers = np.array([power * _FACTOR % (1 << 64) for power in powers] + [0], np.uint64)

    def of_key(self, key: str) -> int:
        """The number of one word."""
        return self.words.setdefault(key, len(self.words))

    def of_letters(self, letters: Codes, lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The numbers of words that follow each other in `letters`, each of at least one."""
        starts = np.cumsum(lengths) - lengths
        within = np.minimum(np.arange(len(letters)) - np.repeat(starts, lengths), KEY_LENGTH)
        hashes = np.add.reduceat(letters * self._powers[within], starts) if len(starts) else np.empty(0, np.uint64)
        slots = (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        numbers = self._numbers[slots]
        unknown = np.flatnonzero(self._hashes[slots] != hashes)
        if len(unknown):
            _, firsts, which = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            new = unknown[firsts]
            keys = _spelled(letters, starts[new], np.minimum(lengths[new], KEY_LENGTH))
            found = np.fromiter(map(self.of_key, keys), np.uint32, len(keys))
            numbers[unknown] = found[which]
            self._hashes[slots[new]] = hashes[new]
            self._numbers[slots[new]] = found
        return numbers


def _spelled(letters: Codes, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> list[str]:
    """Some of the words as texts."""
    ends = np.cumsum(lengths + 1)
    spaced = np.full(int(ends[-1]), 32, letters.dtype)
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    spaced[np.repeat(ends - lengths - 1, lengths) + within] = letters[np.repeat(starts, lengths) + within]
    return spaced.tobytes().decode("latin-1" if spaced.itemsize == 1 else "utf-32-le").split()


def iter_tokens(texts: Sequence[str], numbers: WordNumbers) -> Iterator[Tokens]:
    """The words of all texts, in pieces of whole texts."""
    for plain, group in groupby(texts, is_plain):
        if plain:
            yield _plain_tokens(list(group), numbers)
        else:
            yield from (_other_tokens(text, numbers) for text in group)


def _other_tokens(text: str, numbers: WordNumbers) -> Tokens:
    """The words of a text with signs inside words, or without blanks between them."""
    words = list(iter_words(text))
    starts = np.array([word.start for word in words], np.int64)
    found = np.array([numbers.of_key(word.key) for word in words], np.uint32)
    return Tokens(found, starts, np.array([len(words)]))


def _plain_tokens(texts: Sequence[str], numbers: WordNumbers) -> Tokens:
    """The words of texts of letters, digits and apostrophes, found by looking at all code points side by side."""
    codes, letter = _classified("\n".join(texts))
    inner = np.flatnonzero(codes[1:-1] == _APOSTROPHE) + 1
    inner = inner[letter[inner - 1] & letter[inner + 1]]
    inside = letter.copy()
    inside[inner] = True
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    long = (ends - starts > 3) & (codes[ends - 1] == _S) & (codes[ends - 2] == _APOSTROPHE)
    letter[ends[long] - 1] = False
    lengths = np.diff(np.searchsorted(np.flatnonzero(letter), np.append(starts, len(codes))))
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    counts = np.diff(np.searchsorted(starts, begins))
    return Tokens(numbers.of_letters(codes[letter], lengths), starts - np.repeat(begins[:-1], counts), counts)


def _classified(text: str) -> tuple[Codes, NDArray[np.bool_]]:
    """The folded code points of a text, and which of them are letters or digits."""
    folds, letters = _tables()
    if text.isascii():
        narrow = np.frombuffer(text.lower().encode("ascii"), np.uint8)
        return narrow, letters[narrow]
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    for code in np.unique(codes[codes > 127]).tolist():
        if not folds[code]:
            folds[code] = ord(fold(chr(code)))
            letters[folds[code]] = chr(folds[code]).isalnum()
    codes = folds[codes]
    return codes, letters[codes]


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """What code points fold to and which are letters or digits, as far as they were met; 0 is what was not."""
    folds, letters = np.zeros(0x110000, np.uint32), np.zeros(0x110000, np.bool_)
    folds[:128] = [ord(fold(chr(code))) for code in range(128)]
    letters[:128] = [chr(code).isalnum() for code in range(128)]
    return folds, letters
