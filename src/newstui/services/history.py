"""Undo and redo of everything that changes data, by the name of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article, Correction, SavedSearch, Tag
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.store import Step, Store, Transaction

WORDS = {Annotation: "passage", Article: "article", Tag: "tag", SavedSearch: "view", Correction: "name"}
"""What the records of a step are called."""


def measure(step: Step) -> str:
    """How much a step changed: `12 passages, 1 tag`."""
    return ", ".join(counted(step.counts[kind], word) for kind, word in WORDS.items() if step.counts.get(kind))


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

    def steps(self) -> list[Step]:
        """What can be done again, the furthest first, then what can be taken back, the last first.

        Earlier sessions count; of what other devices did there is none. Older parts of the journal are read for it.
        """
        return self._store.steps()

    def travel(self, number: int) -> list[str]:
        """Take back a step and all that came after it; or if it was taken back, do it and all before it again.

        Returns:
            The labels, in the order it was done in.

        Raises:
            NotFoundError: there is no step of this number.
        """
        steps = self._store.steps()
        wanted = next((step for step in steps if step.number == number), None)
        if wanted is None:
            raise NotFoundError(f"There is no step {number} to take back or do again; `newstui history` lists them.")
        side = [step for step in steps if step.undone == wanted.undone]
        if wanted.undone:
            side.reverse()
        go = self.redo if wanted.undone else self.undo
        return [label for _ in range(side.index(wanted) + 1) if (label := go()) is not None]

    def entries(self) -> Sequence[Transaction]:
        """All changes, oldest first."""
        return self._store.history()
