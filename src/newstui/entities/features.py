"""What a token looks like to the model: a fixed number of hashed features each, in one matrix.

What depends on a word alone is computed once a word; what depends on its place is joined from that for a whole text at
once, on integers, which is several times faster than to join strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from newstui.entities.gazetteers import BEGINS, FIRST, GROUPS, ORGANIZATION_WORD, TITLE, Gazetteer, normalize_case
from newstui.entities.tokens import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]

MAX_WORDS = 10_000
"""Words whose parts are kept; a hostile text must not fill the memory."""
CHUNK = 2048
"""Tokens whose features are joined at a time: a long text takes no more memory than a short one."""
_DIGIT = re.compile(r"\d")
_SIGNS = {**dict.fromkeys("“”„«»‟", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("–—―‒−", "-"), "…": "."}
"""Signs that are one to the model, for its texts have only those of typewriters."""
_PARTS = ("word", "cased", "shape", "short", "p1", "p2", "p3", "p4", "e1", "e2", "e3", "e4", "class")
_EDGE = np.uint32(crc32(b"<>"))
_LINKS = frozenset({"of", "for", "and", "the", "de", "on"})
"""Small words inside of names, without which their initials are."""
_BEFORE_PERSON = np.uint64(BEGINS[TITLE] | BEGINS[FIRST])
_AFTER_BODY = np.uint64(BEGINS[ORGANIZATION_WORD])
_PLACE_WORDS = np.array([crc32(word) for word in (b"in", b"at", b"from", b"near", b"to")], np.uint32)
_ARTICLES = np.array([crc32(word) for word in (b"the", b"a", b"an")], np.uint32)
_ALL = slice(None)
_SPEECH = np.array([crc32(b"verb.communication")], np.uint32)
COUNT = 76
"""Features of a token."""


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


class Extractor:
    """Features of whole documents.

    Args:
        gazetteer: the lists of names.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._row_of: dict[str, int] = {}
        self._rows = np.zeros((MAX_WORDS, len(_PARTS)), np.uint32)

    def extract(self, tokens: Tokens) -> Hashes:
        """The matrix of tokens and features of a document."""
        parts = [np.stack(columns, axis=1) for columns in self.iter_chunks(tokens)]
        return np.concatenate([np.zeros((0, COUNT), np.uint32), *parts])

    def iter_chunks(self, tokens: Tokens) -> Iterator[list[Hashes]]:
        """The features of a document, for some of its tokens at a time: as many arrays as a token has features."""
        count = len(tokens)
        if not count:
            return
        words = [_SIGNS.get(word, word) for word in normalize_case(tokens)]
        number: dict[str, int] = {}
        places = np.fromiter((number.setdefault(word, len(number)) for word in words), np.int32, count)
        parts = self._parts_of(list(number))
        marks = self._gazetteer.mark(words)
        columns = _Columns(
            parts={name: column[places] for name, column in zip(_PARTS, parts.T, strict=True)},
            marks=marks,
            listed=_hashed(marks),
            groups=tuple(_hashed(marks & np.uint64(group)) for group in GROUPS),
            opens=np.array(tokens.opens, bool),
            breaks=np.array(tokens.breaks, bool),
            glued=_glued(tokens),
            capital=np.array([word[0].isupper() for word in number], bool)[places],
            seen=_seen(number, words, tokens.opens)[places],
            places=places,
        )
        around = _Around(columns)
        elsewhere = _find_longer(words, columns, around)
        habits = _habits(columns, around)
        for first in range(0, count, CHUNK):
            here = slice(first, min(first + CHUNK, count))
            yield _join(columns, around, elsewhere, habits, here)

    def _parts_of(self, words: list[str]) -> Hashes:
        """Hashes of what each word is made of, and of its class in WordNet; kept for the words that come first."""
        rows = np.array([self._row_of.get(word, -1) for word in words], np.int32)
        parts = self._rows[rows]
        fresh = np.flatnonzero(rows < 0).tolist()
        lowered = [_DIGIT.sub("0", words[at].lower()) for at in fresh]
        classes = self._gazetteer.classes_of(lowered)
        for at, low, kind in zip(fresh, lowered, classes, strict=True):
            parts[at] = _hashes_of(words[at], low, kind)
            row = len(self._row_of)
            if row < MAX_WORDS:
                self._row_of[words[at]] = row
                self._rows[row] = parts[at]
        return parts


