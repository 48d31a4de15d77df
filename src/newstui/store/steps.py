"""Which transactions can be taken back and done again, and what that means for documents that changed since."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from newstui.store.codec import Document
from newstui.store.journal import Entry, Journal, LineDocuments

KEPT_WHOLE = 20_000
"""Documents of new transactions that are kept as they were read; they take 6 KB each."""


class Steps:
    """The transactions of this device as a stack: an undo moves the last one aside, a new one forgets those aside.

    The newest ones are enough while no undo among them is of an older one; `torn` says that one is.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self.torn = False
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in a transaction in the order it was made."""
        if entry.undoes is not None:
            self.torn |= not _move(entry.undoes, self._done, self._undone)
        elif entry.redoes is not None:
            self.torn |= not _move(entry.redoes, self._undone, self._done)
        else:
            self._done.append(entry)
            self._undone.clear()

    @property
    def all(self) -> tuple[list[Entry], list[Entry]]:
        """What can be taken back, the last first, and what can be done again, the next first."""
        return self._done[::-1], self._undone[::-1]

    @property
    def last_done(self) -> Entry | None:
        """What an undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Entry | None:
        """What a redo would do again."""
        return self._undone[-1] if self._undone else None


class Timeline:
    """All transactions that the journal holds; those of older sessions are read only as far back as it takes.

    Args:
        journal: where older ones are.
        entries: those that were read at opening, oldest first.
    """

    def __init__(self, journal: Journal, entries: Iterable[Entry]) -> None:
        self._journal = journal
        self._entries = list(entries)
        self._steps: Steps | None = None
        self._whole: deque[Entry] = deque()
        """New transactions whose documents are kept as they were read, so that they are taken back at once."""
        self._kept = 0

    def add(self, entry: Entry) -> None:
        """Take in a new transaction; of older ones only the lines are kept."""
        self._whole.append(entry)
        self._kept += _size(entry)
        while len(self._whole) > 1 and self._kept > KEPT_WHOLE:
            oldest = self._whole.popleft()
            self._kept -= _size(oldest)
            for documents in _documents(oldest):
                documents.forget()
        self._entries.append(entry)
        if self._steps is not None:
            self._steps.add(entry)

    def last_done(self) -> Entry | None:
        """What an undo would take back.

        Raises:
            OSError: an older segment of the journal cannot be read.
        """
        return self._look_back(lambda steps: steps.last_done)

    def last_undone(self) -> Entry | None:
        """What a redo would do again; raises as `last_done` does."""
        return self._look_back(lambda steps: steps.last_undone)

    def steps(self) -> tuple[list[Entry], list[Entry]]:
        """What can be taken back, the last first, and what can be done again, the next first; raises as `last_done`."""
        self._look_back(lambda steps: None)
        return (self._steps or Steps()).all

    def all(self) -> list[Entry]:
        """Everything, oldest first, of other devices too; raises as `last_done` does."""
        self._look_back(lambda steps: None)
        return sorted(self._entries, key=lambda entry: (entry.time, entry.device, entry.number))

    def _look_back(self, wanted: Callable[[Steps], Entry | None]) -> Entry | None:
        """Read older sessions until what is wanted is found and every undo among them is understood."""
        while True:
            if self._steps is None:
                self._steps = Steps(entry for entry in self._entries if entry.device == self._journal.device)
            found = wanted(self._steps)
            if found is not None and not self._steps.torn:
                return found
            older = self._journal.load_older()
            if older is None:
                return found
            self._entries[:0] = older
            self._steps = None


def _documents(entry: Entry) -> list[LineDocuments]:
    return [each for each in (*entry.ops.values(), *entry.was.values()) if isinstance(each, LineDocuments)]


def _size(entry: Entry) -> int:
    return sum(map(len, entry.ops.values()))


def _move(number: int, source: list[Entry], target: list[Entry]) -> bool:
    for at in range(len(source) - 1, -1, -1):
        if source[at].number == number:
            target.append(source.pop(at))
            return True
    return False


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
