"""Annotations in the words of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from newstui.model.span import Span


class AnchorState(StrEnum):
    """How an annotation's passage fared when the text changed (`same` while it did not)."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class TextPositionSelector:
    """A half-open range of code points of the body."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words themselves, never trimmed, and up to 64 code points on either side."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A passage: the article's id, the sha256 of the revision, and two selectors for the same place."""

    source: str
    text: str
    position: TextPositionSelector
    quote: TextQuoteSelector

    @property
    def span(self) -> Span:
        """The passage as a range of the body."""
        return Span(self.position.start, self.position.end)


@dataclass(frozen=True, slots=True)
class Link:
    """What a passage has to do with another one: `kind` such as `supports`, and the id of the other annotation."""

    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the user made of a passage: tags, a note, a color, links to others, each of which may be missing.

    In W3C terms each tag is a TextualBody with purpose `tagging` and the note one with purpose `commenting`. `color` is
    a slot from 1 to 6 (0: none chosen, drawn as slot 1). `created` and `modified` are UTC times. `state` and
    `confidence` (0 to 1) come from the last re-anchoring; `anchored_from` is the target as the user made it, once it
    has been re-anchored.
    """

    id: str
    target: Target
    tags: tuple[str, ...] = ()
    note: str = ""
    color: int = 0
    created: str = ""
    modified: str = ""
    state: AnchorState = AnchorState.SAME
    confidence: float = 1.0
    anchored_from: Target | None = None
    links: tuple[Link, ...] = ()

    @property
    def span(self) -> Span:
        """The annotated range of the body."""
        return self.target.span

    @property
    def quote(self) -> str:
        """The annotated words."""
        return self.target.quote.exact

    @property
    def article(self) -> str:
        """The id of the annotated article."""
        return self.target.source


class AnnotationHead(NamedTuple):
    """What of an annotation a list, a map or an index of places needs; the rest is read when it is looked at."""

    start: int
    end: int
    id: str
    tags: tuple[str, ...] = ()
    has_note: bool = False
    state: AnchorState = AnchorState.SAME
    color: int = 0

    @property
    def is_orphan(self) -> bool:
        """Whether its words are gone."""
        return self.state is AnchorState.ORPHAN


def head_of(annotation: Annotation) -> AnnotationHead:
    """The head of an annotation."""
    place, noted = annotation.target.position, annotation.note != ""
    return AnnotationHead(
        place.start, place.end, annotation.id, annotation.tags, noted, annotation.state, annotation.color
    )


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of the annotations of an article in the order of the text, as columns: there may be very many.

    `starts`, `ends`, `colors` and `ids` hold what all of them have, `others` by id the heads of those that have more
    (tags, a note) or that moved, changed or are gone, in the same order.
    """

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    ids: Sequence[str] = ()
    colors: Sequence[int] = ()
    others: Mapping[str, AnnotationHead] = field(default_factory=dict)

    @classmethod
    def in_order(
        cls,
        starts: Sequence[int],
        ends: Sequence[int],
        ids: Sequence[str],
        colors: Sequence[int],
        others: Iterable[AnnotationHead],
    ) -> Heads:
        """Columns in the order of the ids, put into the order of the text, the wider first."""
        keys = [(start << 32) - end for start, end in zip(starts, ends, strict=True)]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        more = sorted(others, key=lambda head: (head.start, -head.end, head.id))
        return cls(
            array("Q", [starts[at] for at in order]),
            array("Q", [ends[at] for at in order]),
            [ids[at] for at in order],
            bytes(colors[at] for at in order),
            {head.id: head for head in more},
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[AnnotationHead]:
        for start, end, id_, color in zip(self.starts, self.ends, self.ids, self.colors, strict=True):
            yield self.others.get(id_) or AnnotationHead(start, end, id_, color=color)

    @property
    def notes(self) -> int:
        """How many carry a note."""
        return sum(head.has_note for head in self.others.values())

    @property
    def orphans(self) -> int:
        """How many have lost their words."""
        return sum(head.is_orphan for head in self.others.values())
