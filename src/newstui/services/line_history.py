"""What was typed on this device before, the last one first: a text file in the state folder, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

KEPT = 200


class LineHistory:
    """Queries that led somewhere, or commands that were given.

    Args:
        file: where they are kept.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines: list[str] | None = None

    def all(self) -> Sequence[str]:
        """The lines, the last one first."""
        if self._lines is None:
            try:
                lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:
                lines = []
            self._lines = [line for line in lines if line.strip()][:KEPT]
        return self._lines

    def add(self, line: str) -> None:
        """Remember a line; a folder that cannot be written costs only the next session its memory."""
        line = " ".join(line.split())
        if not line:
            return
        self._lines = [line, *(known for known in self.all() if known != line)][:KEPT]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text("\n".join(self._lines), encoding="utf-8", errors="replace")
        except OSError:
            return
