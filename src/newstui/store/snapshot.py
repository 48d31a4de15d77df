"""A JSON file of the library as TinyDB reads it, one document a line: a diff shows notes, and documents stay bytes.

A file holds tables, tables hold documents by id, and both are sorted. The first table, `_meta`, holds the schema, up to
which number of each device's journal the rest has everything, and the CRC-32 of all bytes behind `_meta`. While that
fits, no line is looked into before it is needed; where it does not, another program wrote the file, git merged it line
by line, or the disk is rotten, and every line is read.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newstui.errors import LibraryDamagedError
from newstui.store import disk
from newstui.store.packed import lines_of

Lines = MutableMapping[str, bytes]
"""Documents of a table as JSON, by id."""

CHUNK = 2000
"""Lines written at a time, so that other threads get their turn."""


@dataclass(slots=True)
class Snapshot:
    """What a file holds.

    `twice` are further versions of documents that came before (of union merges), `unreadable` the ids of lines that are
    damaged, and `sound` says that the file is as newstui wrote it, `ragged` that it is no JSON, only lines of it.
    """

    tables: dict[str, Lines]
    meta: dict[str, Any] = field(default_factory=dict)
    twice: list[tuple[str, str, bytes]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    sound: bool = False
    ragged: bool = False


def dump_document(document: Mapping[str, Any]) -> bytes:
    """The JSON of a document, members sorted.

    Raises:
        ValueError, TypeError: it holds what JSON cannot, NaN, infinity, or a lone surrogate.
    """
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half a character (U+{ord(error.object[error.start]):04X}) cannot be kept") from error
    except ValueError as error:
        raise ValueError("a number that is not finite, or a value inside itself, cannot be kept") from error


def iter_snapshot(tables: Mapping[str, Lines], meta: Mapping[str, Any]) -> Iterator[bytes]:
    """The bytes of a file, in chunks.

    Args:
        tables: all but `_meta`.
        meta: the document of `_meta`; the checksum is added.
    """
    crc = 0
    for chunk in _iter_tables(tables):
        crc = zlib.crc32(chunk, crc)
    yield b'{\n"_meta": {\n"1": %s\n},\n' % dump_document({**meta, "crc32": f"{crc:08x}"})
    yield from _iter_tables(tables)


def _iter_tables(tables: Mapping[str, Lines]) -> Iterator[bytes]:
    names = sorted(tables)
    for name in names:
        end = b"},\n" if name != names[-1] else b"}\n"
        rows = tables[name]
        if not rows:
            yield b"%s: {%s" % (dump_key(name), end)
            continue
        yield b"%s: {\n" % dump_key(name)
        ids = sorted(rows)
        for first in range(0, len(ids), CHUNK):
            some = ids[first : first + CHUNK]
            lines = zip(some, lines_of(rows, some), strict=True)
            part = b",\n".join([b"%s: %s" % (dump_key(id_), line) for id_, line in lines])
            yield part + (b",\n" if first + CHUNK < len(ids) else b"\n")
        yield end
    yield b"}\n"


def dump_key(name: str) -> bytes:
    """The JSON of a table's name or of an id."""
    return json.dumps(name).encode("ascii")


def is_as_written(path: Path) -> bool:
    """Whether the bytes of a file still have the checksum in its head; reads all of it, and keeps none."""
    checksum = 0
    try:
        with path.open("rb") as file:
            head = HEAD.match(file.read(LONGEST_HEAD))
            if head is None:
                return False
            file.seek(head.end())
            while piece := file.read(PART):
                checksum = zlib.crc32(piece, checksum)
    except OSError:
        return False
    return (_parse_document(head.group(1)) or {}).get("crc32") == f"{checksum:08x}"


