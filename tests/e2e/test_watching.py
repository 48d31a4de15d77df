"""`newstui import --watch` while files come, grow, change and go."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newstui.store import Store
from newstui.workspace import Workspace

WATCH = """
import sys
import newstui.cli.importing as importing
importing.WATCH_SECONDS = 0.1
sys.argv = ["newstui", *sys.argv[1:]]
from newstui.__main__ import main
main()
"""


class Watching:
    """The program, and what it said so far."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.folder, self.library, self._log = folder, library, folder.parent / "said.txt"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", WATCH, "--library", str(library), "import", "--watch", str(folder)], stderr=log
            )

    def said(self, words: str, times: int = 1) -> None:
        """Wait until it has said something so many times."""
        wait(lambda: self._log.read_text(encoding="utf-8").count(words) >= times, words)

    def texts(self) -> dict[str, str]:
        """The library read by somebody else meanwhile."""
        with Store.open(self.library, read_only=True) as store:
            workspace = Workspace(store)
            return {row.article.title: workspace.reading.text(row.article) for row in workspace.catalog.rows()}


def wait(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what!r}"
        time.sleep(0.02)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One\n\nThe first text.", encoding="utf-8")
    watching = Watching(tmp_path / "library", tmp_path / "in")
    watching.said("Watching")
    yield watching
    if watching.process.poll() is None:
        watching.process.kill()
    watching.process.wait()


def test_what_comes_grows_changes_and_goes(watching: Watching) -> None:
    assert watching.texts() == {"One": "The first text."}
    whole = "Two\n\n" + " ".join(f"Word {n}." for n in range(40))
    with (watching.folder / "b.txt").open("w", encoding="utf-8") as file:
        for at in range(0, len(whole), 40):
            file.write(whole[at : at + 40])
            file.flush()
            time.sleep(0.01)
    wait(lambda: watching.texts().get("Two") == whole.partition("\n\n")[2], "the whole of what grew")
    (watching.folder / "a.txt").write_text("One\n\nThe first text, changed.", encoding="utf-8")
    wait(lambda: watching.texts()["One"] == "The first text, changed.", "a new revision")
    (watching.folder / "b.txt").unlink()
    (watching.folder / "c.txt").write_bytes(b"")
    watching.said("there is no text in it")
    (watching.folder / "new.tmp").write_text("Three\n\nThe third text.", encoding="utf-8")
    (watching.folder / "new.tmp").replace(watching.folder / "c.txt")
    wait(lambda: len(watching.texts()) == 3, "what was put in place of what failed")
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(20) == 130


def test_a_library_in_use_is_said_once_and_nothing_is_forgotten(watching: Watching) -> None:
    with Store.open(watching.library):
        (watching.folder / "b.txt").write_text("Two\n\nThe second text.", encoding="utf-8")
        watching.said("imported once it is free")
        time.sleep(0.5)
    watching.said("added      Two")
    assert (watching.folder.parent / "said.txt").read_text(encoding="utf-8").count("once it is free") == 1
