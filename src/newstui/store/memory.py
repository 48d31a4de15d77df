"""What the disk holds, in memory: documents, the records they are, and the highlights of each article."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from newstui.model import Annotation, Record
from newstui.store.codec import TABLES, Document

R = TypeVar("R", bound=Record)


class Memory:
    """Documents and records by kind and id; `lock` is held for moments only, never while the disk works."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.documents: dict[type[Any], dict[str, Document]] = {kind: {} for kind in TABLES}
        self._records: dict[type[Any], dict[str, Any]] = {kind: {} for kind in TABLES}
        self._sorted: dict[type[Any], list[Any]] = {}
        self._of_article: dict[str, set[str]] = {}

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
            found = [self._records[Annotation][id_] for id_ in self._of_article.get(article_id, ())]
        return sorted(found, key=lambda note: (note.target.position.start, -note.target.position.end, note.id))

    def set(self, kind: type[Any], id_: str, document: Document | None, record: Any) -> None:
        """Give an id another document and record, or none; the caller holds `lock` if others read meanwhile."""
        before = self._records[kind].get(id_)
        if isinstance(before, Annotation):
            self._of_article[before.article].discard(id_)
        self._sorted.pop(kind, None)
        if document is None:
            self._records[kind].pop(id_, None)
            self.documents[kind].pop(id_, None)
            return
        self._records[kind][id_] = record
        self.documents[kind][id_] = document
        if isinstance(record, Annotation):
            self._of_article.setdefault(record.article, set()).add(id_)

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