def load_snapshot(path: Path) -> Snapshot | None:
    """Read a file; None where there is none.

    Raises:
        LibraryDamagedError: it is empty or not in this shape.
        OSError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    return parse_snapshot(data, path)


def parse_snapshot(data: bytes, where: Path) -> Snapshot:
    """What the bytes of a file hold.

    Raises:
        LibraryDamagedError: they are empty or not in this shape.
    """
    if not data[:1000].strip():
        raise LibraryDamagedError(f"{where} is empty{_LEFT}")
    found = _parse_sound(data)
    if found is None:
        found = _parse_lines(data)
        if found is None:
            found = _parse_foreign(data, where)
        else:
            found.ragged = _parse_document(data) is None
        _read_every_line(found)
    return found


_LEFT = "; it was left as it is: put back a copy of it, or move it away and start anew."


HEAD = re.compile(rb'\{\n"_meta": \{\n"1": (\{.*\})\n\},\n')
_TABLE = re.compile(rb'"([^"\\]+)": \{(\},?)?\n')
_ROW = re.compile(rb'^"([^"\\]+)": (\{.*\}),?$', re.MULTILINE)
LONGEST_HEAD = 1 << 16
PART = 1 << 20
"""Bytes that are looked through at a time."""
_END = re.compile(rb"\n\}")


def _parse_sound(data: bytes) -> Snapshot | None:
    """Tables of a file that is as newstui wrote it, without looking into any line; None if it is not."""
    head = HEAD.match(data)
    if head is None:
        return None
    meta = _parse_document(head.group(1)) or {}
    if meta.get("crc32") != f"{zlib.crc32(memoryview(data)[head.end() :]):08x}":
        return None
    found = Snapshot({}, meta, sound=True)
    for name, (start, end) in find_tables(data, head.end()).items():
        rows = parse_rows(data, start, end)
        if rows is None:
            return None
        found.tables[name] = rows
    return found


def find_tables(data: bytes, at: int) -> dict[str, tuple[int, int]]:
    """Where the rows of each table of a sound file begin and end.

    Args:
        data: the file.
        at: where the first table begins.
    """
    places = {}
    while table := _TABLE.match(data, at):
        start = end = at = table.end()
        if not table.group(2):
            closing = _END.search(data, at)  # thrice as fast as `find`
            end = closing.start() + 1 if closing else at
            at = data.find(b"\n", end) + 1
        places[str(table.group(1), "ascii")] = start, end
    return places


def iter_rows(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The id of each row of a table, and where its document begins and ends."""
    return ((row.group(1), *row.span(2)) for row in _ROW.finditer(data, start, end))


def parse_rows(data: bytes, start: int, end: int) -> dict[str, bytes] | None:
    """The rows of a table; None if one has an escape in its id."""
    rows: dict[str, bytes] = {}
    for part, after in _iter_parts(data, start, end):
        rows |= {str(id_, "ascii"): line for id_, line in _ROW.findall(data, part, after)}
    size = sum(map(len, rows)) + sum(map(len, rows.values())) + len(rows) * len('"": ,\n') - 1
    return rows if size == end - start or not rows else None


