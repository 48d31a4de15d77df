"""What the disk holds, in memory: documents, the records they are, and the highlights of each article."""

from __future__ import annotations

import contextlib
import gc
import threading
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from newstui.model import Annotation, Record
from newstui.store.codec import TABLES, Document

R = TypeVar("R", bound=Record)
Place = tuple[int, int, str]


def _place(annotation: Annotation) -> Place:
    """Sorts annotations in the order of the text, the wider first."""
    position = annotation.target.position
    return position.start, -position.end, annotation.id


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Spare the collector thousands of new objects of which none is garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Memory:
    """Documents and records by kind and id; `lock` is held for moments only, never while the disk works."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.documents: dict[type[Any], dict[str, Document]] = {kind: {} for kind in TABLES}
        self._records: dict[type[Any], dict[str, Any]] = {kind: {} for kind in TABLES}
        self._sorted: dict[type[Any], list[Any]] = {}
        self._of_article: dict[str, set[str]] = {}
        self._ordered: dict[str, list[Place]] = {}
        """The annotations of the articles that were asked for, kept in order from then on."""

    def __len__(self) -> int:
        return sum(map(len, self.documents.values()))

    def all(self, kind: type[R]) -> Sequence[R]:
        """All records of a kind, in the order of their ids."""
        with self.lock:
            if kind not in self._sorted:
                self._sorted[kind] = [record for _, record in sorted(self._records[kind].items())]
            return self._sorted[kind].copy()

    def find(self, kind: type[R], id_: str) -> R | None:
        """The record with this id, if there is one."""
        found: R | None = self._records[kind].get(id_)
        return found

    def annotations_of(self, article_id: str) -> Sequence[Annotation]:
        """The annotations of an article, in the order of the text, the wider first."""
        with self.lock:
            records = self._records[Annotation]
            if article_id not in self._ordered:
                found = self._of_article.get(article_id, ())
                self._ordered[article_id] = sorted(_place(records[id_]) for id_ in found)
            return [records[id_] for _, _, id_ in self._ordered[article_id]]

    def set(self, kind: type[Any], id_: str, document: Document | None, record: Any) -> None:
        """Give an id another document and record, or none; the caller holds `lock` if others read meanwhile."""
        before = self._records[kind].get(id_)
        self._move(before, record)
        self._sorted.pop(kind, None)
        if document is None:
            self._records[kind].pop(id_, None)
            self.documents[kind].pop(id_, None)
        else:
            self._records[kind][id_] = record
            self.documents[kind][id_] = document

    def _move(self, before: Any, after: Any) -> None:
        """Keep the annotations of an article in order; what stays in its place costs nothing."""
        old, new = (
            (record.article, _place(record)) if isinstance(record, Annotation) else None for record in (before, after)
        )
        if old == new:
            return
        if old is not None:
            self._of_article[old[0]].discard(old[1][2])
            places = self._ordered.get(old[0])
            if places is not None:
                del places[bisect_left(places, old[1])]
        if new is not None:
            self._of_article.setdefault(new[0], set()).add(new[1][2])
            places = self._ordered.get(new[0])
            if places is not None:
                insort(places, new[1])

    def tables_of(self, file: str) -> dict[str, dict[str, Document]]:
        """The tables of a file as they are now, to be written while others go on."""
        with self.lock:
            return {table: dict(self.documents[kind]) for kind, (where, table) in TABLES.items() if where == file}

    def differing(self, other: Mapping[type[Any], Mapping[str, Document]]) -> list[tuple[type[Any], str]]:
        """What is not the same there: added, changed or gone."""
        return [
            (kind, id_)
            for kind, documents in other.items()
            for id_ in {*self.documents[kind], *documents}
            if documents.get(id_) != self.documents[kind].get(id_)
        ]
