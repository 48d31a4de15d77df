"""Finding some words in one text, all places of them, in the order of the text."""

from __future__ import annotations

import re

from newstui.search.folding import fold, iter_words, word_end

MOST = 20_000


def find_all(text: str, needle: str) -> list[tuple[int, int]]:
    """All places of a needle: folded, blanks and line breaks alike; misspelled ones only if there is no other.

    Returns:
        Half-open ranges of code points, at most `MOST`.
    """
    words = fold(needle).split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(_loose(word) for word in words))
    found = [match.span() for match, _ in zip(pattern.finditer(fold(text)), range(MOST), strict=False)]
    return found or _misspelled(text, needle)


def _loose(word: str) -> str:
    """A pattern for a folded word, with or without marks on its letters."""
    return "[\u0300-\u036f]*".join(re.escape(char) for char in word) if not word.isascii() else re.escape(word)


def _misspelled(text: str, needle: str) -> list[tuple[int, int]]:
    keys = [word.key for word in iter_words(needle)]
    if not any(len(key) > 3 for key in keys):
        return []
    import numpy as np

    from newstui.search.building import build_segment
    from newstui.search.expanding import Expander
    from newstui.search.index import SearchIndex
    from newstui.search.segment import Unit

    unit = Unit("text", "text", text)
    if len(keys) > 1:
        found = SearchIndex([unit]).search(needle, 1, unfinished=False)
        return [(match.start, match.end) for match in found if not match.missed]
    segment = build_segment([unit])
    expansion = Expander(segment).expand(keys[0], False)
    near = expansion.words[expansion.similarities >= expansion.similarities.max(initial=0.0) - 0.1]
    stream, _ = segment.words_of(np.array([0]))
    starts = [segment.start_of(0, place) for place in np.flatnonzero(np.isin(stream, near)).tolist()]
    return [(start, word_end(text, start)) for start in starts]
