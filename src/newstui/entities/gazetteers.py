"""Lists of names and of the words that go with names, looked up token by token.

A dict from a name's first word to its continuations keeps the look-up linear in the text however many names there are;
one big regular expression would not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from newstui.entities.tokens import Tokens, parse_tokens

COUNTRY, REGION, CITY, PLACE = "country", "region", "city", "place"
DEMONYM, ORGANIZATION = "demonym", "organization"
FIRST, LAST, TITLE, COMMON = "first", "last", "title", "common"
ORGANIZATION_WORD, LOC_WORD, GPE_WORD, FAC_WORD = "organization word", "LOC word", "GPE word", "FAC word"

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
    """Names by their first word, and the kinds of each; ISO codes of countries and nationalities."""

    names: dict[str, dict[tuple[str, ...], set[str]]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, kind: str) -> None:
        """Enter a name; it is matched word by word, with its case."""
        words = tuple(parse_tokens(name).words)
        if words:
            self.names.setdefault(words[0], {}).setdefault(words, set()).add(kind)

    def kinds(self, word: str) -> frozenset[str]:
        """What a single word is."""
        return frozenset(self.names.get(word, {}).get((word,), ()))

    def match(self, words: list[str], at: int) -> list[tuple[int, set[str]]]:
        """Names that begin at a word: number of words and kinds, longest first."""
        found = self.names.get(words[at])
        if not found:
            return []
        hits = [(len(name), kinds) for name, kinds in found.items() if tuple(words[at : at + len(name)]) == name]
        return sorted(hits, key=lambda hit: -hit[0])


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
