"""From what a user names to bytes: files, and all readable files of a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from newstui.ingest.article import ImportFailedError, Limits, Source
from newstui.ingest.registry import extensions

_LIBRARY = {"articles.json", "annotations.json"}
"""The files of a library of newstui, which `newstui merge` takes in."""


def is_url(text: str) -> bool:
    """Whether a text names a page on the web rather than a file."""
    return text[:8].lower().startswith(("http://", "https://"))


def iter_paths(path: Path) -> Iterator[Path]:
    """A file itself, or the files of a folder and the folders in it whose ending is known, sorted.

    Hidden ones are left out, and those of a library.

    Raises:
        ImportFailedError: there is no such path, or nothing to read in the folder.
    """
    if not path.is_dir():
        yield path
        return
    known = tuple(extensions())
    found = 0
    for folder, folders, files in os.walk(path):
        if set(files) >= _LIBRARY:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(known):
                found += 1
                yield Path(folder) / name
    if not found:
        raise ImportFailedError(f"{path}: there is no file in this folder that can be imported ({_list(known)}).")


def _list(known: Iterable[str]) -> str:
    return ", ".join(sorted(known))


def load_source(path: Path, limits: Limits) -> Source:
    """Read a file.

    Raises:
        ImportFailedError: it is missing, unreadable, no regular file, or too large.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ImportFailedError(f"{path}: this is no regular file, so it was left out.")
        if about.st_size > limits.file_bytes:
            raise ImportFailedError(f"{path}: larger than {limits.file_bytes >> 20} MB, so it was left out.")
        return Source(path.read_bytes(), str(path.absolute()))
    except OSError as error:
        raise ImportFailedError(f"{path}: {error.strerror or error}.") from error
