"""From the files and the journal of a library to what it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from newstui.errors import LibraryDamagedError
from newstui.store.backups import FILES
from newstui.store.files import LibraryFiles
from newstui.store.ids import now
from newstui.store.journal import Entry, Journal
from newstui.store.memory import FILE_OF_TABLE, GRAVES, Memory
from newstui.store.merging import Changes, merge_document, restamp
from newstui.store.packed import copied
from newstui.store.revisions import Document, content
from newstui.store.snapshot import dump_document
from newstui.store.steps import Timeline


@dataclass(slots=True)
class Loaded:
    """What a library holds, what its journal tells, and the files that lag behind.

    `next` is the number of the next entry of this device, `numbers` up to which number of each device's journal memory
    has everything.
    """

    memory: Memory
    timeline: Timeline
    dirty: set[str]
    next: int = 1
    numbers: dict[str, int] = field(default_factory=dict)


def load_library(files: LibraryFiles, journal: Journal) -> Loaded:
    """Read what a library holds; nothing is written but copies of what is damaged.

    Raises:
        LibraryDamagedError: a document or the journal cannot be read.
    """
    memory = Memory(files.folder)
    entries = _load_journal(files, journal)
    loaded = Loaded(memory, Timeline(journal, entries), set(files.outdated))
    for file in FILES:
        snapshot = files.snapshot(file)
        for table, rows in snapshot.tables.items():
            if FILE_OF_TABLE.get(table) == file:
                memory.lines[table] = copied(rows)
    for id_, line in tuple(memory.lines[GRAVES].items()):
        grave = json.loads(line)
        if id_ in memory.lines.get(str(grave.get("table")), {}):
            take(memory, merge_document(memory, GRAVES, id_, grave))
    for file in FILES:
        for table, id_, line in files.snapshot(file).twice:
            if table in memory.lines:
                take(memory, merge_document(memory, table, id_, json.loads(line)))
    for entry in entries:
        _replay(files, entry, loaded, journal.device)
    _number(files, journal, entries, loaded)
    return loaded


def take(memory: Memory, changes: Changes) -> None:
    """Make changes in memory."""
    for (table, id_), document in changes.items():
        memory.put(table, id_, None if document is None else dump_document(document))


def _load_journal(files: LibraryFiles, journal: Journal) -> list[Entry]:
    try:
        entries = journal.load({file: files.folded(file) for file in FILES})
    except OSError as error:
        raise LibraryDamagedError(
            f"{journal.folder}: the journal cannot be read ({error.strerror}); nothing was changed."
        ) from error
    for segment in journal.damaged:
        files.warnings.append(segment.describe(files.set_aside(segment.path)))
    return entries


def _replay(files: LibraryFiles, entry: Entry, loaded: Loaded, device: str) -> None:
    memory = loaded.memory
    for table, documents in entry.ops.items():
        file = FILE_OF_TABLE.get(table)
        if file is None or entry.number <= files.folded(file).get(entry.device, 0):
            continue
        loaded.dirty.add(file)
        for id_, document in documents.items():
            if entry.schema < 2:  # before revisions: the order of the journal is all there is
                take(memory, {(table, id_): document})
            elif document is not None:  # a deletion comes as a tombstone, and what ends a tombstone is a later version
                base = entry.was.get(table, {}).get(id_)
                take(memory, _merge_entry(memory, (table, id_), document, base, device))


def _merge_entry(
    memory: Memory, key: tuple[str, str], document: Document, base: Document | None, device: str
) -> Changes:
    """What a document of the journal changes; what another program did to the version it began from stays."""
    ours = memory.document(*key)
    if ours is None or base is None or ours.get("rev") != base.get("rev") or content(ours) == content(base):
        return merge_document(memory, *key, document)
    return restamp(merge_document(memory, *key, document, base), document, device, now())


def _number(files: LibraryFiles, journal: Journal, entries: Sequence[Entry], loaded: Loaded) -> None:
    """Up to where each journal is known without a gap; a segment that arrives late is not passed over."""
    loaded.numbers = {device: number for device, number in journal.folded.items() if number}
    seen: dict[str, set[int]] = {}
    for entry in entries:
        seen.setdefault(entry.device, set()).add(entry.number)
    for device, numbers in seen.items():
        last = journal.folded.get(device, 0)
        while last + 1 in numbers:
            last += 1
        loaded.numbers[device] = last
    own = seen.get(journal.device, set())
    in_files = (files.folded(file).get(journal.device, 0) for file in FILES)
    loaded.next = max([0, *own, *in_files, journal.folded.get(journal.device, 0)]) + 1
