"""The highlights of an article as they lie over its text."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from newstui.model import AnchorState, Annotation, Heads, head_of
from newstui.text.layers import TopLayer
from newstui.text.spans import SpanIndex

STRAYED = (AnchorState.MOVED, AnchorState.CHANGED)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as the view draws it; the newest has the greatest id.

    `slot` is a color from 1 to 6, `number` counts the annotations with a note or a tag in text order (0: it has
    neither).
    """

    start: int
    end: int
    id: str
    slot: int
    number: int
    annotation: Annotation

    @property
    def raised(self) -> str:
        """The number as raised digits, or nothing."""
        return str(self.number).translate(RAISED) if self.number else ""


@dataclass(frozen=True, slots=True)
class RowMarks:
    """What the annotations make of one row.

    `parts` are starts, ends and slots of what is on top, `count` says how many there are and `slot` which color the
    newest has (0: there is none), `number` is that of the first note that begins in the row, as raised digits, and
    `state` that of the first one that begins there and has moved or changed.
    """

    parts: Sequence[tuple[int, int, int]] = ()
    count: int = 0
    slot: int = 0
    number: str = ""
    state: AnchorState = AnchorState.SAME


DEEP = 100
"""Annotations over one row from which only what lies on top is looked at."""

SAMPLES = 64
"""Places that are looked at to know whether annotations lie deep."""


def _place(annotation: Annotation) -> tuple[int, int, str]:
    position = annotation.target.position
    return position.start, position.end, annotation.id


