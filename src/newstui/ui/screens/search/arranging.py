"""Hits in groups: of one kind, of one article, or simply the best first; the group of the best hit comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.ui.widgets.virtual_list import Piece, fit

if TYPE_CHECKING:
    from newstui.services.hits import Hit, Snippet

GROUPS = ("kind", "article", "best")
"""What hits can be grouped by; `best` is no group at all."""
_BY: dict[str, Callable[[Hit], Hashable]] = {
    "kind": lambda hit: hit.kind,
    "article": lambda hit: hit.article_id,
    "best": lambda hit: "",
}
KIND_CELLS = 11
AFTER = 10
"""Code points that should be seen behind the first mark."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, and where it is the first of its group how many there are, else 0."""

    hit: Hit
    group: int = 0


def arrange(hits: Sequence[Hit], by: str) -> list[Found]:
    """Hits group by group, in each the best first."""
    key = _BY.get(by, _BY["best"])
    counts = Counter(key(hit) for hit in hits)
    order = {group: number for number, group in enumerate(counts)}
    arranged = sorted(hits, key=lambda hit: order[key(hit)])
    found: list[Found] = []
    for hit in arranged:
        first = not found or key(found[-1].hit) != key(hit)
        found.append(Found(hit, counts[key(hit)] if first and len(counts) > 1 else 0))
    return found


def paint_hit(found: Found, title: str, date: str, width: int) -> Sequence[Sequence[Piece]]:
    """Two rows: kind, title and date; then the marked snippet, and why it is there."""
    hit = found.hit
    label = f"{hit.kind.upper():<7}{found.group or '':<4}"
    shown = fit(title, max(10, width - KIND_CELLS - 12))
    head: list[Piece] = [(fit(label, KIND_CELLS), "accent"), (shown, "strong"), (f"  {date}", "muted")]
    why: list[Piece] = [(f"  {hit.why}", "warning")] if hit.why else []
    room = max(20, width - KIND_CELLS - sum(len(text) for text, _ in why))
    return [head, [(" " * KIND_CELLS, ""), *_marked(hit.snippet, room), *why]]


def _marked(snippet: Snippet, room: int) -> list[Piece]:
    """A snippet in a row of so many code points: its beginning gives way so that the first mark is seen."""
    text, marks = snippet.text, snippet.marks
    end = marks[0].end if marks else 0
    start = max(0, min(marks[0].start - 1, end + AFTER - room)) if marks and end + AFTER > room else 0
    pieces: list[Piece] = [("…", "muted")] if start else []
    at, last = start + bool(start), start + room
    for mark in marks:
        pieces += [(text[at : mark.start], "muted"), (text[mark.start : min(mark.end, last)], "hit")]
        at = mark.end
    return [*pieces, (text[at : max(at, last)], "muted")]
