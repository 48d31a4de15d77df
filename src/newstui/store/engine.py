"""Documents of an open library: each change durable in the journal before memory has it, the JSON files behind both."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newstui.errors import LibraryLockedError, LibraryReadOnlyError, NotSavedError
from newstui.model import Record
from newstui.store.backups import FILES
from newstui.store.codec import KIND_OF_TABLE
from newstui.store.files import LibraryFiles
from newstui.store.ids import device_id, now
from newstui.store.journal import Entry, Journal, LineDocuments
from newstui.store.loading import Loaded, load_library
from newstui.store.memory import FILE_OF_TABLE, GRAVES
from newstui.store.merging import Changes, iter_versions, merge_lines, merge_outside, report, stamp_changes
from newstui.store.snapshot import dump_document
from newstui.store.transaction import Change, Transaction, transaction_of

Listener = Callable[[Transaction], None]

FOLD_AT = 4 << 20
"""Bytes of journal from which `tidy` and closing write the JSON files anew, at any size."""
KEEP_JOURNAL = 16 << 20
"""Bytes of folded journal that are kept, for undo and for restoring."""


class Engine:
    """Files, journal and memory of one open library; `writing` is held by who changes it.

    `version` grows with every change.
    """

    def __init__(self, files: LibraryFiles) -> None:
        self.files = files
        self.writing = threading.RLock()
        self.listeners: list[Listener] = []
        self.version = 0
        self.journal = Journal(files.folder / "journal", device_id())
        self._take_loaded(load_library(files, self.journal))
        if not files.read_only:
            self._settle()

    def take_over(self) -> bool:
        """Write to a library that another process held; whether the lock was free.

        Raises:
            LibraryDamagedError: a file cannot be read.
        """
        with self.writing:
            files = self.files.take_over()
            if files is None:
                return False
            self.files = files
            self.journal = Journal(self.journal.folder, self.journal.device)
            self.replace_memory(load_library(files, self.journal), "Changed elsewhere")
            self._settle()
        return True

    def fold(self) -> None:
        """Write the JSON files that the journal is ahead of, and begin a new segment of it.

        Raises:
            NotSavedError: a file could not be written; the journal still holds everything.
        """
        with self.writing:
            self.refuse_if_read_only()
            numbers = {**self._numbers, self.journal.device: self._next - 1}
            folded = {device: number for device, number in numbers.items() if number}
            for file in sorted(self._dirty):
                self._take_outside(file)
                try:
                    self.files.write(file, self.memory.tables_of(file), folded)
                except (OSError, ValueError, TypeError) as error:
                    raise not_saved(self.files.folder / file, error) from error
                self._dirty.discard(file)
            self.journal.rotate()
            self.journal.mark_folded(folded, {file: self.files.folded(file) for file in FILES})
            self.journal.prune(KEEP_JOURNAL)

    def tidy(self, fold_at: int = FOLD_AT) -> None:
        """Fold if the journal has grown to so many bytes; to be called when nobody waits. What fails stays there."""
        with self.writing:
            if self._dirty and not self.files.read_only and self.journal.size >= fold_at:
                with contextlib.suppress(NotSavedError):
                    self.fold()

    def apply(
        self,
        label: str,
        changes: Changes,
        records: Mapping[tuple[str, str], Record] | None = None,
        *,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Transaction:
        """Journal first, memory after it; the records are those of the changes, if they are known."""
        self.refuse_if_read_only()
        before = {(table, id_): self.memory.lines[table].get(id_) for table, id_ in changes}
        try:
            lines = {key: None if found is None else dump_document(found) for key, found in changes.items()}
            ops, was = _by_table(lines), _by_table(before)
            after = {table: LineDocuments(rows, _rows(changes, table)) for table, rows in ops.items()}
            earlier = {table: LineDocuments(rows, self._read(rows)) for table, rows in was.items()}
            entry = Entry(self._next, now(), label, after, earlier, self.journal.device, undoes, redoes)
            if not changes and undoes is None and redoes is None:
                return transaction_of(entry)
            records = self._decoded(changes) if records is None else records
            self._next += 1
            self.journal.append(entry, ops, was)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise not_saved(self.files.folder, error) from error
        told = self._set(lines, records)
        self.timeline.add(entry)
        return Transaction(entry.number, entry.label, entry.time, told, entry.undoes)

    def _read(self, rows: Mapping[str, bytes | None]) -> dict[str, Any]:
        return {id_: self.memory.parse(line) for id_, line in rows.items()}

    def _decoded(self, changes: Changes) -> dict[tuple[str, str], Any]:
        return {
            (table, id_): self.memory.decode(KIND_OF_TABLE[table], id_, document)
            for (table, id_), document in changes.items()
            if document is not None and table != GRAVES
        }

    def _set(
        self, lines: Mapping[tuple[str, str], bytes | None], records: Mapping[tuple[str, str], Any]
    ) -> tuple[Change, ...]:
        changes = []
        with self.memory.lock:
            for (table, id_), line in lines.items():
                record = records.get((table, id_))
                kind = KIND_OF_TABLE.get(table)
                if kind is not None:
                    changes.append(Change(kind, id_, self.memory.find(kind, id_), record))
                self.memory.put(table, id_, line, record)
                self._dirty.add(FILE_OF_TABLE[table])
            self.version += 1
        return tuple(changes)

    def _take_outside(self, file: str) -> None:
        """Take in what another program has written into a file since it was read, before it is written over."""
        theirs = self.files.read_again(file)
        if theirs is None:
            return
        base = self.files.snapshot(file).tables
        changes, both = merge_outside(self.memory, theirs, base, self.journal.device, now())
        if both:
            kept = self.files.set_aside(self.files.folder / file)
            self.files.warnings.append(
                f"{self.files.folder / file}: {both} notes were changed here and outside, and merged; the other file is"
                f" kept as {kept}."
            )
        if theirs.unreadable:
            self.files.warnings.append(
                f"{self.files.folder / file}: {len(theirs.unreadable)} lines that another program wrote cannot be read;"
                f" newstui's are kept, and that file as {self.files.set_aside(self.files.folder / file)}."
            )
        if changes:
            lines = {key: None if found is None else dump_document(found) for key, found in changes.items()}
            told = self._set(lines, self._decoded(changes))
            self.tell(Transaction(0, "Changed outside newstui", now(), told))

    def refuse_if_read_only(self) -> None:
        """Raise what says why nothing can be written."""
        folder = self.files.folder
        if self.files.holder is not None:
            raise LibraryLockedError(f"{folder} is being written by {self.files.holder}; close it there first.")
        if self.files.read_only:
            raise LibraryReadOnlyError(f"{folder} is open for reading only, so nothing can be changed.")

    def _settle(self) -> None:
        """Make durable what opening has merged, mended or migrated."""
        for path, snapshot in self.files.iter_conflicts():
            changes = merge_lines(self.memory, iter_versions(snapshot))
            done = report(self.memory, changes)
            try:
                self.apply(f"Merge {path.name}", changes)
            except NotSavedError as error:
                self.files.warnings.append(f"{path.name} was not merged: {error}")
                continue
            self.files.put_away(path)
            self.files.warnings.append(f"{path.name} was merged: {done}; it is kept in backups/.")
        if self.files.outdated:
            try:
                self.fold()
            except NotSavedError as error:
                self.files.warnings.append(str(error))

    def replace_memory(self, loaded: Loaded, label: str) -> Transaction | None:
        """Hold what was loaded anew, and tell what is not as before."""
        before = self.memory
        changes = [
            Change(KIND_OF_TABLE[table], id_, before.find(KIND_OF_TABLE[table], id_),
                   loaded.memory.find(KIND_OF_TABLE[table], id_))
            for table, id_ in before.differing(loaded.memory.lines)
            if table in KIND_OF_TABLE
        ]  # fmt: skip
        self._take_loaded(loaded)
        if not changes:
            return None
        self.version += 1
        transaction = Transaction(0, label, now(), tuple(changes))
        self.tell(transaction)
        return transaction

    def _take_loaded(self, loaded: Loaded) -> None:
        self.memory = loaded.memory
        self.timeline = loaded.timeline
        self._dirty = loaded.dirty
        self._next = loaded.next
        self._numbers = loaded.numbers

    def stamped(self, wanted: Changes) -> Changes:
        """The changes a user asked for with their revisions and tombstones."""
        return stamp_changes(self.memory, wanted, self.journal.device, now())

    def tell(self, transaction: Transaction) -> None:
        """Tell every listener what changed."""
        if transaction.changes:
            for listener in tuple(self.listeners):
                listener(transaction)


def _rows(changes: Changes, wanted: str) -> dict[str, Any]:
    return {id_: document for (table, id_), document in changes.items() if table == wanted}


def _by_table(lines: Mapping[tuple[str, str], bytes | None]) -> dict[str, dict[str, bytes | None]]:
    tables: dict[str, dict[str, bytes | None]] = {}
    for (table, id_), line in lines.items():
        tables.setdefault(table, {})[id_] = line
    return tables


def not_saved(path: Path, error: Exception) -> NotSavedError:
    """What is said of a change that did not reach the disk."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return NotSavedError(f"Not saved: {path}: {reason}.")
