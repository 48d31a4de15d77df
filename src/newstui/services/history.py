"""Undo and redo of everything that changes data, by the name of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.store import Store, Transaction


class History:
    """The named changes of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str | None:
        """Take back the last change; its label, or None if there is nothing to take back."""
        done = self._store.undo()
        return None if done is None else done.label

    def redo(self) -> str | None:
        """Do again what was taken back last; its label, or None."""
        done = self._store.redo()
        return None if done is None else done.label

    def entries(self) -> Sequence[Transaction]:
        """All changes, oldest first."""
        return self._store.history()
