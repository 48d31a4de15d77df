"""Where a passage of an old text went in a new one, read off a diff by words."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from newstui.text.anchoring.matching import equal_runs

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Image:
    """Where a range of the old text went.

    `start` and `end` are its place in the new text; `from_start` and `from_end` say whether that end itself survived
    (otherwise it was stretched to the neighbor that did).
    """

    start: int
    end: int
    from_start: bool
    from_end: bool


@dataclass(frozen=True, slots=True)
class _Equal:
    """A run of tokens that stands in both texts, as offsets."""

    old: tuple[int, int]
    new: tuple[int, int]
    tokens: tuple[int, int, int]  # first token in old, in new, and how many


class TextDiff:
    """A diff of two revisions by words, blanks and signs.

    Uses an Indel distance (longest common subsequence) over tokens. Give it folded texts, so that rewritten typography
    counts as equal; all offsets are theirs.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = _tokens(old)
        self._new = _tokens(new)
        ids: dict[str, int] = {}
        first = [ids.setdefault(old[a:b], len(ids)) for a, b in self._old]
        second = [ids.setdefault(new[a:b], len(ids)) for a, b in self._new]
        self._equal: list[_Equal] = []
        for a, b, count in equal_runs(first, second):
            if self._is_firm(old, a, a + count):
                old_range = self._old[a][0], self._old[a + count - 1][1]
                new_range = self._new[b][0], self._new[b + count - 1][1]
                self._equal.append(_Equal(old_range, new_range, (a, b, count)))
        self._old_starts = [equal.old[0] for equal in self._equal]
        self._new_starts = [equal.new[0] for equal in self._equal]
        self._old_length, self._new_length = len(old), len(new)

    def project(self, start: int, end: int) -> Image:
        """The image of a range of the old text; ends that did not survive are stretched outwards."""
        at = bisect_right(self._old_starts, start) - 1
        if at >= 0 and start < self._equal[at].old[1]:
            new_start, kept_start = self._to_new(self._equal[at], start), True
        else:
            new_start, kept_start = (self._equal[at].new[1] if at >= 0 else 0), False
        at = bisect_right(self._old_starts, end - 1) - 1
        if at >= 0 and end - 1 < self._equal[at].old[1]:
            new_end, kept_end = self._to_new(self._equal[at], end - 1, end=True), True
        else:
            follows = at + 1 < len(self._equal)
            new_end, kept_end = (self._equal[at + 1].new[0] if follows else self._new_length), False
        return Image(new_start, max(new_start, new_end), kept_start, kept_end)

    def _is_firm(self, old: str, first: int, last: int) -> bool:
        """Whether a run says anything: a lone blank or sign between two changes is a coincidence."""
        if last - first > 2 or first == 0 or last == len(self._old):
            return True
        return any(char.isalnum() for char in old[self._old[first][0] : self._old[last - 1][1]])

    def survived(self, start: int, end: int, into: tuple[int, int]) -> int:
        """How many characters of a range of the old text map into a range of the new one."""
        count = 0
        at = max(0, bisect_right(self._old_starts, start) - 1)
        for equal in self._equal[at:]:
            if equal.old[0] >= end:
                break
            for old, new in self._pairs(equal):
                inside = min(old[1], end) - max(old[0], start)
                shared = min(new[1], into[1]) - max(new[0], into[0])
                count += max(0, min(inside, shared))
        return count

    def from_elsewhere(self, start: int, end: int, passage: tuple[int, int]) -> int:
        """How many characters of a range of the new text are the image of old text outside a passage."""
        count = 0
        at = max(0, bisect_right(self._new_starts, start) - 1)
        for equal in self._equal[at:]:
            if equal.new[0] >= end:
                break
            for old, new in self._pairs(equal):
                inside = min(new[1], end) - max(new[0], start)
                if inside > 0 and (old[1] <= passage[0] or old[0] >= passage[1]):
                    count += inside
        return count

    def _pairs(self, equal: _Equal) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        first, second, count = equal.tokens
        return list(zip(self._old[first : first + count], self._new[second : second + count], strict=True))

    def _to_new(self, equal: _Equal, offset: int, *, end: bool = False) -> int:
        first, second, count = equal.tokens
        low = bisect_right(self._old, offset, lo=first, hi=first + count, key=lambda token: token[0]) - 1
        old, new = self._old[low], self._new[second + low - first]
        within = offset - old[0] + end
        return new[1] if within >= old[1] - old[0] else min(new[0] + within, new[1])


def _tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(text)]
