"""A process that is killed, or a disk that fails, at one call that changes the disk."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "fdatasync", "replace", "rename", "ftruncate", "link", "unlink", "mkdir", "pwrite")
FAR = 10**9


class KilledError(BaseException):
    """The process died here."""


class Faults:
    """Counts the calls that change the disk, and lets one of them, by number, fail."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how = at, how
        self.count = 0
        self.dead = False

    def call(self, real: Callable[..., Any], name: str, *arguments: Any, **named: Any) -> Any:
        if self.dead:
            raise KilledError
        if name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR):
            return real(*arguments, **named)
        self.count += 1
        if self.count != self.at:
            if name in ("fsync", "fdatasync"):
                return None  # no power is cut here, so the order of calls is all that matters
            return real(*arguments, **named)
        if self.how in ("ENOSPC", "EIO"):
            raise OSError(getattr(errno, self.how), os.strerror(getattr(errno, self.how)))
        self.dead = True
        if self.how == "half" and name == "write":
            real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        elif self.how == "after":
            real(*arguments, **named)
        raise KilledError


@contextmanager
def failing(at: int, how: str) -> Iterator[Faults]:
    """Patch the calls while the block runs."""
    faults = Faults(at, how)
    real = {name: getattr(os, name) for name in CALLS}

    def patched(name: str) -> Callable[..., Any]:
        return lambda *arguments, **named: faults.call(real[name], name, *arguments, **named)

    try:
        for name in CALLS:
            setattr(os, name, patched(name))
        yield faults
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def slowly(*values: Any) -> list[Any]:
    """Parameters for which a test runs only with `-m slow`."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def abandon() -> None:
    """Give every lock back as the end of a process does: without a word."""
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if entry.readlink().name == ".lock":
                os.close(int(entry.name))
