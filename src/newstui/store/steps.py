"""Which transactions can be taken back and done again, and what that means for documents that changed since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newstui.store.codec import Document
from newstui.store.journal import Entry


class Steps:
    """The transactions of this device as a stack: an undo moves the last one aside, a new one forgets those aside."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in a transaction in the order it was made."""
        if entry.undoes is not None:
            _move(entry.undoes, self._done, self._undone)
        elif entry.redoes is not None:
            _move(entry.redoes, self._undone, self._done)
        else:
            self._done.append(entry)
            self._undone.clear()

    @property
    def last_done(self) -> Entry | None:
        """What an undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Entry | None:
        """What a redo would do again."""
        return self._undone[-1] if self._undone else None


def _move(number: int, source: list[Entry], target: list[Entry]) -> None:
    for at in range(len(source) - 1, -1, -1):
        if source[at].number == number:
            target.append(source.pop(at))
            return


def revert(current: Document | None, after: Document | None, before: Document | None) -> Document | None:
    """What a document becomes when a change from `before` to `after` is taken back.

    If it was changed since, only the members that are still as the change left them go back; a document that the change
    had made and that was changed since stays.
    """
    if current == after:
        return before
    if current is None or after is None or before is None:
        return current
    reverted: dict[str, Any] = dict(current)
    for name in {*after, *before}:
        if current.get(name) == after.get(name):
            if name in before:
                reverted[name] = before[name]
            else:
                reverted.pop(name, None)
    return reverted
