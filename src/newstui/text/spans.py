"""Looking up which of many ranges touch a stretch of text, and cutting a stretch into runs with the same ranges.

The obvious index (sorted starts with a running maximum of ends) degrades to a scan as soon as one range covers the
whole text. Here ranges are put in buckets by the power of two of their length, each bucket sorted by start, so that a
lookup reads per bucket only the starts between `low - 2**k` and `high`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Ranges of code points with a value each.

    Args:
        spans: triples of start, end and value, in any order; empty ranges are left out.
    """

    def __init__(self, spans: Iterable[tuple[int, int, T]] = ()) -> None:
        kept = sorted((span for span in spans if span[0] < span[1]), key=lambda span: span[0])
        self.starts = array("Q", [span[0] for span in kept])
        self.ends = array("Q", [span[1] for span in kept])
        self.values: Sequence[T] = [span[2] for span in kept]
        numbers: dict[int, array[int]] = {}
        for number, (start, end, _) in enumerate(kept):
            k = (end - start - 1).bit_length()
            if k not in numbers:
                numbers[k] = array("Q")
            numbers[k].append(number)
        self._buckets = [
            (1 << k, array("Q", [self.starts[number] for number in bucket]), bucket)
            for k, bucket in sorted(numbers.items())
        ]

    def __len__(self) -> int:
        return len(self.starts)

    def numbers(self, low: int, high: int) -> list[int]:
        """Which ranges share a code point with `[low, high)`, by their number in the order of starts."""
        found: list[int] = []
        ends = self.ends
        for length, starts, numbers in self._buckets:
            first = bisect_right(starts, low - length) if low >= length else 0
            after = bisect_left(starts, high, first)
            if first < after:
                found += [number for number in numbers[first:after] if ends[number] > low]
        if len(self._buckets) > 1:
            found.sort()
        return found

    def overlapping(self, low: int, high: int) -> list[tuple[int, int, T]]:
        """The ranges that share a code point with `[low, high)`, by start."""
        starts, ends, values = self.starts, self.ends, self.values
        return [(starts[n], ends[n], values[n]) for n in self.numbers(low, high)]

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
