"""Which files of some folders are new or have changed since they were last looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from newstui.ingest.article import ImportFailedError
from newstui.ingest.sources import iter_paths

_Mark = tuple[int, int]


class Watch:
    """Compares size and time of change; a file counts as changed once it has stood still for one look.

    Args:
        paths: files and folders; what is in them now is no news.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._seen = dict(self._look())
        self._moving: dict[Path, _Mark] = {}

    def changed(self) -> list[Path]:
        """What is new or other than it was, and is not being written at this moment."""
        found = {path: mark for path, mark in self._look() if self._seen.get(path) != mark}
        still = [path for path, mark in found.items() if self._moving.get(path) == mark]
        self._moving = found
        self._seen.update({path: found[path] for path in still})
        return still

    def forget(self, paths: Iterable[Path]) -> None:
        """Take some files as new again, for they could not be imported."""
        for path in paths:
            self._seen.pop(path, None)

    def _look(self) -> Iterator[tuple[Path, _Mark]]:
        for given in self._paths:
            try:
                for path in iter_paths(given):
                    about = path.stat()
                    yield path, (about.st_mtime_ns, about.st_size)
            except (OSError, ImportFailedError):
                continue  # an empty folder, or a file that went away
