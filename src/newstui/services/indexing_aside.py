"""Letting a large index grow in a process of its own, so that no key waits for it; it is searched meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from newstui.services.giving_way import give_way
from newstui.services.indexing import Cancelled, Growth, LibraryIndex

LOOK = 0.1
"""Seconds between two looks at whether it is still wanted."""
Told = Callable[[Growth], None]


def complete_aside(index: LibraryIndex, library: Path, told: Told, cancelled: Cancelled) -> None:
    """Bring an index up to date: at once where little is missing, else by `newstui index` in another process.

    Args:
        index: what is searched meanwhile.
        library: its folder.
        told: called with how far the index is.
        cancelled: asked ten times a second; ends the other process.
    """
    index.aside = True
    with index.lock:
        index.current()
    if index.lacks_much:
        _run(index, library, told, cancelled)
    if not cancelled():
        index.complete(lambda growth, _: told(growth), cancelled)


def _run(index: LibraryIndex, library: Path, told: Told, cancelled: Cancelled) -> None:
    command = [sys.executable, "-m", "newstui", "--library", str(library), "index", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as process:  # noqa: S603  # this program itself
        give_way(process)
        lines: Queue[str] = Queue()
        Thread(target=_pass_on, args=(process, lines), daemon=True).start()
        while not cancelled():
            try:
                line = lines.get(timeout=LOOK)
            except Empty:
                continue
            if not line:
                return
            report = json.loads(line)
            if report.get("file"):
                index.take_file(Path(report["file"]))
            told(Growth(report["done"], report["total"]))
        process.terminate()


def _pass_on(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    """Pass on what the process says, and nothing at the end, so that who waits for it can also be told to stop."""
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")
