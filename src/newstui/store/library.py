"""The store: all records of one library in memory, and every change on the disk before it is in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newstui.errors import LibraryDamagedError, NotFoundError, NotSavedError
from newstui.model import Article, Record
from newstui.store.bodies import Bodies
from newstui.store.codec import TABLES, encode
from newstui.store.engine import FOLD_AT, Engine, Listener, not_saved
from newstui.store.files import LibraryFiles
from newstui.store.history import History
from newstui.store.loading import Loaded
from newstui.store.lock import LockHolder
from newstui.store.memory import without_collecting
from newstui.store.merging import Changes, MergeReport, merge_lines, report
from newstui.store.readings import Readings
from newstui.store.records import Records
from newstui.store.transaction import Step, Transaction

if TYPE_CHECKING:
    from newstui.store.database import Database

FOLD_ON_CLOSE = 20_000
"""Documents up to which closing writes the JSON files; more wait for `FOLD_AT` or `fold`."""


class Store(Records):
    """One open library; safe to use from several threads.

    A change is appended to the journal and durable before memory has it; the JSON files follow when the library is
    folded. Readers never wait for the disk. `read_only` says that nothing can be written, `holder` who else writes,
    `warnings` what a user should know, one sentence each. `version` grows with every change. `readings` are where the
    reader is in each article.
    """

    def __init__(self, files: LibraryFiles) -> None:
        self.path = files.folder
        self.warnings = files.warnings
        self._seen = files.seen()
        super().__init__(Engine(files))
        self._bodies = Bodies(files.folder)
        self._history = History(self._engine)
        self.readings = Readings(files)

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
            files = LibraryFiles.open(path, read_only=read_only, create=create)
            try:
                return cls(files)
            except BaseException:
                files.close()
                raise

    # -- reading

    @property
    def version(self) -> int:
        """Grows with every change of a record or a reading position."""
        return self._engine.version + self.readings.version

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._engine.files.read_only

    @property
    def holder(self) -> LockHolder | None:
        """Who else writes to the library, if somebody does."""
        return self._engine.files.holder

    @property
    def database(self) -> Database:
        """The library as TinyDB has it: tables, queries and changes, each change one durable transaction."""
        from newstui.store.database import open_database

        return open_database(self._engine)

    def text(self, sha256: str) -> str:
        """The body with this hash; raises `LibraryDamagedError` if it is missing or changed."""
        return self._bodies.load(sha256)

    def rotten(self) -> list[Path]:
        """The files that are not as newstui wrote them any more, though what they held is open here."""
        return self._engine.files.rotten()

    # -- writing

    def check_writable(self) -> None:
        """Say before anything is typed that it could not be kept.

        Raises:
            LibraryLockedError: another program writes to the library.
            LibraryReadOnlyError: it is open for reading only.
        """
        self._engine.refuse_if_read_only()

    def add_text(self, body: str) -> str:
        """Keep a body; it is durable when its sha256 is returned.

        Raises:
            NotSavedError: it could not be written.
        """
        return self.add_texts([body])[0]

    def add_texts(self, bodies: Sequence[str]) -> list[str]:
        """Keep many bodies at the cost of few; all are durable when their sha256 are returned.

        Raises:
            NotSavedError: one could not be written; others may be there.
        """
        self._engine.refuse_if_read_only()
        try:
            return self._bodies.add_all(bodies)
        except UnicodeEncodeError as error:
            raise NotSavedError(f"The text holds half a character at {error.start}, so it was not saved.") from error
        except OSError as error:
            raise not_saved(self.path, error) from error

    def commit(self, label: str, put: Iterable[Record] = (), remove: Iterable[Record] = ()) -> Transaction:
        """Change records in one durable transaction; memory follows the disk.

        Raises:
            NotSavedError: nothing changed, neither on the disk nor here.
            LibraryReadOnlyError: the library is open for reading only.
        """
        with self._engine.writing:
            wanted: Changes = {}
            records: dict[tuple[str, str], Record] = {}
            with self._engine.memory.parsing_once():
                for record in put:
                    if self.find(type(record), record.id) != record:
                        key = TABLES[type(record)][1], record.id
                        wanted[key] = encode(record, self._engine.memory.document(*key))
                        records[key] = record
                for record in remove:
                    wanted[TABLES[type(record)][1], record.id] = None
                transaction = self._engine.apply(label, self._engine.stamped(wanted), records)
        self._engine.tell(transaction)
        return transaction

    def undo(self) -> Transaction | None:
        """Take back the last transaction of this device that was not taken back, of earlier sessions too."""
        return self._history.undo()

    def redo(self) -> Transaction | None:
        """Do again what the last `undo` took back; a new change in between forgets it."""
        return self._history.redo()

    def steps(self) -> list[Step]:
        """What `redo` would do again, the furthest first, then what `undo` would take back, the last first."""
        return self._history.steps()

    def history(self) -> Sequence[Transaction]:
        """All transactions that the journal still holds, oldest first."""
        return self._history.all()

    def merge(self, other: Path) -> MergeReport:
        """Take in what another copy of this library, or another library, has: texts, then all records as one step.

        The later version of a record wins; tags and notes of both sides are kept; only what was deleted there is
        deleted here, and only if it was not changed here since.

        Raises:
            NotFoundError, LibraryDamagedError: the other cannot be read.
            NotSavedError: nothing was changed, though texts may have been added.
        """
        with type(self).open(other, read_only=True) as theirs, self._engine.writing:
            self._engine.refuse_if_read_only()
            for article in theirs.all(Article):
                for sha256 in (article.text, *article.earlier):
                    with contextlib.suppress(LibraryDamagedError):  # an earlier text that is lost there too
                        self.add_text(theirs.text(sha256))
            lines = theirs._engine.memory.lines
            versions = [(table, id_, line) for table, rows in lines.items() for id_, line in rows.items()]
            changes = merge_lines(self._engine.memory, versions)
            done = report(self._engine.memory, changes)
            transaction = self._engine.apply(f"Merge {theirs.path.name}", changes)
        self._engine.tell(transaction)
        return done

    def subscribe(self, callback: Listener) -> Callable[[], None]:
        """Call back after each transaction, on the thread that made it; returns what ends it."""
        self._engine.listeners.append(callback)
        return lambda: self._engine.listeners.remove(callback)

    def fold(self) -> None:
        """Write the JSON files that the journal is ahead of, and begin a new segment of it.

        Raises:
            NotSavedError: a file could not be written; the journal still holds everything.
        """
        self._engine.fold()

    def tidy(self, fold_at: int = FOLD_AT) -> None:
        """Fold if the journal has grown to so many bytes; to be called when nobody waits. What fails stays there."""
        self._engine.tidy(fold_at)

    # -- two at once

    def refresh(self) -> Transaction | None:
        """Take in what another process has written since; only a library that is open for reading follows.

        Returns:
            What changed, or None if nothing did or the other is in the middle of it.
        """
        seen = self._engine.files.seen()
        if not self.read_only or seen == self._seen:
            return None
        try:
            fresh = type(self).open(self.path, read_only=True)
        except (LibraryDamagedError, NotFoundError):
            return None
        self._seen = seen
        return self._engine.replace_memory(
            Loaded(fresh._engine.memory, fresh._engine.timeline, set()), "Changed elsewhere"
        )

    def can_take_over(self) -> bool:
        """Whether the process that wrote at opening has ended, so that this one may write."""
        return self._engine.files.can_take_over()

    def take_over(self) -> bool:
        """Become the writer of a library that another process held; whether the lock was free.

        Raises:
            LibraryDamagedError: a file cannot be read.
        """
        if not self._engine.take_over():
            return False
        self.readings.files = self._engine.files
        return True

    def close(self) -> None:
        """Write what is to be written and give the lock back; what cannot be folded now stays in the journal."""
        try:
            with contextlib.suppress(NotSavedError):
                self.readings.flush()
            self.tidy(0 if len(self._engine.memory) <= FOLD_ON_CLOSE else FOLD_AT)
        finally:
            self._engine.journal.rotate()
            self._engine.files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
