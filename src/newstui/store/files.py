"""The files of a library: what makes a folder one, how it is opened, and in which state it may be found."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from newstui import __version__, paths
from newstui.errors import LibraryDamagedError, NotFoundError
from newstui.store import disk
from newstui.store.backups import FILES, Backups
from newstui.store.codec import KIND_OF_TABLE, decode
from newstui.store.ids import now
from newstui.store.lock import Lock, LockHolder
from newstui.store.memory import FILE_OF_TABLE
from newstui.store.migrations import SCHEMA, migrate
from newstui.store.packing import Packs
from newstui.store.snapshot import Lines, Snapshot, dump_document, is_as_written, load_snapshot, write_snapshot

IGNORED = ".lock\njournal/\nbackups/\ndamaged/\nstate.json\n"
ATTRIBUTES = "*.json merge=union\n"
"""Both sides' lines are kept when git merges; newstui reads such a file and merges what is there twice."""
STIGNORE = ".lock\n"

_FIRST = frozenset((".lock", ".gitignore", ".gitattributes", ".stignore", "annotations.json"))
"""What a new library holds before its `articles.json` is written, which makes it one."""
_CONFLICT = re.compile(r"(articles|annotations)(\.sync-conflict-.+| ?\(.*conflict.*\).*)\.json", re.IGNORECASE)


