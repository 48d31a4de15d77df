"""What the disk holds, in memory: each document as the bytes of its line, and as a record once it is asked for.

A library of a hundred thousand articles is opened in the time it takes to split its files into lines.
"""

from __future__ import annotations

import contextlib
import gc
import json
import threading
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from newstui.errors import LibraryDamagedError
from newstui.model import Annotation, Article, Heads, Record
from newstui.store.codec import KIND_OF_TABLE, TABLES, Document, decode
from newstui.store.heads import read_heads
from newstui.store.lines import article_in, iter_articles, member_in
from newstui.store.packed import PackedLines, copied, lines_of, may_differ
from newstui.store.prints import article_print, article_prints
from newstui.store.snapshot import CHUNK, Lines
from newstui.store.spots import Spots

R = TypeVar("R", bound=Record)
Place = tuple[int, int, str]

GRAVES = "deleted"
"""The table of tombstones; they are no records."""
FILE_OF_TABLE = {table: file for file, table in TABLES.values()} | {GRAVES: "annotations.json"}

_TAGGING = b'"purpose": "tagging"'


def _place(annotation: Annotation) -> Place:
    """Sorts annotations in the order of the text, the wider first."""
    position = annotation.target.position
    return position.start, -position.end, annotation.id


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Spare the collector thousands of new objects of which none is garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Memory:
    """Lines and records by table and id; `lock` is held for moments only, never while the disk works.

    Args:
        folder: of the library, for what is said about a document that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.folder = folder
        self.lines: dict[str, Lines] = {table: {} for table in FILE_OF_TABLE}
        self._records: dict[type[Any], dict[str, Any]] = {kind: {} for kind in TABLES}
        self._sorted: dict[type[Any], list[Any]] = {}
        self._parsed: dict[bytes, Document] | None = None
        self._of_article: dict[str, dict[str, None]] | None = None
        self._columns: dict[tuple[str, str], dict[str, str]] = {}
        self._newest: list[str] | None = None
        """The ids of the articles, the last published first, until one changes: a filter asks at each letter."""
        self._ordered: dict[str, list[Place]] = {}
        """The annotations of the articles that were asked for, kept in order from then on."""
        self._heads: tuple[str, Heads] = ("", Heads())
        """The heads that were asked for last, until an annotation changes: the list asks, then the reader."""

    def __len__(self) -> int:
        return sum(map(len, self.lines.values()))

    def document(self, table: str, id_: str) -> Document | None:
        """A document, if there is one; nobody changes it, for one of a large transaction is shared by its steps."""
        return self.parse(self.lines[table].get(id_))

    def parse(self, line: bytes | None) -> Document | None:
        """The document of a line, once for all that ask during a transaction; nobody changes it."""
        parsed = self._parsed
        if line is None or parsed is None:
            return None if line is None else json.loads(line)
        if line not in parsed:
            parsed[line] = json.loads(line)
        return parsed[line]

    @contextlib.contextmanager
    def parsing_once(self) -> Iterator[None]:
        """Look into each line only once during a transaction; the writer alone enters it, and once at a time."""
        self._parsed = {}
        try:
            with without_collecting():
                yield
        finally:
            self._parsed = None

    def all(self, kind: type[R]) -> Sequence[R]:
        """All records of a kind, in the order of their ids."""
        with self.lock:
            if kind not in self._sorted:
                ids = sorted(self.lines[TABLES[kind][1]])
                with without_collecting():
                    self._read(kind, ids)
                self._sorted[kind] = [self._records[kind][id_] for id_ in ids]
            return self._sorted[kind].copy()

    def ids(self, kind: type[Any]) -> list[str]:
        """The ids of a kind, in order."""
        with self.lock:
            return sorted(self.lines[TABLES[kind][1]])

    def count(self, kind: type[Any]) -> int:
        """How many documents of a kind there are."""
        return len(self.lines[TABLES[kind][1]])

    def column(self, kind: type[Any], member: str) -> Mapping[str, str]:
        """A member that is a text, of every document that has it; kept, and up to date, from then on."""
        table = TABLES[kind][1]
        with self.lock:
            if (table, member) not in self._columns:
                self._columns[table, member] = _read_column(self.lines[table], member)
            return self._columns[table, member]

    def having(self, kind: type[Any], member: str) -> list[str]:
        """The ids of the documents that have a member, in order; a quotation mark inside a text is escaped."""
        name = b'"%s": ' % member.encode("ascii")
        rows = self.lines[TABLES[kind][1]]
        with self.lock:
            known = rows.having(member) if isinstance(rows, PackedLines) else None
            return sorted(known if known is not None else (id_ for id_, line in rows.items() if name in line))

    def newest(self) -> list[str]:
        """The ids of all articles, the last published first, or imported where nobody knows."""
        rows = self.lines[TABLES[Article][1]]
        with self.lock:
            if self._newest is None and isinstance(rows, PackedLines):
                self._newest = rows.newest()
            if self._newest is None:
                published, added = self.column(Article, "published"), self.column(Article, "added")
                days = {id_: published.get(id_) or added.get(id_, "") for id_ in rows}
                self._newest = sorted(sorted(rows), key=days.__getitem__, reverse=True)
            return self._newest.copy()

    def find(self, kind: type[R], id_: str) -> R | None:
        """The record with this id, if there is one."""
        found: R | None = self._records[kind].get(id_)
        if found is None and id_ in self.lines[TABLES[kind][1]]:
            with self.lock:
                found = self._record(kind, id_)
        return found

    def annotations_of(self, article_id: str) -> Sequence[Annotation]:
        """The annotations of an article, in the order of the text, the wider first."""
        with self.lock:
            if article_id not in self._ordered:
                found = self._ids_on(article_id)
                with without_collecting():
                    self._read(Annotation, found)
                    self._ordered[article_id] = sorted(_place(self._records[Annotation][id_]) for id_ in found)
            known = self._records[Annotation]
            return [known.get(id_) or self._record(Annotation, id_) for _, _, id_ in self._ordered[article_id]]

    def heads_of(self, article_id: str) -> Heads:
        """The heads of the annotations of an article, in the order of the text; makes no records."""
        with self.lock, without_collecting():
            if self._heads[0] != article_id:
                lines = self.lines[TABLES[Annotation][1]]
                heads = read_heads(self._spots_on(article_id), lines, lambda id_: self._record(Annotation, id_))
                self._heads = (article_id, heads)
            return self._heads[1]

    def iter_annotations(self, article_id: str) -> Iterator[Annotation]:
        """The annotations of an article, in the order of the text; for one look at many, so none is kept."""
        return self._iter_passing(self.heads_of(article_id).ids)

    def iter_tagged(self) -> Iterator[Annotation]:
        """The annotations that carry tags, in the order of their ids; none is kept."""
        with self.lock:
            known = list(self.lines[TABLES[Annotation][1]].items())
        return self._iter_passing(sorted(id_ for id_, line in known if _TAGGING in line))

    def _iter_passing(self, ids: Sequence[str]) -> Iterator[Annotation]:
        """Records by id, as far as they are there; those that were not made are made, and not kept."""
        records, lines = self._records[Annotation], self.lines[TABLES[Annotation][1]]
        for id_ in ids:
            line = lines.get(id_)
            if line is not None:
                yield records.get(id_) or self.decode(Annotation, id_, json.loads(line))

    def print_of_annotations(self, article_id: str) -> bytes:
        """What changes with the annotations of an article, without reading them."""
        with self.lock:
            kept = lines_of(self.lines[TABLES[Annotation][1]], sorted(self._ids_on(article_id)))
        digest = blake2b(digest_size=8)
        for first in range(0, len(kept), CHUNK):
            digest.update(b"\n".join(kept[first : first + CHUNK]))
        return digest.digest()

    def article_prints(self) -> dict[str, int]:
        """A number for every article, which changes with its document and those of its annotations."""
        with self.lock:
            return article_prints(self.lines[TABLES[Article][1]], self.lines[TABLES[Annotation][1]])

    def article_print(self, article_id: str) -> int:
        """The number of one article; 0 if it is not there."""
        with self.lock:
            articles, notes = self.lines[TABLES[Article][1]], self.lines[TABLES[Annotation][1]]
            return article_print(articles, notes, article_id, self._ids_on(article_id))

    def count_annotations(self) -> dict[str, int]:
        """How many annotations each article has that has any."""
        with self.lock:
            rows = self.lines[TABLES[Annotation][1]]
            counts = rows.base.count_sources() if isinstance(rows, PackedLines) else Counter()
            if isinstance(rows, PackedLines):
                counts.subtract(article_in(line) for line in rows.replaced())
            counts.update({article: len(ids) for article, ids in self._annotated().items()})
            return {article: count for article, count in counts.items() if count}

    def put(self, table: str, id_: str, line: bytes | None, record: Any = None) -> None:
        """Give an id another line, or none; the caller holds `lock` if others read meanwhile."""
        kind = KIND_OF_TABLE.get(table)
        for (of, member), column in self._columns.items():
            if of == table:
                value = None if line is None else member_in(line, member)
                if value is None:
                    column.pop(id_, None)
                else:
                    column[id_] = value
        if kind is Article:
            self._newest = None
        if kind is Annotation:
            self._heads = ("", Heads())
            self._move(id_, line, record)
        if kind is not None:
            self._sorted.pop(kind, None)
            self._records[kind].pop(id_, None)
        if line is None:
            self.lines[table].pop(id_, None)
            return
        self.lines[table][id_] = line
        if kind is not None and record is not None:
            self._records[kind][id_] = record

    def _move(self, id_: str, line: bytes | None, record: Any) -> None:
        """Keep the annotations of an article in order; what stays in its place costs nothing."""
        known = self.lines[TABLES[Annotation][1]].get(id_)
        old, new = (None if found is None else article_in(found) for found in (known, line))
        if self._of_article is not None:
            if old is not None:
                self._of_article.get(old, {}).pop(id_, None)
            if new is not None:
                self._of_article.setdefault(new, {})[id_] = None
        if old in self._ordered:
            before = _place(self._record(Annotation, id_))
            if old == new and record is not None and _place(record) == before:
                return
            places = self._ordered[old]
            del places[bisect_left(places, before)]
        if new in self._ordered:
            after = record if record is not None else self.decode(Annotation, id_, json.loads(line or b"null"))
            insort(self._ordered[new], _place(after))

    def tables_of(self, file: str) -> dict[str, Lines]:
        """The tables of a file as they are now, to be written while others go on."""
        with self.lock:
            return {table: copied(self.lines[table]) for table, where in FILE_OF_TABLE.items() if where == file}

    def differing(self, other: Mapping[str, Lines]) -> list[tuple[str, str]]:
        """What is not the same there: added, changed or gone."""
        return [
            (table, id_)
            for table, lines in other.items()
            for id_ in may_differ(self.lines[table], lines)
            if lines.get(id_) != self.lines[table].get(id_)
        ]

    def decode(self, kind: type[Any], id_: str, document: Document) -> Any:
        """The record of a document.

        Raises:
            LibraryDamagedError: it is none of this kind.
        """
        try:
            return decode(kind, id_, document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            file, table = TABLES[kind]
            raise LibraryDamagedError(
                f"{self.folder / file}: {table} {id_!r} cannot be read ({error!r}); nothing was changed."
            ) from error

    def _read(self, kind: type[Any], ids: Sequence[str]) -> None:
        """Make records of all documents that are none yet; many lines at a time are read in half the time."""
        records, lines = self._records[kind], self.lines[TABLES[kind][1]]
        missing = [id_ for id_ in ids if id_ not in records]
        for first in range(0, len(missing), CHUNK):
            part = missing[first : first + CHUNK]
            documents = json.loads(str(b"[%s]" % b",".join(lines_of(lines, part)), "utf-8"))
            records.update((id_, self.decode(kind, id_, found)) for id_, found in zip(part, documents, strict=True))

    def _record(self, kind: type[Any], id_: str) -> Any:
        records = self._records[kind]
        found = records.get(id_)
        if found is None:
            found = records[id_] = self.decode(kind, id_, json.loads(self.lines[TABLES[kind][1]][id_]))
        return found

    def _ids_on(self, article_id: str) -> list[str]:
        """The annotations on an article, in no order that means anything."""
        rows, own = self.lines[TABLES[Annotation][1]], self._annotated().get(article_id, ())
        base = rows.on(article_id) if isinstance(rows, PackedLines) else ()
        return [*base, *own]

    def _spots_on(self, article_id: str) -> Spots:
        """Where the annotations on an article are, in the order of their ids."""
        rows, own = self.lines[TABLES[Annotation][1]], sorted(self._annotated().get(article_id, ()))
        spots = rows.spots_on(article_id) if isinstance(rows, PackedLines) else Spots()
        mixed = bool(spots.ids and own)
        for first in range(0, len(own), CHUNK):
            part = own[first : first + CHUNK]
            for id_, line in zip(part, lines_of(rows, part), strict=True):
                spots.add(line, id_)
        return spots.ordered() if mixed else spots

    def _annotated(self) -> dict[str, dict[str, None]]:
        """The ids of the annotations of each article; of a table that is packed only those that have changed."""
        if self._of_article is None:
            rows = self.lines[TABLES[Annotation][1]]
            found: dict[str, dict[str, None]] = {}
            living = rows.living() if isinstance(rows, PackedLines) else rows.items()
            for id_, article in iter_articles(living):
                found.setdefault(article, {})[id_] = None
            self._of_article = found
        return self._of_article


def _read_column(rows: Lines, member: str) -> dict[str, str]:
    """A member that is a text, of every document that has it."""
    kept = rows.base.column(member) if isinstance(rows, PackedLines) else None
    if kept is None or not isinstance(rows, PackedLines):
        found = ((id_, member_in(line, member)) for id_, line in rows.items())
        return {id_: value for id_, value in found if value is not None}
    changed = ((id_, line and member_in(line, member)) for id_, line in tuple(rows.changed.items()))
    column = {id_: value for id_, value in zip(rows.base.ids(), kept, strict=False) if value}
    for id_, value in changed:
        column.pop(id_, None)
        if value:
            column[id_] = str(value)
    return column
