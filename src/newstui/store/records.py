"""What an open library holds, to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from newstui.errors import NotFoundError
from newstui.model import Annotation, Heads, Record
from newstui.store.engine import Engine

R = TypeVar("R", bound=Record)


class Records:
    """The records of one library by kind and id; who reads them never waits for the disk.

    Args:
        engine: holds them in memory.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, kind: type[R]) -> Sequence[R]:
        """All records of a kind, in the order of their ids."""
        return self._engine.memory.all(kind)

    def ids(self, kind: type[Any]) -> list[str]:
        """The ids of all records of a kind, in order."""
        return self._engine.memory.ids(kind)

    def column(self, kind: type[Any], member: str) -> Mapping[str, str]:
        """One member that is a text, by id, of all records that have it; kept up to date, and makes no records."""
        return self._engine.memory.column(kind, member)

    def having(self, kind: type[R], member: str) -> list[R]:
        """The records whose document has a member that most do not have; the others are not made for it."""
        return [found for id_ in self._engine.memory.having(kind, member) if (found := self.find(kind, id_))]

    def newest(self) -> list[str]:
        """The ids of all articles, the last published first; makes no records."""
        return self._engine.memory.newest()

    def find(self, kind: type[R], id: str) -> R | None:  # noqa: A002  # the word of the model
        """The record with this id, if there is one."""
        return self._engine.memory.find(kind, id)

    def get(self, kind: type[R], id: str) -> R:  # noqa: A002  # the word of the model
        """The record with this id.

        Raises:
            NotFoundError: there is none.
        """
        found = self.find(kind, id)
        if found is None:
            raise NotFoundError(f"There is no {kind.__name__.lower()} {id!r} in {self._engine.files.folder}.")
        return found

    def annotations_of(self, article_id: str) -> Sequence[Annotation]:
        """The annotations of an article, in the order of the text."""
        return self._engine.memory.annotations_of(article_id)

    def iter_annotations(self, article_id: str) -> Iterator[Annotation]:
        """The annotations of an article, in the order of the text; for one look at many, so none is kept."""
        return self._engine.memory.iter_annotations(article_id)

    def iter_tagged(self) -> Iterator[Annotation]:
        """The annotations that carry tags, in the order of their ids; none is kept."""
        return self._engine.memory.iter_tagged()

    def count(self, kind: type[Any]) -> int:
        """How many records of a kind there are."""
        return self._engine.memory.count(kind)

    def article_prints(self) -> dict[str, int]:
        """A number for every article, which changes with anything about it or its annotations; none is read."""
        return self._engine.memory.article_prints()

    def article_print(self, article_id: str) -> int:
        """The number of one article; 0 if it is not there."""
        return self._engine.memory.article_print(article_id)

    def print_of_annotations(self, article_id: str) -> bytes:
        """What changes with the annotations of an article, without reading them; 8 bytes."""
        return self._engine.memory.print_of_annotations(article_id)

    def heads_of(self, article_id: str) -> Heads:
        """Places, tags and the like of the annotations of an article, in the order of the text; makes no records."""
        return self._engine.memory.heads_of(article_id)

    def count_annotations(self) -> Mapping[str, int]:
        """How many annotations each article has that has any; none of them is read for it."""
        return self._engine.memory.count_annotations()
