"""Looking up which of many ranges touch a stretch of text, and cutting a stretch into runs with the same ranges.

The obvious index (sorted starts with a running maximum of ends) degrades to a scan as soon as one range covers the
whole text. Here ranges are put in buckets by the power of two of their length, each bucket sorted by start, so that a
lookup reads per bucket only the starts between `low - 2**k` and `high`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Generic, TypeVar

T = TypeVar("T")


class _Bucket(Generic[T]):
    """Ranges of up to one length, by start."""

    def __init__(self) -> None:
        self.starts = array("Q")
        self.ends = array("Q")
        self.values: list[T] = []


class SpanIndex(Generic[T]):
    """Ranges of code points with a value each; one more or less costs a moment, however many there are.

    Args:
        spans: triples of start, end and value, in any order; empty ranges are left out.
        ordered: they come by start, so that very many need not be held at once.
    """

    def __init__(self, spans: Iterable[tuple[int, int, T]] = (), *, ordered: bool = False) -> None:
        self.starts = array("Q")
        """Where the ranges begin, to go through them in order."""
        buckets: dict[int, _Bucket[T]] = {}
        add = self.starts.append
        for start, end, value in spans if ordered else sorted(spans, key=itemgetter(0)):
            if start < end:
                add(start)
                size = (end - start - 1).bit_length()
                bucket = buckets.get(size)
                if bucket is None:
                    bucket = buckets[size] = _Bucket()
                bucket.starts.append(start)
                bucket.ends.append(end)
                bucket.values.append(value)
        self._buckets = {size: buckets[size] for size in sorted(buckets)}

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, start: int, end: int, value: T) -> None:
        """Take in one more range, behind those that begin where it does."""
        if start >= end:
            return
        size = (end - start - 1).bit_length()
        if size not in self._buckets:
            self._buckets[size] = _Bucket()
            self._buckets = dict(sorted(self._buckets.items()))
        bucket = self._buckets[size]
        at = bisect_right(bucket.starts, start)
        bucket.starts.insert(at, start)
        bucket.ends.insert(at, end)
        bucket.values.insert(at, value)
        insort(self.starts, start)

    def discard(self, start: int, end: int, value: T) -> bool:
        """Leave out a range with an equal value; whether it was there."""
        bucket = self._buckets.get((end - start - 1).bit_length()) if start < end else None
        at = bisect_left(bucket.starts, start) if bucket else 0
        while bucket and at < len(bucket.starts) and bucket.starts[at] == start:
            if bucket.ends[at] == end and bucket.values[at] == value:
                del bucket.starts[at], bucket.ends[at], bucket.values[at]
                del self.starts[bisect_left(self.starts, start)]
                return True
            at += 1
        return False

    def overlapping(self, low: int, high: int) -> list[tuple[int, int, T]]:
        """The ranges that share a code point with `[low, high)`, by start."""
        found: list[tuple[int, int, T]] = []
        filled = 0
        for size, bucket in self._buckets.items():
            starts, ends, values = bucket.starts, bucket.ends, bucket.values
            first = bisect_right(starts, low - (1 << size)) if low >= 1 << size else 0
            after = bisect_left(starts, high, first)
            if first < after:
                filled += 1
                found += [(starts[n], ends[n], values[n]) for n in range(first, after) if ends[n] > low]
        if filled > 1:
            found.sort(key=itemgetter(0))
        return found

    def innermost(self, offset: int) -> tuple[int, int, T] | None:
        """The shortest range that holds an offset; of equals the one with the greatest value."""
        for size, bucket in self._buckets.items():
            starts, ends, values = bucket.starts, bucket.ends, bucket.values
            first = bisect_right(starts, offset - (1 << size)) if offset >= 1 << size else 0
            after = bisect_right(starts, offset, first)
            found = [(ends[n] - starts[n], n) for n in range(first, after) if ends[n] > offset]
            if found:
                least = min(found)[0]
                best = max((n for length, n in found if length == least), key=lambda n: values[n])  # type: ignore[arg-type,return-value]  # they are compared by who asks
                return starts[best], ends[best], values[best]
        return None

    def beginning(self, low: int, high: int) -> list[tuple[int, T]]:
        """Where ranges begin in `[low, high)`, with their values, in no order."""
        found: list[tuple[int, T]] = []
        for bucket in self._buckets.values():
            first = bisect_left(bucket.starts, low)
            after = bisect_left(bucket.starts, high, first)
            found += zip(bucket.starts[first:after], bucket.values[first:after], strict=True)
        return found

    def __iter__(self) -> Iterator[tuple[int, int, T]]:
        """All ranges, in no order."""
        for bucket in self._buckets.values():
            yield from zip(bucket.starts, bucket.ends, bucket.values, strict=True)

    def at(self, offset: int) -> list[tuple[int, int, T]]:
        """The ranges that hold an offset, by start."""
        return self.overlapping(offset, offset + 1)

    def after(self, offset: int) -> int | None:
        """The number of the first range that begins behind an offset."""
        number = bisect_right(self.starts, offset)
        return number if number < len(self.starts) else None

    def before(self, offset: int) -> int | None:
        """The number of the last range that begins before an offset."""
        number = bisect_left(self.starts, offset)
        return number - 1 if number > 0 else None


def cut_runs(low: int, high: int, spans: Sequence[tuple[int, int, T]]) -> list[tuple[int, int, tuple[T, ...]]]:
    """Cut `[low, high)` at the edges of ranges, so that each run lies wholly in or out of each.

    Returns:
        Triples of start, end and the values that hold there, in the order of `spans`; without gaps.
    """
    if low >= high:
        return []
    if not spans:
        return [(low, high, ())]
    edges = {low, high}
    for start, end, _ in spans:
        if low < start < high:
            edges.add(start)
        if low < end < high:
            edges.add(end)
    cuts = sorted(edges)
    return [
        (begin, stop, tuple([value for start, end, value in spans if start < stop and begin < end]))
        for begin, stop in pairwise(cuts)
    ]
