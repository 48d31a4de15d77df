"""The journal: one line for each transaction, durable before it is acknowledged, each line with a checksum.

A line is `crc32 SP json LF`: eight hex digits over the JSON, which holds `n` (number on this device), `s` (schema), `t`
(time), `label`, the whole documents after (`ops`) and before (`was`) by table and id, null where there is none, and
`undoes` or `redoes`.
Whole documents make replay idempotent and a lost line harmless to later ones. A process appends only to segments it has
begun itself, so a torn line can only be the last of one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newstui.store import disk
from newstui.store.migrations import SCHEMA, migrate_tables
from newstui.store.snapshot import dump_key

Documents = Mapping[str, Mapping[str, dict[str, Any] | None]]
"""Documents by table and id; None where there is none."""

Lines = Mapping[str, Mapping[str, bytes | None]]
"""The same as JSON, on one line each."""

SUFFIX = ".journal"
MARK = "folded"


class LineDocuments(Mapping[str, dict[str, Any] | None]):
    """Documents of one table that stay as their lines once they are forgotten, and are read again when asked for.

    Args:
        lines: by id; None where there is no document.
        documents: the same, read.
    """

    def __init__(self, lines: Mapping[str, bytes | None], documents: Mapping[str, dict[str, Any] | None]) -> None:
        self._lines = lines
        self._documents: Mapping[str, dict[str, Any] | None] | None = documents

    def forget(self) -> None:
        """Keep the lines alone, which take a fifth of the memory."""
        self._documents = None

    def __getitem__(self, id_: str) -> dict[str, Any] | None:
        if self._documents is not None:
            return self._documents[id_]
        line = self._lines[id_]
        return None if line is None else json.loads(line)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction as the journal holds it; numbers count on each device, `schema` is that of its documents."""

    number: int
    time: str
    label: str
    ops: Documents
    was: Documents
    device: str = ""
    undoes: int | None = None
    redoes: int | None = None
    schema: int = SCHEMA


def dump_entry(entry: Entry, ops: Lines, was: Lines) -> bytes:
    """The line of an entry.

    Args:
        entry: what happened.
        ops: the documents after it as JSON, for they were written already and there may be very many.
        was: the documents before it as JSON.

    Raises:
        ValueError, TypeError: a label JSON cannot hold, such as one with a lone surrogate.
    """
    content: dict[str, Any] = {"n": entry.number, "s": entry.schema, "t": entry.time, "label": entry.label}
    if entry.undoes is not None:
        content["undoes"] = entry.undoes
    if entry.redoes is not None:
        content["redoes"] = entry.redoes
    head = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    data = b'%s,"ops":%s,"was":%s}' % (head[:-1], _join_tables(ops), _join_tables(was))
    return b"%08x %s\n" % (zlib.crc32(data), data)


def _join_tables(tables: Lines) -> bytes:
    parts = []
    for table, rows in tables.items():
        inside = b",".join([b"%s:%s" % (dump_key(id_), line or b"null") for id_, line in rows.items()])
        parts.append(b"%s:{%s}" % (dump_key(table), inside))
    return b"{%s}" % b",".join(parts)


