"""Looking after a library: is everything there and right, backups, and the JSON files made current."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.errors import LibraryDamagedError, LibraryLockedError, NotFoundError, NotSavedError
from newstui.model import AnchorState, Annotation, Article
from newstui.store import now
from newstui.store.backups import FILES, Backups
from newstui.store.lock import Lock

if TYPE_CHECKING:
    from newstui.store import MergeReport, Store


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: where, what, and whether `fix` mends it."""

    where: str
    what: str
    mendable: bool = False


class Maintaining:
    """Checks and backups of one open library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self) -> Iterator[Finding]:
        """Everything that is wrong: bodies, dangling ids, selectors that do not match, files left over."""
        for warning in self._store.warnings:
            yield Finding(str(self._store.path), warning)
        for path in self._store.rotten():
            yield Finding(str(path), "is not what newstui wrote: another program changed it, or the disk is damaged")
        yield from self._check_bodies()
        yield from self._check_annotations()
        for left in sorted(self._store.path.rglob(".*.tmp")):
            yield Finding(str(left), "was left over by a write that did not end", mendable=True)

    def fix(self) -> list[str]:
        """Remove what a write that did not end has left over; the names of what was removed."""
        removed = []
        for left in sorted(self._store.path.rglob(".*.tmp")):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
            removed.append(str(left))
        return removed

    def fold(self) -> None:
        """Write what the journal holds into the JSON files."""
        self._store.fold()

    def backup(self) -> Path:
        """Keep the notes as they are now, in place of what was kept today; where they are kept.

        Raises:
            NotSavedError: it could not be written; what was kept before is still there.
        """
        self._store.fold()
        try:
            made = Backups(self._store.path).make(now()[:10], again=True)
        except OSError as error:
            raise NotSavedError(f"No backup could be made in {self._store.path}: {error.strerror}.") from error
        assert made is not None
        return made

    def merge(self, other: Path) -> MergeReport:
        """Take in another library or another copy of this one; see `Store.merge`."""
        return self._store.merge(other)

    def _check_bodies(self) -> Iterator[Finding]:
        for article in self._store.all(Article):
            for sha256 in (article.text, *article.earlier):
                try:
                    self._store.text(sha256)
                except LibraryDamagedError as error:
                    yield Finding(f"article {article.id}", str(error))

    def _check_annotations(self) -> Iterator[Finding]:
        for note in self._store.all(Annotation):
            article = self._store.find(Article, note.article)
            if article is None:
                yield Finding(f"highlight {note.id}", f"its article {note.article} is not in the library")
                continue
            if note.state is AnchorState.ORPHAN:
                continue
            try:
                text = self._store.text(note.target.text)
            except LibraryDamagedError:
                continue  # said with the article
            if note.span.slice(text) != note.quote:
                yield Finding(
                    f"highlight {note.id}", "its words are not where it says; `newstui reanchor` looks for them"
                )


def restore(library: Path, day: str = "") -> str:
    """Put back the files of a day, the newest if none is given, of a library that is not open; which day it was.

    Raises:
        NotFoundError: there is no such backup.
        LibraryLockedError: somebody writes to the library.
        NotSavedError: the files cannot be written.
    """
    backups = Backups(library)
    if not backups.dates():
        raise NotFoundError(f"There are no backups in {library}.")
    lock = Lock(library)
    try:
        holder = lock.take()
        if holder is not None:
            raise LibraryLockedError(f"{library} is being written by {holder}; close it there first.")
        return backups.restore(day)
    except OSError as error:
        raise NotSavedError(f"The backup cannot be put back into {library}: {error.strerror}.") from error
    finally:
        lock.release()


def describe_backups(library: Path) -> list[tuple[str, int]]:
    """The backups there are, newest first, with how many highlights each holds (-1: it cannot be read)."""
    found = []
    backups = Backups(library)
    for day in backups.dates():
        try:
            tables = json.loads((backups.folder / day / FILES[1]).read_bytes())
            found.append((day, len(tables.get("annotations", {}))))
        except (OSError, ValueError, AttributeError):
            found.append((day, -1))
    return found
