"""Where the reader is in each article: changes all the time, and losing it loses no note."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from newstui.model import ReadingState
from newstui.store.codec import decode, encode
from newstui.store.engine import not_saved
from newstui.store.files import LibraryFiles


class Readings:
    """The reading positions of a library, in memory until `flush`.

    Args:
        files: of the library; what cannot be read of them is one of its warnings. Others after a take-over.

    `version` grows with every position that is another than before.
    """

    def __init__(self, files: LibraryFiles) -> None:
        self.files = files
        self.version = 0
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._changed = False
        self._states: dict[str, ReadingState] = {}
        for id_, document in files.load_state().items():
            try:
                self._states[id_] = decode(ReadingState, id_, document)
            except (KeyError, TypeError, ValueError, AttributeError):
                files.warnings.append(f"{files.folder / 'state.json'}: the place in {id_!r} could not be read.")

    def find(self, article_id: str) -> ReadingState | None:
        """The position in an article, if there is one."""
        return self._states.get(article_id)

    def all(self) -> Mapping[str, ReadingState]:
        """All positions by article."""
        with self._lock:
            return dict(self._states)

    def put(self, state: ReadingState) -> None:
        """Remember a position; `flush` writes it."""
        self.change(state.article, lambda _: state)

    def change(self, article_id: str, change: Callable[[ReadingState], ReadingState]) -> None:
        """Put what a function makes of the position in an article, with nothing in between."""
        with self._lock:
            before = self._states.get(article_id) or ReadingState(article_id)
            after = change(before)
            if after != before:
                self._states[article_id] = after
                self._changed = True
                self.version += 1

    def flush(self) -> None:
        """Write what changed; a library that cannot be written keeps it in memory.

        Raises:
            NotSavedError: it could not be written.
        """
        with self._writing:
            if not self._changed or self.files.read_only:
                return
            self._changed = False
            try:
                self.files.write_state({id_: encode(state) for id_, state in self.all().items()})
            except (OSError, ValueError) as error:
                self._changed = True
                raise not_saved(self.files.folder / "state.json", error) from error
