"""Letting a large index grow in a process of its own, so that no key waits for it; it is searched meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from newstui.services.indexing import Cancelled, Growth, LibraryIndex

Told = Callable[[Growth], None]


def complete_aside(index: LibraryIndex, library: Path, told: Told, cancelled: Cancelled) -> None:
    """Bring an index up to date: at once where little is missing, else by `newstui index` in another process.

    Args:
        index: what is searched meanwhile.
        library: its folder.
        told: called with how far the index is.
        cancelled: asked at each report; ends the other process.
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
        assert process.stdout is not None
        for line in process.stdout:
            if cancelled():
                process.terminate()
                break
            report = json.loads(line)
            if report.get("file"):
                index.take_file(Path(report["file"]))
            told(Growth(report["done"], report["total"]))
