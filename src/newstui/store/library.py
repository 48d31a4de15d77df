"""The store: all records of one library in memory, and every change on the disk before it is in memory."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from newstui.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryReadOnlyError,
    NotFoundError,
    NotSavedError,
)
from newstui.model import Annotation, ReadingState, Record
from newstui.store.bodies import Bodies
from newstui.store.codec import KIND_OF_TABLE, TABLES, Document, decode, encode
from newstui.store.files import SCHEMA, LibraryFiles
from newstui.store.ids import device_id, now
from newstui.store.journal import Entry, Journal
from newstui.store.lock import LockHolder
from newstui.store.memory import Memory, without_collecting
from newstui.store.steps import Timeline, revert
from newstui.store.transaction import Change, Transaction, transaction_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Key = tuple[type[Any], str]
Listener = Callable[[Transaction], None]

FOLD_AT = 4 << 20
"""Bytes of journal from which `tidy` and closing write the JSON files anew, at any size."""
FOLD_ON_CLOSE = 20_000
"""Documents up to which closing writes the JSON files; more wait for `FOLD_AT` or `fold`."""
KEEP_JOURNAL = 16 << 20
"""Bytes of folded journal that are kept, for undo and for restoring."""


class Store:
    """One open library; safe to use from several threads.

    A change is appended to the journal and durable before memory has it; the JSON files follow when the library is
    folded. Readers never wait for the disk. `read_only` says that nothing can be written, `holder` who else writes,
    `warnings` what a user should know, one sentence each. `version` grows with every change.
    """

    def __init__(self, files: LibraryFiles) -> None:
        self.path = files.folder
        self.warnings = files.warnings
        self.version = 0
        self._files = files
        self._bodies = Bodies(files.folder)
        self._journal = Journal(files.folder / "journal", device_id())
        self._writing = threading.RLock()
        self._memory = Memory()
        self._readings: dict[str, ReadingState] = {}
        self._readings_changed = False
        self._timeline = Timeline(self._journal, ())
        self._next = 1
        self._dirty: set[str] = set()
        self._listeners: list[Listener] = []
        self._seen = files.seen()
        self._load()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, create: bool = False) -> Self:
        """Open a library.

        Args:
            path: its folder.
            read_only: do not take the lock and write nothing.
            create: make the folder a library if it is missing or empty.

        Raises:
            NotFoundError: there is no such folder, or it is no library.
            LibraryDamagedError: a file cannot be read; nothing was changed.
        """
        with without_collecting():
            return cls(LibraryFiles.open(path, read_only=read_only, create=create))

    # -- reading

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._files.read_only

    @property
    def holder(self) -> LockHolder | None:
        """Who else writes to the library, if somebody does."""
        return self._files.holder

    def all(self, kind: type[R]) -> Sequence[R]:
        """All records of a kind, in the order of their ids."""
        return self._memory.all(kind)

    def find(self, kind: type[R], id: str) -> R | None:  # noqa: A002  # the word of the model
        """The record with this id, if there is one."""
        return self._memory.find(kind, id)

    def get(self, kind: type[R], id: str) -> R:  # noqa: A002  # the word of the model
        """The record with this id.

        Raises:
            NotFoundError: there is none.
        """
        found = self.find(kind, id)
        if found is None:
            raise NotFoundError(f"There is no {kind.__name__.lower()} {id!r} in {self.path}.")
        return found

    def annotations_of(self, article_id: str) -> Sequence[Annotation]:
        """The annotations of an article, in the order of the text."""
        return self._memory.annotations_of(article_id)

    def text(self, sha256: str) -> str:
        """The body with this hash; raises `LibraryDamagedError` if it is missing or changed."""
        return self._bodies.load(sha256)

    # -- writing

    def add_text(self, body: str) -> str:
        """Keep a body; it is durable when its sha256 is returned.

        Raises:
            NotSavedError: it could not be written.
        """
        self._refuse_if_read_only()
        try:
            return self._bodies.add(body)
        except UnicodeEncodeError as error:
            raise NotSavedError(f"The text holds half a character at {error.start}, so it was not saved.") from error
        except OSError as error:
            raise NotSavedError(f"Not saved: {self.path}: {error.strerror}.") from error

    def commit(self, label: str, put: Iterable[Record] = (), remove: Iterable[Record] = ()) -> Transaction:
        """Change records in one durable transaction; memory follows the disk.

        Raises:
            NotSavedError: nothing changed, neither on the disk nor here.
            LibraryReadOnlyError: the library is open for reading only.
        """
        with self._writing:
            documents: dict[Key, Document | None] = {}
            records: dict[Key, Record | None] = {}
            with without_collecting():
                for record in put:
                    kind = type(record)
                    if self.find(kind, record.id) != record:
                        documents[kind, record.id] = encode(record, self._memory.documents[kind].get(record.id))
                        records[kind, record.id] = record
                for record in remove:
                    if self.find(type(record), record.id) is not None:
                        documents[type(record), record.id] = records[type(record), record.id] = None
                transaction = self._apply(label, documents, records)
        self._tell(transaction)
        return transaction

    def undo(self) -> Transaction | None:
        """Take back the last transaction of this device that was not taken back, of earlier sessions too."""
        with self._writing:
            last = self._look_back(self._timeline.last_done)
            if last is None:
                return None
            with without_collecting():
                documents = self._reverted(last.ops, last.was)
                transaction = self._apply(last.label, documents, self._records_of(documents), undoes=last.number)
        self._tell(transaction)
        return transaction

    def redo(self) -> Transaction | None:
        """Do again what the last `undo` took back; a new change in between forgets it."""
        with self._writing:
            last = self._look_back(self._timeline.last_undone)
            if last is None:
                return None
            with without_collecting():
                documents = self._reverted(last.was, last.ops)
                transaction = self._apply(last.label, documents, self._records_of(documents), redoes=last.number)
        self._tell(transaction)
        return transaction

    def history(self) -> Sequence[Transaction]:
        """All transactions that the journal still holds, oldest first."""
        with self._writing:
            entries = self._look_back(self._timeline.all)
            return tuple(transaction_of(entry) for entry in entries or ())

    def subscribe(self, callback: Listener) -> Callable[[], None]:
        """Call back after each transaction, on the thread that made it; returns what ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def fold(self) -> None:
        """Write the JSON files that the journal is ahead of, and begin a new segment of it.

        Raises:
            NotSavedError: a file could not be written; the journal still holds everything.
        """
        with self._writing:
            self._refuse_if_read_only()
            for file in sorted(self._dirty):
                tables = self._memory.tables_of(file)
                try:
                    outside = self._files.write(file, tables, {self._journal.device: self._next - 1})
                except (OSError, ValueError, TypeError) as error:
                    raise _not_saved(self.path / file, error) from error
                self._dirty.discard(file)
                self._take_outside(outside)
            self._journal.rotate()
            self._journal.mark_folded(self._next - 1, self._files.folded_by(self._journal.device))
            self._journal.prune(KEEP_JOURNAL)

    def tidy(self, fold_at: int = FOLD_AT) -> None:
        """Fold if the journal has grown to so many bytes; to be called when nobody waits. What fails stays there."""
        with self._writing:
            if self._dirty and not self.read_only and self._journal.size >= fold_at:
                with contextlib.suppress(NotSavedError):
                    self.fold()

    def refresh(self) -> Transaction | None:
        """Take in what another process has written since; only a library that is open for reading follows.

        Returns:
            What changed, or None if nothing did or the other is in the middle of it.
        """
        seen = self._files.seen()
        if not self.read_only or seen == self._seen:
            return None
        try:
            fresh = type(self).open(self.path, read_only=True)
        except (LibraryDamagedError, NotFoundError):
            return None
        self._seen = seen
        changes = []
        with self._memory.lock:
            for kind, id_ in self._memory.differing(fresh._memory.documents):
                record = fresh.find(kind, id_)
                changes.append(Change(kind, id_, self.find(kind, id_), record))
                self._memory.set(kind, id_, fresh._memory.documents[kind].get(id_), record)
            self.version += bool(changes)
        if not changes:
            return None
        transaction = Transaction(0, "Changed elsewhere", now(), tuple(changes))
        self._tell(transaction)
        return transaction

    # -- reading positions

    def reading(self, article_id: str) -> ReadingState | None:
        """Where the reader was in an article."""
        return self._readings.get(article_id)

    def readings(self) -> Mapping[str, ReadingState]:
        """All reading positions by article."""
        with self._memory.lock:
            return dict(self._readings)

    def set_reading(self, state: ReadingState) -> None:
        """Remember a reading position; `flush` writes it."""
        with self._memory.lock:
            if self._readings.get(state.article) != state:
                self._readings[state.article] = state
                self._readings_changed = True
                self.version += 1

    def flush(self) -> None:
        """Write reading positions that changed; a library that cannot be written keeps them in memory.

        Raises:
            NotSavedError: they could not be written; no note depends on them.
        """
        with self._writing:
            if not self._readings_changed or self.read_only:
                return
            self._readings_changed = False
            try:
                self._files.write_state({id_: encode(state) for id_, state in self.readings().items()})
            except OSError as error:
                self._readings_changed = True
                raise _not_saved(self.path / "state.json", error) from error

    def close(self) -> None:
        """Write what is to be written and give the lock back; what cannot be folded now stays in the journal."""
        try:
            with contextlib.suppress(NotSavedError):
                self.flush()
            self.tidy(0 if len(self._memory) <= FOLD_ON_CLOSE else FOLD_AT)
        finally:
            self._journal.rotate()
            self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # -- inside

    def _load(self) -> None:
        documents = {kind: dict(self._files.table(file, table)) for kind, (file, table) in TABLES.items()}
        entries = self._load_journal()
        self._timeline = Timeline(self._journal, entries)
        for entry in entries:
            for table, changed in entry.ops.items():
                kind = KIND_OF_TABLE.get(table)
                if kind is None or self._is_folded_in(entry, table):
                    continue
                self._dirty.add(TABLES[kind][0])
                for id_, document in changed.items():
                    if document is None:
                        documents[kind].pop(id_, None)
                    else:
                        documents[kind][id_] = document
        for kind, found in documents.items():
            for id_, document in found.items():
                self._memory.set(kind, id_, document, self._decoded(kind, id_, document))
        self._load_readings()

    def _load_journal(self) -> list[Entry]:
        device = self._journal.device
        try:
            entries = self._journal.load(self._files.folded_by(device))
        except OSError as error:
            raise LibraryDamagedError(
                f"{self._journal.folder}: the journal cannot be read ({error.strerror}); nothing was changed."
            ) from error
        for segment in self._journal.damaged:
            self.warnings.append(segment.describe(self._files.set_aside(segment.path)))
        numbers = [entry.number for entry in entries if entry.device == device]
        self._next = max([0, *numbers, *self._files.folded_by(device).values(), self._journal.folded]) + 1
        return entries

    def _look_back(self, ask: Callable[[], T]) -> T | None:
        """Ask the timeline, which may have to read what older sessions did."""
        try:
            return ask()
        except OSError as error:
            self.warnings.append(f"{self._journal.folder}: older changes cannot be read ({error.strerror}).")
            return None

    def _load_readings(self) -> None:
        for id_, document in self._files.load_state().items():
            try:
                self._readings[id_] = decode(ReadingState, id_, document)
            except (KeyError, TypeError, ValueError, AttributeError):
                self.warnings.append(f"{self.path / 'state.json'}: the place in {id_!r} could not be read.")

    def _decoded(self, kind: type[Any], id_: str, document: Document) -> Any:
        try:
            return decode(kind, id_, document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            file, table = TABLES[kind]
            raise LibraryDamagedError(
                f"{self.path / file}: {table} {id_!r} cannot be read ({error!r}); nothing was changed."
            ) from error

    def _is_folded_in(self, entry: Entry, table: str) -> bool:
        kind = KIND_OF_TABLE.get(table)
        return kind is not None and entry.number <= self._files.folded(TABLES[kind][0]).get(entry.device, 0)

    def _refuse_if_read_only(self) -> None:
        if self.holder is not None:
            raise LibraryLockedError(f"{self.path} is being written by {self.holder}; close it there first.")
        if self.read_only:
            raise LibraryReadOnlyError(f"{self.path} is open for reading only, so nothing can be changed.")

    def _reverted(self, after: Mapping[str, Any], before: Mapping[str, Any]) -> dict[Key, Document | None]:
        documents: dict[Key, Document | None] = {}
        for table, changed in after.items():
            kind = KIND_OF_TABLE[table]
            for id_, document in changed.items():
                current = self._memory.documents[kind].get(id_)
                documents[kind, id_] = revert(current, document, before[table].get(id_))
        return documents

    def _records_of(self, documents: Mapping[Key, Document | None]) -> dict[Key, Record | None]:
        return {key: None if found is None else self._decoded(*key, found) for key, found in documents.items()}

    def _apply(
        self,
        label: str,
        documents: Mapping[Key, Document | None],
        records: Mapping[Key, Record | None],
        *,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Transaction:
        """Journal first, memory after it; the records are those of the documents."""
        self._refuse_if_read_only()
        ops: dict[str, dict[str, Document | None]] = {}
        was: dict[str, dict[str, Document | None]] = {}
        for (kind, id_), document in documents.items():
            table = TABLES[kind][1]
            ops.setdefault(table, {})[id_] = document
            was.setdefault(table, {})[id_] = self._memory.documents[kind].get(id_)
        entry = Entry(self._next, now(), label, ops, was, self._journal.device, undoes, redoes)
        if not documents:
            return transaction_of(entry)
        self._next += 1
        try:
            self._journal.append(entry)
        except (OSError, ValueError, TypeError) as error:
            raise _not_saved(self.path, error) from error
        return self._take_in(entry, documents, records)

    def _take_in(
        self, entry: Entry, documents: Mapping[Key, Document | None], records: Mapping[Key, Any]
    ) -> Transaction:
        changes = []
        with self._memory.lock:
            for (kind, id_), document in documents.items():
                changes.append(Change(kind, id_, self.find(kind, id_), records[kind, id_]))
                self._memory.set(kind, id_, document, records[kind, id_])
                self._dirty.add(TABLES[kind][0])
            self.version += 1
            self._timeline.add(entry)
        return Transaction(entry.number, entry.label, entry.time, tuple(changes), entry.undoes)

    def _take_outside(self, outside: Mapping[str, Mapping[str, Document]]) -> None:
        """Documents that another program wrote into a file since it was read, and that are merged in now."""
        changes = []
        with self._memory.lock:
            for table, documents in outside.items():
                kind = KIND_OF_TABLE.get(table)
                for id_, document in documents.items() if kind is not None else ():
                    assert kind is not None
                    record = self._decoded(kind, id_, document)
                    changes.append(Change(kind, id_, self.find(kind, id_), record))
                    self._memory.set(kind, id_, document, record)
            self.version += bool(changes)
        if changes:
            self._tell(Transaction(0, "Changed outside newstui", now(), tuple(changes)))

    def _tell(self, transaction: Transaction) -> None:
        if transaction.changes:
            for listener in tuple(self._listeners):
                listener(transaction)


def _not_saved(path: Path, error: Exception) -> NotSavedError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return NotSavedError(f"Not saved: {path}: {reason}.")


__all__ = ["SCHEMA", "Store"]
