"""Lists of names and of the words that go with names, looked up token by token.

Names are held as hashes in sorted arrays, a tenth of what strings in a dict take. Of a name's first word one knows how
far names go on from it, so the look-up is linear in the text however many names there are; one big regular expression
would not be.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from newstui.entities.lists import CODED, iter_coded, load_lines
from newstui.entities.tokens import Tokens, parse_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.uint32]

COUNTRY, REGION, CITY, PLACE = "country", "region", "city", "place"
DEMONYM, ORGANIZATION = "demonym", "organization"
FIRST, LAST, TITLE, COMMON = "first", "last", "title", "common"
COMPANY, FIGURE, SPOT, BODY = "company", "figure", "spot", "body"
HAPPENING, WORK, THING, PEOPLE = "happening", "work", "thing", "people"
ORGANIZATION_WORD, LOC_WORD, GPE_WORD, FAC_WORD = "organization word", "LOC word", "GPE word", "FAC word"

_KINDS = (
    (COUNTRY, REGION, CITY, PLACE, SPOT, LOC_WORD, GPE_WORD, FAC_WORD),
    (FIRST, LAST, TITLE, FIGURE),
    (ORGANIZATION, ORGANIZATION_WORD, COMPANY, BODY),
    (DEMONYM, PEOPLE, HAPPENING, WORK, THING, COMMON),
)
BEGINS = {kind: 1 << at for at, kind in enumerate(kind for group in _KINDS for kind in group)}
"""The bit that marks the first word of a name of a kind; that of its other words is `INSIDE` higher."""
INSIDE = 32
LENGTH = np.uint32(24)
"""Where among a word's bits it says how many words the longest name has that begins with it."""
_ONLY_KINDS = np.uint32((1 << 24) - 1)
GROUPS = tuple(sum(BEGINS[kind] * (1 + (1 << INSIDE)) for kind in group) for group in _KINDS)
"""The bits of places, of persons, of organizations, and of all other kinds."""

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))

LABEL_OF_KIND = {
    COUNTRY: "GPE",
    REGION: "GPE",
    CITY: "GPE",
    PLACE: "LOC",
    DEMONYM: "NORP",
    ORGANIZATION: "ORG",
}
"""The label of a name that one list alone explains."""


class Table:
    """A number for each of many words, whose hashes of 64 bits stand for them in a sorted array.

    Args:
        keys: hashes, in any order; several times where a word has several numbers.
        values: as many; those of one word are joined bit by bit.
    """

    def __init__(self, keys: array[int], values: array[int]) -> None:
        hashes = np.array(keys, np.int64)
        order = np.argsort(hashes, kind="stable")
        self._keys, firsts = np.unique(hashes[order], return_index=True)
        self._values = np.bitwise_or.reduceat(np.array(values, np.uint32)[order], firsts)

    def get(self, word: str) -> int:
        """The number of a word, 0 if it has none."""
        key = hash(word)
        at = bisect_left(self._keys, key)
        return int(self._values[at]) if at < len(self._keys) and self._keys[at] == key else 0

    def find(self, words: Sequence[str]) -> Values:
        """The number of each word, 0 where it has none."""
        keys = np.fromiter(map(hash, words), np.int64, len(words))
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._values[at], np.uint32(0))


