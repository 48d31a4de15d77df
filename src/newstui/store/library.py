"""The store: all records of one library in memory, and every change on the disk before it is in memory."""

from __future__ import annotations

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
from newstui.store.codec import TABLES, Document, decode, encode
from newstui.store.files import SCHEMA, LibraryFiles
from newstui.store.ids import now
from newstui.store.lock import LockHolder
from newstui.store.transaction import Change, Transaction

R = TypeVar("R", bound=Record)
Listener = Callable[[Transaction], None]


class Store:
    """One open library; safe to use from several threads.

    `read_only` says that nothing can be written, `holder` who else writes, `warnings` what a user should know, one
    sentence each. `version` grows with every change.
    """

    def __init__(self, files: LibraryFiles) -> None:
        self.path = files.folder
        self.warnings = files.warnings
        self.version = 0
        self._files = files
        self._bodies = Bodies(files.folder)
        self._lock = threading.RLock()
        self._documents: dict[type[Any], dict[str, Document]] = {kind: {} for kind in TABLES}
        self._records: dict[type[Any], dict[str, Any]] = {kind: {} for kind in TABLES}
        self._of_article: dict[str, set[str]] = {}
        self._readings: dict[str, ReadingState] = {}
        self._readings_changed = False
        self._history: list[Transaction] = []
        self._redo: list[Transaction] = []
        self._listeners: list[Listener] = []
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
        with self._lock:
            return [record for _, record in sorted(self._records[kind].items())]

    def find(self, kind: type[R], id: str) -> R | None:  # noqa: A002  # the word of the model
        """The record with this id, if there is one."""
        found: R | None = self._records[kind].get(id)
        return found

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
        with self._lock:
            found = [self._records[Annotation][id_] for id_ in self._of_article.get(article_id, ())]
        return sorted(found, key=lambda note: (note.target.position.start, -note.target.position.end, note.id))

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
        with self._lock:
            changes = tuple(
                Change(type(record), record.id, self.find(type(record), record.id), after)
                for record, after in [*((r, r) for r in put), *((r, None) for r in remove)]
            )
            changes = tuple(change for change in changes if change.before != change.after)
            transaction = self._apply(label, changes, None)
            self._redo.clear()
        self._tell(transaction)
        return transaction

    def undo(self) -> Transaction | None:
        """Take back the last transaction that was not taken back."""
        with self._lock:
            undone = {done.undoes for done in self._history}
            last = next((t for t in reversed(self._history) if t.undoes is None and t.number not in undone), None)
            if last is None:
                return None
            transaction = self._apply(last.label, tuple(_reversed(last.changes)), last.number)
            self._redo.append(last)
        self._tell(transaction)
        return transaction

    def redo(self) -> Transaction | None:
        """Do again what the last `undo` took back; a new change in between forgets it."""
        with self._lock:
            if not self._redo:
                return None
            last = self._redo[-1]
            transaction = self._apply(last.label, last.changes, None)
            self._redo.pop()
        self._tell(transaction)
        return transaction

    def history(self) -> Sequence[Transaction]:
        """All transactions since the library was opened, oldest first."""
        return tuple(self._history)

    def subscribe(self, callback: Listener) -> Callable[[], None]:
        """Call back after each transaction, on the thread that made it; returns what ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    # -- reading positions

    def reading(self, article_id: str) -> ReadingState | None:
        """Where the reader was in an article."""
        return self._readings.get(article_id)

    def readings(self) -> Mapping[str, ReadingState]:
        """All reading positions by article."""
        return dict(self._readings)

    def set_reading(self, state: ReadingState) -> None:
        """Remember a reading position; `flush` writes it."""
        with self._lock:
            if self._readings.get(state.article) != state:
                self._readings[state.article] = state
                self._readings_changed = True
                self.version += 1

    def flush(self) -> None:
        """Write reading positions that changed; a library that cannot be written keeps them in memory."""
        with self._lock:
            if not self._readings_changed or self.read_only:
                return
            self._files.write_state({id_: encode(state) for id_, state in self._readings.items()})
            self._readings_changed = False

    def close(self) -> None:
        """Write what is to be written and give the lock back."""
        try:
            self.flush()
        finally:
            self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # -- inside

    def _load(self) -> None:
        for kind, (file, table) in TABLES.items():
            for id_, document in self._files.table(file, table).items():
                try:
                    record = decode(kind, id_, document)
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    raise LibraryDamagedError(
                        f"{self.path / file}: {table} {id_!r} cannot be read ({error!r}); nothing was changed."
                    ) from error
                self._documents[kind][id_] = document
                self._remember(kind, id_, record)
        for id_, document in self._files.load_state().items():
            try:
                self._readings[id_] = decode(ReadingState, id_, document)
            except (KeyError, TypeError, ValueError, AttributeError):
                self.warnings.append(f"{self.path / 'state.json'}: the place in {id_!r} could not be read.")

    def _remember(self, kind: type[Any], id_: str, record: Any) -> None:
        before = self._records[kind].get(id_)
        if isinstance(before, Annotation):
            self._of_article[before.article].discard(id_)
        if record is None:
            self._records[kind].pop(id_, None)
            self._documents[kind].pop(id_, None)
            return
        self._records[kind][id_] = record
        if isinstance(record, Annotation):
            self._of_article.setdefault(record.article, set()).add(id_)

    def _refuse_if_read_only(self) -> None:
        if self.holder is not None:
            raise LibraryLockedError(f"{self.path} is being written by {self.holder}; close it there first.")
        if self.read_only:
            raise LibraryReadOnlyError(f"{self.path} is open for reading only, so nothing can be changed.")

    def _apply(self, label: str, changes: tuple[Change, ...], undoes: int | None) -> Transaction:
        self._refuse_if_read_only()
        transaction = Transaction(len(self._history) + 1, label, now(), changes, undoes)
        if not changes:
            return transaction
        documents: dict[tuple[type[Any], str], Document | None] = {}
        for change in changes:
            known = self._documents[change.kind].get(change.id)
            documents[change.kind, change.id] = None if change.after is None else encode(change.after, known)
        self._write(documents)
        for change in changes:
            document = documents[change.kind, change.id]
            if document is not None:
                self._documents[change.kind][change.id] = document
            self._remember(change.kind, change.id, change.after)
        self.version += 1
        self._history.append(transaction)
        return transaction

    def _write(self, documents: Mapping[tuple[type[Any], str], Document | None]) -> None:
        files = {TABLES[kind][0] for kind, _ in documents}
        for file in sorted(files):
            tables: dict[str, dict[str, Any]] = {}
            for kind, (where, table) in TABLES.items():
                if where == file:
                    changed = {id_: doc for (k, id_), doc in documents.items() if k is kind}
                    rows = {**self._documents[kind], **changed}
                    tables[table] = {id_: doc for id_, doc in rows.items() if doc is not None}
            try:
                self._files.write(file, tables)
            except (OSError, ValueError, TypeError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                raise NotSavedError(f"Not saved: {self.path / file}: {reason}.") from error

    def _tell(self, transaction: Transaction) -> None:
        if transaction.changes:
            for listener in tuple(self._listeners):
                listener(transaction)


def _reversed(changes: Sequence[Change]) -> Iterable[Change]:
    return (Change(change.kind, change.id, change.after, change.before) for change in reversed(changes))


__all__ = ["SCHEMA", "Store"]
