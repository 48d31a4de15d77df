"""Copies of the JSON files, one folder a day, and what recovery set aside."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path

from newstui.errors import LibraryDamagedError, NotFoundError
from newstui.store import disk
from newstui.store.snapshot import Snapshot, load_snapshot

FILES = ("articles.json", "annotations.json")
DAYS, WEEKS = 7, 4
"""How many daily and how many weekly backups are kept."""


class Backups:
    """The folders `backups/` and `damaged/` of a library."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self.folder = library / "backups"
        self._read: dict[tuple[str, str], Snapshot | None] = {}

    def dates(self) -> Sequence[str]:
        """The backups there are, newest first: `2026-11-25`."""
        found = [path.name for path in self.folder.glob("????-??-??")] if self.folder.is_dir() else []
        return sorted(found, reverse=True)

    def find(self, file: str, table: str, id_: str) -> bytes | None:
        """The line of a document in the newest backup that has it whole."""
        for day in self.dates():
            if (day, file) not in self._read:
                try:
                    self._read[day, file] = load_snapshot(self.folder / day / file)
                except (LibraryDamagedError, OSError):
                    self._read[day, file] = None
            found = self._read[day, file]
            if found is not None and id_ in found.tables.get(table, {}):
                return found.tables[table][id_]
        return None

    def newest_sound(self) -> str:
        """The day of the newest backup whose files can be read; "" if there is none."""
        return next((day for day in self.dates() if self._is_sound(self.folder / day)), "")

    def make(self, day: str, *, again: bool = False) -> Path | None:
        """Keep the files as they are under a day, then drop what is too old.

        Args:
            day: such as `2026-11-25`.
            again: in place of what was kept under that day; else the first of a day stays, and the answer is None.

        Raises:
            OSError, LibraryDamagedError: it could not be made or read back; nothing was dropped.
        """
        target, before = self.folder / day, self.folder / f".{day}.before"
        if target.exists() and not again:
            return None
        fresh = self.folder / f".{day}.tmp"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name in FILES:
            if (self.library / name).exists():
                disk.copy(self.library / name, fresh / name)
        if again and target.exists():
            for name in FILES:
                load_snapshot(fresh / name)
            shutil.rmtree(before, ignore_errors=True)
            target.rename(before)
        fresh.rename(target)
        disk.sync_folder(self.folder)
        shutil.rmtree(before, ignore_errors=True)
        for old in self._too_old():
            shutil.rmtree(self.folder / old, ignore_errors=True)
        return target

    def _is_sound(self, folder: Path) -> bool:
        try:
            return all(load_snapshot(folder / name) is not None for name in FILES)
        except (LibraryDamagedError, OSError):
            return False

    def _too_old(self) -> Sequence[str]:
        dates = self.dates()
        weekly = {datetime.date.fromisoformat(day).isocalendar()[:2]: day for day in dates[DAYS:]}
        kept = sorted(weekly.values(), reverse=True)[:WEEKS]
        return [day for day in dates[DAYS:] if day not in kept]

    def set_aside(self, path: Path) -> Path | None:
        """Copy a damaged file to `damaged/`; where to, or None if even that cannot be done."""
        target = self.library / "damaged" / f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S}-{path.name}"
        try:
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(path, target)
        except OSError:
            return None
        return target

    def restore(self, day: str = "") -> str:
        """Put back the files of a day, of the newest that can be read if none is given.

        What is there now goes to `damaged/`, if it can still be read.

        Transactions that the journal still holds are replayed at the next opening.

        Raises:
            NotFoundError: there is no such backup.
            LibraryDamagedError: it cannot be read itself; nothing was replaced.
            OSError: a file could not be written; it is as it was, one before it is restored, and once more is harmless.
        """
        dates = self.dates()
        wanted = day or self.newest_sound()
        if wanted in dates and not self._is_sound(self.folder / wanted):
            raise LibraryDamagedError(f"The backup {self.folder / wanted} cannot be read itself; nothing was replaced.")
        if wanted not in dates:
            there = f"; there are {', '.join(dates)}" if dates else ", for there are none yet"
            raise NotFoundError(f"There is no backup {wanted or 'to restore'}{there}.")
        for name in FILES:
            kept = self.folder / wanted / name
            if kept.exists():
                if (self.library / name).exists():
                    self.set_aside(self.library / name)
                disk.write_whole(self.library / name, kept.read_bytes())
        return wanted
