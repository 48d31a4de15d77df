"""How good a place is for a quote, and whether it is good enough.

The thresholds were chosen on real edits: refusing a passage that lives is an annoyance, showing a note on words it was
not made on is a lie.
"""

from dataclasses import dataclass

from newstui.text.anchoring.candidates import Quote
from newstui.text.anchoring.folding import Folded


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the folded text: similarity of the words, and of both contexts (all 0 to 1)."""

    start: int
    end: int
    words: float
    prefix: float
    suffix: float
    score: float = 0.0

    @property
    def better(self) -> float:
        """The context that fits better."""
        return max(self.prefix, self.suffix)

    @property
    def mean(self) -> float:
        """How well both contexts fit together."""
        return (self.prefix + self.suffix) / 2


def context_similarity(wanted: str, found: str, *, before: bool) -> float:
    """Half the similarity of the whole context, half that of the half nearer to the quote."""
    from rapidfuzz.distance import Levenshtein

    half = (len(wanted) + 1) // 2
    if before:
        near = Levenshtein.normalized_similarity(wanted[-half:], found[-half:])
    else:
        near = Levenshtein.normalized_similarity(wanted[:half], found[:half])
    return 0.5 * Levenshtein.normalized_similarity(wanted, found) + 0.5 * near


def judge(quote: Quote, text: Folded, start: int, end: int, near: float) -> Candidate:
    """Measure one place; `near` is the expected offset in the folded text."""
    from rapidfuzz.distance import Indel

    found = text.text[start:end]
    words = 1.0 if found == quote.exact else Indel.normalized_similarity(quote.exact, found)
    prefix = suffix = None
    if quote.prefix.strip():
        prefix = context_similarity(quote.prefix, text.text[max(0, start - len(quote.prefix)) : start], before=True)
    if quote.suffix.strip():
        suffix = context_similarity(quote.suffix, text.text[end : end + len(quote.suffix)], before=False)
    if prefix is None:
        prefix = suffix if suffix is not None else 0.0
    if suffix is None:
        suffix = prefix
    weight = 50 * min(1.0, 0.45 + len(quote.exact) / 60)
    nearness = 1 - min(1.0, abs(start - near) / max(1, len(text.text)))
    score = (weight * words + 20 * prefix + 20 * suffix + 2 * nearness) / (weight + 42)
    return Candidate(start, end, words, prefix, suffix, score)


def weigh(text: str) -> int:
    """The length of a text as the rules count it: an ideograph or a syllable sign says as much as two letters."""
    return (
        len(text)
        if text.isascii()
        else len(text) + sum("\u2e80" <= char <= "\U0003ffff" and char.isalpha() for char in text)
    )


def is_acceptable(quote: Quote, candidate: Candidate, *, unique: bool) -> bool:
    """Whether a place found by the selector alone may be shown as the passage."""
    length, words = weigh(quote.exact), candidate.words
    if words < 0.55:
        return False
    if not quote.prefix.strip() and not quote.suffix.strip():
        return words >= 0.8 and unique
    if words == 1.0:
        return _exact_is_acceptable(length, candidate, unique=unique)
    if length >= 30:
        return words >= 0.8 or (words >= 0.6 and candidate.better >= 0.45) or candidate.mean >= 0.6
    if length >= 12:
        return (
            (words >= 0.85 and candidate.better >= 0.55)
            or (words >= 0.72 and candidate.better >= 0.72)
            or (words >= 0.6 and candidate.mean >= 0.6)
        )
    return words >= 0.6 and candidate.mean >= 0.72


def _exact_is_acceptable(length: int, candidate: Candidate, *, unique: bool) -> bool:
    if length >= 40:
        return True
    if length >= 24:
        return candidate.better >= 0.35 or (unique and candidate.mean >= 0.22)
    bar = 0.62 - 0.012 * (length - 6)
    other = min(candidate.prefix, candidate.suffix)
    return (candidate.better >= bar and (other >= 0.2 or candidate.better >= 0.9)) or candidate.mean >= bar - 0.08
