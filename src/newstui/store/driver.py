"""Merging two versions of one file of a library with the one both began from, as git asks a merge driver to."""

from __future__ import annotations

import json
from pathlib import Path

from newstui.errors import LibraryDamagedError
from newstui.store.loading import take
from newstui.store.memory import FILE_OF_TABLE, Memory
from newstui.store.merging import Changes, MergeReport, Trial, iter_versions, merge_document, report
from newstui.store.migrations import SCHEMA
from newstui.store.snapshot import Lines, Snapshot, load_snapshot, write_snapshot


def merge_files(base: Path, ours: Path, theirs: Path) -> MergeReport:
    """Merge `theirs` into `ours`, which is replaced; what is absent on one side was not deleted there.

    Args:
        base: the version both began from; may be empty or missing.
        ours: the version of the branch that is merged into.
        theirs: the version of the other branch.

    Raises:
        LibraryDamagedError: one of them is no file of a library, or of a newer newstui; nothing was changed.
        OSError: the result could not be written.
    """
    mine, other = _load(ours), _load(theirs)
    try:
        known = _load(base)
    except LibraryDamagedError:  # git hands over an empty file where there was none
        known = Snapshot({})
    memory = Memory(ours.parent)
    for table, rows in mine.tables.items():
        if table in FILE_OF_TABLE:
            memory.lines[table] = dict(rows)
    changes: Changes = {}
    trial = Trial(memory)
    for table, id_, line in [*(one for one in mine.twice if one[0] in FILE_OF_TABLE), *iter_versions(other)]:
        before = known.tables.get(table, {}).get(id_)
        found = merge_document(trial, table, id_, json.loads(line), None if before is None else json.loads(before))
        trial.take(found)
        changes |= found
    done = report(memory, changes)
    take(memory, changes)
    unknown: dict[str, Lines] = {
        table: {**other.tables.get(table, {}), **mine.tables.get(table, {})}
        for table in {*mine.tables, *other.tables} - {*FILE_OF_TABLE}
    }
    wanted = {*mine.tables, *other.tables, *(table for table, _ in changes)}
    tables = {table: rows for table, rows in memory.lines.items() if table in wanted}
    folded = [one.meta.get("folded", {}) for one in (mine, other)]
    both = {device: min(folded[0][device], folded[1][device]) for device in folded[0].keys() & folded[1].keys()}
    write_snapshot(ours, {**unknown, **tables}, {**mine.meta, "folded": both})
    return done


def _load(path: Path) -> Snapshot:
    found = load_snapshot(path)
    if found is None:
        raise LibraryDamagedError(f"{path} is missing.")
    schema = found.meta.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise LibraryDamagedError(
            f"{path} is of schema {schema}, and this newstui merges {SCHEMA}; open both versions with one newstui."
        )
    return found
