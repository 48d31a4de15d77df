"""Ids that sort by time and never collide, and the clock."""

import os
import threading
import time
from datetime import UTC, datetime

from newstui.model.ulid import encode_ulid


class _Clock:
    """Milliseconds that never go back in this process, each with its own counter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        """A 128-bit number: 48 bits of milliseconds, 80 random ones; greater than every one before."""
        with self._lock:
            number = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
            if number <= self._last:
                number = self._last + 1
            self._last = number
            return number


_clock = _Clock()


def new_id() -> str:
    """A new ULID (https://github.com/ulid/spec) of 26 lower-case characters, monotone in this process."""
    return encode_ulid(_clock.next())


def device_id() -> str:
    """The name of this device in journals: kept outside every library, so that a synced or copied one gets another.

    Where it cannot be kept it lives as long as the process.
    """
    from newstui import paths

    file = paths.state_dir() / "device"
    try:
        known = file.read_text(encoding="ascii").strip()
        if known.isalnum() and len(known) <= 32:
            return known
    except (OSError, ValueError):
        pass
    fresh = os.urandom(5).hex()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="ascii") as handle:
            handle.write(fresh + "\n")
    except OSError:
        return fresh
    return fresh


def now() -> str:
    """The time in UTC, such as `2026-11-25T10:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
