"""What newstui is about, as frozen dataclasses: no I/O, no clock, no randomness."""

from typing import TYPE_CHECKING

from newstui.model.annotation import (
    AnchorState,
    Annotation,
    AnnotationHead,
    Heads,
    Link,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    head_of,
)
from newstui.model.article import Article, Block, Provenance
from newstui.model.entity import Correction, Entity, Mention
from newstui.model.records import ReadingState, Record, SavedSearch, Tag
from newstui.model.span import Span

if TYPE_CHECKING:
    from newstui.model.dossier import Company, Dossier, EntityCount, NearDate, Passage, Suggestion

__all__ = [
    "AnchorState",
    "Annotation",
    "AnnotationHead",
    "Article",
    "Block",
    "Company",
    "Correction",
    "Dossier",
    "Entity",
    "EntityCount",
    "Heads",
    "Link",
    "Mention",
    "NearDate",
    "Passage",
    "Provenance",
    "ReadingState",
    "Record",
    "SavedSearch",
    "Span",
    "Suggestion",
    "Tag",
    "Target",
    "TextPositionSelector",
    "TextQuoteSelector",
    "head_of",
]


def __getattr__(name: str) -> object:
    """What is known about names, loaded when it is asked for: no first screen shows it."""
    if name in __all__:
        from newstui.model import dossier

        return getattr(dossier, name)
    raise AttributeError(name)
