"""Text folded for search, one code point for one, so that an offset in the folded text is an offset in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

KEY_LENGTH = 24
"""Letters of a word that are compared; longer words are equal when these are."""

_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_ASCII_ENDS = " \n.,;:!?()"
_LONGEST = 400
"""Code points of a word that are marked."""

_SINGLE = {
    **dict.fromkeys("‘’‚‛′‵´ʼ＇ʻʾʿ", "'"),
    **dict.fromkeys("“”„‟″‶«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⸺⸻", "-"),
    "ß": "s", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "ı": "i", "ħ": "h",
    "ŋ": "n", "ŧ": "t",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
}  # fmt: skip
_PAIR = re.compile("oe|ae|ue|ss|aa|th")
"""Letters written as two where a text may have ö, æ, ü, ß, å or þ, which fold to the first of the two."""
_CJK = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u0900-\u0dff\u200c\u0640]|'(?=[^\W_]))*"
)
_ODD = re.compile(
    f"[{_CJK}\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u0900-\u0dff\u200c\u0640\ud800-\udfff\u3200-\u33ff\uff66-\uff9f\U0002f800-\U0002fa1f]"
)
_NOT_IN_KEYS = re.compile("['\u200c\u0640\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]")


class Word(NamedTuple):
    """A word: its key, and where it stands, half-open, in code points."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    lowered = char.lower()
    if lowered in _SINGLE:
        return _SINGLE[lowered]
    if char.isspace():
        return " " if char != "\n" else char
    base = unicodedata.normalize("NFKD", lowered)
    base = base[0] if base else char
    return _SINGLE.get(base.lower(), base.lower() if len(base.lower()) == 1 else base)


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Fold case, accents, width, quotes and dashes; the result has as many code points as the text."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def is_plain(text: str) -> bool:
    """Whether the words of a text are runs of letters and digits with apostrophes, and nothing else."""
    return text.isascii() or not _ODD.search(text)


def iter_words(text: str) -> Iterator[Word]:
    """The words of a text; runs of CJK give each pair of characters, and the last one alone."""
    folded = fold(text)
    if not folded.isascii() and _CJK_RUN.search(folded):
        yield from _iter_mixed(folded)
        return
    for match in _WORD.finditer(folded):
        yield _word(match.group(), match.start(), match.end())


def _iter_mixed(folded: str) -> Iterator[Word]:
    for match in _WORD.finditer(folded):
        at = match.start()
        for run in _CJK_RUN.finditer(folded, match.start(), match.end()):
            if at < run.start():
                yield _word(folded[at : run.start()], at, run.start())
            for place in range(run.start(), run.end()):
                last = min(place + 2, run.end())
                yield Word(folded[place:last], place, last)
            at = run.end()
        if at < match.end():
            yield _word(folded[at : match.end()], at, match.end())


def word_end(text: str, start: int) -> int:
    """Where the word ends that begins at a place, in code points."""
    plain = _ASCII_WORD.match(text, start)
    if plain and text[plain.end() : plain.end() + 1] in _ASCII_ENDS:
        return plain.end()
    first = next(iter_words(text[start : start + _LONGEST]), None)
    return start if first is None else start + first.end


def _word(written: str, start: int, end: int) -> Word:
    if written.endswith("'s") and len(written) > 3:
        written, end = written[:-2], end - 2
    key = written if written.isascii() and "'" not in written else _NOT_IN_KEYS.sub("", written)
    return Word(key[:KEY_LENGTH], start, end)


def other_spelling(key: str) -> str:
    """A query word whose letter pairs stand for one letter, as a text has it: `muller` for `mueller`; else nothing."""
    spelled = _PAIR.sub(lambda match: match.group()[0], key)
    return "" if spelled == key else spelled
