"""An immutable index over some units of text: sorted vocabulary, postings, and the words of every unit in order.

A unit is one field of one article, or of one annotation: words in different units are never near each other. Because
the vocabulary is sorted, all words with a prefix are one slice of it. Everything is an array that can be mapped from a
file, a word in text order costs four bytes, and where it stands is told by one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from newstui.search.folding import KEY_LENGTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.unsignedinteger]

FIELDS = ("title", "text", "quote", "note", "tag", "entity")
"""Fields of units; all but the bodies are kept with the index."""
BODY = FIELDS.index("text")


@dataclass(frozen=True, slots=True)
class Unit:
    """A text that is searched.

    `field` is one of `FIELDS`; `annotation` is empty for what belongs to the article.
    """

    article: str
    field: str
    text: str
    annotation: str = ""


_BREAK, _LINES = 10, 5000

Bodies = Callable[[str], str]
"""From the id of an article to its text, which the index does not keep."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a segment consists of, for W words of text, V of vocabulary, U units.

    `low` holds the lower 16 bits of the number in the vocabulary of each word (W), `high` those above, several words
    a byte (see `pack_high`); `advance` is how far a word begins behind the one before, in code points (W); what that
    byte cannot hold is in `far_by` for the words `far_at`. `bounds` says where the words of each unit begin (U + 1),
    `articles` and `fields` what it is of (U), `annotations` of which (U, -1 for
    none), `shorts` where its text begins in `short_texts` (U + 1). `postings[offsets[w]:offsets[w + 1]]` are the units
    that hold word `w`. `spelling` holds the vocabulary one word a line, `letters` a number for each letter
    of it and `letter_starts` where each word begins in it (V + 1). `masks` are the letters of each word as sets, the
    short words first (V). `names` are the ids of articles and annotations, one a line.
    """

    low: NDArray[np.uint16]
    high: NDArray[np.uint8]
    advance: NDArray[np.uint8]
    far_at: NDArray[np.uint32]
    far_by: NDArray[np.uint32]
    bounds: NDArray[np.uint32]
    articles: NDArray[np.uint32]
    fields: NDArray[np.uint8]
    annotations: NDArray[np.int32]
    shorts: NDArray[np.uint32]
    short_texts: NDArray[np.uint8]
    offsets: NDArray[np.uint32]
    postings: Numbers
    spelling: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    letter_starts: NDArray[np.uint32]
    masks: NDArray[np.uint64]
    article_names: NDArray[np.uint8]
    annotation_names: NDArray[np.uint8]


ARRAY_NAMES = tuple(each.name for each in fields(Arrays))


class Segment:
    """The index itself; `building.build_segment` makes it, `files` keeps it.

    Args:
        arrays: what it consists of.
        bodies: gives the text of units that are bodies.
    """

    def __init__(self, arrays: Arrays, bodies: Bodies) -> None:
        self.arrays = arrays
        self.bodies = bodies
        self.size = len(arrays.fields)
        self.vocabulary: list[str] = _lines(arrays.spelling)

    # -- words

    @cached_property
    def by_length(self) -> NDArray[np.int64]:
        """All words, the short ones first."""
        return words_by_length(self.arrays.letter_starts)

    @cached_property
    def length_starts(self) -> NDArray[np.int64]:
        """Where in `by_length` the words of each length begin, up to `KEY_LENGTH` + 1."""
        return np.searchsorted(self.lengths_of(self.by_length), np.arange(KEY_LENGTH + 2))

    def lengths_of(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many letters some words of the vocabulary have."""
        starts = self.arrays.letter_starts
        return starts[words + 1].astype(np.int64) - starts[words]

    @cached_property
    def joined(self) -> str:
        """The vocabulary as one text, each word between newlines, to look into the middle of words."""
        return "\n" + "\n".join(self.vocabulary) + "\n"

    @cached_property
    def joined_starts(self) -> NDArray[np.int64]:
        """Where in `joined` each word begins."""
        return np.cumsum([1, *(len(word) + 1 for word in self.vocabulary)])

    # -- units

    @cached_property
    def article_ids(self) -> list[str]:
        """The ids of the articles, by their numbers."""
        return _lines(self.arrays.article_names)

    @cached_property
    def article_numbers(self) -> dict[str, int]:
        """The number of each article."""
        return {id_: number for number, id_ in enumerate(self.article_ids)}

    @cached_property
    def annotation_ids(self) -> list[str]:
        """The ids of the annotations, by their numbers."""
        return _lines(self.arrays.annotation_names)

    def unit(self, number: int) -> Unit:
        """A unit with its text."""
        arrays = self.arrays
        annotation = int(arrays.annotations[number])
        return Unit(
            self.article_ids[int(arrays.articles[number])],
            FIELDS[int(arrays.fields[number])],
            self.text(number),
            self.annotation_ids[annotation] if annotation >= 0 else "",
        )

    def text(self, number: int) -> str:
        """The text of a unit."""
        arrays = self.arrays
        if arrays.fields[number] == BODY:
            return self.bodies(self.article_ids[int(arrays.articles[number])])
        kept = arrays.short_texts[int(arrays.shorts[number]) : int(arrays.shorts[number + 1])]
        return kept.tobytes().decode("utf-8", "surrogatepass")

    def units_of(self, word: int) -> Numbers:
        """The units that hold a word."""
        return self.arrays.postings[int(self.arrays.offsets[word]) : int(self.arrays.offsets[word + 1])]

    def holders(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many units each of some words stands."""
        offsets = self.arrays.offsets
        return offsets[words + 1].astype(np.int64) - offsets[words]

    def postings_of(self, words: NDArray[np.int64]) -> Numbers:
        """The units of some words one after the other."""
        return self.arrays.postings[_ranges(self.arrays.offsets[words].astype(np.int64), self.holders(words))]

    def words_of(self, units: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The words of some units, one after the other, and how many each has."""
        firsts = self.arrays.bounds[units].astype(np.int64)
        counts = self.arrays.bounds[units + 1].astype(np.int64) - firsts
        at = _ranges(firsts, counts)
        words = self.arrays.low[at].astype(np.uint32)
        bits = high_bits(len(self.vocabulary))
        if bits:
            words |= unpack_high(self.arrays.high, at, bits) << np.uint32(16)
        return words, counts

    def start_of(self, unit: int, place: int) -> int:
        """Where a word of a unit begins in its text; `place` counts the words of the unit."""
        arrays = self.arrays
        first = int(arrays.bounds[unit])
        start = int(arrays.advance[first : first + place + 1].sum(dtype=np.int64))
        if len(arrays.far_at):
            low, high = np.searchsorted(arrays.far_at, (first, first + place + 1))
            start += int(arrays.far_by[low:high].sum(dtype=np.int64))
        return start


def high_bits(vocabulary: int) -> int:
    """Bits that the number of a word has above the lower 16, as a divisor of 8 (or 0)."""
    return next(bits for bits in (0, 2, 4, 8) if vocabulary <= 1 << (16 + bits))


def pack_high(words: NDArray[np.uint32], vocabulary: int) -> NDArray[np.uint8]:
    """The upper bits of the numbers of words, as many words a byte as there is room for, the first ones lowest."""
    bits = high_bits(vocabulary)
    if not bits:
        return np.empty(0, np.uint8)
    each = 8 // bits
    high = np.zeros(-(-len(words) // each) * each, np.uint8)
    high[: len(words)] = words >> 16
    rows = high.reshape(-1, each) << (np.arange(each, dtype=np.uint8) * np.uint8(bits))
    packed: NDArray[np.uint8] = np.bitwise_or.reduce(rows, axis=1)
    return packed


def unpack_high(high: NDArray[np.uint8], at: NDArray[np.int64], bits: int) -> NDArray[np.uint32]:
    """What `pack_high` packed, for the words at some places."""
    each = 8 // bits
    shifts = (at % each * bits).astype(np.uint8)
    return ((high[at // each] >> shifts) & np.uint8((1 << bits) - 1)).astype(np.uint32)


def words_by_length(letter_starts: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The numbers of all words, the short ones first."""
    return np.argsort((letter_starts[1:] - letter_starts[:-1]).astype(np.uint8), kind="stable")


def _ranges(firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of several ranges, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(firsts - ends + counts, counts) + np.arange(total)


def _lines(data: NDArray[np.uint8]) -> list[str]:
    """The lines in some bytes; read in pieces, for a thread that waits for the interpreter must get it soon."""
    lines: list[str] = []
    breaks = np.flatnonzero(data == _BREAK)
    first = 0
    for last in [*breaks[_LINES::_LINES].tolist(), len(data)]:
        if last > first:
            lines += data[first:last].tobytes().decode("utf-8", "surrogatepass").split("\n")
        first = last + 1
    return lines


def pack_lines(lines: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line breaks as bytes, one a line."""
    return np.frombuffer("\n".join(lines).encode("utf-8", "surrogatepass"), np.uint8)


LETTERS = 38
"""Numbers of letters: a-z are 0 to 25, all others are spread over the rest."""
_TWICE = 26
"""Letters of which a mask says that a word has them twice, in its bits from `LETTERS` on."""


def letter_numbers(text: str) -> NDArray[np.uint8]:
    """A number from 0 to `LETTERS` - 1 for each letter."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    spread = _TWICE + codes % (LETTERS - _TWICE)
    return np.where((codes >= 97) & (codes <= 122), codes - 97, spread).astype(np.uint8)


def letter_masks(letters: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Which letters words have, and which of a-z twice: an edit of a word changes at most one bit each way.

    Args:
        letters: `letter_numbers` of the words, one after the other.
        starts: where each begins, and where the last one ends.
    """
    if len(starts) < 2:
        return np.empty(0, np.uint64)
    ordered = np.sort(np.repeat(np.arange(len(starts) - 1), np.diff(starts)) * 64 + letters)
    again = np.diff(ordered, prepend=-1) == 0
    ordered %= 64
    bits = BITS[np.where(again & (ordered < _TWICE), LETTERS + ordered, ordered)]
    masks: NDArray[np.uint64] = np.bitwise_or.reduceat(bits, starts[:-1])
    return masks


def letter_mask(word: str) -> np.uint64:
    """The mask of one word, as `letter_masks` makes it."""
    mask = 0
    for letter in word:
        code = ord(letter)
        number = code - 97 if 97 <= code <= 122 else _TWICE + code % (LETTERS - _TWICE)
        twice = number < _TWICE and mask >> number & 1
        mask |= 1 << (LETTERS + number if twice else number)
    return np.uint64(mask)


BITS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
ONCE = np.uint64((1 << LETTERS) - 1)


def no_bodies(article: str) -> str:
    """For segments without bodies."""
    raise KeyError(article)


def bodies_of(units: Iterable[Unit]) -> Bodies:
    """The texts of units that are at hand."""
    return {unit.article: unit.text for unit in units if unit.field == "text"}.__getitem__
