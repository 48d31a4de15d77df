"""One writer: a lock on the library that dies with its process."""

import contextlib
import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newstui.store.ids import now

try:
    import fcntl
except ImportError:  # no flock here: the file's words are all there is
    fcntl = None  # type: ignore[assignment]

FRESH = timedelta(minutes=30)
"""How long the lock of another machine is believed."""


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
        self.elsewhere: LockHolder | None = None
        """Who on another machine wrote here less than `FRESH` ago and did not say that it ended."""
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
        except OSError:  # a file system without flock: the words in the file are all there is
            holder = _holder(handle)
            if holder.host == socket.gethostname() and holder.pid != os.getpid() and _is_alive(holder.pid):
                os.close(handle)
                return holder
        self.elsewhere = _other_machine(handle)
        mine = {"pid": os.getpid(), "host": socket.gethostname(), "since": now()}
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(mine).encode(), 0)
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        return None

    def is_free(self) -> bool:
        """Whether nobody holds the lock now; it is not taken."""
        try:
            handle = os.open(self.path, os.O_RDWR)
        except OSError:
            return False
        try:
            if fcntl is None:
                return not _is_alive(_holder(handle).pid)
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _other_machine(handle: int) -> LockHolder | None:
    """Who on another machine seems to write here; a lock does not reach from one machine to another."""
    said = _holder(handle)
    try:
        age = datetime.now(UTC) - datetime.fromisoformat(said.since)
    except (ValueError, TypeError):
        return None
    return said if said.host != socket.gethostname() and age < FRESH else None


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _holder(handle: int) -> LockHolder:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return LockHolder(int(said["pid"]), str(said["host"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return LockHolder(0, "an unknown host", "an unknown time")
