"""An immutable index over some units of text: sorted vocabulary, postings, and the words of every unit in order.

A unit is one field of one article, or of one annotation: words in different units are never near each other. Because
the vocabulary is sorted, all words with a prefix are one slice of it. Offsets count code points of the unit's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from newstui.search.folding import iter_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Unit:
    """A text that is searched.

    `field` is `title`, `text`, `quote`, `note`, `tag` or `entity`; `annotation` is empty for what belongs to the
    article.
    """

    article: str
    field: str
    text: str
    annotation: str = ""


def letter_mask(word: str) -> int:
    """Which letters a word has, as 64 bits: a-z, digits, the rest spread over what is left."""
    mask = 0
    for char in word:
        code = ord(char)
        if 97 <= code <= 122:
            mask |= 1 << (code - 97)
        elif 48 <= code <= 57:
            mask |= 1 << (code - 22)
        else:
            mask |= 1 << (36 + code % 28)
    return mask


class Segment:
    """The index itself; `build_segment` makes it.

    `starts` and `lengths` place each word in the text of its unit, `words` are numbers in `vocabulary`, `bounds` says
    where in them each unit begins. `postings[offsets[w]:offsets[w + 1]]` are the units that hold word `w`.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        vocabulary: Sequence[str],
        words: Numbers,
        starts: Numbers,
        lengths: NDArray[np.uint8],
        bounds: NDArray[np.int64],
    ) -> None:
        self.units = units
        self.vocabulary = vocabulary
        self.words = words
        self.starts = starts
        self.lengths = lengths
        self.bounds = bounds
        self.offsets, self.postings = _invert(words, bounds, len(vocabulary))

    @cached_property
    def word_lengths(self) -> NDArray[np.uint8]:
        """How many letters each word of the vocabulary has."""
        return np.fromiter((len(word) for word in self.vocabulary), np.uint8, len(self.vocabulary))

    @cached_property
    def masks(self) -> NDArray[np.uint64]:
        """The letter mask of each word of the vocabulary."""
        return np.fromiter((letter_mask(word) for word in self.vocabulary), np.uint64, len(self.vocabulary))

    @cached_property
    def joined(self) -> str:
        """The vocabulary as one text, each word between newlines, to look into the middle of words."""
        return "\n" + "\n".join(self.vocabulary) + "\n"

    @cached_property
    def joined_starts(self) -> NDArray[np.int64]:
        """Where in `joined` each word begins."""
        return np.cumsum([1, *(len(word) + 1 for word in self.vocabulary)])

    @cached_property
    def fields(self) -> dict[str, NDArray[np.bool_]]:
        """For each field which units are of it."""
        names = np.array([unit.field for unit in self.units])
        return {str(name): names == name for name in np.unique(names)}

    def units_of(self, word: int) -> Numbers:
        """The units that hold a word."""
        return self.postings[self.offsets[word] : self.offsets[word + 1]]

    def words_of(self, unit: int) -> Numbers:
        """The words of a unit, in order."""
        return self.words[self.bounds[unit] : self.bounds[unit + 1]]

    def place(self, unit: int, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to `last` of a unit stand in its text."""
        base = int(self.bounds[unit])
        end = base + last
        return int(self.starts[base + first]), int(self.starts[end]) + int(self.lengths[end])


def build_segment(units: Iterable[Unit]) -> Segment:
    """Index some units."""
    from array import array

    kept: list[Unit] = []
    numbers: dict[str, int] = {}
    words, starts, lengths = array("I"), array("I"), array("B")
    bounds = [0]
    for unit in units:
        kept.append(unit)
        for key, start, end in iter_words(unit.text):
            number = numbers.setdefault(key, len(numbers))
            words.append(number)
            starts.append(start)
            lengths.append(min(end - start, 255))
        bounds.append(len(words))
    vocabulary = sorted(numbers)
    ranks = np.empty(len(numbers), np.uint32)
    ranks[[numbers[word] for word in vocabulary]] = np.arange(len(vocabulary), dtype=np.uint32)
    ordered = ranks[np.frombuffer(words, np.uint32)] if len(words) else np.empty(0, np.uint32)
    return Segment(
        kept,
        vocabulary,
        ordered,
        np.frombuffer(starts, np.uint32) if len(starts) else np.empty(0, np.uint32),
        np.frombuffer(lengths, np.uint8) if len(lengths) else np.empty(0, np.uint8),
        np.array(bounds, np.int64),
    )


def _invert(words: Numbers, bounds: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], Numbers]:
    units = np.repeat(np.arange(len(bounds) - 1, dtype=np.uint64), np.diff(bounds))
    pairs = np.unique((words.astype(np.uint64) << np.uint64(32)) | units)
    counts = np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=size)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    return offsets, (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
