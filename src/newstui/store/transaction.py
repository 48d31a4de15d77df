"""What one user action changed."""

from dataclasses import dataclass

from newstui.model import Record


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
