"""What one user action changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from newstui.model import Record
from newstui.store.codec import KIND_OF_TABLE, decode
from newstui.store.journal import Entry


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; `None` where it did not or does not exist."""

    kind: type[Record]
    id: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Transaction:
    """One named, atomic change of the library; `undoes` is the number of the transaction it takes back."""

    number: int
    label: str
    time: str
    changes: tuple[Change, ...]
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be taken back, or if `undone`, done again; `counts` says how many records of which kind."""

    number: int
    label: str
    time: str
    counts: Mapping[type[Record], int]
    undone: bool = False


def step_of(entry: Entry, *, undone: bool) -> Step:
    """An entry of the journal as a step, without reading its documents."""
    counts = {KIND_OF_TABLE[table]: len(changed) for table, changed in entry.ops.items() if table in KIND_OF_TABLE}
    return Step(entry.number, entry.label, entry.time, counts, undone)


def transaction_of(entry: Entry) -> Transaction:
    """An entry of the journal with its records; what cannot be read any more is left out."""
    changes = []
    for table, documents in entry.ops.items():
        kind = KIND_OF_TABLE.get(table)
        for id_, document in documents.items() if kind is not None else ():
            assert kind is not None
            before = entry.was.get(table, {}).get(id_)
            try:
                old = None if before is None else decode(kind, id_, before)
                new = None if document is None else decode(kind, id_, document)
            except (KeyError, TypeError, ValueError, AttributeError):
                continue
            changes.append(Change(kind, id_, old, new))
    return Transaction(entry.number, entry.label, entry.time, tuple(changes), entry.undoes)
