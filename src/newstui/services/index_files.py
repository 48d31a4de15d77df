"""The files of a search index, in the cache folder: they can be deleted at any time, and a broken one is built anew."""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newstui import paths

if TYPE_CHECKING:
    from newstui.search.packing import Fingerprints
    from newstui.search.segment import Bodies, Segment


def index_folder(library: Path) -> Path:
    """Where the index of a library is kept."""
    return paths.library_cache_dir(library) / "search"


class IndexFiles:
    """The segments of one index, one a file; `problem` says in a few words why some could not be used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problem = ""

    def load(self, bodies: Bodies) -> list[tuple[Segment, Fingerprints]]:
        """The segments that are there, mapped into memory, the oldest first; what cannot be used is removed."""
        found = []
        for path in self._paths():
            one = self.load_one(path, bodies)
            if one is not None:
                found.append(one)
        return found

    def load_one(self, path: Path, bodies: Bodies) -> tuple[Segment, Fingerprints] | None:
        """One segment, or None if it cannot be used; then it is removed and `problem` says why."""
        from newstui.search.packing import UnusableIndexError, unpack

        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return unpack(memoryview(data), bodies)
        except FileNotFoundError:
            return None
        except UnusableIndexError as error:
            self.problem = str(error)
        except (OSError, ValueError):
            self.problem = "damaged"
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def save(self, segment: Segment, fingerprints: Fingerprints, *, instead: bool = False) -> Path | None:
        """Keep a segment: whole, or not at all.

        Args:
            segment: what is kept.
            fingerprints: of its articles.
            instead: of all that are there; else beside them.

        Returns:
            The new file, None if it could not be written: an index can be built again.
        """
        from newstui.search.packing import iter_packed

        old = self._paths()
        number = int(old[-1].stem) + 1 if old else 0
        path = self.folder / f"{number:06}.idx"
        fresh = self.folder / f"{path.name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                for piece in iter_packed(segment, fingerprints):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink()
            return None
        for gone in old if instead else ():
            with contextlib.suppress(OSError):
                gone.unlink()
        return path

    def _paths(self) -> Sequence[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == ".idx" and path.stem.isdecimal())
        except OSError:
            return []
