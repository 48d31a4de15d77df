"""Taking changes back and doing them again, each as a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from newstui.store.codec import KIND_OF_TABLE
from newstui.store.engine import Engine
from newstui.store.journal import Entry
from newstui.store.merging import Changes
from newstui.store.revisions import content
from newstui.store.steps import revert
from newstui.store.transaction import Step, Transaction, step_of, transaction_of

T = TypeVar("T")


class History:
    """The transactions of one library that its journal still holds.

    Args:
        engine: whose journal and memory they are in.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def undo(self) -> Transaction | None:
        """Take back the last transaction of this device that was not taken back, of earlier sessions too."""
        return self._travel(self._engine.timeline.last_done, forward=False)

    def redo(self) -> Transaction | None:
        """Do again what the last `undo` took back; a new change in between forgets it."""
        return self._travel(self._engine.timeline.last_undone, forward=True)

    def _travel(self, ask: Callable[[], Entry | None], *, forward: bool) -> Transaction | None:
        """Do a transaction again, or take it back, as one of its own."""
        with self._engine.writing:
            entry = self._look_back(ask)
            if entry is None:
                return None
            after, before = (entry.was, entry.ops) if forward else (entry.ops, entry.was)
            with self._engine.memory.parsing_once():
                changes = self._engine.stamped(self._reverted(after, before))
                transaction = self._engine.apply(
                    entry.label, changes,
                    undoes=None if forward else entry.number, redoes=entry.number if forward else None,
                )  # fmt: skip
        self._engine.tell(transaction)
        return transaction

    def steps(self) -> list[Step]:
        """What `redo` would do again, the furthest first, then what `undo` would take back, the last first."""
        with self._engine.writing:
            done, undone = self._look_back(self._engine.timeline.steps) or ([], [])
            ahead = [step_of(entry, undone=True) for entry in reversed(undone)]
            return ahead + [step_of(entry, undone=False) for entry in done]

    def all(self) -> Sequence[Transaction]:
        """All transactions that the journal still holds, oldest first."""
        with self._engine.writing:
            entries = self._look_back(self._engine.timeline.all)
            return tuple(transaction_of(entry) for entry in entries or ())

    def _look_back(self, ask: Callable[[], T]) -> T | None:
        """Ask the timeline, which may have to read what older sessions did."""
        try:
            return ask()
        except OSError as error:
            self._engine.files.warnings.append(
                f"{self._engine.journal.folder}: older changes cannot be read ({error.strerror})."
            )
            return None

    def _reverted(self, after: Mapping[str, Any], before: Mapping[str, Any]) -> Changes:
        wanted: Changes = {}
        for table, changed in after.items():
            for id_, document in changed.items() if table in KIND_OF_TABLE else ():
                known, earlier = self._engine.memory.document(table, id_), content(before[table].get(id_))
                current = content(known)
                reverted = earlier if known is document else revert(current, content(document), earlier)
                if reverted != current:
                    wanted[table, id_] = reverted
        return wanted
