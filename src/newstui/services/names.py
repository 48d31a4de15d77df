"""The names in a library, as far as they are known: found by any of their spellings, and where they occur."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newstui.model import Article, Correction
from newstui.search.folding import iter_words
from newstui.search.query import Field

if TYPE_CHECKING:
    from newstui.model import EntityCount
    from newstui.search.index import Match, SearchIndex
    from newstui.store import Store, Transaction

Cancelled = Callable[[], bool]
Count = Callable[[Cancelled | None], Sequence["EntityCount"]]

LABELS = {"person": "PERSON", "org": "ORG", "place": "GPE LOC FAC", "event": "EVENT"}
"""The kinds of names a field stands for; `entity` stands for all."""


class NameIndex:
    """Names over all articles. Finding names takes long in new texts, so they are counted by `refresh` only.

    Args:
        store: the library.
        count: counts the names of the library.
    """

    def __init__(self, store: Store, count: Count) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._stale = True
        self._index: SearchIndex | None = None
        self.counts: Sequence[EntityCount] = ()
        store.subscribe(self._note_changes)

    @property
    def is_current(self) -> bool:
        """Whether the names were counted after the last change."""
        return not self._stale and self._index is not None

    def refresh(self, cancelled: Cancelled | None = None) -> None:
        """Count the names again if articles or corrections have changed; may take seconds."""
        with self._lock:
            if not self._stale:
                return
            self._stale = False
            counts = self._count(cancelled)
            if cancelled is not None and cancelled():
                self._stale = True
                return
            self._index = _build(counts)
            self.counts = counts

    def search(self, text: str, limit: int, *, unfinished: bool) -> list[Match]:
        """The names that may be meant, among those that were counted; an annotation's id is the key of the entity."""
        return [] if self._index is None else self._index.search(text, limit, unfinished=unfinished)

    def by_key(self, key: str) -> EntityCount | None:
        """One of the names."""
        return next((count for count in self.counts if count.key == key), None)

    def articles_with(self, field: Field | None) -> set[str]:
        """The articles in which a name occurs that a condition means; any name at all without one."""
        if field is None:
            return {id_ for count in self.counts for id_ in count.articles}
        wanted = [word.key for word in iter_words(field.value.text)]
        labels = LABELS.get(field.name, "").split()
        among = [count for count in self.counts if not labels or count.label in labels]
        meant = [count for count in among if wanted and _is_called(count, wanted)]
        if not meant and wanted:
            near = {match.unit.annotation for match in self.search(field.value.text, 20, unfinished=False)}
            meant = [count for count in among if count.key in near]
        return {id_ for count in meant for id_ in count.articles}

    def _note_changes(self, transaction: Transaction) -> None:
        """What is written to articles, such as tags and stars, changes no name; their texts do."""
        for change in transaction.changes:
            before, after = change.before, change.after
            if change.kind is Correction or (change.kind is Article and _text(before) != _text(after)):
                self._stale = True


def _text(record: object) -> tuple[str, str]:
    return (record.text, record.deleted) if isinstance(record, Article) else ("", "")


def _is_called(count: EntityCount, wanted: Sequence[str]) -> bool:
    """Whether each of some words begins a word of one of its spellings."""
    for name in (count.name, *count.aliases):
        have = [word.key for word in iter_words(name)]
        if all(any(key.startswith(want) for key in have) for want in wanted):
            return True
    return False


def _build(counts: Sequence[EntityCount]) -> SearchIndex:
    from newstui.search.index import SearchIndex
    from newstui.search.segment import Unit, no_bodies

    units = [
        Unit(count.articles[0], "entity", name, count.key) for count in counts for name in (count.name, *count.aliases)
    ]
    return SearchIndex(units, no_bodies)