def parse_entry(line: bytes, device: str) -> Entry | None:
    """The entry of a line without its newline, or None if it is not whole."""
    if len(line) < 10 or line[8:9] != b" ":
        return None
    try:
        if int(line[:8], 16) != zlib.crc32(line[9:]):
            return None
        content = json.loads(line[9:])
        schema = int(content.get("s", 1))
        ops, was = (migrate_tables(content[name], schema) for name in ("ops", "was"))
        return Entry(
            int(content["n"]), content["t"], content["label"], ops, was, device,
            content.get("undoes"), content.get("redoes"), schema,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file of the journal holds: its whole entries, and how many lines in the middle of it are damaged."""

    path: Path
    entries: tuple[Entry, ...]
    damaged: int

    def describe(self, kept: Path | None) -> str:
        """What is wrong with it, and where a copy of it is kept."""
        copy = f", and the file is kept in {kept}" if kept else ""
        return f"{self.path}: {self.damaged} changes cannot be read and were left out; all others are there{copy}."


def load_segment(path: Path) -> Segment:
    """Read a segment; a torn last line is left out, for it was never acknowledged.

    Raises:
        OSError: it cannot be read.
    """
    device = path.name.split(".")[0]
    *lines, _torn = path.read_bytes().split(b"\n")
    parsed = [parse_entry(line, device) for line in lines]
    while parsed and parsed[-1] is None:  # a torn line that was ended by another program
        parsed.pop()
    return Segment(path, tuple(entry for entry in parsed if entry), sum(entry is None for entry in parsed))


_NUMBERED = re.compile(rb'[0-9a-f]{8} \{"n":(\d+),')


def last_number(path: Path) -> int | None:
    """The number of the last line of a segment that ends, looked up without reading the rest; None if there is none.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        tail, want = b"", 1 << 12
        while True:
            file.seek(max(0, size - want))
            tail = file.read(min(want, size))
            end = tail.rfind(b"\n")
            start = tail.rfind(b"\n", 0, max(end, 0)) + 1
            if start > 0 or want >= size:
                break
            want *= 8
    match = _NUMBERED.match(tail, start) if end > 0 else None
    return int(match.group(1)) if match else None


class Journal:
    """The segments of a library, and the one this process appends to.

    Args:
        folder: `journal/` of the library; need not exist.
        device: the name of this device, letters and digits.
    """

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self.device = device
        self.damaged: list[Segment] = []
        """Segments with damaged lines, of those that were parsed."""
        self.folded: Mapping[str, int] = {}
        """Up to which number of each device everything was in the JSON files at `load`."""
        self.size = 0
        """Bytes appended by this process since the last `rotate`."""
        self._handle: int | None = None
        self._end = 0
        self._folded: list[Path] = []
        """Segments of this device that are wholly in the JSON files; those of others are theirs to remove."""
        self._older: list[Path] = []
        """Segments wholly in the JSON files that were not parsed yet, the oldest of each device first."""

    def load(self, folded: Mapping[str, Mapping[str, int]]) -> list[Entry]:
        """The entries of all segments that are not wholly in the JSON files, in the order they were made.

        Args:
            folded: of each JSON file, up to which number of each device's journal it has everything.

        Raises:
            OSError: a segment cannot be read.
        """
        self.folded, sizes = self._read_mark(folded)
        fresh: list[Path] = []
        for path in self._paths():
            (self._older if self._is_folded(path, sizes) else fresh).append(path)
        self._folded = [path for path in self._older if _order(path)[0] == self.device]
        return self._parse(fresh)

    def _is_folded(self, path: Path, sizes: Mapping[str, int]) -> bool:
        """Whether all of a segment is in the JSON files; one that has its size of then is not looked into."""
        number = self.folded.get(_order(path)[0], 0)
        if number and sizes.get(path.name) == path.stat().st_size:
            return True
        last = last_number(path) if number else None
        return last is not None and last <= number

    @property
    def _mark(self) -> Path:
        return self.folder / f"{MARK}.{self.device}"  # each device its own, where a synchronizing program carries them

    def mark_folded(self, numbers: Mapping[str, int], folded: Mapping[str, Mapping[str, int]]) -> None:
        """Remember up to which numbers everything is in the JSON files, so that older segments need not be parsed.

        A file whose transactions touch only the other one is not written, so its own numbers say too little.

        Args:
            numbers: of each device.
            folded: those that each file has itself; while they are not less, what is remembered holds.
        """
        if self.folder.is_dir():
            with contextlib.suppress(OSError):
                sizes = {
                    path.name: path.stat().st_size
                    for path in self._paths()
                    if (last_number(path) or sys.maxsize) <= numbers.get(_order(path)[0], 0)
                }
                said = {"numbers": dict(numbers), "files": {name: dict(of) for name, of in folded.items()}}
                disk.write_whole(self._mark, json.dumps({**said, "sizes": sizes}).encode())

    def _read_mark(self, folded: Mapping[str, Mapping[str, int]]) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Up to which numbers everything is in the JSON files, and the sizes of segments that are."""
        devices = {device for of in folded.values() for device in of}
        everywhere = {device: min(of.get(device, 0) for of in folded.values()) for device in devices}
        try:
            said = json.loads(self._mark.read_bytes())
            known = ((folded[file].get(device, 0), n) for file, of in said["files"].items() for device, n in of.items())
            if all(now >= then for now, then in known):
                marked = {str(device): int(n) for device, n in said["numbers"].items()}
                return {**everywhere, **marked}, dict(said["sizes"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return everywhere, {}

    def load_older(self) -> list[Entry] | None:
        """The entries of the newest segment that was left out so far, for history and undo; None if all were read."""
        if not self._older:
            return None
        path = self._older.pop()
        return self._parse([path] if path.exists() else [])

    def _parse(self, paths: Iterable[Path]) -> list[Entry]:
        segments = [load_segment(path) for path in paths]
        self.damaged += [segment for segment in segments if segment.damaged]
        entries = [entry for segment in segments for entry in segment.entries]
        return sorted(entries, key=lambda entry: (entry.time, entry.device, entry.number))

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"), key=_order) if self.folder.is_dir() else []

    def append(self, entry: Entry, ops: Lines, was: Lines) -> None:
        """Make an entry durable; `ops` and `was` are those of the entry as JSON.

        Raises:
            OSError: it is not on the disk, and this segment is not written to again.
            ValueError, TypeError: it holds what JSON cannot.
        """
        line = dump_entry(entry, ops, was)
        if self._handle is None:
            self._begin()
        assert self._handle is not None
        try:
            disk.write_all(self._handle, line)
            disk.sync_data(self._handle)
        except BaseException:
            self._give_up()
            raise
        self._end += len(line)
        self.size += len(line)

    def rotate(self) -> None:
        """End the segment; the next entry begins a new one."""
        self.size = 0
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def prune(self, keep_bytes: int) -> None:
        """Remove the oldest segments that were wholly in the JSON files at opening, beyond some bytes of journal."""
        total = sum(path.stat().st_size for path in self._paths())
        for path in [path for path in self._folded if path.exists()]:
            if total <= keep_bytes:
                break
            total -= path.stat().st_size
            disk.remove(path)

    def _begin(self) -> None:
        """Begin a segment, and make its name durable before anything in it is acknowledged."""
        if not self.folder.is_dir():
            self.folder.mkdir()
            disk.sync_folder(self.folder.parent)
        own = [number for device, number in map(_order, self._paths()) if device == self.device]
        path = self.folder / f"{self.device}.{max(own, default=0) + 1:06}{SUFFIX}"
        self._handle = disk.open_new(path)
        self._end = 0
        try:
            disk.sync_folder(self.folder)
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """Cut off what was not acknowledged, and never write here again: after a failed sync nothing is certain."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            disk.truncate(handle, self._end)
        except OSError:
            pass  # what is left is a line nobody was told about: whole or torn, both are harmless
        finally:
            os.close(handle)


def _order(path: Path) -> tuple[str, int]:
    device, _, number = path.name.removesuffix(SUFFIX).partition(".")
    return device, int(number) if number.isdecimal() else 0
