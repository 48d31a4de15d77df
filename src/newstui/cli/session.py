"""What one run of the command line shares: where the library is, and the workspace once a verb has opened it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newstui.workspace import Workspace


class Session:
    """The `obj` of every click context.

    `library` is what `--library` said, or None: then the workspace looks for it (`newstui.paths.find_library`).
    `settings` are those given on the command line, over those of the file.
    """

    def __init__(self, library: Path | None = None, settings: Mapping[str, Any] | None = None) -> None:
        self.library = library
        self.settings = settings or {}
        self._workspace: Workspace | None = None
        self._warned: set[str] = set()

    def open(self, *, read_only: bool = False, create: bool = False) -> Workspace:
        """The workspace, opened at the first call; each warning of the library goes to standard error once.

        Args:
            read_only: do not lock the library; what writes fails with a sentence.
            create: make the folder a library if it is missing or empty.

        Raises:
            NewstuiError: the library is missing, locked or damaged.
        """
        if self._workspace is None:
            from newstui.cli.output import warn
            from newstui.workspace import Workspace

            self._workspace = Workspace.open(self.library, read_only=read_only, create=create)
            self._workspace.config = replace(self._workspace.config, **self.settings)
            for warning in self._workspace.store.warnings:
                if warning not in self._warned:
                    warn(warning)
            self._warned.update(self._workspace.store.warnings)
        return self._workspace

    def close(self) -> None:
        """Close what was opened; may be called twice."""
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close()
