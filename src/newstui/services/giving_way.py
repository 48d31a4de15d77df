"""Work in another process that leaves the processor to whoever waits for a key."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import Any

NICE = 10
"""How much less it counts than this program."""


def give_way(process: subprocess.Popen[Any]) -> None:
    """Let a process that was just started run when nothing else wants to, where the system can do that."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
