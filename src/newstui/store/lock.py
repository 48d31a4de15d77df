"""One writer: a lock on the library that dies with its process."""

import contextlib
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from newstui.store.ids import now

try:
    import fcntl
except ImportError:  # no flock here: the file's words are all there is
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who writes to a library: the process, its host, and since when (UTC)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class Lock:
    """An exclusive `flock` on the file `.lock` of a library."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / ".lock"
        self._handle: int | None = None

    def take(self) -> LockHolder | None:
        """Take the lock; who holds it, if somebody else does.

        Raises:
            OSError: the file cannot be made or opened.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(handle)
            os.close(handle)
            return holder
        except OSError:
            pass  # a file system without flock: go on with the words in the file
        mine = {"pid": os.getpid(), "host": socket.gethostname(), "since": now()}
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(mine).encode(), 0)
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        return None

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _holder(handle: int) -> LockHolder:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return LockHolder(int(said["pid"]), str(said["host"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return LockHolder(0, "an unknown host", "an unknown time")
