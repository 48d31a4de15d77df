"""Lists of names and of the words that go with names, looked up token by token.

A dict from a name's first word to its continuations keeps the look-up linear in the text however many names there are;
one big regular expression would not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newstui.entities.tokens import Tokens, parse_tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


@dataclass(slots=True)
class Gazetteer:
    """Names of one word, and of several, each with the bits of its kinds; ISO codes; classes of common words."""

    single: dict[str, int] = field(default_factory=dict)
    longer: dict[tuple[str, ...], int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, kind: str) -> None:
        """Enter a name; it is matched word by word, with its case."""
        if name.isalpha():
            self.single[name] = self.single.get(name, 0) | BEGINS[kind]
            return
        plain = name.replace(" ", "").isalpha()
        words = tuple(name.split(" ") if plain else parse_tokens(name).words)
        if len(words) == 1:
            self.single[words[0]] = self.single.get(words[0], 0) | BEGINS[kind]
        elif words:
            self.longer[words] = self.longer.get(words, 0) | BEGINS[kind]
            self._longest[words[0]] = max(self._longest.get(words[0], 1), len(words))

    def class_of(self, word: str) -> str:
        """The class of a common word in WordNet, by its stem where it is not listed itself; empty if it has none."""
        found = self.classes.get(word)
        for ending, instead in _ENDINGS if found is None else ():
            if word.endswith(ending) and len(word) > len(ending) + 2:
                found = self.classes.get(word[: -len(ending)] + instead)
                if found is not None:
                    return found
        return found or ""

    def mark(self, words: list[str]) -> NDArray[np.uint64]:
        """For each word the bits of the kinds of listed names that begin or go on there, of the longest two."""
        import numpy as np

        words = [self._as_listed(word) for word in words]
        marks = [0] * len(words)
        for at, word in enumerate(words):
            if word in self._longest:
                for length, bits in self.match(words, at)[:2]:
                    marks[at] |= bits
                    for place in range(at + 1, at + length):
                        marks[place] |= bits << INSIDE
            elif word in self.single:
                marks[at] |= self.single[word]
        return np.array(marks, np.uint64)

    def _as_listed(self, word: str) -> str:
        """A word in capitals, as datelines have it, as a list has it: `ERBIL` as `Erbil`; acronyms stay."""
        if len(word) > 3 and word.isupper() and word.isalpha() and not self._begins(word):
            titled = word[0] + word[1:].lower()
            return titled if self._begins(titled) else word
        return word

    def _begins(self, word: str) -> bool:
        return word in self.single or word in self._longest

    def is_a(self, word: str, *kinds: str) -> bool:
        """Whether a single word is listed as one of the kinds."""
        return bool(self.single.get(word, 0) & sum(BEGINS[kind] for kind in kinds))

    def match(self, words: list[str], at: int) -> list[tuple[int, int]]:
        """Names that begin at a word: number of words and bits of kinds, longest first."""
        found = []
        for length in range(min(self._longest.get(words[at], 1), len(words) - at), 1, -1):
            bits = self.longer.get(tuple(words[at : at + length]))
            if bits is not None:
                found.append((length, bits))
        if words[at] in self.single:
            found.append((1, self.single[words[at]]))
        return found


@cache
def load_gazetteer() -> Gazetteer:
    """The lists that newstui ships."""
    gazetteer = Gazetteer()
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
            gazetteer.add(line, kind)
    for file, kind in (("first_names_own.txt", FIRST), ("last_names_own.txt", LAST), ("common_words.txt", COMMON)):
        for line in load_lines(file):
            for word in line.split():
                gazetteer.add(word, kind)
    for line in load_lines("place_words.txt"):
        label, _, word = line.partition("\t")
        gazetteer.add(word, f"{label} word")
    for line in load_lines("wordnet_names.tsv"):
        kind, _, name = line.partition("\t")
        gazetteer.add(name, kind)
    for line in load_lines("word_classes.tsv"):
        kind, _, found = line.partition("\t")
        gazetteer.classes.update(dict.fromkeys(found.split(" "), kind))
    for file, kind in (("countries.tsv", COUNTRY), ("country_aliases.tsv", COUNTRY), ("demonyms.tsv", DEMONYM)):
        _add_coded(gazetteer, load_lines(file), kind)
    return gazetteer


def _add_coded(gazetteer: Gazetteer, lines: Iterable[str], kind: str) -> None:
    for line in lines:
        code, *names = line.split("\t")
        for name in names:
            gazetteer.add(name, kind)
            if code:
                gazetteer.codes.setdefault(name, code)


def load_lines(file: str) -> list[str]:
    """The entries of a shipped list, without its remarks."""
    content = (files("newstui.entities") / "data" / file).read_text(encoding="utf-8")
    return [line for line in content.split("\n") if line and not line.startswith("#")]


def digest_of_lists() -> str:
    """A hash of all shipped lists; a model fits those it was trained with."""
    import hashlib

    folder = files("newstui.entities") / "data"
    digest = hashlib.sha256()
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".txt", ".tsv"))):
        if name not in ("SOURCES.tsv", "nicknames.tsv"):
            digest.update(name.encode() + b"\n" + (folder / name).read_bytes())
    return digest.hexdigest()


def normalize_case(tokens: Tokens) -> list[str]:
    """Words as lists hold them: in lines that are all capitals, `ANKARA` becomes `Ankara`; acronyms elsewhere stay."""
    words = list(tokens.words)
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
