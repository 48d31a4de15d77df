"""Equal runs of two long sequences of numbers, in bounded time and memory.

The exact answer (a longest common subsequence) takes a matrix of bits; where that would grow beyond a few dozen
megabytes, runs that are unique in both sequences split the problem first, as in patience diff (Bram Cohen).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

_MAX_CELLS = 400_000_000
_SHINGLE = 6

Run = tuple[int, int, int]
"""Where an equal run begins in the first sequence and in the second, and its length."""


def equal_runs(first: Sequence[int], second: Sequence[int]) -> list[Run]:
    """The runs that stand in both sequences, in order; neighbors are joined."""
    joined: list[Run] = []
    for a, b, count in _iter_runs(first, second):
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + count)
        elif count:
            joined.append((a, b, count))
    return joined


def _iter_runs(first: Sequence[int], second: Sequence[int]) -> Iterator[Run]:
    shorter = min(len(first), len(second))
    head = next((at for at in range(shorter) if first[at] != second[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if first[-1 - at] != second[-1 - at]), rest)
    yield 0, 0, head
    inner_first, inner_second = first[head : len(first) - tail], second[head : len(second) - tail]
    if len(inner_first) * len(inner_second) <= _MAX_CELLS:
        inner = _exact_runs(inner_first, inner_second)
    else:
        inner = _split_runs(inner_first, inner_second)
    for a, b, count in inner:
        yield head + a, head + b, count
    yield len(first) - tail, len(second) - tail, tail


def _exact_runs(first: Sequence[int], second: Sequence[int]) -> Iterator[Run]:
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            yield code.src_start, code.dest_start, code.src_end - code.src_start


def _split_runs(first: Sequence[int], second: Sequence[int]) -> Iterator[Run]:
    """Split at shingles that are unique in both; what is too large even then counts as changed."""
    at_first = at_second = 0
    for a, b in [*_unique_pairs(first, second), (len(first), len(second))]:
        if a < at_first or b < at_second:
            continue
        part_first, part_second = first[at_first:a], second[at_second:b]
        if len(part_first) * len(part_second) <= _MAX_CELLS:
            for c, d, count in _exact_runs(part_first, part_second):
                yield at_first + c, at_second + d, count
        count = min(_SHINGLE, len(first) - a)
        yield a, b, count
        at_first, at_second = a + count, b + count


def _unique_pairs(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int]]:
    """Places of shingles unique in both sequences, the longest chain that rises in both."""
    places = _unique_shingles(first)
    other = _unique_shingles(second)
    pairs = [(at, other[shingle]) for shingle, at in places.items() if at >= 0 and other.get(shingle, -1) >= 0]
    ends: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        rank = bisect_left(ends, b)
        before.append(heads[rank - 1] if rank else -1)
        if rank == len(ends):
            ends.append(b)
            heads.append(index)
        else:
            ends[rank] = b
            heads[rank] = index
    chain = []
    index = heads[-1] if heads else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _unique_shingles(sequence: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Shingle -> where it stands, in order; -1 if it stands in several places."""
    places: dict[tuple[int, ...], int] = {}
    for at in range(len(sequence) - _SHINGLE + 1):
        shingle = tuple(sequence[at : at + _SHINGLE])
        places[shingle] = -1 if shingle in places else at
    return places
