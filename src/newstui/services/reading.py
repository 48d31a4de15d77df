"""Reading: bodies, places, and what counts as read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.errors import LibraryDamagedError
from newstui.model import Article, ReadingState

if TYPE_CHECKING:
    from newstui.store import Store


def text_or_nothing(store: Store, article: Article) -> str:
    """The body of an article; empty where the library has lost it, so that one loss stops no look at many articles.

    Opening the article says what is wrong, and so does `newstui check`.
    """
    try:
        return store.text(article.text)
    except LibraryDamagedError:
        return ""


class Reading:
    """Where someone is in the articles of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def text(self, article: Article | str) -> str:
        """The body of an article, given it or its id."""
        found = self._store.get(Article, article) if isinstance(article, str) else article
        return self._store.text(found.text)

    def beginning(self, article: Article, length: int) -> str:
        """The first code points of a body, or why it cannot be read."""
        try:
            return self._store.text(article.text)[:length]
        except LibraryDamagedError as error:
            return str(error)

    def place(self, article_id: str) -> ReadingState:
        """Where the reader was; the beginning if it was never opened."""
        return self._store.readings.find(article_id) or ReadingState(article_id)

    def save_place(self, state: ReadingState) -> None:
        """Remember a place and put it on the disk; the marks in the article are `Marks`'s."""
        self._store.readings.change(state.article, lambda before: replace(state, marks=before.marks))
        self._store.readings.flush()

    def mark_read(self, article_ids: Iterable[str], read: bool) -> None:
        """Mark articles as read, or as never opened."""
        for article_id in article_ids:
            state = self.place(article_id)
            self._store.readings.put(
                replace(state, read=True) if read else replace(state, read=False, progress=0.0, opened="")
            )
        self._store.readings.flush()
