"""Where in a text a term stands that is known to hold there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newstui.search.folding import Word, fold, iter_words
from newstui.search.query import Term


def place_in(text: str, term: Term) -> tuple[int, int]:
    """The first place of a term, half-open in code points; the beginning of the text if it is nowhere to be seen."""
    if term.kind == "regex":
        return _place_of_pattern(text, term)
    keys = [word.key for word in iter_words(term.text)]
    if term.kind == "part" or not keys:
        at = fold(text).find(fold(term.text))
        return (at, at + len(term.text)) if at >= 0 else (0, 0)
    words = list(iter_words(text))
    if term.kind == "near":
        return _nearest(words, keys, term.distance)
    if term.kind == "prefix":
        return _first(words, keys, whole=False)
    if term.kind == "fuzzy":
        return _likest(text, term.text)
    return _first(words, keys, whole=True)


def _place_of_pattern(text: str, term: Term) -> tuple[int, int]:
    import regex

    try:
        found = regex.search(term.text, text, regex.IGNORECASE if term.ignore_case else 0, timeout=0.5)
    except (TimeoutError, regex.error):
        found = None
    return found.span() if found else (0, 0)


def _first(words: Sequence[Word], keys: Sequence[str], *, whole: bool) -> tuple[int, int]:
    """Words one after the other; the last one may go on unless it must be whole."""
    for at in range(len(words) - len(keys) + 1):
        there = [word.key for word in words[at : at + len(keys)]]
        if there[:-1] == list(keys[:-1]) and (there[-1] == keys[-1] if whole else there[-1].startswith(keys[-1])):
            return words[at].start, words[at + len(keys) - 1].end
    return 0, 0


def _nearest(words: Sequence[Word], keys: Sequence[str], distance: int) -> tuple[int, int]:
    last: dict[str, int] = {}
    for at, word in enumerate(words):
        if word.key in keys:
            last[word.key] = at
            first = min(last.values())
            if len(last) == len(set(keys)) and at - first <= distance:
                return words[first].start, word.end
    return 0, 0


def _likest(text: str, wanted: str) -> tuple[int, int]:
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(fold(wanted), fold(text))
    if found is None:
        return 0, 0
    start, end = found.dest_start, found.dest_end
    inside = re.compile(r"\w+")
    words = [match.span() for match in inside.finditer(text, max(0, start - 40), min(len(text), end + 40))]
    touched = [span for span in words if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)
