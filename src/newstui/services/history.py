"""Undo and redo of everything that changes data, by the name of what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article, Correction, SavedSearch, Tag
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.model import Record
    from newstui.store import Step, Store, Transaction

Way = Literal["undo", "redo"]

WORDS = {Annotation: "passage", Article: "article", Tag: "tag", SavedSearch: "view", Correction: "name"}
"""What the records of a step are called."""


IMPORT = "Import "
_PART = re.compile(r", part (\d+)\Z")
_ARTICLES = re.compile(r"\AImport ([\d,]+) articles?")


def label_part(articles: int, part: int) -> str:
    """The label of a part of an import: `Import 200 articles, part 2`; the first one has no number."""
    return f"{IMPORT}{counted(articles, 'article')}{f', part {part}' if part > 1 else ''}"


def _part_of(label: str) -> int:
    found = _PART.search(label) if label.startswith(IMPORT) else None
    return int(found[1]) if found else 1


@dataclass(frozen=True, slots=True)
class Move:
    """What was taken back or done again at once: a transaction, or all those of an import in parts."""

    parts: tuple[Transaction, ...]

    @property
    def label(self) -> str:
        """What was done, of an import as if it had been written at once."""
        if len(self.parts) < 2:
            return self.parts[0].label
        sizes = (_ARTICLES.match(part.label) for part in self.parts)
        return label_part(sum(int(size[1].replace(",", "")) for size in sizes if size), 1)

    @property
    def records(self) -> Iterator[Record]:
        """What was changed, as it is now, then as it was."""
        for part in self.parts:
            for change in part.changes:
                yield from (record for record in (change.after, change.before) if record is not None)


def measure(step: Step) -> str:
    """How much a step changed: `12 passages, 1 tag`."""
    return ", ".join(counted(step.counts[kind], word) for kind, word in WORDS.items() if step.counts.get(kind))


class History:
    """The named changes of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> str | None:
        """Take back the last change; its label, or None if there is nothing to take back."""
        return next((done.label for done in self.go("undo")), None)

    def redo(self) -> str | None:
        """Do again what was taken back last; its label, or None."""
        return next((done.label for done in self.go("redo")), None)

    def go(self, way: Way, times: int = 1) -> list[Move]:
        """Take back the last changes, or do again what was taken back last, as far as there are any.

        An import that was written in parts is one change.
        """
        step = self._undo if way == "undo" else self._redo
        return list(islice(iter(step, None), times))

    def _undo(self) -> Move | None:
        done = self._store.undo()
        if done is None:
            return None
        before = (self._store.undo() for _ in range(1, _part_of(done.label)))
        return Move((done, *(part for part in before if part is not None)))

    def _redo(self) -> Move | None:
        done = self._store.redo()
        if done is None:
            return None
        parts = [done]
        while parts[-1].label.startswith(IMPORT) and self._follows(parts[-1].label):
            if (after := self._store.redo()) is not None:
                parts.append(after)
        return Move(tuple(parts))

    def _follows(self, label: str) -> bool:
        """Whether what can be done again next is the next part of the same import."""
        undone = [step for step in self._store.steps() if step.undone]
        return bool(undone) and _part_of(undone[-1].label) == _part_of(label) + 1

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
        go = self._store.redo if wanted.undone else self._store.undo
        return [done.label for _ in range(side.index(wanted) + 1) if (done := go()) is not None]

    def entries(self) -> Sequence[Transaction]:
        """All changes, oldest first."""
        return self._store.history()