class Gazetteer:
    """Names, each with the bits of its kinds, and the classes of common words.

    Args:
        names: each with a kind; they are matched word by word, with their case.
        classes: common words, each with its class.
    """

    def __init__(self, names: Iterable[tuple[str, str]], classes: Iterable[tuple[str, str]]) -> None:
        keys, bits = array("q"), array("I")
        longest: dict[str, int] = {}
        for name, kind in names:
            words = _words_of(name)
            if len(words) > 1:
                longest[words[0]] = max(longest.get(words[0], 1), len(words))
            keys.append(hash(" ".join(words)))
            bits.append(BEGINS[kind])
        keys.extend(map(hash, longest))
        bits.extend(length << int(LENGTH) for length in longest.values())
        self._names = Table(keys, bits)
        keys, numbers, number = array("q"), array("I"), {"": 0}
        for word, name in classes:
            keys.append(hash(word))
            numbers.append(number.setdefault(name, len(number)))
        self._class_of = Table(keys, numbers)
        self._classes = tuple(number)

    def classes_of(self, words: Sequence[str]) -> list[str]:
        """The class of each common word in WordNet, by its stem where it is not listed itself; empty if it has none."""
        found = self._class_of.find(words)
        for ending, instead in _ENDINGS:
            rest = [at for at in np.flatnonzero(found == 0).tolist() if words[at].endswith(ending)]
            rest = [at for at in rest if len(words[at]) > len(ending) + 2]
            found[rest] = self._class_of.find([words[at][: -len(ending)] + instead for at in rest])
        return [self._classes[number] for number in found.tolist()]

    def mark(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """For each word the bits of the kinds of listed names that begin or go on there, of the longest two."""
        words = self._as_listed(words)
        values = self._names.find(words)
        marks = np.where(values >> LENGTH, np.uint32(0), values).tolist()
        for at, names in self._iter_longer(words, values):
            for length, bits in names[:2]:
                marks[at] |= bits
                for place in range(at + 1, at + length):
                    marks[place] |= bits << INSIDE
        return np.array(marks, np.uint64)

    def match(self, words: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
        """Names by the places of their first words: number of words and bits of kinds, longest first."""
        values = self._names.find(words)
        found = {at: [(1, int(values[at]))] for at in np.flatnonzero(values).tolist()}
        found.update(self._iter_longer(words, values))
        return found

    def _iter_longer(self, words: Sequence[str], values: Values) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Where names of several words may begin, and the names that do, the longest first; last the word itself."""
        begins = np.flatnonzero(values >> LENGTH)
        most = np.minimum((values[begins] >> LENGTH).astype(np.int64), len(words) - begins)
        places = list(zip(begins.tolist(), most.tolist(), strict=True))
        wanted = [" ".join(words[at : at + length]) for at, most_here in places for length in range(most_here, 1, -1)]
        bits = iter((self._names.find(wanted) & _ONLY_KINDS).tolist())
        alone = (values[begins] & _ONLY_KINDS).tolist()
        for (at, most_here), own in zip(places, alone, strict=True):
            names = [(length, next(bits)) for length in range(most_here, 1, -1)]
            yield at, [name for name in (*names, (1, own)) if name[1]]

    def _as_listed(self, words: Sequence[str]) -> Sequence[str]:
        """Words in capitals, as datelines have them, as lists have them: `ERBIL` as `Erbil`; acronyms stay."""
        loud = [at for at, word in enumerate(words) if len(word) > 3 and word.isupper() and word.isalpha()]
        if not loud:
            return words
        calm = [words[at][0] + words[at][1:].lower() for at in loud]
        unknown = (self._names.find([words[at] for at in loud]) == 0) & (self._names.find(calm) != 0)
        changed = list(words)
        for number in np.flatnonzero(unknown).tolist():
            changed[loud[number]] = calm[number]
        return changed

    def is_a(self, word: str, *kinds: str) -> bool:
        """Whether a word, or a name of several, is listed as one of the kinds."""
        return bool(self._names.get(word) & sum(BEGINS[kind] for kind in kinds))


def _words_of(name: str) -> Sequence[str]:
    if name.isalpha():
        return (name,)
    return name.split(" ") if name.replace(" ", "").isalpha() else parse_tokens(name).words


@cache
def load_gazetteer() -> Gazetteer:
    """The lists that newstui ships."""
    return Gazetteer(_iter_names(), _iter_classes())


def _iter_names() -> Iterator[tuple[str, str]]:
    for file, kind in (
        ("cities.txt", CITY),
        ("regions.txt", REGION),
        ("places.txt", PLACE),
        ("organizations.txt", ORGANIZATION),
        ("organization_words.txt", ORGANIZATION_WORD),
        ("titles.txt", TITLE),
        ("first_names.txt", FIRST),
        ("last_names.txt", LAST),
        ("first_names_world.txt", FIRST),
        ("last_names_world.txt", LAST),
        ("companies.txt", COMPANY),
    ):
        for line in load_lines(file):
            yield line, kind
    for file, kind in (("first_names_own.txt", FIRST), ("last_names_own.txt", LAST), ("common_words.txt", COMMON)):
        for line in load_lines(file):
            for word in line.split():
                yield word, kind
    for line in load_lines("place_words.txt"):
        label, _, word = line.partition("\t")
        yield word, f"{label} word"
    for line in load_lines("wordnet_names.tsv"):
        kind, _, name = line.partition("\t")
        yield name, kind
    for file in CODED:
        for name, _ in iter_coded(file):
            yield name, DEMONYM if file == "demonyms.tsv" else COUNTRY


def _iter_classes() -> Iterator[tuple[str, str]]:
    for line in load_lines("word_classes.tsv"):
        kind, _, found = line.partition("\t")
        for word in found.split(" "):
            yield word, kind


def normalize_case(tokens: Tokens) -> list[str]:
    """Words as lists hold them: in lines that are all capitals, `ANKARA` becomes `Ankara`; acronyms elsewhere stay.

    `U.S` gets its last stop.
    """
    words = [f"{word}." if len(word) > 2 and word[-2] == "." and word[-1].isupper() else word for word in tokens.words]
    begin = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or tokens.breaks[index]:
            line = range(begin, index)
            if is_shouted([words[at] for at in line]):
                for at in line:
                    words[at] = _titled(words[at])
            begin = index
    return words


def is_shouted(words: list[str]) -> bool:
    """Whether a line is written in capitals: at least three words of letters, nearly all of them so."""
    letters = [word for word in words if len(word) > 1 and word.isalpha()]
    return len(letters) >= 3 and sum(word.isupper() for word in letters) >= 0.8 * len(letters)


def _titled(word: str) -> str:
    return word[0] + word[1:].lower() if len(word) > 2 and word.isalpha() and word.isupper() else word
