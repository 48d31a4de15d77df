"""Places of a text where a quote may stand, from the selector alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newstui.text.anchoring.folding import Folded, fold

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode

_MAX_HITS = 400
_MAX_SCAN = 4_000
_SEEDS = 48
_SEED_LENGTH = 10
_BIN = 16
_BEST_BINS = 6
_MAX_SEED_HITS = 40
_LEAST_FOR_WINDOW = 8
_NEAR = 3
_SHORT = 12
_LONGEST_FOR_WINDOW = 2_000
_LONGEST_FOR_ALIGNMENT = 20_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A selector, folded: the quote without blanks at its ends, and its context."""

    exact: str
    prefix: str
    suffix: str

    @classmethod
    def build(cls, exact: str, prefix: str, suffix: str) -> "Quote":
        """Fold the three together, so that blanks on their borders are counted once."""
        whole = fold(prefix + exact + suffix)
        start = whole.from_source(len(prefix))
        end = max(start, whole.end_from_source(len(prefix) + len(exact)))
        body = whole.text[start:end]
        kept = body.strip(" ")
        start += len(body) - len(body.lstrip(" ")) if kept else 0
        return cls(kept, whole.text[:start], whole.text[start + len(kept) :])


def iter_exact(quote: Quote, text: Folded, near: int) -> Iterator[tuple[int, int]]:
    """Every place where the folded quote stands; of very many the nearest, and of those the ones that look best."""
    hits = [*_hits_before(quote.exact, text.text, near), *_hits_after(quote.exact, text.text, near)]
    if len(hits) > _MAX_HITS:
        before, after, length = quote.prefix[-6:], quote.suffix[:6], len(quote.exact)

        def glance(hit: int) -> tuple[int, int]:
            left = text.text[max(0, hit - len(before)) : hit] == before
            right = text.text[hit + length : hit + length + len(after)] == after
            return -(left + right), abs(hit - near)

        hits = sorted(hits, key=glance)[:_MAX_HITS]
    for hit in hits:
        yield hit, hit + len(quote.exact)


def _hits_after(exact: str, text: str, near: int) -> Iterator[int]:
    at = text.find(exact, near)
    for _ in range(_MAX_SCAN):
        if at < 0:
            return
        yield at
        at = text.find(exact, at + 1)


def _hits_before(exact: str, text: str, near: int) -> Iterator[int]:
    at = text.rfind(exact, 0, near + len(exact) - 1)
    for _ in range(_MAX_SCAN):
        if at < 0:
            return
        yield at
        at = text.rfind(exact, 0, at + len(exact) - 1)


def iter_similar(quote: Quote, text: Folded) -> Iterator[tuple[int, int]]:
    """Places where the quote, or the quote with its context, stands with other words in it."""
    from rapidfuzz import fuzz

    if len(quote.exact) > _LONGEST_FOR_ALIGNMENT:
        return
    for origin in _diagonals(quote, text.text):
        yield from _align(quote, text.text, origin)
    if _LEAST_FOR_WINDOW <= len(quote.exact) <= min(_LONGEST_FOR_WINDOW, len(text.text)):
        window = fuzz.partial_ratio_alignment(quote.exact, text.text, score_cutoff=60)
        if window is not None and window.dest_end > window.dest_start:
            yield from _align(quote, text.text, window.dest_start - len(quote.prefix))


def _diagonals(quote: Quote, text: str) -> list[int]:
    """Where the beginning of the prefix would be, by the votes of short pieces of the selector."""
    whole = quote.prefix + quote.exact + quote.suffix
    if len(whole) < _SEED_LENGTH:
        return []
    step = max(1, (len(whole) - _SEED_LENGTH) // (_SEEDS - 1))
    votes: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for at in range(0, len(whole) - _SEED_LENGTH + 1, step):
        piece = whole[at : at + _SEED_LENGTH]
        hit = text.find(piece)
        for _ in range(_MAX_SEED_HITS):
            if hit < 0:
                break
            place = (hit - at) // _BIN
            votes[place] += 1
            sums[place] += hit - at
            hit = text.find(piece, hit + 1)
    return [round(sums[place] / count) for place, count in votes.most_common(_BEST_BINS)]


def _align(quote: Quote, text: str, origin: int) -> Iterator[tuple[int, int]]:
    """Read the quote's ends off an alignment of the whole selector with the region around a diagonal."""
    from rapidfuzz.distance import Levenshtein

    slack = len(quote.exact) // 3 + 24
    whole = quote.prefix + quote.exact + quote.suffix
    low = max(0, origin - slack)
    high = min(len(text), origin + len(whole) + slack)
    if low >= high:
        return
    first, last = len(quote.prefix), len(quote.prefix) + len(quote.exact)
    codes = [code for code in Levenshtein.opcodes(whole, text[low:high]) if code.tag != "insert"]
    start = low + _first_at(codes, first)
    end = low + _last_at(codes, last)
    start, end = _slide(quote, text, codes, low, (start, end))
    if end > start:
        yield _trim(text, *_snap(quote, text, start, end))


def _first_at(codes: Sequence["Opcode"], first: int) -> int:
    """Where the quote begins: at its first character if that survived, else where the prefix ends."""
    before = None
    for code in codes:
        if code.src_start <= first < code.src_end:
            if code.tag == "equal" or before is None or first - before.src_end > _NEAR:
                return min(code.dest_start + first - code.src_start, code.dest_end)
            return before.dest_end
        if code.tag == "equal":
            before = code
    return codes[-1].dest_end if codes else 0


def _last_at(codes: Sequence["Opcode"], last: int) -> int:
    """Where the quote ends: behind its last character if that survived, else where the suffix begins."""
    after = None
    for code in reversed(codes):
        if code.src_start < last <= code.src_end:
            if code.tag == "equal" or after is None or after.src_start - last > _NEAR:
                return min(code.dest_start + last - code.src_start, code.dest_end)
            return after.dest_start
        if code.tag == "equal":
            after = code
    return codes[0].dest_start if codes else 0


def _slide(quote: Quote, text: str, codes: Sequence["Opcode"], low: int, found: tuple[int, int]) -> tuple[int, int]:
    """Push an insertion out of the quote that an alignment put just inside one of its ends."""
    start, end = found
    first, last = len(quote.prefix), len(quote.prefix) + len(quote.exact)
    for code, after in pairwise(codes):
        gap = after.dest_start - code.dest_end
        left, right = code.src_end - first, last - code.src_end
        if gap and code.src_end == after.src_start and code.tag == after.tag == "equal":
            head, tail = low + code.dest_end, low + after.dest_start
            if 0 < left <= _SHORT and left < gap and text[tail - left : tail] == quote.exact[:left]:
                start = tail - left
            elif 0 < right <= _SHORT and right < gap and text[head : head + right] == quote.exact[-right:]:
                end = head + right
    return start, end


def _snap(quote: Quote, text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the rest of a word where the quote began or ended with a whole one."""
    if quote.exact[0].isalnum() and not quote.prefix[-1:].isalnum():
        while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
    if quote.exact[-1].isalnum() and not quote.suffix[:1].isalnum():
        while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
    return start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
