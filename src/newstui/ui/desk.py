"""What every screen works with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from newstui import paths
from newstui.config import Config
from newstui.ui.keymap import Keymap
from newstui.ui.pane_sizes import PaneSizes
from newstui.ui.themes import ThemeSet, load_all_themes
from newstui.workspace import Workspace

T = TypeVar("T")


def _one_writer() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="newstui-writer")


@dataclass(slots=True)
class Desk:
    """The open library, the settings, the keymap, the themes, and the one thread that writes.

    A slow disk must not hold up a key, so every change of the library goes through `write`, in the order asked for.
    `last_tags` are the tags given last, for `repeat_last_tags`, `last_export` is where the last
    export went, `last_pipe` the last command that was handed words, `last_batch`
    the file whose lines were searched for last, `panes` how wide the panes are, `rail` whether
    one stands beside a text where there is room.
    """

    workspace: Workspace
    config: Config
    keymap: Keymap
    themes: ThemeSet = field(default_factory=load_all_themes)
    rail: bool = True
    last_tags: tuple[str, ...] = ()
    link_from: str = ""
    last_export: str = "~/newstui"
    last_pipe: str = ""
    last_batch: str = ""
    panes: PaneSizes = field(default_factory=lambda: PaneSizes(paths.state_dir() / "panes.json"))
    writer: ThreadPoolExecutor = field(default_factory=_one_writer)

    def write(self, work: Callable[[], T]) -> Future[T]:
        """Run a change of the library on the writing thread; the library is tidied after it, not in it."""
        future = self.writer.submit(work)
        self.writer.submit(self.workspace.store.tidy)
        return future

    def close(self) -> None:
        """Wait for what is being written, and end the thread."""
        self.writer.shutdown(wait=True)