def _iter_parts(data: bytes, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of whole lines, so that what is found in all of them need not be held at once."""
    while at < end:
        after = data.find(b"\n", min(at + PART, end - 1)) + 1
        yield at, after
        at = after


_LINE = re.compile(rb'("(?:[^"\\]|\\.)*"): (.*?),*\s*')
_BRACE = re.compile(rb"(\{|\}),*\s*")
_NOTHING = re.compile(rb"\s*|(<{7}|={7}|>{7}|\|{7}).*")
"""What says nothing: an empty line, and the marks that git puts around a conflict."""


def _parse_lines(data: bytes) -> Snapshot | None:
    """Tables of a file with one document a line, as newstui writes them or as a union merge leaves them.

    None if it is in another shape, or does not end as it should: then nobody knows what is missing.
    """
    lines = [line for line in data.split(b"\n") if not _NOTHING.fullmatch(line)]
    if not lines or lines[0].strip() != b"{":
        return None
    found = Snapshot({})
    name, closed = "", False
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            brace = _BRACE.fullmatch(line)
            if brace is None:
                return None
            if brace.group(1) == b"}":
                name, closed = "", not name
            continue
        closed = False
        key, value = _unquoted(match.group(1)), match.group(2)
        if value in (b"{", b"{}"):
            name = key if value == b"{" else name
            found.tables.setdefault(key, {})
        elif not name or (key == "1" and b'"schema": ' in value):  # a union merge has put it there
            found.twice.append(("_meta" if key == "1" else name, key, value))
        elif found.tables[name].setdefault(key, value) != value:
            found.twice.append((name, key, value))
    if not closed:
        return None
    _take_meta(found)
    return found


def _unquoted(quoted: bytes) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return str(quoted[1:-1], "utf-8", "replace")


def _take_meta(found: Snapshot) -> None:
    """Take `_meta` out of the tables; of two, as a union merge leaves them, nothing is taken for folded that is not."""
    versions = [value for table, _, value in found.twice if table == "_meta"]
    found.twice = [one for one in found.twice if one[0] != "_meta"]
    for value in [*found.tables.pop("_meta", {}).values(), *versions]:
        try:
            meta = json.loads(value)
        except ValueError:
            continue
        if not isinstance(meta, dict):
            continue
        if found.meta:
            both = found.meta.get("folded", {}), meta.get("folded", {})
            schemas = [one.get("schema", 1) for one in (found.meta, meta)]
            found.meta |= {
                "folded": {device: min(both[0][device], both[1][device]) for device in both[0].keys() & both[1].keys()},
                "schema": max(schemas) if all(isinstance(one, int) for one in schemas) else schemas[0],
            }
            found.meta.pop("crc32", None)
        else:
            found.meta = meta


def _parse_foreign(data: bytes, where: Path) -> Snapshot:
    """Tables of a file that another program wrote, TinyDB itself for one."""
    try:
        tables = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise LibraryDamagedError(f"{where} cannot be read ({error}){_LEFT}") from error
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise LibraryDamagedError(f"{where} is not a newstui file{_LEFT}")
    meta = tables.pop("_meta", {}).get("1", {})
    found = Snapshot({}, meta if isinstance(meta, dict) else {})
    for name, table in tables.items():
        rows = found.tables.setdefault(name, {})
        for id_, document in table.items():
            if isinstance(document, dict):
                rows[id_] = dump_document(document)
            else:
                found.unreadable.append((name, id_))
    return found


def _read_every_line(found: Snapshot) -> None:
    """Leave out the lines that are no document, and put those that a union merge moved back to their tables."""
    every = [(name, id_, line) for name, rows in found.tables.items() for id_, line in rows.items()] + found.twice
    found.tables, found.twice = {name: {} for name in found.tables}, []
    for name, id_, line in every:
        document = _parse_document(line)
        home = _home(document, name) if document is not None else name
        rows = found.tables.setdefault(home, {})
        if document is None or not home:
            found.unreadable.append((home, id_))
        elif id_ not in rows:
            rows[id_] = line
        elif rows[id_] != line:
            found.twice.append((home, id_, line))
    found.tables.pop("", None)


_HOMES = (
    ("action", "entities"),
    ("target", "annotations"),
    ("table", "deleted"),
    ("query", "searches"),
    ("text", "articles"),
)
"""A member that only the documents of a table have."""


def _home(document: Mapping[str, Any], table: str) -> str:
    """The table a document belongs to: the one it is in, unless that is one of newstui's for another kind."""
    if table and (table not in _OURS or any(home == table and member in document for member, home in _HOMES)):
        return table
    kind = next((home for member, home in _HOMES if member in document), "tags" if "name" in document else "")
    return kind or table


_OURS = frozenset({"annotations", "articles", "deleted", "entities", "searches", "tags"})


def _parse_document(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_snapshot(path: Path, tables: Mapping[str, Lines], meta: Mapping[str, Any]) -> None:
    """Replace a file whole; raises what `disk.write_whole` raises."""
    disk.write_whole(path, iter_snapshot(tables, meta))
