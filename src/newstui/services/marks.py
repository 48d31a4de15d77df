"""Marks: places in articles under a letter, kept in the library; a capital is one place in the whole library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article, ReadingState

if TYPE_CHECKING:
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter and the place it stands for: an article and an offset in code points."""

    letter: str
    article: str
    offset: int


class Marks:
    """The marks of one library; they lie with the places where one reads, and losing them loses no note."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def here(self, article_id: str) -> list[Mark]:
        """The marks in an article, by letter."""
        state = self._store.readings.find(article_id)
        return [Mark(letter, article_id, offset) for letter, offset in sorted(state.marks)] if state else []

    def everywhere(self) -> list[Mark]:
        """The capitals, by letter."""
        found = [
            Mark(letter, state.article, offset)
            for state in self._store.readings.all().values()
            if state.marks and self._store.find(Article, state.article) is not None
            for letter, offset in state.marks
            if letter.isupper()
        ]
        return sorted(found, key=lambda mark: mark.letter)

    def find(self, letter: str, article_id: str = "") -> Mark:
        """What a letter stands for: a capital anywhere, another one in that article.

        Raises:
            NotFoundError: no place is marked so.
        """
        known = self.everywhere() if letter.isupper() else self.here(article_id)
        found = next((mark for mark in known if mark.letter == letter), None)
        if found is None:
            letters = " ".join(mark.letter for mark in known) or "none"
            where = "in the library" if letter.isupper() else "here"
            raise NotFoundError(f"No place is marked {letter}; marks {where}: {letters}.")
        return found

    def put(self, letter: str, article_id: str, offset: int) -> None:
        """Mark a place; a capital is taken from the place that had it. `flush` of the readings writes it.

        Raises:
            UsageError: it is no letter.
        """
        if len(letter) != 1 or not letter.isalpha():
            raise UsageError("A mark is a letter: ma marks a place of this article, mA one of the library.")
        if letter.isupper():
            for mark in self.everywhere():
                if mark.letter == letter and mark.article != article_id:
                    self.remove(letter, mark.article)
        self._store.readings.change(article_id, lambda state: _with_mark(state, letter, offset))

    def remove(self, letter: str, article_id: str) -> None:
        """Forget a mark."""
        self._store.readings.change(article_id, lambda state: _with_mark(state, letter, None))


def _with_mark(state: ReadingState, letter: str, offset: int | None) -> ReadingState:
    marks = {**dict(state.marks), letter: offset}
    return replace(state, marks=tuple(sorted((name, at) for name, at in marks.items() if at is not None)))
