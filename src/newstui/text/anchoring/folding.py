"""Text folded for comparison, with a map back: typographic drift must not count as a change of words."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SINGLE_QUOTES = "‘’‚‛′‵`´ʼ＇‹›"
_DOUBLE_QUOTES = "“”„‟″‶«»＂"
_DASHES = "‐‑‒–—―−﹘﹣－⸺⸻"
_DROPPED = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"
)
_TO_ASCII = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DROPPED, ""),
}
_MERGED = " -"


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """A character as it is compared: quotes, dashes and blanks in ASCII, no formatting signs, decomposed."""
    if char in _TO_ASCII:
        return _TO_ASCII[char]
    if char.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(_TO_ASCII.get(part, " " if part.isspace() else part) for part in decomposed)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `starts` and `ends` say for each of its characters which range of the source it stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """A range of the folded text as a range of the source; an empty range stays empty."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def from_source(self, offset: int) -> int:
        """The folded offset of a source offset (of the next character that is not dropped)."""
        return bisect_left(self.ends, offset + 1)

    def end_from_source(self, offset: int) -> int:
        """The folded end of a range that ends at a source offset."""
        return bisect_right(self.starts, offset - 1) if offset else 0


def fold(text: str) -> Folded:
    """Fold a text; runs of blanks become one, and so do runs of dashes."""
    if text.isascii() and "  " not in text and "--" not in text and text.replace(" ", "").isprintable():
        plain = range(len(text))
        return Folded(text.replace("`", "'"), plain, range(1, len(text) + 1))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = ""
    for at, char in enumerate(text):
        folded = char if "a" <= char <= "z" else fold_char(char)
        if folded == last and folded and folded in _MERGED:
            ends[-1] = at + 1
            continue
        for part in folded:
            out.append(part)
            starts.append(at)
            ends.append(at + 1)
            last = part
    return Folded("".join(out), starts, ends)


def widen_to_grapheme(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with the marks and joined characters that belong to its first and last character."""
    while 0 < start < end and (unicodedata.combining(text[start]) or text[start] in "\u200d\ufe0e\ufe0f"):
        start -= 1
    while end < len(text) and end > start:
        if unicodedata.category(text[end])[0] == "M" or text[end] in "\ufe0e\ufe0f":
            end += 1
        elif text[end] == "\u200d" and end + 1 < len(text) and ord(text[end - 1]) > 0x2000:
            end += 2
        else:
            break
    return start, min(end, len(text))
