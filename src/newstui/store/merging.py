"""What becomes of a library when other versions of its documents come in: one rule for files and libraries alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newstui.store.memory import FILE_OF_TABLE, GRAVES, Memory
from newstui.store.revisions import Document, bury, elements, is_grave, merge, stamp
from newstui.store.snapshot import Lines, Snapshot

Changes = dict[tuple[str, str], Document | None]
"""Documents by table and id as they become; None where there will be none."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: documents that are new here, changed, deleted; `doubled` have the notes of both sides."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        words = f"{self.added} new, {self.changed} changed, {self.deleted} deleted"
        return f"{words}, and in {self.doubled} the notes of both are kept" if self.doubled else words


def stamp_changes(memory: Memory, wanted: Mapping[tuple[str, str], Document | None], device: str, now: str) -> Changes:
    """The changes a user asked for with their bookkeeping: revisions, and tombstones for what is deleted."""
    changes: Changes = {}
    for (table, id_), document in wanted.items():
        living, grave = memory.document(table, id_), memory.document(GRAVES, id_)
        if document is not None:
            changes[table, id_] = stamp(document, living or grave, device, now)
            if grave is not None:
                changes[GRAVES, id_] = None
        elif living is not None:
            changes[table, id_] = None
            changes[GRAVES, id_] = bury(table, living, device, now)
    return changes


def merge_document(memory: Memory, table: str, id_: str, theirs: Document, base: Document | None = None) -> Changes:
    """What another version of a document, or its tombstone, changes here."""
    home = str(theirs.get("table")) if table == GRAVES else table
    if home not in memory.lines or home == GRAVES:
        return {}
    living, grave = memory.document(home, id_), memory.document(GRAVES, id_)
    ours = living if living is not None else grave
    if ours is None:
        return {(table, id_): theirs}
    merged = merge(ours, theirs, base, table=home)
    if merged == ours:
        return {}
    if is_grave(merged):
        return {(home, id_): None, (GRAVES, id_): merged} if living is not None else {(GRAVES, id_): merged}
    return {(home, id_): merged, (GRAVES, id_): None} if grave is not None else {(home, id_): merged}


def restamp(changes: Changes, known: Document | None, device: str, now: str) -> Changes:
    """A change in which another program, which knows no revisions, has a part, as if this device had made it.

    Args:
        changes: of one document, merged.
        known: the version that newstui had.
        device: of this machine.
        now: the time.
    """
    return {
        key: one
        if one is None or key[0] == GRAVES
        else stamp(one, {**(known or {}), "rev": one.get("rev")}, device, now)
        for key, one in changes.items()
    }


def iter_versions(snapshot: Snapshot) -> Iterable[tuple[str, str, bytes]]:
    """All lines of a file that newstui knows: table, id, JSON."""
    for table, rows in snapshot.tables.items():
        if table in FILE_OF_TABLE:
            yield from ((table, id_, line) for id_, line in rows.items())
    yield from (one for one in snapshot.twice if one[0] in FILE_OF_TABLE)


def merge_lines(memory: Memory, versions: Iterable[tuple[str, str, bytes]]) -> Changes:
    """What the lines of another library, or of another version of a file, change here."""
    changes: Changes = {}
    trial = Trial(memory)
    for table, id_, line in versions:
        if trial.line(table, id_) != line:
            found = merge_document(trial, table, id_, json.loads(line))
            trial.take(found)
            changes |= found
    return changes


class Trial(Memory):
    """Memory as it would be after changes that are not made yet."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory.folder)
        self.lines = memory.lines
        self._changed: Changes = {}

    def document(self, table: str, id_: str) -> Document | None:
        """The document as it would be."""
        if (table, id_) in self._changed:
            return self._changed[table, id_]
        return super().document(table, id_)

    def line(self, table: str, id_: str) -> bytes | None:
        """The line that is not changed yet."""
        return None if (table, id_) in self._changed else self.lines[table].get(id_)

    def take(self, changes: Changes) -> None:
        """Count with these changes."""
        self._changed |= changes


def merge_outside(
    memory: Memory, theirs: Snapshot, base: Mapping[str, Lines], device: str, now: str
) -> tuple[Changes, int]:
    """What another program made of a file since it was read; what is missing there was not deleted.

    Args:
        memory: what is here.
        theirs: the file as it is now.
        base: its tables as they were read.
        device: of this machine, for versions that do not say who made them.
        now: the time, for them.

    Returns:
        What changes here, and how many documents both sides had changed.
    """
    changes: Changes = {}
    both = 0
    trial = Trial(memory)
    for table, id_, line in iter_versions(theirs):
        known = base.get(table, {}).get(id_)
        if line == known or line == memory.lines[table].get(id_):
            continue
        document, before = json.loads(line), None if known is None else json.loads(known)
        both += known is not None and memory.lines[table].get(id_) != known
        found = merge_document(trial, table, id_, document, before)
        if table != GRAVES and before is not None and document.get("rev") == before.get("rev"):
            found = restamp(found, trial.document(table, id_), device, now)
        trial.take(found)
        changes |= found
    return changes, both


def report(memory: Memory, changes: Changes) -> MergeReport:
    """How many documents changes will add, change and delete, counted before they are made."""
    real = {key: found for key, found in changes.items() if key[0] != GRAVES}
    known = {key: memory.document(*key) for key in real}
    doubled = sum(found is not None and _notes(found) > max(1, _notes(known[key] or {})) for key, found in real.items())
    added = sum(known[key] is None and found is not None for key, found in real.items())
    deleted = sum(found is None and known[key] is not None for key, found in real.items())
    return MergeReport(added, len(real) - added - deleted, deleted, doubled)


def _notes(document: Mapping[str, object]) -> int:
    return sum(name.startswith("commenting:") for name in elements(document))
