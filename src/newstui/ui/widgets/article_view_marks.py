"""What is marked in an article: names, highlights and hits, and how they share a row."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from newstui.model import Annotation, Mention, Span
from newstui.text.spans import SpanIndex, cut_runs
from newstui.ui.widgets.article_view_styles import ENTITY_STYLES

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation as the view draws it.

    `slot` is a color from 1 to 6, `rank` grows with age toward the newest, `number` counts the annotations with a note
    or a tag in text order (0: it has neither).
    """

    start: int
    end: int
    id: str
    slot: int
    rank: int
    number: int
    annotation: Annotation

    @property
    def raised(self) -> str:
        """The number as raised digits, or nothing."""
        return str(self.number).translate(RAISED) if self.number else ""


def build_marks(annotations: Iterable[Annotation]) -> list[Mark]:
    """The annotations of one article as marks, by start."""
    ordered = sorted(annotations, key=lambda annotation: (annotation.span.start, annotation.span.end, annotation.id))
    ranks = {known.id: rank for rank, known in enumerate(sorted(ordered, key=attrgetter("id")))}
    marks = []
    number = 0
    for annotation in ordered:
        said = bool(annotation.note or annotation.tags)
        number += said
        position = annotation.target.position
        slot = annotation.color or 1
        marks.append(
            Mark(
                position.start,
                position.end,
                annotation.id,
                slot,
                ranks[annotation.id],
                number if said else 0,
                annotation,
            )
        )
    return marks


class Marks:
    """The layers of one article, each with its own index; `version` grows with every change."""

    def __init__(self) -> None:
        self.version = 0
        self.mentions = SpanIndex[Mention]()
        self.marks = SpanIndex[Mark]()
        self.hits: Sequence[Span] = ()
        self.current_hit: Span | None = None
        self.chosen = ""
        """The id of the annotation that was put on top with `cycle_overlap`."""
        self.show_marks = True
        self.show_mentions = True
        self.notes = 0
        """How many annotations carry a note."""
        self._noted: list[Mark] = []
        self._noted_starts = array("Q")
        self._hit_index = SpanIndex[None]()

    def set_mentions(self, mentions: Iterable[Mention], labels: Collection[str]) -> None:
        """Show the mentions with one of these labels."""
        self.mentions = SpanIndex(
            (mention.span.start, mention.span.end, mention) for mention in mentions if mention.label in labels
        )
        self.version += 1

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Show these annotations."""
        marks = build_marks(annotations)
        self.marks = SpanIndex((mark.start, mark.end, mark) for mark in marks)
        self.notes = sum(bool(mark.annotation.note) for mark in marks)
        self._noted = [mark for mark in marks if mark.number]
        self._noted_starts = array("Q", [mark.start for mark in self._noted])
        self.version += 1

    def set_hits(self, hits: Sequence[Span], current: Span | None) -> None:
        """Show these hits; `current` stands out."""
        if hits is not self.hits:
            self.hits = hits
            self._hit_index = SpanIndex((hit.start, hit.end, None) for hit in hits)
        self.current_hit = current
        self.version += 1

    def choose(self, annotation_id: str) -> None:
        """Draw one annotation on top of the others."""
        if annotation_id != self.chosen:
            self.chosen = annotation_id
            self.version += 1

    def show_layers(self, *, mentions: bool | None = None, marks: bool | None = None) -> None:
        """Show or hide names or highlights."""
        self.show_mentions = self.show_mentions if mentions is None else mentions
        self.show_marks = self.show_marks if marks is None else marks
        self.version += 1

    def marks_at(self, offset: int) -> list[Mark]:
        """The annotations that hold an offset: the chosen one, then the innermost first."""
        found = [mark for _, _, mark in self.marks.at(offset)] if self.show_marks else []
        return sorted(found, key=lambda mark: (mark.id != self.chosen, mark.end - mark.start, -mark.rank))

    def marks_in(self, low: int, high: int) -> list[Mark]:
        """The annotations that touch a range, by start."""
        return [mark for _, _, mark in self.marks.overlapping(low, high)] if self.show_marks else []

    @property
    def noted_count(self) -> int:
        """How many annotations carry a note or a tag."""
        return len(self._noted)

    def noted_between(self, low: int, high: int, before: int) -> list[Mark]:
        """The annotations with a note or a tag that begin in a range, and some that begin before it."""
        if not self.show_marks:
            return []
        first = max(0, bisect_left(self._noted_starts, low) - before)
        return self._noted[first : bisect_left(self._noted_starts, high)]

    def has_note(self, low: int, high: int) -> bool:
        """Whether an annotation with a note or a tag begins in a range."""
        at = bisect_left(self._noted_starts, low)
        return self.show_marks and at < len(self._noted_starts) and self._noted_starts[at] < high

    def has_hit(self, low: int, high: int) -> bool:
        """Whether a hit begins in a range."""
        starts = self._hit_index.starts
        at = bisect_left(starts, low)
        return at < len(starts) and starts[at] < high

    def runs(
        self, low: int, high: int, marks: Sequence[Mark], selection: Span | None
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        """Cut a row into runs with the names of their components, in the order they lie over each other.

        Args:
            low: where the row begins.
            high: where it ends, exclusive.
            marks: the annotations that touch it.
            selection: what is selected, anywhere.
        """
        spans: list[tuple[int, int, str]] = []
        if self.show_mentions:
            spans += [
                (start, end, ENTITY_STYLES.get(mention.label, "entity-other"))
                for start, end, mention in self.mentions.overlapping(low, high)
            ]
        if marks:
            spans += [(start, end, f"highlight-{mark.slot}") for start, end, mark in self._topmost(low, high, marks)]
        if self.hits:
            spans += [(start, end, "hit") for start, end, _ in self._hit_index.overlapping(low, high)]
            if self.current_hit is not None:
                spans.append((self.current_hit.start, self.current_hit.end, "hit-current"))
        if selection is not None:
            spans.append((selection.start, selection.end, "selection"))
        return cut_runs(low, high, spans)

    def _topmost(self, low: int, high: int, marks: Sequence[Mark]) -> list[tuple[int, int, Mark]]:
        """Where which annotation lies on top: the chosen one, else the newest. Linear in the annotations."""

        def order(mark: Mark) -> int:
            return 1 << 60 if mark.id == self.chosen else mark.rank

        floor = max((order(mark) for mark in marks if mark.start <= low and mark.end >= high), default=-1)
        owners: list[Mark | None] = [None] * (high - low)
        for mark in sorted((mark for mark in marks if order(mark) >= floor), key=order):
            first, after = max(mark.start, low) - low, min(mark.end, high) - low
            owners[first:after] = [mark] * (after - first)
        parts: list[tuple[int, int, Mark]] = []
        begin = 0
        for at in range(1, len(owners) + 1):
            if at == len(owners) or owners[at] is not owners[begin]:
                owner = owners[begin]
                if owner is not None:
                    parts.append((low + begin, low + at, owner))
                begin = at
        return parts
