"""A TinyDB storage that replaces its file whole, one document a line, so that a diff shows notes and grep works."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from newstui.errors import LibraryDamagedError
from newstui.store import disk

Tables = dict[str, dict[str, Any]]


def dump_tables(tables: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The bytes of a file: tables, documents and members sorted, one document on a line.

    Raises:
        ValueError, TypeError: a value JSON cannot hold, NaN, infinity or a lone surrogate.
    """
    parts = []
    for table in sorted(tables):
        rows = ",\n".join(
            f"{json.dumps(id_)}: {json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True)}"
            for id_, document in sorted(tables[table].items())
        )
        parts.append(f"{json.dumps(table)}: {{\n{rows}\n}}" if rows else f"{json.dumps(table)}: {{}}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def parse_tables(data: bytes, where: Path) -> Tables:
    """The tables of a file.

    Raises:
        LibraryDamagedError: it is empty or not in this shape.
    """
    try:
        tables = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        found = "is empty" if not data.strip() else f"cannot be read ({error})"
        raise LibraryDamagedError(
            f"{where} {found}; it was left as it is: put back a copy of it, or move it away and start anew."
        ) from error
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise LibraryDamagedError(f"{where} is not a newstui file; it was left as it is: put back a copy of it.")
    return tables


class WholeFileStorage(Storage):
    """TinyDB's `Storage` over one file, written through `disk.write_whole`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Tables | None:
        """All tables, or None where there is no file."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return parse_tables(data, self.path)

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace all tables; raises what `disk.write_whole` raises."""
        disk.write_whole(self.path, dump_tables({table: dict(rows) for table, rows in data.items()}))
