"""What a token looks like to the model: a fixed number of hashed features each, in one matrix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

from newstui.entities.gazetteers import Gazetteer, normalize_case
from newstui.entities.tokens import Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COUNT = 40
"""Features of a token; those that do not hold are 0."""
MAX_PARTS = 20_000
"""Entries of the caches of words; a hostile text must not fill the memory."""
_DIGIT = re.compile(r"\d")
_EDGE = "<>"
_SIGNS = {**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("–—―‒−", "-"), "…": "."}
"""Signs that are one to the model, for its texts have only those of typewriters."""


def shape_of(word: str) -> str:
    """`Xx`, `X.X.`, `dd-x`: capitals, small letters and digits, each run at most three long."""
    parts: list[str] = []
    for char in word[:12]:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdecimal() else char
        if parts[-3:] != [kind] * 3:
            parts.append(kind)
    return "".join(parts)


def short_shape(shape: str) -> str:
    """A shape without repetitions."""
    return "".join(char for at, char in enumerate(shape) if not at or shape[at - 1] != char)


def gazetteer_marks(words: list[str], gazetteer: Gazetteer) -> list[str]:
    """For each word which kinds of listed names begin (`B`) or go on (`I`) there, the longest name first."""
    words = [_as_listed(word, gazetteer) for word in words]
    marks: list[list[str]] = [[] for _ in words]
    for at in range(len(words)):
        for length, kinds in gazetteer.match(words, at)[:2]:
            for kind in sorted(kinds):
                for place in range(at, at + length):
                    mark = ("B" if place == at else "I") + kind
                    if mark not in marks[place] and len(marks[place]) < 6:
                        marks[place].append(mark)
    return ["|".join(sorted(found)) for found in marks]


def _as_listed(word: str, gazetteer: Gazetteer) -> str:
    """A word in capitals, as datelines have it, as a list has it: `ERBIL` as `Erbil`; acronyms stay."""
    if len(word) > 3 and word.isupper() and word.isalpha() and word not in gazetteer.names:
        titled = word[0] + word[1:].lower()
        return titled if titled in gazetteer.names else word
    return word


class Extractor:
    """Features of whole documents.

    Args:
        gazetteer: the lists of names.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._of_word: dict[str, tuple[int, ...]] = {}

    def extract(self, tokens: Tokens) -> NDArray[np.uint32]:
        """The matrix of tokens and features of a document."""
        import numpy as np

        count = len(tokens)
        if not count:
            return np.zeros((0, COUNT), np.uint32)
        words = [_SIGNS.get(word, word) for word in normalize_case(tokens)]
        lowered = [_DIGIT.sub("0", word.lower()) for word in words]
        shapes = [shape_of(word) for word in words]
        capitals, small = _seen(tokens, words)
        marks = gazetteer_marks(words, self._gazetteer)
        rows = np.zeros((count, COUNT), np.uint32)
        for at in range(count):
            before = lowered[at - 1] if at and not tokens.breaks[at] else _EDGE
            after = lowered[at + 1] if at + 1 < count and not tokens.breaks[at + 1] else _EDGE
            fixed = self._word_features(words[at], lowered[at], shapes[at])
            rows[at, : len(fixed)] = fixed
            rows[at, 12:COUNT] = _context(tokens, at, lowered, shapes, marks, before, after, capitals, small)
        return rows

    def _word_features(self, word: str, lowered: str, shape: str) -> tuple[int, ...]:
        """What does not depend on the place: twelve features, cached."""
        found = self._of_word.get(word)
        if found is None:
            short = short_shape(shape)
            parts = [f"w{lowered}", f"s{shape}", f"t{short}", f"0{word}"]
            parts += [f"p{length}{lowered[:length]}" for length in range(1, 5)]
            parts += [f"e{length}{lowered[-length:]}" for length in range(1, 5)]
            found = tuple(_hash(part) for part in parts)
            if len(self._of_word) < MAX_PARTS:
                self._of_word[word] = found
        return found


def _seen(tokens: Tokens, words: list[str]) -> tuple[set[str], set[str]]:
    """The words this document has with a capital where none is needed, and those it has without one."""
    capitals, small = set(), set()
    for word, opens in zip(words, tokens.opens, strict=True):
        if word[0].isupper():
            if not opens:
                capitals.add(word.lower())
        elif word[0].islower():
            small.add(word)
    return capitals, small


def _context(
    tokens: Tokens,
    at: int,
    lowered: list[str],
    shapes: list[str],
    marks: list[str],
    before: str,
    after: str,
    capitals: set[str],
    small: set[str],
) -> list[int]:
    word, shape, mark = lowered[at], shapes[at], marks[at]
    last = len(lowered) - 1
    edge_before, edge_after = before == _EDGE, after == _EDGE
    shape_before = _EDGE if edge_before else shapes[at - 1]
    shape_after = _EDGE if edge_after else shapes[at + 1]
    mark_before = "" if edge_before else marks[at - 1]
    mark_after = "" if edge_after else marks[at + 1]
    before2 = lowered[at - 2] if at > 1 and not edge_before and not tokens.breaks[at - 1] else _EDGE
    after2 = lowered[at + 2] if at + 1 < last and not edge_after and not tokens.breaks[at + 2] else _EDGE
    begins = "o" if tokens.opens[at] else "m"
    seen = ("C" if word in capitals else "-") + ("l" if word in small else "-")
    glued = "g" if tokens.glued(at) else "-"
    parts = (
        "bias", f"-1{before}", f"+1{after}", f"-2{before2}", f"+2{after2}", f"-s{shape_before}", f"+s{shape_after}",
        f"-b{before}|{word}", f"+b{word}|{after}", f"ss{shape_before}|{shape}", f"st{shape}|{shape_after}",
        f"3s{shape_before}|{shape}|{shape_after}", f"g{mark}", f"-g{mark_before}", f"+g{mark_after}",
        f"gs{mark}|{shape}", f"gg{mark_before}|{mark}", f"gh{mark}|{mark_after}", f"b{begins}{shape}", f"d{seen}",
        f"ds{seen}{begins}{shape}", f"dg{seen}{mark}", f"c{glued}{shape}", f"bw{before2}|{before}",
        f"aw{after}|{after2}",
        f"-e{before[-3:]}|{shape}", f"+e{shape}|{after[-3:]}", f"wg{word}|{mark_before}",
    )  # fmt: skip
    return [crc32(part.encode("utf-8", "replace")) for part in parts]


def _hash(part: str) -> int:
    return crc32(part.encode("utf-8", "replace"))
