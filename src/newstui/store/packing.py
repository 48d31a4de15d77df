"""Copies of large JSON files of a library, laid out so that opening one reads none of its documents.

They lie in the cache folder and can be deleted at any time. A copy is used only for a file that is known to hold the
same bytes: its head, which holds the CRC-32 of the rest, is the same, and either nothing about the file has changed
since it was compared (inode, size, times), or it is read and its checksum is right.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from sys import intern
from typing import Any

from newstui.errors import LibraryDamagedError
from newstui.store.lines import article_in, day_in, member_in
from newstui.store.packed import STEP, WIDTH, Packed, PackedLines, PackFile
from newstui.store.snapshot import (
    HEAD,
    LONGEST_HEAD,
    Lines,
    Snapshot,
    find_tables,
    is_as_written,
    iter_rows,
    parse_rows,
)
from newstui.store.spots import Spots

LEAST = 3 << 20
"""Bytes of a JSON file from which it is worth a copy."""
LEAST_ROWS = 2000
"""Documents of a table from which they are not read at once."""
RACY = 50_000_000
"""Nanoseconds after a change within which another may leave the same times."""
COLUMNS = {"articles": ("published", "deleted")}
HAVING = ("starred", "archived", "deleted", "collections")
"""Members that few articles have, and lists are made of."""
_MAGIC = b"newstui pack 4 %s" % sys.byteorder.encode()
_FOOT = re.compile(rb"([0-9a-f]{16}) ([0-9a-f]{8}) " + _MAGIC)
_FOOT_SIZE = 26 + len(_MAGIC)


class Packs:
    """The copies of the files of one library.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, path: Path) -> Snapshot | None:
        """What a file holds, out of its copy, which is made if there is none.

        None for a file that is small, not as newstui wrote it, or cannot be copied.
        """
        try:
            about = path.stat()
            if about.st_size < LEAST:
                return None
            begun = time.time_ns()
            with path.open("rb") as file:
                head = HEAD.match(file.read(LONGEST_HEAD))
            if head is None:
                return None
            found = self._kept(path, about.st_size, head.group(0))
            if found is not None and (self._has_seen(path, about) or self._verify(path, about, begun)):
                return found
            return self._make(path, begun)
        except (OSError, ValueError, KeyError, TypeError, OverflowError, LibraryDamagedError):
            return None

    def _kept(self, path: Path, size: int, head: bytes) -> Snapshot | None:
        """The copy of a file with this size and head, if there is one and it is whole."""
        try:
            return self._open(path, size, head)
        except (OSError, ValueError, KeyError, TypeError, LibraryDamagedError):
            return None

    def _open(self, path: Path, size: int, head: bytes) -> Snapshot | None:
        file = PackFile(self.folder / f"{path.stem}.pack")
        foot = _FOOT.fullmatch(file.read(max(0, file.size - _FOOT_SIZE), file.size))
        if foot is None:
            return None
        start, checksum = (int(number, 16) for number in foot.groups())
        about = json.loads(file.checked(start, file.size - _FOOT_SIZE, checksum))
        if about["size"] != size or about["head"] != str(head, "utf-8"):
            return None
        tables: dict[str, Lines] = {}
        for name, (first, last, checksum, count, parts) in about["tables"].items():
            if parts:
                tables[name] = PackedLines(Packed(file, count, parts))
                continue
            data = file.checked(first, last, checksum)
            rows = parse_rows(data, 0, len(data))
            if rows is None:
                return None
            tables[name] = rows
        return Snapshot(tables, about["meta"], sound=True)

    # -- whether the file is the one that was copied

    def _has_seen(self, path: Path, about: os.stat_result) -> bool:
        try:
            at, seen = json.loads((self.folder / f"{path.stem}.seen").read_bytes())
        except (OSError, ValueError, TypeError):
            return False
        return bool(seen == _signature(about) and at - max(about.st_mtime_ns, about.st_ctime_ns) > RACY)

    def _note_seen(self, path: Path, about: os.stat_result, at: int) -> None:
        with contextlib.suppress(OSError):
            self._write(f"{path.stem}.seen", lambda fd: os.write(fd, json.dumps([at, _signature(about)]).encode()))

    def _verify(self, path: Path, about: os.stat_result, begun: int) -> bool:
        """Whether the bytes behind the head have the checksum that it names."""
        if not is_as_written(path) or _signature(path.stat()) != _signature(about):
            return False
        self._note_seen(path, about, begun)
        return True

    # -- making one

    def _make(self, path: Path, begun: int) -> Snapshot | None:
        about = path.stat()
        data = path.read_bytes()
        if _signature(path.stat()) != _signature(about):
            return None
        head = HEAD.match(data)
        if head is None:
            return None
        meta = json.loads(head.group(1))
        if meta.get("crc32") != f"{zlib.crc32(memoryview(data)[head.end() :]):08x}":
            return None
        regions = find_tables(data, head.end())
        packed = {name: _pack_table(data, name, *region) for name, region in regions.items()}
        if not any(packed.values()):
            return None
        self._write(f"{path.stem}.pack", lambda fd: _write_pack(fd, data, head.group(0), meta, regions, packed))
        self._note_seen(path, about, begun)
        return self._open(path, len(data), head.group(0))

    def _write(self, name: str, work: Callable[[int], object]) -> None:
        """Write a file of the cache whole or not at all; what a power cut leaves of it is found out by its checksum."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f".{name}.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            try:
                work(handle)
            finally:
                os.close(handle)
            fresh.replace(self.folder / name)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


def _signature(about: os.stat_result) -> list[int]:
    return [about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns]


def _pack_table(data: bytes, name: str, start: int, end: int) -> dict[str, bytes] | None:
    """The parts that let a table be used without reading it; None for one that is small or out of the ordinary."""
    count = data.count(b"\n", start, end)
    if count < LEAST_ROWS:
        return None
    ids: list[bytes] = []
    numbers = {name: array("I") for name in ("starts", "sizes", "sums")}
    sources: list[str] = []
    spots = Spots()
    columns: dict[str, list[str]] = {column: [] for column in COLUMNS.get(name, ())}
    for id_, first, last in iter_rows(data, start, end):  # one line at a time, for all of them are half of the memory
        line = data[first:last]
        ids.append(id_)
        for part, number in (("starts", first), ("sizes", last - first), ("sums", zlib.crc32(line))):
            numbers[part].append(number)
        if name == "annotations":
            sources.append(intern(article_in(line)))
            spots.add(line)
        for column, values in columns.items():
            values.append(member_in(line, column) or "")
    if len(ids) != count or any(len(id_) != WIDTH for id_ in ids) or any(one >= other for one, other in pairwise(ids)):
        return None
    parts = {"ids": b"\n".join(ids), **{part: found.tobytes() for part, found in numbers.items()}}
    if name == "annotations":
        if any(len(source) != WIDTH or not source.isascii() for source in sources):
            return None
        order = sorted(range(len(sources)), key=sources.__getitem__)
        parts["sources"] = "\n".join([sources[row] for row in order]).encode("ascii")
        parts["by_source"] = array("I", order).tobytes()
        parts["span_starts"], parts["span_ends"] = spots.starts.tobytes(), spots.ends.tobytes()
        parts["colors"] = bytes(spots.colors)
    elif name == "articles":
        parts["newest"] = _newest_first(data, numbers["starts"], numbers["sizes"])
        parts |= {f"having {member}": _having(data, member, numbers["starts"], start, end) for member in HAVING}
    for column, values in columns.items():
        if any("\n" in value for value in values):
            return None
        parts[column] = "\n".join(values).encode("utf-8") if any(values) else b""
    return parts


def _newest_first(data: bytes, starts: array[int], sizes: array[int]) -> bytes:
    days = [day_in(data[start : start + size]) for start, size in zip(starts, sizes, strict=True)]
    return array("I", sorted(range(len(days)), key=days.__getitem__, reverse=True)).tobytes()


def _having(data: bytes, member: str, starts: array[int], start: int, end: int) -> bytes:
    """The numbers of the documents of a table that have a member."""
    places = (found.start() for found in re.finditer(b'"%s": ' % member.encode("ascii"), memoryview(data)[start:end]))
    rows = dict.fromkeys(bisect_right(starts, start + place) - 1 for place in places)
    return array("I", rows).tobytes()


def _write_pack(
    handle: int,
    data: bytes,
    head: bytes,
    meta: dict[str, Any],
    regions: dict[str, tuple[int, int]],
    packed: dict[str, dict[str, bytes] | None],
) -> None:
    """The bytes of the file, whose places are the same in both, the parts of its tables, what is where, and a foot."""
    at = len(data)
    tables: dict[str, list[Any]] = {}
    for name, (start, end) in regions.items():
        parts: dict[str, bytes] = packed[name] or {}
        places = {}
        for part, content in parts.items():
            places[part] = at, at + len(content), zlib.crc32(content)
            at += len(content)
        checksum = zlib.crc32(memoryview(data)[start:end])
        tables[name] = [start, end, checksum, (len(parts["ids"]) + 1) // STEP if parts else 0, places]
    about = {"size": len(data), "head": str(head, "utf-8"), "meta": meta, "tables": tables}
    told = json.dumps(about).encode()
    with os.fdopen(os.dup(handle), "wb") as file:
        file.write(data)
        for each in packed.values():
            file.writelines((each or {}).values())
        file.write(told)
        file.write(b"%016x %08x %s" % (at, zlib.crc32(told), _MAGIC))
