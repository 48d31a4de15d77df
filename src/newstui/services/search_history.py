"""The searches of this device, the last one first: a text file in the state folder, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newstui import paths

KEPT = 200


class SearchHistory:
    """Queries that led somewhere.

    Args:
        file: where they are kept; in the state folder if it is None.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.state_dir() / "searches"
        self._queries: list[str] | None = None

    def all(self) -> Sequence[str]:
        """The queries, the last one first."""
        if self._queries is None:
            try:
                lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:
                lines = []
            self._queries = [line for line in lines if line.strip()][:KEPT]
        return self._queries

    def add(self, query: str) -> None:
        """Remember a query; a folder that cannot be written costs only the next session its memory."""
        line = " ".join(query.split())
        if not line:
            return
        self._queries = [line, *(known for known in self.all() if known != line)][:KEPT]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text("\n".join(self._queries), encoding="utf-8", errors="replace")
        except OSError:
            return
