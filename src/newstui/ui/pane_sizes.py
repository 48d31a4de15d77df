"""How wide the panes are on this device: a small file in the state folder, which losing costs only the widths."""

from __future__ import annotations

import json
from pathlib import Path


class PaneSizes:
    """Widths by the name of a pane.

    Args:
        file: where they are kept; need not exist, and what is wrong in it counts as not there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._sizes: dict[str, int] | None = None

    def get(self, name: str, default: int) -> int:
        """The width of a pane."""
        return self._all().get(name, default)

    def put(self, name: str, size: int) -> None:
        """Remember a width until `save`."""
        self._all()[name] = size

    def save(self) -> None:
        """Keep the widths; a folder that cannot be written costs only the next session its memory."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(self._all(), sort_keys=True), encoding="utf-8")
        except OSError:
            return

    def _all(self) -> dict[str, int]:
        if self._sizes is None:
            try:
                found = json.loads(self._file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = {}
            known = found.items() if isinstance(found, dict) else ()
            self._sizes = {name: size for name, size in known if type(size) is int}
        return self._sizes
