"""The other things a library keeps."""

from dataclasses import dataclass

from newstui.model.annotation import Annotation
from newstui.model.article import Article
from newstui.model.entity import Correction


@dataclass(frozen=True, slots=True)
class Tag:
    """What a user said about a tag. A tag needs no record to be used; `name` may hold `/` for nesting."""

    id: str
    name: str
    color: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query kept under a name."""

    id: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class ReadingState:
    """Where someone is in an article; kept out of the notes, and losing it loses no note.

    `offset` is the code point of the first visible character and `cursor` that of the cursor, `progress` the share of
    the text that has been on the screen (0 to 1), `opened` a UTC time, `marks` named places.
    """

    article: str
    offset: int = 0
    cursor: int = 0
    progress: float = 0.0
    read: bool = False
    opened: str = ""
    marks: tuple[tuple[str, int], ...] = ()


Record = Article | Annotation | Tag | SavedSearch | Correction
"""What is kept durably and can be undone; each has an `id`."""
