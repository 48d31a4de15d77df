"""Grapheme clusters: what a reader takes for one character, so that no cursor or cut falls inside it.

A subset of the rules of UAX #29 (https://www.unicode.org/reports/tr29/), with the classes taken from `unicodedata` and
a few ranges: combining marks and joiners, ZWJ sequences, regional-indicator pairs (flags), skin tones and variation
selectors, Hangul syllables and Indic conjuncts (GB9c).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_FAST = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u2121\u2123-\u2138\u213a-\u2193\u219a-\u21a8\u21ab-\u22ff\u2500-\u25a9\u25c7"
)
_COMPLEX = re.compile(f"[^{_FAST}]")

_VIRAMAS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0d4d")
_CLUSTER = re.compile(
    "n|(?:rr|L*(?:V+|HV*)T*|L+|T+|p(?:[evs]*zp)*|c(?:[ez]*v[ezv]*c)*|[^n])[evzs]*",
)


def is_simple(text: str) -> bool:
    """Whether every code point is one cluster of one cell: Latin, Greek, Cyrillic, common signs; no tab, no mark.

    True may be relied on, False only means that clusters and widths must be looked at.
    """
    return (text.isascii() and text.isprintable()) or _COMPLEX.search(text) is None


@lru_cache(maxsize=8192)
def _class_of(char: str) -> str:
    """The class of a code point as one letter for `_CLUSTER`."""
    code = ord(char)
    if code < 0x20 or 0x7F <= code < 0xA0 or char in "\u2028\u2029":
        return "n"
    if code < 0x300:
        return "x"
    if char == "\u200d":
        return "z"
    if char in _VIRAMAS:
        return "v"
    if (
        0x1F3FB <= code <= 0x1F3FF
        or char in "\u200c\uff9e\uff9f"
        or (category := unicodedata.category(char)) in ("Mn", "Me")
    ):
        return "e"
    if category == "Mc":
        return "s"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "r"
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xD7B0 <= code <= 0xD7FB:
        return "V" if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6 else _tail_or_lead(code)
    if 0xAC00 <= code <= 0xD7A3:
        return "H"
    if 0x0900 <= code <= 0x0D7F and category == "Lo":
        return "c"
    pictographic = 0x2190 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF or char in "\u3030\u303d\u3297\u3299"
    return "p" if pictographic and category in ("So", "Sm", "Cn", "Po", "Pd") else "x"


def _tail_or_lead(code: int) -> str:
    return "T" if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB else "L"


def iter_clusters(text: str) -> Iterator[tuple[int, int]]:
    """The half-open ranges of the clusters, in order and without gaps, in code points."""
    if is_simple(text):
        for start in range(len(text)):
            yield start, start + 1
        return
    for match in _CLUSTER.finditer("".join(map(_class_of, text))):
        yield match.span()


_CONTEXT = 64


def cluster_at(text: str, offset: int) -> tuple[int, int]:
    """The cluster that holds a code point; at the end of the text the empty range there.

    Looks at a bounded stretch round the offset, so it takes the same time in a long text. A line break begins no
    cluster but its own, so stretches are cut there.
    """
    if offset >= len(text):
        return len(text), len(text)
    if text[offset].isascii() and (offset + 1 >= len(text) or text[offset + 1].isascii()):
        return offset, offset + 1
    low = max(text.rfind("\n", 0, offset) + 1, offset - _CONTEXT)
    while low > 0 and offset - low < 4 * _CONTEXT and text[low - 1] != "\n" and not is_simple(text[low - 1 : low + 1]):
        low -= 1
    for start, end in iter_clusters(text[low : offset + _CONTEXT]):
        if start <= offset - low < end:
            return low + start, low + end
    return offset, offset + 1


def cluster_start(text: str, offset: int) -> int:
    """The beginning of the cluster that holds an offset; an offset between two clusters stays."""
    return cluster_at(text, offset)[0] if 0 < offset < len(text) else max(0, min(offset, len(text)))


def cluster_end(text: str, offset: int) -> int:
    """The end of the cluster an offset lies inside; an offset between two clusters stays."""
    start, end = cluster_at(text, offset)
    return offset if start == offset else end
