"""A folder of the user's notes: find a note again, read it, and replace it without ever leaving half of one."""

import filecmp
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newstui.errors import NewstuiError

_ID_LINE = re.compile(rb"^id:[ \t]*[\"']?([0-9A-Za-z/_-]+)[\"']?[ \t]*\r?$", re.MULTILINE)
_BLOCK_REF = re.compile(rb"^<!-- nt:([0-9A-Za-z_-]+) [0-9a-f]{8} -->", re.MULTILINE)
_HEAD_BYTES = 8192


class ExportFailedError(NewstuiError):
    """A file that was not written, with the reason; what was there before is still there."""


@dataclass(slots=True)
class Vault:
    """The Markdown files below a folder, by the id in their front matter and by the blocks in them.

    Files and folders whose names begin with a dot are passed over, and so are links: nothing is written outside.
    """

    folder: Path
    by_id: dict[str, list[Path]] = field(default_factory=dict)
    by_block: dict[str, Path] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @classmethod
    def scan(cls, folder: Path) -> "Vault":
        """Look through a folder; one that does not exist is empty."""
        vault = cls(folder)
        with suppress(OSError):
            vault.names = {path.name.casefold() for path in folder.iterdir()}
        for path in _iter_notes(folder):
            try:
                content = path.read_bytes()
            except OSError:
                continue
            found = _front_id(content)
            if found:
                vault.by_id.setdefault(found, []).append(path)
            elif b"<!-- nt:end" in content:
                for ref in _BLOCK_REF.findall(content):
                    vault.by_block.setdefault(ref.decode("ascii"), path)
        return vault

    def find(self, id_: str, refs: list[str]) -> list[Path]:
        """The files of a document: those with its id, else one that holds one of its blocks."""
        if id_ in self.by_id:
            return self.by_id[id_]
        return next(([self.by_block[ref]] for ref in refs if ref in self.by_block), [])


def _front_id(content: bytes) -> str:
    head = content[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if not head.startswith(b"---"):
        return ""
    end = re.search(rb"^(?:---|\.\.\.)[ \t]*\r?$", head[3:], re.MULTILINE)
    found = _ID_LINE.search(head[: end.end() + 3] if end else head)
    return found[1].decode("ascii") if found else ""


def _iter_notes(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if not name.startswith(".") and name.lower().endswith(".md") and not path.is_symlink():
                yield path


def read_note(path: Path) -> bytes | None:
    """The bytes of a file, None if there is none.

    Raises:
        ExportFailedError: it cannot be read, or is not a plain file.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except IsADirectoryError as error:
        raise ExportFailedError(f"{path} is a folder; give a file, or its folder with several articles.") from error
    except OSError as error:
        raise ExportFailedError(f"{path} cannot be read ({error.strerror}).") from error


def decode_note(content: bytes, path: Path) -> str:
    """The text of a note, line breaks and byte order mark kept.

    Raises:
        ExportFailedError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExportFailedError(
            f"{path} is not UTF-8 and was left as it is; save it as UTF-8 and try again."
        ) from error


def replace_note(path: Path, text: str, expected: bytes | None) -> bool:
    """Write a note as a whole, if it is still as it was when its new text was made.

    Args:
        path: where to.
        text: the new text.
        expected: the bytes the text was made for (None: no file).

    Returns:
        False if the file is no longer as expected; then nothing was written.

    Raises:
        ExportFailedError: the disk is full, the folder cannot be written, ...
    """
    path = path.resolve()
    with _written_beside(path, [text]) as fresh:
        if read_note(path) != expected:
            return False
        fresh.replace(path)
    return True


def replace_data(path: Path, pieces: Iterable[str]) -> Literal["new", "updated", "same"]:
    """Write a file of data as a whole; a file that holds the same is not touched.

    Raises:
        ExportFailedError: the disk is full, the folder cannot be written, another program writes to the file, ...
    """
    path = path.resolve()
    before = _stamp(path)
    with _written_beside(path, pieces) as fresh:
        if before is not None and filecmp.cmp(fresh, path, shallow=False):
            return "same"
        if _stamp(path) != before:
            raise ExportFailedError(f"{path} is being changed by another program and was left to it; try again.")
        fresh.replace(path)
    return "new" if before is None else "updated"


def write_through(path: Path, pieces: Iterable[str]) -> None:
    """Write to what is no file: a pipe, a device.

    Raises:
        ExportFailedError: it does not take everything.
    """
    try:
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "replace"))
    except OSError as error:
        raise ExportFailedError(f"{path} did not take everything ({error.strerror}).") from error


@contextmanager
def _written_beside(path: Path, pieces: Iterable[str]) -> Iterator[Path]:
    """A temporary file beside a path with the text wanted and the mode of what is there; gone afterwards."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.stat() if path.exists() else None
        mode = 0o666 & ~_umask() if old is None else stat.S_IMODE(old.st_mode)
        if not mode & 0o222 or (old is not None and not os.access(path, os.W_OK)):
            raise ExportFailedError(f"{path} is read-only and was left as it is.")
        handle, temporary = tempfile.mkstemp(prefix=".newstui-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "replace"))
            file.flush()
            if old is not None:  # what is new can be exported again, what its user wrote cannot
                os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        yield Path(temporary)
    except OSError as error:
        raise ExportFailedError(f"{path} was not written ({error.strerror}); nothing in it has changed.") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever a file is written; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
