"""What newstui is about, as frozen dataclasses: no I/O, no clock, no randomness."""

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
from newstui.model.dossier import Company, Dossier, EntityCount, NearDate, Passage, Suggestion
from newstui.model.entity import Correction, Entity, Mention
from newstui.model.records import ReadingState, Record, SavedSearch, Tag
from newstui.model.span import Span

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
