"""Hits in groups: of one kind, of one article, or simply the best first; the group of the best hit comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.ui.widgets.virtual_list import Piece, fit

if TYPE_CHECKING:
    from newstui.services.hits import Hit

GROUPS = ("kind", "article", "best")
"""What hits can be grouped by; `best` is no group at all."""
_BY: dict[str, Callable[[Hit], Hashable]] = {
    "kind": lambda hit: hit.kind,
    "article": lambda hit: hit.article_id,
    "best": lambda hit: "",
}
KIND_CELLS = 11


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
    room = width - KIND_CELLS - (len(hit.why) + 2 if hit.why else 0)
    text, at = hit.snippet.text, 0
    pieces: list[Piece] = [(" " * KIND_CELLS, "")]
    for mark in hit.snippet.marks:
        pieces += [(text[at : mark.start], "muted"), (text[mark.start : mark.end], "hit")]
        at = mark.end
    pieces.append((text[at : max(at, room)], "muted"))
    if hit.why:
        pieces.append((f"  {hit.why}", "warning"))
    return [head, pieces]
