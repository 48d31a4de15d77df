"""Facts that widgets and the writing thread report; screens decide what follows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from newstui.store import Transaction


@dataclass
class LibraryChanged(Message):
    """A transaction was committed, undone or redone; posted to every screen on the stack."""

    transaction: Transaction


@dataclass
class WriteSettled(Message):
    """A change of the library reached the disk or failed; then `then` is called with its result, or `failed`."""

    done: Future[Any]
    then: Callable[[Any], None] | None
    failed: Callable[[], None] | None = None


@dataclass
class OpenPassage(Message):
    """Someone wants to read an article, at an offset in code points, at an annotation, or with all hits of a needle.

    With `above` the screen that is shown stays beneath, to come back to.
    """

    article_id: str
    start: int | None = None
    annotation_id: str = ""
    needle: str = ""
    above: bool = False


@dataclass
class ShowQuery(Message):
    """The list of articles is to show what a query finds."""

    query: str