def _hashes_of(word: str, lowered: str, kind: str) -> list[int]:
    shape = shape_of(word)
    parts = [lowered, word, shape, short_shape(shape)]
    parts += [lowered[:length] for length in range(1, 5)]
    parts += [lowered[-length:] for length in range(1, 5)]
    return [crc32(part.encode("utf-8", "replace")) for part in (*parts, kind)]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of each token, in arrays as long as the text has tokens."""

    parts: dict[str, Hashes]
    marks: NDArray[np.uint64]
    listed: Hashes
    groups: tuple[Hashes, ...]
    opens: NDArray[np.bool_]
    breaks: NDArray[np.bool_]
    glued: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    seen: Hashes
    places: NDArray[np.int32]


def _glued(tokens: Tokens) -> NDArray[np.bool_]:
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    return np.concatenate([[False], starts[1:] == ends[:-1]])


def _seen(number: dict[str, int], words: list[str], opens: list[bool]) -> Hashes:
    """For each word whether the document has it with a capital where none is needed (1), and without one (2)."""
    seen = dict.fromkeys(number, 0)
    capitals = {word.lower() for word, fresh in zip(words, opens, strict=True) if not fresh and word[0].isupper()}
    for word in number:
        lowered = word.lower()
        seen[word] = (lowered in capitals) + 2 * (lowered in seen)
    return np.fromiter(seen.values(), np.uint32, len(seen))


def _mix(slot: int, *values: Hashes) -> Hashes:
    """One hash of several, different for each slot: a multiplicative hash as in FNV, with a last stir."""
    mixed = np.full(len(values[0]), (slot + 1) * 0x9E3779B1 & 0xFFFFFFFF, np.uint32)
    for value in values:
        mixed = (mixed ^ value) * np.uint32(0x01000193)
        mixed ^= mixed >> np.uint32(15)
        mixed = mixed * np.uint32(0x85EBCA6B)
    return mixed ^ (mixed >> np.uint32(13))


class _Around:
    """Looks from each token to the ones beside it; no further than its line."""

    def __init__(self, columns: _Columns) -> None:
        line = np.cumsum(columns.breaks)
        self._count = len(line)
        self._marks = columns.marks
        self._open: dict[int, tuple[NDArray[np.intp], NDArray[np.bool_]]] = {}
        for step in (-2, -1, 1, 2):
            there = np.clip(np.arange(self._count) + step, 0, max(0, self._count - 1))
            beyond = (np.arange(self._count) + step != there) | (line[there] != line)
            self._open[step] = (there, beyond)
        capital = columns.capital
        fresh = np.ones(self._count, bool)
        fresh[1:] = ~(capital[1:] & capital[:-1]) | columns.breaks[1:]
        self._run = np.cumsum(fresh) - 1
        firsts = np.flatnonzero(fresh)
        lasts = np.append(firsts[1:], self._count) - 1 if self._count else firsts
        self.first: NDArray[np.intp] = firsts[self._run]
        self.last: NDArray[np.intp] = lasts[self._run]

    def beside(self, values: Hashes, step: int, here: slice = _ALL) -> Hashes:
        """Of the token so many steps away."""
        there, beyond = self._open[step]
        found: Hashes = np.where(beyond[here], _EDGE, values[there[here]])
        return found

    def marked(self, step: int, bits: np.uint64) -> NDArray[np.bool_]:
        """Whether the token beside has one of the bits."""
        there, beyond = self._open[step]
        found: NDArray[np.bool_] = ~beyond & ((self._marks[there] & bits) != 0)
        return found

    def before_run(self, values: Hashes, here: slice) -> Hashes:
        """Of the token before the run of capitalized words each one stands in."""
        return self._at(values, -1, self.first[here])

    def after_run(self, values: Hashes, here: slice) -> Hashes:
        """Of the token after it."""
        return self._at(values, 1, self.last[here])

    def _at(self, values: Hashes, step: int, places: NDArray[np.intp]) -> Hashes:
        there, beyond = self._open[step]
        found: Hashes = np.where(beyond[places], _EDGE, values[there[places]])
        return found


def _find_longer(words: list[str], c: _Columns, around: _Around) -> Hashes:
    """For each capitalized word what the document has it in elsewhere: the end of a longer name, or its initials.

    `Saturn` is the end of `William Saturn`, `WFP` has the initials of `World Food Programme`; what the lists say of the
    first and the last word of the longer name, and the place in it, are hashed.
    """
    longer: dict[str, int] = {}
    starts = np.flatnonzero(c.capital & (around.first == np.arange(len(words)))).tolist()
    lasts = around.last[starts].tolist()
    for number, (first, last) in enumerate(zip(starts, lasts, strict=True)):
        marks = int(c.marks[first]) * 31 + int(c.marks[last])
        if first < last < first + 7 and not c.opens[first]:
            longer.setdefault(words[last], marks * 8 + 1)
            longer.setdefault(words[first], marks * 8 + 2)
        initials, end = "".join(word[0] for word in words[first : min(last, first + 7) + 1]), last
        follow = number + 1
        while follow < len(starts) and starts[follow] - end == 2 and words[end + 1] in _LINKS and len(initials) < 8:
            end = lasts[follow]
            initials += "".join(word[0] for word in words[starts[follow] : min(end, starts[follow] + 7) + 1])
            follow += 1
        if len(initials) > 1:
            longer.setdefault(initials, (int(c.marks[first]) * 31 + int(c.marks[end])) * 8 + 3)
    found = np.zeros(len(words), np.uint32)
    for first, last in zip(starts, lasts, strict=True):
        if first == last and words[first] in longer:
            found[first] = longer[words[first]] * 0x9E3779B1 & 0xFFFFFFFF
    return found


def _habits(c: _Columns, around: _Around) -> Hashes:
    """For each token the company its word keeps anywhere in the document, as bits: after a title, before a verb ..."""
    known = (
        around.marked(-1, _BEFORE_PERSON),
        around.marked(1, _AFTER_BODY),
        np.isin(around.beside(c.parts["word"], -1), _PLACE_WORDS),
        np.isin(around.beside(c.parts["word"], -1), _ARTICLES),
        np.isin(around.beside(c.parts["class"], 1), _SPEECH),
        around.beside(c.capital.astype(np.uint32), -1) == 1,
        around.beside(c.capital.astype(np.uint32), 1) == 1,
    )
    bits = np.zeros(int(c.places.max()) + 1, np.uint32)
    for number, holds in enumerate(known):
        bits[c.places[holds]] |= np.uint32(1 << number)
    return np.where(c.capital, bits[c.places] + np.uint32(1), np.uint32(0))


def _join(c: _Columns, around: _Around, elsewhere: Hashes, habits: Hashes, here: slice) -> list[Hashes]:
    """The features of some tokens, one array each; what they are made of is what their names say."""
    at, first, last = np.arange(len(c.places))[here], around.first[here], around.last[here]

    def part(name: str, step: int = 0) -> Hashes:
        return around.beside(c.parts[name], step, here) if step else c.parts[name][here]

    word, shape, short, kind = (part(name) for name in ("word", "shape", "short", "class"))
    before, after, before2, after2 = (part("word", step) for step in (-1, 1, -2, 2))
    shape_before, shape_after = part("shape", -1), part("shape", 1)
    kind_before, kind_after, kind_before2, kind_after2 = (part("class", step) for step in (-1, 1, -2, 2))
    listed_before, listed_after = around.beside(c.listed, -1, here), around.beside(c.listed, 1, here)
    place, rest = (np.minimum(steps, 3).astype(np.uint32) for steps in (at - first, last - at))
    opens, capital, glued = (flags[here].astype(np.uint32) for flags in (c.opens, c.capital, c.glued))
    seen, elsewhere, habits = c.seen[here], elsewhere[here], habits[here]
    run_before, run_after = around.before_run(c.parts["word"], here), around.after_run(c.parts["word"], here)
    kind_run_before = around.before_run(c.parts["class"], here)
    kind_run_after = around.after_run(c.parts["class"], here)
    head, listed_head = c.parts["word"][last], c.listed[last]
    lead, listed_lead = c.parts["word"][first], c.listed[first]
    marked, groups = c.listed[here], [group[here] for group in c.groups]
    joined: list[tuple[Hashes, ...]] = [
        (np.zeros_like(word),), *((part(name),) for name in _PARTS),
        (before,), (after,), (before2,), (after2,),
        (kind_before,), (kind_after,), (kind_before2,), (kind_after2,),
        (shape_before,), (shape_after,), (before, word), (word, after), (before2, before), (after, after2),
        (shape_before, shape), (shape, shape_after), (shape_before, shape, shape_after),
        (marked,), (listed_before,), (listed_after,), (marked, shape), (listed_before, marked), (marked, listed_after),
        (word, listed_before), *((group, short, opens) for group in groups),
        *((around.beside(group, -1, here), short) for group in c.groups),
        *((around.beside(group, 1, here), short) for group in c.groups),
        (opens, shape), (seen, opens, shape), (seen, marked), (glued, shape),
        (part("e3", -1), shape), (shape, part("e3", 1)),
        (kind_before, shape), (shape, kind_after), (kind_before2, kind_before, short), (short, kind_after, kind_after2),
        (run_before, capital, place), (run_after, capital, rest), (kind_run_before, capital), (kind_run_after, capital),
        (kind_run_before, marked, capital), (kind_run_after, marked, capital),
        (head, capital, rest), (listed_head, rest, short), (lead, capital, place), (listed_lead, place, short),
        (place, rest, short), (kind, opens, seen),
        (elsewhere, short), (elsewhere, marked), (habits, short, rest), (habits, marked, rest),
    ]  # fmt: skip
    return [_mix(slot, *values) for slot, values in enumerate(joined)]


def _hashed(marks: NDArray[np.uint64]) -> Hashes:
    return (marks ^ (marks >> np.uint64(29))).astype(np.uint32) * np.uint32(0x9E3779B1)
