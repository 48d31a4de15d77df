"""The files of a library: what makes a folder one, how it is opened, and in which state it may be found."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from tinydb import TinyDB
from tinydb.table import Table

from newstui import __version__
from newstui.errors import LibraryDamagedError, NotFoundError
from newstui.store import disk
from newstui.store.backups import Backups
from newstui.store.ids import now
from newstui.store.lock import Lock, LockHolder
from newstui.store.storage import Tables, WholeFileStorage, dump_tables

SCHEMA = 1
"""The newest layout of the files that this newstui knows."""

IGNORED = ".lock\njournal/\nbackups/\ndamaged/\nstate.json\n"


class TextIdTable(Table):
    """A TinyDB table whose document ids are text."""

    document_id_class = str  # type: ignore[assignment]  # the documented way to other ids; the stub is narrower


class Database(TinyDB):
    """TinyDB over a whole-file storage, with text ids."""

    table_class = TextIdTable


class LibraryFiles:
    """The JSON files of one library and its lock."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self.holder: LockHolder | None = None
        self.warnings: list[str] = []
        self._lock = Lock(folder)
        self._tables: dict[str, Tables] = {}
        self._databases: dict[str, Database] = {}
        self._signatures: dict[str, tuple[int, int, int] | None] = {}
        self.backups = Backups(folder)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool, create: bool) -> Self:
        """Open or create; see `Store.open`."""
        folder = folder.absolute()
        fresh = _require_library(folder, create=create and not read_only)
        files = cls(folder, read_only=read_only)
        files._take_lock()
        if fresh:
            files._create()
        for name in ("articles.json", "annotations.json"):
            files._open_file(name)
        return files

    def table(self, file: str, table: str) -> Mapping[str, dict[str, Any]]:
        """The documents of a table as they were when the library was opened."""
        return self._tables[file].get(table, {})

    def folded(self, file: str) -> Mapping[str, int]:
        """Up to which number of each device's journal a file has everything."""
        found = self._tables[file].get("_meta", {}).get("1", {}).get("folded", {})
        return found if isinstance(found, dict) else {}

    def folded_by(self, device: str) -> dict[str, int]:
        """Up to which number of one device's journal each file has everything."""
        return {file: self.folded(file).get(device, 0) for file in self._tables}

    def write(self, file: str, tables: Tables, folded: Mapping[str, int]) -> Tables:
        """Replace the tables of a file; tables newstui does not know stay, and so does what others wrote meanwhile.

        Args:
            file: its name.
            tables: of newstui.
            folded: up to which number of each device's journal they have everything.

        Returns:
            The documents that another program added or changed since the file was read; they are in the file now.
        """
        outside = self._changed_outside(file, tables)
        merged = {table: {**rows, **outside.get(table, {})} for table, rows in tables.items()}
        whole = {**self._tables[file], **merged}
        meta = whole.get("_meta", {}).get("1", {})
        folded = {**self.folded(file), **folded}
        whole["_meta"] = {"1": {**meta, "schema": SCHEMA, "newstui": __version__, "folded": folded}}
        try:
            self.backups.make(now()[:10])
        except OSError as error:
            self.warnings.append(f"{self.backups.folder}: no backup could be made ({error.strerror}).")
        self._databases[file].storage.write(whole)
        self._tables[file] = whole
        self._signatures[file] = _signature(self.folder / file)
        return outside

    def seen(self) -> tuple[object, ...]:
        """What tells one state of the files and the journal from another, without reading them."""
        journal = sorted(self.folder.glob("journal/*.journal"))
        paths = [self.folder / "articles.json", self.folder / "annotations.json", *journal]
        return tuple((path.name, _signature(path)) for path in paths)

    def set_aside(self, path: Path) -> Path | None:
        """Keep a damaged file in `damaged/`, unless the library is open for reading only."""
        return None if self.read_only else self.backups.set_aside(path)

    def _changed_outside(self, file: str, tables: Tables) -> Tables:
        """What another program made of a file since it was read, where newstui changed nothing itself.

        What is missing there was not deleted: that could be a half-written file as well. Where both changed a document,
        newstui's stays, and the file of the other is set aside and named.
        """
        path = self.folder / file
        if _signature(path) == self._signatures.get(file):
            return {}
        try:
            theirs = WholeFileStorage(path).read() or {}
        except (LibraryDamagedError, OSError):
            kept = self.set_aside(path)
            self.warnings.append(
                f"{path} was damaged by another program; it is kept as {kept}, and newstui's is written."
            )
            return {}
        base, outside, conflicts = self._tables[file], Tables(), 0
        for table, ours in tables.items():
            known = base.get(table, {})
            for id_, document in theirs.get(table, {}).items():
                if document == known.get(id_):
                    continue
                if ours.get(id_) == known.get(id_):
                    outside.setdefault(table, {})[id_] = document
                elif ours.get(id_) != document:
                    conflicts += 1
        if conflicts:
            kept = self.set_aside(path)
            self.warnings.append(
                f"{path}: {conflicts} notes were changed here and outside; the other file is kept as {kept}."
            )
        return outside

    def load_state(self) -> Mapping[str, dict[str, Any]]:
        """Reading positions; a broken file costs them and no note."""
        try:
            state = WholeFileStorage(self.folder / "state.json").read() or {}
        except (LibraryDamagedError, OSError):
            self.warnings.append(f"{self.folder / 'state.json'} could not be read; places in articles begin anew.")
            return {}
        return state.get("reading", {})

    def write_state(self, rows: dict[str, Any]) -> None:
        """Replace the reading positions."""
        disk.write_whole(self.folder / "state.json", dump_tables({"reading": rows}))

    def close(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def _take_lock(self) -> None:
        if self.read_only:
            return
        if not os.access(self.folder, os.W_OK):
            self.read_only = True
            self.warnings.append(f"{self.folder} cannot be written, so it is open for reading only.")
            return
        try:
            self.holder = self._lock.take()
        except OSError as error:
            self.read_only = True
            self.warnings.append(f"{self.folder} is open for reading only: {error.strerror}.")
        if self.holder is not None:
            self.read_only = True
            self.warnings.append(f"{self.folder} is open for reading only: {self.holder} is writing to it.")

    def _create(self) -> None:
        disk.write_whole(self.folder / ".gitignore", IGNORED.encode())
        meta = {"1": {"schema": SCHEMA, "newstui": __version__}}
        disk.write_whole(
            self.folder / "annotations.json",
            dump_tables({"_meta": meta, "annotations": {}, "entities": {}, "searches": {}, "tags": {}}),
        )
        disk.write_whole(self.folder / "articles.json", dump_tables({"_meta": meta, "articles": {}}))

    def _open_file(self, name: str) -> None:
        path = self.folder / name
        database = Database(path, storage=WholeFileStorage)
        self._signatures[name] = _signature(path)
        dates = self.backups.dates()
        hint = f" `newstui restore` puts back the one of {dates[0]}." if dates else ""
        try:
            tables = database.storage.read()
        except PermissionError as error:
            raise LibraryDamagedError(f"{path} may not be read by you; change its permissions.") from error
        except LibraryDamagedError as error:
            raise LibraryDamagedError(str(error) + hint) from error
        if tables is None:
            raise LibraryDamagedError(f"{path} is missing; put back a copy of it, nothing was changed.{hint}")
        schema = tables.get("_meta", {}).get("1", {}).get("schema", SCHEMA)
        if not isinstance(schema, int) or schema > SCHEMA:
            self.read_only = True
            self.warnings.append(
                f"{path} was written by newstui {tables['_meta']['1'].get('newstui', '?')}, which is newer: it is open"
                " for reading only until newstui is updated."
            )
        self._databases[name] = database
        self._tables[name] = tables


def _signature(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from another without reading it."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _require_library(folder: Path, *, create: bool) -> bool:
    """Whether a new library is to be made here; raises where there is none and none may be made."""
    try:
        if folder.is_dir():
            if (folder / "articles.json").exists() or (folder / "annotations.json").exists():
                return False
            if create and not any(folder.iterdir()):
                return True
            raise NotFoundError(f"{folder} is not a newstui library; import something into a new folder to make one.")
        if folder.exists():
            raise NotFoundError(f"{folder} is a file, not the folder of a library.")
        if not create:
            raise NotFoundError(f"There is no library at {folder}; `newstui import` makes one there.")
        folder.mkdir(parents=True)
    except PermissionError as error:
        raise NotFoundError(f"{folder} may not be read by you; change its permissions.") from error
    except OSError as error:
        raise NotFoundError(f"{folder} cannot be made: {error.strerror}.") from error
    return True
