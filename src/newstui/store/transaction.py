"""What one user action changed."""

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
