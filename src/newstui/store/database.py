"""The library as a TinyDB database: its tables, queries and changes, behind TinyDB's own seams.

`Storage`, `Table` and `document_id_class` are TinyDB's documented ways to extend it; `_read_table`, `_update_table` and
`_get_next_id` are the choke points behind which every operation of a table goes (tinydb 4.9). A change made through
TinyDB is one durable transaction of the journal like any other, and can be undone.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from newstui.errors import NotSavedError
from newstui.store.codec import KIND_OF_TABLE
from newstui.store.engine import Engine
from newstui.store.ids import new_id
from newstui.store.memory import Memory

Document = dict[str, Any]
Changes = dict[tuple[str, str], Document | None]
Commit = Callable[[str, Changes], None]


class _View(Mapping[str, Document]):
    """The documents of one table, each read when it is asked for."""

    def __init__(self, memory: Memory, table: str) -> None:
        self._lines = memory.lines.get(table, {})

    def __getitem__(self, id_: str) -> Document:
        found: Document = json.loads(self._lines[id_])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._lines))

    def __len__(self) -> int:
        return len(self._lines)


class _Overlay(MutableMapping[str, Document]):
    """A table that remembers what is done to it; documents handed out may be changed in place."""

    def __init__(self, view: Mapping[str, Document]) -> None:
        self._view = view
        self._touched: dict[str, Document | None] = {}

    def __getitem__(self, id_: str) -> Document:
        if id_ not in self._touched:
            self._touched[id_] = copy.deepcopy(self._view[id_])
        found = self._touched[id_]
        if found is None:
            raise KeyError(id_)
        return found

    def __setitem__(self, id_: str, document: Document) -> None:
        self._touched[id_] = document

    def __delitem__(self, id_: str) -> None:
        if id_ not in self:
            raise KeyError(id_)
        self._touched[id_] = None

    def __contains__(self, id_: object) -> bool:
        return self._touched[str(id_)] is not None if id_ in self._touched else id_ in self._view

    def __iter__(self) -> Iterator[str]:
        yield from [id_ for id_ in self._view if self._touched.get(id_, {}) is not None]
        yield from [id_ for id_, found in self._touched.items() if found is not None and id_ not in self._view]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take every document out."""
        self._touched = dict.fromkeys(self._view)

    def changes(self) -> dict[str, Document | None]:
        """What is not as it was."""
        return {
            id_: None if found is None else dict(found)
            for id_, found in self._touched.items()
            if self._view.get(id_) != found
        }


class JournalStorage(Storage):
    """TinyDB's view of the whole library; writing it is one transaction."""

    def __init__(self, memory: Memory, commit: Commit) -> None:
        self.memory = memory
        self.commit = commit

    def read(self) -> dict[str, Any]:
        """All tables of records that have some; their documents are read when asked for."""
        return {table: _View(self.memory, table) for table in KIND_OF_TABLE if self.memory.lines[table]}

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make the library hold these tables and no others."""
        changes: Changes = {}
        for table in {*data, *KIND_OF_TABLE}:
            view, wanted = _View(self.memory, table), data.get(table, {})
            changes |= {(table, id_): None for id_ in view if id_ not in wanted}
            changes |= {(table, str(id_)): dict(doc) for id_, doc in wanted.items() if view.get(str(id_)) != doc}
        if changes:
            self.commit("Change tables", changes)


class JournalTable(Table):
    """A TinyDB table whose ids are text and whose changes go to the journal."""

    document_id_class = str  # type: ignore[assignment]  # the documented way to other ids; the stub is narrower

    def __init__(self, storage: Storage, name: str) -> None:
        super().__init__(storage, name, cache_size=0)  # cached hits are shared, and others write too

    def _read_table(self) -> Mapping[str, Document]:  # type: ignore[override]  # a mapping is all that is needed
        storage = self._storage
        assert isinstance(storage, JournalStorage)
        return _View(storage.memory, self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = self._storage
        assert isinstance(storage, JournalStorage)
        overlay = _Overlay(_View(storage.memory, self.name))
        updater(overlay)
        changes = overlay.changes()
        if changes:
            storage.commit(f"Change {self.name}", {(self.name, id_): found for id_, found in changes.items()})

    def _get_next_id(self) -> str:
        return new_id()


class Database(TinyDB):
    """The tables `articles`, `annotations`, `tags`, `searches` and `entities` of an open library."""

    table_class = JournalTable  # type: ignore[assignment]  # no table of this database has a cache of queries


def open_database(engine: Engine) -> Database:
    """The library of an engine as TinyDB has it; what was handed out does not follow a library that is read anew."""

    def commit(label: str, wanted: Changes) -> None:
        unknown = next((table for table, _ in wanted if table not in KIND_OF_TABLE), None)
        if unknown is not None:
            known = ", ".join(sorted(KIND_OF_TABLE))
            raise NotSavedError(f"{engine.files.folder} has no table {unknown!r}; it has {known}.")
        with engine.writing:
            transaction = engine.apply(label, engine.stamped(wanted))
        engine.tell(transaction)

    return Database(storage=JournalStorage, memory=engine.memory, commit=commit)
