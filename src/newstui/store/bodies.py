"""The bodies of articles: text files named by the sha256 of their bytes, never changed, never deleted unasked."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from newstui.errors import LibraryDamagedError
from newstui.store import disk

SYNC_ALL_FROM = 32
"""Bodies from which one sync of the whole disk costs less than one for each."""


class Bodies:
    """The folder `texts/` of a library: `<first two digits>/<sha256>.txt`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "texts"
        self.load = lru_cache(maxsize=64)(self._load)

    def path(self, sha256: str) -> Path:
        """Where a body is kept."""
        return self.folder / sha256[:2] / f"{sha256}.txt"

    def add(self, body: str) -> str:
        """Keep a body; it is durable when this returns its sha256.

        Raises:
            OSError: it could not be written.
        """
        data = body.encode("utf-8")
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            for folder in (self.folder, path.parent):
                if not folder.exists():
                    folder.mkdir()
                    disk.sync_folder(folder.parent)
            disk.write_whole(path, data)
        return sha256

    def add_all(self, bodies: Sequence[str]) -> list[str]:
        """Keep many bodies; all are durable when this returns their sha256, in the order of the bodies.

        Raises:
            OSError: one could not be written; none is to be referred to.
        """
        if len(bodies) < SYNC_ALL_FROM or not disk.can_sync_all():
            return [self.add(body) for body in bodies]
        hashes = []
        for body in bodies:
            data = body.encode("utf-8")
            hashes.append(hashlib.sha256(data).hexdigest())
            path = self.path(hashes[-1])
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                disk.write_unsynced(path, data)
        disk.sync_all()
        return hashes

    def _load(self, sha256: str) -> str:
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LibraryDamagedError(f"The text {path} cannot be read: {error.strerror}.") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LibraryDamagedError(f"The text {path} was changed outside newstui; put back a copy of it.")
        return data.decode("utf-8")
