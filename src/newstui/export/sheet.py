"""What every exporter is handed: an article, its body, and what was made of it."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newstui.model import AnchorState, Annotation, Article, Entity


@dataclass(frozen=True, slots=True)
class SheetLink:
    """The other end of a link of a passage: the relation as seen from here, its words, its article and block."""

    relation: str
    quote: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article on its way out.

    `annotations` stand in text order, orphans last (see `sort_annotations`). `entities` are those of the body,
    `colors` the user's names of the six highlight slots, `key` is the article's citation key, and `links` has for some
    annotations what they are linked with.
    """

    article: Article
    body: str
    annotations: tuple[Annotation, ...] = ()
    entities: tuple[Entity, ...] = ()
    colors: tuple[str, ...] = ()
    key: str = ""
    links: Mapping[str, tuple[SheetLink, ...]] = field(default_factory=dict)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds an offset of the body, from 1."""
        return self.body.count("\n\n", 0, offset) + 1

    def percent_at(self, offset: int) -> int:
        """How far into the body an offset is, in whole per cent."""
        return round(100 * offset / len(self.body)) if self.body else 0

    def names_in(self, annotation: Annotation) -> list[str]:
        """The entities mentioned within a passage, by name, each once, in text order."""
        span = annotation.span
        found = [
            (mention.start, entity.name)
            for entity in self.entities
            for mention in entity.mentions
            if span.covers(mention.span) and entity.label not in ("DATE", "MONEY")
        ]
        return list(dict.fromkeys(name for _, name in sorted(found)))

    def color_name(self, annotation: Annotation) -> str:
        """The user's name of the passage's color; empty if none was chosen."""
        slot = annotation.color
        return self.colors[slot - 1] if 0 < slot <= len(self.colors) else ""


def is_orphan(annotation: Annotation) -> bool:
    """Whether its passage is gone from the text."""
    return annotation.state is AnchorState.ORPHAN


def sort_annotations(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """In text order, an outer passage before an inner one; those no longer in the text last."""
    return tuple(sorted(annotations, key=lambda each: (is_orphan(each), each.span.start, -each.span.end, each.id)))


def block_refs(annotations: Sequence[Annotation]) -> dict[str, str]:
    """Annotation id -> the name of its block: the last 8 characters of the id, more if two would be alike."""
    safe = {each.id: re.sub(r"[^0-9A-Za-z_-]", "", each.id) for each in annotations}
    short = {id_: name[-8:] for id_, name in safe.items()}
    counts = Counter(short.values())
    return {id_: name if counts[name] == 1 else safe[id_] for id_, name in short.items()}


def link_to(article_id: str, ref: str = "") -> str:
    """The address that opens an article, or a passage of it, in newstui."""
    return f"newstui://{article_id}#{ref}" if ref else f"newstui://{article_id}"


def real_date(published: str) -> datetime.date | None:
    """A full date as a date; None for a year, a month, or nothing."""
    try:
        return datetime.date.fromisoformat(published) if len(published) == 10 else None
    except ValueError:
        return None
