"""A table of very many documents in a file: none of them is in memory before it is asked for.

The file is newstui's own copy (`store/packing.py`), for another program may write over the library's at any moment.
"""

from __future__ import annotations

import os
import weakref
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path

from newstui.errors import LibraryDamagedError
from newstui.store.lines import day_in
from newstui.store.spots import Spots

WIDTH = 26
"""Characters of an id; a table with others is not packed."""
STEP = WIDTH + 1
TOGETHER = 500
"""Documents read at once where all are read."""

Part = tuple[int, int, int]
"""Where a part begins and ends, and its CRC-32."""


class PackFile:
    """A file that is read in pieces.

    Args:
        path: of it.

    Raises:
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._handle)  # lines may be asked for as long as somebody has a table of it
        self.size = os.fstat(self._handle).st_size

    def read(self, start: int, end: int) -> bytes:
        """A piece as it is."""
        return os.pread(self._handle, end - start, start)

    def checked(self, start: int, end: int, checksum: int) -> bytes:
        """A piece with this CRC-32.

        Raises:
            LibraryDamagedError: it has another; the file is removed, so that the next start makes it anew.
        """
        found = self.read(start, end)
        if zlib.crc32(found) != checksum:
            self.path.unlink(missing_ok=True)
            raise LibraryDamagedError(
                f"{self.path}, a copy that newstui keeps beside the library, was damaged and is removed now; "
                "nothing is lost: start newstui again."
            )
        return found


class Packed:
    """Documents in the order of their ids, as they were when the file was made; nothing changes them.

    Args:
        file: where they lie.
        count: of documents.
        parts: where in the file each part lies: `ids`, `starts`, `sizes` and `sums` of the lines; `sources` and
            `by_source`, the articles that annotations are on, in their order, with the numbers of the annotations;
            `span_starts`, `span_ends` and `colors`, what `read_spot` says of these;
            `newest`, the numbers of the articles, the last published first; and columns.
    """

    def __init__(self, file: PackFile, count: int, parts: Mapping[str, Part]) -> None:
        self.count = count
        self._file = file
        self._parts = parts

    def _numbers(self, part: str) -> array[int]:
        found = array("I")
        found.frombytes(self._file.checked(*self._parts[part]))
        return found

    @cached_property
    def _ids(self) -> bytes:
        return self._file.checked(*self._parts["ids"])

    @cached_property
    def _starts(self) -> array[int]:
        return self._numbers("starts")

    @cached_property
    def _sizes(self) -> array[int]:
        return self._numbers("sizes")

    @cached_property
    def _sums(self) -> array[int]:
        return self._numbers("sums")

    @cached_property
    def _sources(self) -> bytes:
        return self._file.checked(*self._parts["sources"])

    @cached_property
    def _by_source(self) -> array[int]:
        return self._numbers("by_source")

    @cached_property
    def _span_starts(self) -> array[int]:
        return self._numbers("span_starts")

    @cached_property
    def _span_ends(self) -> array[int]:
        return self._numbers("span_ends")

    @cached_property
    def _colors(self) -> bytes:
        return self._file.checked(*self._parts["colors"])

    def _source_at(self, at: int) -> bytes:
        return self._sources[at * STEP : at * STEP + WIDTH]

    def _find(self, names: bytes, id_: str) -> tuple[int, bytes]:
        """The first place in some names that is not before an id, and the id as they have it."""
        wanted = id_.encode("ascii", "replace")
        return bisect_left(range(self.count), wanted, key=lambda at: names[at * STEP : at * STEP + WIDTH]), wanted

    def ids(self) -> list[str]:
        """All ids, in order."""
        return str(self._ids, "ascii").split("\n")

    def row(self, id_: str) -> int | None:
        """The number of a document, if it is there."""
        row, wanted = self._find(self._ids, id_)
        return row if self._ids[row * STEP : row * STEP + WIDTH] == wanted else None

    def id_at(self, row: int) -> str:
        """The id of a document by its number."""
        return str(self._ids[row * STEP : row * STEP + WIDTH], "ascii")

    def line(self, row: int) -> bytes:
        """A document by its number; raises what `PackFile.checked` does."""
        start = self._starts[row]
        return self._file.checked(start, start + self._sizes[row], self._sums[row])

    def lines(self, rows: Sequence[int]) -> list[bytes]:
        """Documents by their numbers; raises what `PackFile.checked` does."""
        found, starts, sizes, sums = [], self._starts, self._sizes, self._sums
        first = 0
        while first < len(rows):
            last = first
            while last + 1 < len(rows) and rows[last + 1] == rows[last] + 1 and last - first < TOGETHER:
                last += 1
            begin = starts[rows[first]]
            piece = self._file.read(begin, starts[rows[last]] + sizes[rows[last]])
            for row in rows[first : last + 1]:
                at = starts[row] - begin
                line = piece[at : at + sizes[row]]
                found.append(line if zlib.crc32(line) == sums[row] else self.line(row))
            first = last + 1
        return found

    def iter_lines(self) -> Iterator[bytes]:
        """All documents in turn."""
        for first in range(0, self.count, TOGETHER):
            yield from self.lines(range(first, min(first + TOGETHER, self.count)))

    def column(self, name: str) -> list[str] | None:
        """A member that is a text, of each document in turn, "" where there is none; None if it is not kept.

        Empty if no document has it.
        """
        if name not in self._parts:
            return None
        text = str(self._file.checked(*self._parts[name]), "utf-8")
        return text.split("\n") if text else []

    def newest(self) -> Sequence[int] | None:
        """The numbers of the documents, the last published first, if that is kept."""
        return self._numbers("newest") if "newest" in self._parts else None

    def on(self, article_id: str) -> list[int]:
        """The numbers of the annotations on an article."""
        if "sources" not in self._parts:
            return []
        first, wanted = self._find(self._sources, article_id)
        behind = bisect_right(range(self.count), wanted, first, key=self._source_at)
        return self._by_source[first:behind].tolist()

    def spots(self, rows: Sequence[int]) -> Spots:
        """Where annotations are, by their numbers."""
        starts, ends, colors = self._span_starts, self._span_ends, self._colors
        return Spots(
            [self.id_at(row) for row in rows],
            array("I", [starts[row] for row in rows]),
            array("I", [ends[row] for row in rows]),
            bytearray(colors[row] for row in rows),
        )

    def count_sources(self) -> Counter[str]:
        """How many annotations there are on each article that has any."""
        sources = str(self._sources, "ascii").split("\n") if "sources" in self._parts else []
        return Counter({article: len(list(same)) for article, same in groupby(sources)})

    def having(self, member: str) -> Sequence[int] | None:
        """The numbers of the documents that have a member, if that is kept."""
        return self._numbers(f"having {member}") if f"having {member}" in self._parts else None

    def sums(self) -> Iterator[tuple[str, int]]:
        """The id and the CRC-32 of each document."""
        return zip(self.ids(), self._sums, strict=True)

    def sums_on(self) -> Iterator[tuple[str, str, int]]:
        """The id of each annotation, the article it is on, and its CRC-32."""
        ids = self.ids()
        sources = str(self._sources, "ascii").split("\n") if "sources" in self._parts else []
        for source, row in zip(sources, self._by_source if sources else (), strict=True):
            yield ids[row], source, self._sums[row]

    def is_same(self, other: Packed) -> bool:
        """Whether both hold the same documents."""
        return self._ids == other._ids and self._sums == other._sums


class _Items(ItemsView[str, bytes]):
    """Documents of a table one after the other, without looking each up."""

    _mapping: PackedLines

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        base, changed = self._mapping.base, dict(self._mapping.changed)
        for id_, line in zip(base.ids(), base.iter_lines(), strict=True):
            if id_ not in changed:
                yield id_, line
        yield from ((id_, line) for id_, line in changed.items() if line is not None)


class PackedLines(MutableMapping[str, bytes]):
    """Documents of a table as JSON by id: those of a file, and over them what has `changed` since, None for gone."""

    def __init__(self, base: Packed, changed: dict[str, bytes | None] | None = None) -> None:
        self.base = base
        self.changed = changed if changed is not None else {}

    def copy(self) -> PackedLines:
        """The same, so that changes of one are none of the other."""
        return PackedLines(self.base, dict(self.changed))

    def __getitem__(self, id_: str) -> bytes:
        if id_ in self.changed:
            line = self.changed[id_]
        else:
            row = self.base.row(id_)
            line = None if row is None else self.base.line(row)
        if line is None:
            raise KeyError(id_)
        return line

    def __setitem__(self, id_: str, line: bytes) -> None:
        self.changed[id_] = line

    def __delitem__(self, id_: str) -> None:
        if id_ not in self:
            raise KeyError(id_)
        self.changed[id_] = None

    def __contains__(self, id_: object) -> bool:
        if id_ in self.changed:
            return self.changed[str(id_)] is not None
        return isinstance(id_, str) and self.base.row(id_) is not None

    def __iter__(self) -> Iterator[str]:
        changed = dict(self.changed)
        ids = self.base.ids()
        yield from ids if not changed else (id_ for id_ in ids if id_ not in changed)
        yield from (id_ for id_, line in changed.items() if line is not None)

    def __len__(self) -> int:
        known = [(self.base.row(id_) is not None, line is not None) for id_, line in tuple(self.changed.items())]
        return self.base.count + sum(after - before for before, after in known)

    def items(self) -> ItemsView[str, bytes]:
        """All documents."""
        return _Items(self)

    def on(self, article_id: str) -> list[str]:
        """The annotations on an article that have not changed."""
        return [id_ for id_ in map(self.base.id_at, self.base.on(article_id)) if id_ not in self.changed]

    def spots_on(self, article_id: str) -> Spots:
        """Where the annotations on an article are that have not changed, in the order of their ids."""
        rows = self.base.on(article_id)
        if self.changed:
            rows = [row for row in rows if self.base.id_at(row) not in self.changed]
        return self.base.spots(rows)

    def having(self, member: str) -> list[str] | None:
        """The ids of the documents that have a member; None if the file does not say."""
        rows, name = self.base.having(member), b'"%s": ' % member.encode("ascii")
        if rows is None:
            return None
        found = [id_ for id_ in map(self.base.id_at, rows) if id_ not in self.changed]
        return [*found, *(id_ for id_, line in self.living() if name in line)]

    def living(self) -> list[tuple[str, bytes]]:
        """What has changed and is there."""
        return [(id_, line) for id_, line in tuple(self.changed.items()) if line is not None]

    def replaced(self) -> Iterator[bytes]:
        """What stood in the file for what has changed."""
        rows = (self.base.row(id_) for id_ in tuple(self.changed))
        return (self.base.line(row) for row in rows if row is not None)

    def newest(self) -> list[str] | None:
        """The ids of articles, the last published (see `day_in`) first; None if the file does not say."""
        order = self.base.newest()
        if order is None:
            return None
        names, changed = self.base.ids(), dict(self.changed)
        if not changed:
            return [names[row] for row in order]
        kept = [row for row in order if names[row] not in changed]
        fresh: dict[int, list[tuple[str, str]]] = {}
        for id_, line in sorted(changed.items()):
            day = day_in(line) if line is not None else ""

            def is_later(at: int, id_: str = id_, day: str = day) -> bool:
                other = day_in(self.base.line(kept[at]))
                return other < day or (other == day and names[kept[at]] > id_)

            if line is not None:
                fresh.setdefault(bisect_left(range(len(kept)), True, key=is_later), []).append((day, id_))
        found: list[str] = []
        last = 0
        for at, articles in sorted(fresh.items()):
            found += [names[row] for row in kept[last:at]]
            found += [id_ for _, id_ in sorted(articles, key=lambda one: one[0], reverse=True)]
            last = at
        return found + [names[row] for row in kept[last:]]

    def many(self, ids: Sequence[str]) -> list[bytes]:
        """The documents with these ids; those that follow each other are not looked up, and are read together."""
        rows, row, count = [], -1, self.base.count
        for id_ in ids:
            row += 1
            if self.base.id_at(row) != id_:
                at = self.base.row(id_)
                row = count if at is None else at
            rows.append(row)
        found = iter(self.base.lines([row for row in rows if row < count]))
        lines = [next(found) if row < count else b"" for row in rows]
        for at, id_ in enumerate(ids) if self.changed or count in rows else ():
            if rows[at] == count or id_ in self.changed:
                lines[at] = self[id_]
        return lines


def lines_of(rows: MutableMapping[str, bytes], ids: Sequence[str]) -> list[bytes]:
    """The documents with these ids; all are there."""
    return rows.many(ids) if isinstance(rows, PackedLines) else [rows[id_] for id_ in ids]


def may_differ(one: MutableMapping[str, bytes], other: MutableMapping[str, bytes]) -> set[str]:
    """The ids of what may not be the same in both."""
    if isinstance(one, PackedLines) and isinstance(other, PackedLines) and one.base.is_same(other.base):
        return {*one.changed, *other.changed}
    return {*one, *other}


def copied(rows: MutableMapping[str, bytes]) -> MutableMapping[str, bytes]:
    """The same documents, so that changes of one are none of the other."""
    return rows.copy() if isinstance(rows, PackedLines) else dict(rows)
