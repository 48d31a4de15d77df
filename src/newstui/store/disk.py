"""Every change of the disk goes through here: durable, whole or not at all; also where tests inject faults."""

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(handle: int) -> None:
    """Make the bytes of an open file durable; macOS needs a stronger call than fsync."""
    try:
        import fcntl

        full = getattr(fcntl, "F_FULLFSYNC", None)
    except ImportError:
        full = None
    if full is None:
        os.fsync(handle)
    else:
        fcntl.fcntl(handle, full)


def sync_data(handle: int) -> None:
    """Make the bytes of an open file durable, without its times where the system can."""
    data = getattr(os, "fdatasync", None)
    if data is None:
        sync_file(handle)
    else:
        data(handle)


def open_new(path: Path) -> int:
    """A handle on a new file, to append to; raises `FileExistsError` if there is one."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def truncate(handle: int, size: int) -> None:
    """Cut an open file."""
    os.ftruncate(handle, size)


def remove(path: Path) -> None:
    """Remove a file."""
    os.unlink(path)  # noqa: PTH108  # through os, where faults are injected


def copy(source: Path, target: Path) -> None:
    """A durable copy; no second name, for a program that writes into the file in place would write into both."""
    write_whole(target, source.read_bytes())


def can_sync_all() -> bool:
    """Whether `sync_all` waits for the disk, as it does on Linux."""
    return sys.platform == "linux"


def sync_all() -> None:
    """Make everything durable that was written to any file."""
    os.sync()


def write_unsynced(path: Path, data: bytes) -> None:
    """Write a new file whole, by another name first; `sync_all` makes it durable."""
    _write(path, [data], 0o600, sync=False)


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace a file so that a reader, and a crash at any moment, sees the old bytes or the new ones.

    A symbolic link stays one; the mode of an existing file is kept, a new one is 0600. `data` may come in chunks.

    Raises:
        OSError: nothing was replaced; the temporary file is gone.
    """
    path = path.resolve()
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    _write(path, [data] if isinstance(data, bytes) else data, mode, sync=True)
    sync_folder(path.parent)


def _write(path: Path, chunks: Iterable[bytes], mode: int, *, sync: bool) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        try:
            for chunk in chunks:
                write_all(handle, chunk)
            if sync:
                sync_file(handle)
        finally:
            os.close(handle)
        os.replace(temporary, path)  # noqa: PTH105  # through os, where faults are injected
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108  # through os, where faults are injected
        raise