class LibraryFiles:
    """The JSON files of one library and its lock."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self.holder: LockHolder | None = None
        self.warnings: list[str] = []
        self.outdated: set[str] = set()
        """Files that are to be written anew because they were merged, mended or of an older schema."""
        self.backups = Backups(folder)
        self._lock = Lock(folder)
        self._packs = Packs(paths.library_cache_dir(folder) / "store")
        self._snapshots: dict[str, Snapshot] = {}
        self._signatures: dict[str, tuple[int, int, int] | None] = {}

    @classmethod
    def open(cls, folder: Path, *, read_only: bool, create: bool) -> Self:
        """Open or create; see `Store.open`."""
        folder = folder.absolute()
        fresh = _require_library(folder, create=create and not read_only)
        files = cls(folder, read_only=read_only)
        files._take_lock()
        if fresh:
            files._create()
        for name in FILES:
            files._open_file(name)
        return files

    def snapshot(self, file: str) -> Snapshot:
        """What a file held when it was last read or written."""
        return self._snapshots[file]

    def folded(self, file: str) -> Mapping[str, int]:
        """Up to which number of each device's journal a file has everything."""
        found = self._snapshots[file].meta.get("folded", {})
        return found if isinstance(found, dict) else {}

    def read_again(self, file: str) -> Snapshot | None:
        """What another program has made of a file since it was read; None if nobody did, or if it is damaged now.

        A damaged file is set aside before newstui's is written over it.
        """
        path = self.folder / file
        if _signature(path) == self._signatures.get(file):
            return None
        try:
            found = load_snapshot(path)
        except (LibraryDamagedError, OSError):
            kept = self.set_aside(path)
            self.warnings.append(
                f"{path} was damaged by another program; it is kept as {kept}, and newstui's is written."
            )
            return None
        if found is not None:
            found.unreadable += _take_strangers(found)
        return found

    def write(self, file: str, tables: Mapping[str, Lines], folded: Mapping[str, int]) -> None:
        """Replace the tables of a file; tables newstui does not know stay.

        Args:
            file: its name.
            tables: of newstui.
            folded: up to which number of each device's journal they have everything.

        Raises:
            OSError: nothing was replaced.
        """
        known = self._snapshots[file]
        whole = {**known.tables, **tables}
        meta = {**known.meta, "schema": SCHEMA, "newstui": __version__, "folded": {**self.folded(file), **folded}}
        try:
            self.backups.make(now()[:10])
        except OSError as error:
            self.warnings.append(f"{self.backups.folder}: no backup could be made ({error.strerror}).")
        write_snapshot(self.folder / file, whole, meta)
        self._snapshots[file] = Snapshot(whole, meta, sound=True)
        self._signatures[file] = _signature(self.folder / file)
        self._packs.load(self.folder / file)  # makes the copy that the next start will use
        self.outdated.discard(file)

    def rotten(self) -> list[Path]:
        """The files that were as newstui wrote them when they were read, and are not any more; reads all of them."""
        return [
            self.folder / name
            for name, found in self._snapshots.items()
            if found.sound and not is_as_written(self.folder / name)
        ]

    def seen(self) -> tuple[object, ...]:
        """What tells one state of the files and the journal from another, without reading them."""
        journal = sorted(self.folder.glob("journal/*.journal"))
        paths = [*(self.folder / name for name in FILES), *journal]
        return tuple((path.name, _signature(path)) for path in paths)

    def set_aside(self, path: Path) -> Path | None:
        """Keep a damaged file in `damaged/`, unless the library is open for reading only."""
        return None if self.read_only else self.backups.set_aside(path)

    def iter_conflicts(self) -> Iterator[tuple[Path, Snapshot]]:
        """The files that a synchronizing program left beside ours because both sides had changed."""
        for path in sorted(self.folder.glob("*.json")):
            if not _CONFLICT.fullmatch(path.name):
                continue
            try:
                found = load_snapshot(path)
            except (LibraryDamagedError, OSError) as error:
                self.warnings.append(f"The conflict file {path} cannot be merged ({error}).")
                continue
            if found is None:
                continue
            found = _migrated(found)
            found.unreadable += _take_strangers(found)
            if found.unreadable:
                table, id_ = found.unreadable[0]
                self.warnings.append(f"The conflict file {path} cannot be merged ({table} {id_!r} cannot be read).")
            else:
                yield path, found

    def put_away(self, path: Path) -> None:
        """Move a conflict file whose content is durable here to `backups/`."""
        try:
            self.backups.folder.mkdir(exist_ok=True)
            os.replace(path, self.backups.folder / path.name)  # noqa: PTH105  # through os, where faults are injected
        except OSError as error:
            self.warnings.append(f"{path} was merged but cannot be moved to backups/ ({error.strerror}).")

    def load_state(self) -> Mapping[str, dict[str, Any]]:
        """Reading positions; a broken file costs them and no note."""
        try:
            state = load_snapshot(self.folder / "state.json")
            found = {id_: json.loads(line) for id_, line in state.tables.get("reading", {}).items()} if state else {}
        except (LibraryDamagedError, OSError):
            self.warnings.append(f"{self.folder / 'state.json'} could not be read; places in articles begin anew.")
            return {}
        return found

    def write_state(self, rows: Mapping[str, dict[str, Any]]) -> None:
        """Replace the reading positions."""
        lines = {id_: dump_document(row) for id_, row in rows.items()}
        write_snapshot(self.folder / "state.json", {"reading": lines}, {})

    def close(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def can_take_over(self) -> bool:
        """Whether another process held the lock at opening and does no more."""
        return self.holder is not None and self._lock.is_free()

    def take_over(self) -> LibraryFiles | None:
        """The files read anew, for writing, if the lock that another process held is free by now."""
        if self.holder is None or self._lock.take() is not None:
            return None
        fresh = LibraryFiles(self.folder, read_only=False)
        fresh.warnings, fresh._lock = self.warnings, self._lock
        try:
            for name in FILES:
                fresh._open_file(name)
        except LibraryDamagedError:
            self._lock.release()
            raise
        return fresh

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
        if self._lock.elsewhere is not None:
            self.warnings.append(
                f"{self.folder} was open in {self._lock.elsewhere}, another machine; if it still is, both write, and"
                " what a synchronizing program brings is merged."
            )

    def _create(self) -> None:
        disk.write_whole(self.folder / ".gitignore", IGNORED.encode())
        disk.write_whole(self.folder / ".gitattributes", ATTRIBUTES.encode())
        disk.write_whole(self.folder / ".stignore", STIGNORE.encode())
        meta = {"schema": SCHEMA, "newstui": __version__}
        tables: dict[str, Lines] = {"annotations": {}, "deleted": {}, "entities": {}, "searches": {}, "tags": {}}
        write_snapshot(self.folder / "annotations.json", tables, meta)
        write_snapshot(self.folder / "articles.json", {"articles": {}}, meta)

    def _open_file(self, name: str) -> None:
        path = self.folder / name
        self._signatures[name] = _signature(path)
        try:
            found = self._packs.load(path) or load_snapshot(path)
        except PermissionError as error:
            raise LibraryDamagedError(f"{path} may not be read by you; change its permissions.") from error
        except OSError as error:
            raise LibraryDamagedError(f"{path} cannot be read ({error.strerror}).{self._hint()}") from error
        except LibraryDamagedError as error:
            raise LibraryDamagedError(str(error) + self._hint()) from error
        if found is None:
            raise LibraryDamagedError(f"{path} is missing; put back a copy of it, nothing was changed.{self._hint()}")
        schema = found.meta.get("schema", SCHEMA)
        if not isinstance(schema, int) or schema > SCHEMA:
            self.read_only = True
            self.warnings.append(
                f"{path} was written by newstui {found.meta.get('newstui', '?')}, which is newer: it is open"
                " for reading only until newstui is updated."
            )
        elif schema == SCHEMA and not found.sound and (lost := _lost_tables(name, found)):
            raise LibraryDamagedError(f"{path} has no table {lost[0]!r} any more; nothing was changed.{self._hint()}")
        elif schema < SCHEMA:
            self._keep_before_migration(schema)
            found = _migrated(found)
            self.outdated.add(name)
        for table, id_ in _take_strangers(found):
            if self.backups.find(name, table, id_) is None:
                raise LibraryDamagedError(f"{path}: {table} {id_!r} cannot be read; nothing was changed.{self._hint()}")
            found.unreadable.append((table, id_))
        if found.unreadable:
            self._mend(path, found)
        if found.twice or found.ragged:
            self.outdated.add(name)
        self._snapshots[name] = found

    def _hint(self) -> str:
        """The newest backup that can be read."""
        day = self.backups.newest_sound()
        return f" `newstui restore` puts back the one of {day}." if day else ""

    def _keep_before_migration(self, schema: int) -> None:
        """Keep the files as an older newstui left them, for ever."""
        target = self.backups.folder / f"before-schema-{schema + 1}"
        if self.read_only or target.exists():
            return
        fresh = target.with_name(f".{target.name}.tmp")
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            for name in FILES:
                disk.copy(self.folder / name, fresh / name)
            fresh.rename(target)
            disk.sync_folder(self.backups.folder)
        except OSError as error:
            self.read_only = True
            self.warnings.append(
                f"{self.folder} is of an older newstui and no backup of it can be made ({error.strerror}); it is open"
                " for reading only."
            )

    def _mend(self, path: Path, found: Snapshot) -> None:
        """Take the documents of damaged lines from the newest backup that has them, and say what became of each."""
        kept = self.set_aside(path)
        lost = []
        for table, id_ in found.unreadable:
            line = self.backups.find(path.name, table, id_)
            if line is None:
                lost.append(id_)
            else:
                found.tables[table][id_] = line
        mended = len(found.unreadable) - len(lost)
        self.warnings.append(
            f"{path}: {len(found.unreadable)} damaged lines; {mended} were taken from a backup"
            + (f", and {', '.join(lost[:5])}{' ...' if len(lost) > 5 else ''} could not be" if lost else "")
            + (f"; the file is kept as {kept}." if kept else ".")
        )
        self.outdated.add(path.name)


def _lost_tables(file: str, found: Snapshot) -> list[str]:
    """The tables that newstui wrote into a file, empty ones too, and that are not there any more."""
    return [table for table, home in FILE_OF_TABLE.items() if home == file and table not in found.tables]


def _take_strangers(found: Snapshot) -> list[tuple[str, str]]:
    """Take what is no record out of a file that another program wrote; tables and ids."""
    if found.sound:
        return []
    strangers = []
    versions = [(table, id_, line) for table, rows in found.tables.items() for id_, line in rows.items()] + found.twice
    for table, id_, line in versions:
        try:
            if table in KIND_OF_TABLE:
                decode(KIND_OF_TABLE[table], id_, json.loads(line))
        except (KeyError, TypeError, ValueError, AttributeError):
            strangers.append((table, id_))
            found.tables[table].pop(id_, None)
    found.twice = [one for one in found.twice if one[:2] not in strangers]
    return strangers


def _migrated(found: Snapshot) -> Snapshot:
    schema = found.meta.get("schema", SCHEMA)
    if not isinstance(schema, int) or schema >= SCHEMA:
        return found
    tables: dict[str, Lines] = {
        table: {id_: dump_document(migrate(table, json.loads(line), schema)) for id_, line in rows.items()}
        for table, rows in found.tables.items()
    }
    twice = [(table, id_, dump_document(migrate(table, json.loads(line), schema))) for table, id_, line in found.twice]
    return Snapshot(tables, {**found.meta, "schema": SCHEMA}, twice, found.unreadable)


def _signature(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from another without reading it."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _is_begun(folder: Path) -> bool:
    """Whether a folder is empty, or whoever made a library of it died before the last of its files was there."""
    names = {path.name for path in folder.iterdir()}
    if any(name not in _FIRST and not (name.startswith(".") and name.endswith(".tmp")) for name in names):
        return False
    if "annotations.json" not in names:
        return True
    try:
        found = load_snapshot(folder / "annotations.json")
    except (OSError, LibraryDamagedError):
        return False
    return found is not None and not any(found.tables.values())


def _require_library(folder: Path, *, create: bool) -> bool:
    """Whether a new library is to be made here; raises where there is none and none may be made."""
    try:
        if folder.is_dir():
            if create and _is_begun(folder):
                return True
            if any((folder / name).exists() for name in FILES):
                return False
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
