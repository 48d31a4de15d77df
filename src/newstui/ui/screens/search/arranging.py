"""Hits in groups: of one kind, article, source, month or tag, or the best first; the best hit's group comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article
from newstui.ui.widgets.virtual_list import Piece, fit

if TYPE_CHECKING:
    from newstui.services.hits import Hit, Snippet
    from newstui.store import Store

GROUPS = ("kind", "article", "best", "source", "month", "tag")
"""What hits can be grouped by; `best` is no group at all."""
NAMED = frozenset({"source", "month", "tag"})
"""Groups whose name is said, for neither kind nor title shows it."""
KIND_CELLS = 11
AFTER = 10
"""Code points that should be seen behind the first mark."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, and where it is the first of its group how many there are, else 0."""

    hit: Hit
    group: int = 0
    name: str = ""
    """Of the group, where nothing else shows it."""


def group_names(by: str, store: Store) -> Callable[[Hit], str]:
    """The name of the group that a hit belongs to; of several tags the first counts."""
    if by == "kind":
        return lambda hit: hit.kind
    if by == "article":
        return lambda hit: hit.article_id

    def name(hit: Hit) -> str:
        article = store.find(Article, hit.article_id)
        if article is None or by not in NAMED:
            return ""
        if by == "source":
            return article.source or article.site or "no source"
        if by == "month":
            return article.published[:7] or "no date"
        note = store.find(Annotation, hit.annotation_id) if hit.annotation_id else None
        tags = note.tags if note is not None else article.tags
        return f"#{tags[0]}" if tags else "no tag"

    return name


def arrange(hits: Sequence[Hit], by: str, store: Store) -> list[Found]:
    """Hits group by group, in each the best first."""
    key = cache(group_names(by, store))
    counts = Counter(key(hit) for hit in hits)
    order = {group: number for number, group in enumerate(counts)}
    arranged = sorted(hits, key=lambda hit: order[key(hit)])
    found: list[Found] = []
    for hit in arranged:
        first = not found or key(found[-1].hit) != key(hit)
        told = first and len(counts) > 1
        found.append(Found(hit, counts[key(hit)] if told else 0, key(hit) if told and by in NAMED else ""))
    return found


def paint_hit(found: Found, title: str, date: str, width: int) -> Sequence[Sequence[Piece]]:
    """Two rows: kind, title and date; then the marked snippet, and why it is there."""
    hit = found.hit
    label = f"{hit.kind.upper():<7}{found.group or '':<4}"
    room = max(10, width - KIND_CELLS - 12)
    name = fit(found.name, min(len(found.name), room // 2)) + "  " if found.name else ""
    shown = fit(title, room - len(name))
    head: list[Piece] = [(fit(label, KIND_CELLS), "accent"), (name, "tag"), (shown, "strong"), (f"  {date}", "muted")]
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