class Highlights:
    """The annotations of one article but its orphans; `version` grows with every change."""

    def __init__(self) -> None:
        self.version = 0
        self.shown = True
        self.chosen = ""
        """The id of the annotation that was put on top with `cycle_overlap`."""
        self.orphans: set[str] = set()
        self.strayed: set[str] = set()
        """Of the annotations those whose words are gone, and those that moved or changed and were not accepted yet."""
        self.notes = 0
        """How many annotations carry a note."""
        self._annotations = SpanIndex[str]()
        self._known: dict[str, Annotation] = {}
        self._find: Callable[[str], Annotation | None] = lambda id_: None
        self._noted_places: list[tuple[int, int, str]] = []
        self._noted = SpanIndex[str]()
        self._slots: dict[str, int] = {}
        """The color of each annotation, so that none is read to be drawn."""
        self._top: TopLayer[tuple[str, int]] | None = None
        """Ids and slots of what is on top, once annotations lie deep somewhere, and the id of the newest of them."""
        self._newest = ""

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Show these annotations but orphans."""
        known = {annotation.id: annotation for annotation in annotations}
        heads = [head_of(known[id_]) for id_ in sorted(known)]
        columns = Heads.in_order(
            [h.start for h in heads], [h.end for h in heads], [h.id for h in heads], [h.color for h in heads], heads
        )
        self.set_heads(columns, known.get)
        self._known = known

    def set_heads(self, heads: Heads, find: Callable[[str], Annotation | None]) -> None:
        """Show the annotations with these heads but orphans; each is found when it is looked at."""
        self._known, self._find, self._top = {}, find, None
        self._slots = dict(zip(heads.ids, heads.colors, strict=True))
        others = heads.others
        orphans = self.orphans = {head.id for head in others.values() if head.is_orphan}
        self.strayed = {head.id for head in others.values() if head.state in STRAYED}
        spans = zip(heads.starts, heads.ends, heads.ids, strict=True)
        self._annotations = SpanIndex((span for span in spans if span[2] not in orphans), ordered=True)
        shown = [head for head in others.values() if not head.is_orphan]
        self.notes = sum(head.has_note for head in shown)
        self._noted_places = sorted((head.start, head.end, head.id) for head in shown if head.has_note or head.tags)
        self._noted = SpanIndex(self._noted_places, ordered=True)
        sampled = self._annotations.starts[:: 1 + len(self._annotations) // SAMPLES]
        if any(len(self._annotations.at(offset)) > DEEP for offset in sampled):
            self._lay_on_top()
        self.version += 1

    def _lay_on_top(self) -> TopLayer[tuple[str, int]]:
        """Find out what lies on top everywhere."""
        spans = [(start, end, (id_, self._slots[id_] or 1)) for start, end, id_ in self._annotations]
        spans.sort(key=itemgetter(2))
        self._newest = spans[-1][2][0]
        self._top = TopLayer(spans)
        return self._top

    def change(self, before: Annotation | None, after: Annotation | None) -> None:
        """Show one annotation instead of another, one more, or one less; flat in how many there are.

        What is shown already is not shown twice: a change may be heard of after its result was read.
        """
        for annotation in (before, after):
            if annotation is not None:
                self._leave_out(annotation)
                self.orphans.discard(annotation.id)
                self.strayed.discard(annotation.id)
        if after is not None and after.state is AnchorState.ORPHAN:
            self.orphans.add(after.id)
        elif after is not None:
            if after.state in STRAYED:
                self.strayed.add(after.id)
            place = start, end, _ = _place(after)
            self._known[after.id] = after
            self._slots[after.id] = after.color
            self._annotations.add(start, end, after.id)
            self.notes += after.note != ""
            if after.note or after.tags:
                insort(self._noted_places, place)
                self._noted.add(*place)
            if self._top is not None and after.id > self._newest:
                self._top.add(start, end, (after.id, after.color or 1))
                self._newest = after.id
            else:
                self._top = None
        self.version += 1

    def _leave_out(self, annotation: Annotation) -> None:
        place = start, end, _ = _place(annotation)
        if not self._annotations.discard(start, end, annotation.id):
            return
        self._known.pop(annotation.id, None)
        self._top = None
        self._noted.discard(*place)
        self.notes -= annotation.note != ""
        at = bisect_left(self._noted_places, place)
        if self._noted_places[at : at + 1] == [place]:
            del self._noted_places[at]

    def _found(self, ids: Iterable[str]) -> list[Mark]:
        """The marks of some annotations, without those that are gone by now."""
        found = (self._known.get(id_) or self._find(id_) for id_ in ids)
        return [self._mark(annotation) for annotation in found if annotation is not None]

    def _mark(self, annotation: Annotation) -> Mark:
        place = start, end, id_ = _place(annotation)
        number = bisect_left(self._noted_places, place) + 1 if annotation.note or annotation.tags else 0
        return Mark(start, end, id_, annotation.color or 1, number, annotation)

    def choose(self, annotation_id: str) -> None:
        """Draw one annotation on top of the others."""
        if annotation_id != self.chosen:
            self.chosen = annotation_id
            self.version += 1

    @property
    def count(self) -> int:
        """How many annotations there are."""
        return len(self._annotations)

    @property
    def spans(self) -> SpanIndex[str]:
        """Where the annotations are, to go through them."""
        return self._annotations

    def marks_at(self, offset: int) -> list[Mark]:
        """The annotations that hold an offset: the chosen one, then the innermost, of two alike the newest first."""
        newest_first = sorted(self.marks_in(offset, offset + 1), key=attrgetter("id"), reverse=True)
        return sorted(newest_first, key=lambda mark: (mark.id != self.chosen, mark.end - mark.start))

    def marks_in(self, low: int, high: int) -> list[Mark]:
        """The annotations that touch a range, by start."""
        if not self.shown:
            return []
        return self._found(id_ for _, _, id_ in self._annotations.overlapping(low, high))

    def row(self, low: int, high: int) -> RowMarks:
        """What the annotations that touch a row make of it."""
        if not self.shown:
            return RowMarks()
        top = self._top
        if top is None:
            found = self._annotations.overlapping(low, high)
            if not found:
                return RowMarks()
            if len(found) <= DEEP:
                on_top = [(start, end, self._slots[id_] or 1) for start, end, id_ in self._topmost(low, high, found)]
                slot = self._slots[max(id_ for _, _, id_ in found)] or 1
                return RowMarks(on_top, len(found), slot, self._number_in(low, high), self._state_in(low, high))
            top = self._lay_on_top()
        pieces = top.over(low, high)
        parts: list[tuple[int, int, int]] = []
        for start, end, (_, slot) in pieces:  # what looks the same is drawn in one
            if parts and parts[-1][1] == start and parts[-1][2] == slot:
                parts[-1] = (parts[-1][0], end, slot)
            else:
                parts.append((start, end, slot))
        for mark in self._chosen():
            sides = ((start, min(end, mark.start), slot) for start, end, slot in parts)
            others = ((max(start, mark.end), end, slot) for start, end, slot in parts)
            parts = [part for part in (*sides, *others) if part[0] < part[1]]
            parts.append((mark.start, mark.end, mark.slot))
        _, slot = max((value for _, _, value in pieces), default=("", 0))
        return RowMarks(parts, top.count(low, high), slot, self._number_in(low, high), self._state_in(low, high))

    def _number_in(self, low: int, high: int) -> str:
        """The number of the first note that begins in a range, as raised digits."""
        at = bisect_left(self._noted_places, (low, 0, ""))
        begins = at < len(self._noted_places) and self._noted_places[at][0] < high
        return str(at + 1).translate(RAISED) if begins else ""

    def _state_in(self, low: int, high: int) -> AnchorState:
        """The state of the first one that begins in a range and has moved or changed."""
        if self.strayed:
            begun = [(start, id_) for start, id_ in self._annotations.beginning(low, high) if id_ in self.strayed]
            for mark in self._found(id_ for _, id_ in sorted(begun)):
                return mark.annotation.state
        return AnchorState.SAME

    def under(self, offset: int) -> tuple[Mark | None, int]:
        """The first of `marks_at`, and how many there are; quick where they are very many."""
        if not self.shown:
            return None, 0
        count = len(self._annotations.at(offset)) if self._top is None else self._top.count(offset, offset + 1)
        return self._first_of(self._annotations, offset) if count else None, count

    def noted_at(self, offset: int) -> Mark | None:
        """The first of `marks_at` that carries a note or a tag."""
        return self._first_of(self._noted, offset) if self.shown else None

    def _chosen(self) -> list[Mark]:
        """The annotation that was put on top, if it is one of these."""
        found = self._found([self.chosen]) if self.chosen else []
        return [
            mark for mark in found if (mark.start, mark.id) in self._annotations.beginning(mark.start, mark.start + 1)
        ]

    def _first_of(self, index: SpanIndex[str], offset: int) -> Mark | None:
        for mark in self._chosen():
            if mark.start <= offset < mark.end and (index is self._annotations or mark.number):
                return mark
        found = index.innermost(offset)
        return next(iter(self._found([found[2]])), None) if found else None

    @property
    def noted_count(self) -> int:
        """How many annotations carry a note or a tag."""
        return len(self._noted_places)

    def noted_between(self, low: int, high: int, before: int) -> list[Mark]:
        """The annotations with a note or a tag that begin in a range, and some that begin before it."""
        if not self.shown:
            return []
        first = max(0, bisect_left(self._noted_places, (low, 0, "")) - before)
        after = bisect_left(self._noted_places, (high, 0, ""))
        return self._found(id_ for _, _, id_ in self._noted_places[first:after])

    def has_note(self, low: int, high: int) -> bool:
        """Whether an annotation with a note or a tag begins in a range."""
        at = bisect_left(self._noted_places, (low, 0, ""))
        return self.shown and at < len(self._noted_places) and self._noted_places[at][0] < high

    def _topmost(self, low: int, high: int, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Where which annotation lies on top: the chosen one, else the newest. Linear in the annotations."""

        def order(span: tuple[int, int, str]) -> tuple[bool, str]:
            return span[2] == self.chosen, span[2]

        floor = max((order(span) for span in found if span[0] <= low and span[1] >= high), default=(False, ""))
        owners = [""] * (high - low)
        for start, end, id_ in sorted((span for span in found if order(span) >= floor), key=order):
            first, after = max(start, low) - low, min(end, high) - low
            owners[first:after] = [id_] * (after - first)
        parts: list[tuple[int, int, str]] = []
        begin = 0
        for at in range(1, len(owners) + 1):
            if at == len(owners) or owners[at] != owners[begin]:
                if owners[begin]:
                    parts.append((low + begin, low + at, owners[begin]))
                begin = at
        return parts
