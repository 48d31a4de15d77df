"""Which units of a segment a condition holds for: strict, and without any ranking."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.search.expanding import JOINED, Expander, Expansion
from newstui.search.folding import fold, iter_words
from newstui.search.query import Term
from newstui.search.segment import Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Units = NDArray[np.int64]
    Words = Sequence[int] | range | NDArray[np.int64]

TEXT_SECONDS = 2.0
"""How long a regular expression may look at one text."""


class Patience:
    """How long texts are read for one query.

    Until it is cancelled; or until some seconds have passed, or one text takes more than `TEXT_SECONDS`, and then
    `ran_out` says that not all was looked at.

    Args:
        cancelled: asked before each text.
        seconds: from the first text on; None sets no limit to all of them together.
    """

    def __init__(self, cancelled: Callable[[], bool] | None = None, seconds: float | None = None) -> None:
        self.ran_out = False
        self._cancelled, self._seconds = cancelled, seconds
        self._began: float | None = None

    def left(self) -> float:
        """Seconds that the next text may take; none if there is no next one."""
        if self.ran_out or (self._cancelled is not None and self._cancelled()):
            return 0.0
        if self._seconds is None:
            return TEXT_SECONDS
        self._began = self._began or time.monotonic()
        left = self._began + self._seconds - time.monotonic()
        self.ran_out = left <= 0
        return min(left, TEXT_SECONDS)


def units_holding(
    segment: Segment,
    expander: Expander,
    term: Term,
    allowed: NDArray[np.bool_] | None = None,
    patience: Patience | None = None,
) -> Units:
    """The units a term holds for, in order.

    Args:
        segment: what is searched.
        expander: its words.
        term: what is searched for.
        allowed: the units that count; all if it is None.
        patience: how long texts are read; what is found until it runs out is not whole.
    """
    patience = patience or Patience()
    among = np.arange(segment.size) if allowed is None else np.flatnonzero(allowed)
    if term.kind == "regex":
        pattern = _compiled(term)
        return _read(segment, among, lambda text, left: pattern.search(text, timeout=left) is not None, patience)
    keys = [word.key for word in iter_words(term.text)]
    wanted = fold(term.text)
    if not keys:
        return _read(segment, among, lambda text, _: wanted in fold(text), patience) if wanted else among[:0]
    found = _by_words(segment, expander, term, keys)
    return found if allowed is None else found[allowed[found]]


def _by_words(segment: Segment, expander: Expander, term: Term, keys: Sequence[str]) -> Units:
    if term.kind == "part":
        return _united(segment, expander.holding(fold(term.text)))
    if term.kind == "prefix" and len(keys) == 1:
        return _united(segment, expander.prefixed(keys[0]))
    if term.kind == "word" and len(keys) == 1:
        return _forgiving(segment, expander, keys[0])
    if term.kind in ("fuzzy", "word"):
        return _following(segment, [_words(expander.expand(key, False)) for key in keys])
    words = [expander.find(key) for key in keys]
    exact = [[word] for word in words if word is not None]
    if term.kind == "prefix":
        return _following(segment, [*exact[:-1], expander.prefixed(keys[-1])]) if None not in words[:-1] else _none()
    if len(exact) < len(keys):
        return _none()
    if term.kind == "near":
        return _near(segment, [word[0] for word in exact], term.distance)
    return _following(segment, exact)


def _none() -> Units:
    return np.empty(0, np.int64)


def _words(expansion: Expansion) -> NDArray[np.int64]:
    """The readings of a word that a filter takes: as typed or as a prefix, and misspelled only if there is no other."""
    best = expansion.words[expansion.tiers < JOINED]
    return best if len(best) else expansion.words


def _forgiving(segment: Segment, expander: Expander, key: str) -> Units:
    expansion = expander.expand(key, False)
    found = [_united(segment, _words(expansion))]
    if 2 <= len(key) < 4:  # the beginning of a longer word: a filter is typed letter by letter
        found.append(_united(segment, expander.prefixed(key)))
    found += [_following(segment, [[first], [second]]) for first, second, _ in expansion.pairs]
    return _distinct(segment, np.concatenate(found))


def _united(segment: Segment, words: Words) -> Units:
    numbers = np.asarray(words, np.int64)
    return _distinct(segment, segment.postings_of(numbers)) if len(numbers) else _none()


def _distinct(segment: Segment, units: NDArray[Any]) -> Units:
    """Units in order, each once; for many of them ten times as fast as sorting or hashing."""
    held = np.zeros(segment.size, np.bool_)
    held[units] = True
    return np.flatnonzero(held)


def _holding_all(segment: Segment, alternatives: Iterable[Words]) -> Units:
    found: Units | None = None
    for words in alternatives:
        units = _united(segment, words)
        found = units if found is None else np.intersect1d(found, units, assume_unique=True)
    return _none() if found is None else found


def _following(segment: Segment, alternatives: Sequence[Words]) -> Units:
    """Units that hold words one right after the other, each one of some alternatives."""
    units = _holding_all(segment, alternatives)
    if len(alternatives) < 2 or not len(units):
        return units
    stream, counts = segment.words_of(units)
    owners = np.repeat(np.arange(len(units)), counts)
    last = len(stream) - len(alternatives) + 1
    if last <= 0:
        return units[:0]
    follows = owners[:last] == owners[len(owners) - last :]
    for step, words in enumerate(alternatives):
        standing = np.zeros(len(segment.vocabulary), np.bool_)
        standing[np.asarray(words, np.int64)] = True
        follows &= standing[stream[step : last + step]]
    found: Units = units[np.unique(owners[:last][follows])]
    return found


def _near(segment: Segment, words: Sequence[int], distance: int) -> Units:
    """Units that hold all words, each within `distance` words of the others."""
    units = _holding_all(segment, [[word] for word in words])
    stream, counts = segment.words_of(units)
    owners = np.repeat(np.arange(len(units)), counts)
    apart = owners * (distance + 1)  # so that words of two units are never near each other
    places = [np.flatnonzero(stream == word) + apart[stream == word] for word in words]
    firsts = np.sort(np.concatenate([*places, _none()]))
    near = np.ones(len(firsts), np.bool_)
    for each in places:
        following = np.append(each, firsts[-1:] + distance + 1)[np.searchsorted(each, firsts)]
        near &= following - firsts <= distance
    at = np.concatenate([np.flatnonzero(stream == word) for word in words] or [_none()])
    found: Units = units[np.unique(owners[np.sort(at)[near]])]
    return found


def _compiled(term: Term) -> Any:
    import regex

    return regex.compile(term.text, regex.IGNORECASE if term.ignore_case else 0)


def _read(segment: Segment, units: Units, holds: Callable[[str, float], bool], patience: Patience) -> Units:
    """The units whose text something holds for, which is told how many seconds it has."""
    found = []
    for unit in units.tolist():
        left = patience.left()
        if left <= 0:
            break
        try:
            if holds(segment.text(unit), left):
                found.append(unit)
        except TimeoutError:
            patience.ran_out = True
            break
    return np.array(found, np.int64)
