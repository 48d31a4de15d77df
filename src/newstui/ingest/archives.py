"""Members of a zip, read with limits and never written anywhere."""

from __future__ import annotations

import zipfile
import zlib

from newstui.ingest.article import ImportFailedError, Limits


class Archive:
    """A zip that counts what is unpacked of it.

    Args:
        opened: the zip.
        limits: how much one member and all of them may hold.
        name: what to call it in a sentence.
    """

    def __init__(self, opened: zipfile.ZipFile, limits: Limits, name: str) -> None:
        self._opened = opened
        self._limits = limits
        self._name = name
        self._read = 0

    def read(self, member: str) -> bytes | None:
        """A member, or None if there is none of that name.

        Raises:
            ImportFailedError: it is larger than allowed, or all that was read is.
            zipfile.BadZipFile: it is damaged.
        """
        try:
            info = self._opened.getinfo(member)
        except KeyError:
            return None
        try:
            with self._opened.open(info) as opened:
                data = opened.read(self._limits.entry_bytes + 1)
        except zlib.error as error:
            raise zipfile.BadZipFile(f"{member} in it is damaged") from error
        self._read += len(data)
        if len(data) > self._limits.entry_bytes or self._read > self._limits.archive_bytes:
            raise ImportFailedError(f"{self._name}: more is packed in it than is allowed, so it was left out.")
        return data
