"""How many keys annotating takes, counted on the real program in a real terminal."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent
NEWSTUI = [sys.executable, "-m", "newstui"]
SENTENCE = "oth countries have also agreed"


class Counted:
    """A terminal that counts the keys pressed in it."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.terminal.press(*keys)

    def since(self, before: int) -> int:
        return self.keys - before


@pytest.fixture
def library(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "library", tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture
def counted(library: Path, home: dict[str, str]) -> Iterator[Counted]:
    story = next(a for a in notes(library, home, "list", "--json") if "JOINT INTELLIGENCE" in a["title"])
    terminal = Terminal([*NEWSTUI, "--library", str(library), "open", story["id"]], env=home, cwd=library.parent)
    terminal.wait("B" + SENTENCE)
    yield Counted(terminal)
    terminal.close()


def notes(library: Path, home: dict[str, str], *verb: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*NEWSTUI, "--library", library, *verb], capture_output=True, text=True, check=True,
        env={**home, "PATH": ""}, cwd=library.parent,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def newest(library: Path, home: dict[str, str]) -> dict[str, Any]:
    return max(notes(library, home, "notes", "--json"), key=lambda note: str(note["id"]))


def test_a_sentence_in_sight_is_tagged_changed_and_undone_in_three_three_and_one(
    counted: Counted, library: Path, home: dict[str, str]
) -> None:
    before = len(notes(library, home, "notes", "--json"))

    counted.press("S")
    column, row = counted.terminal.find(SENTENCE)
    counted.press(counted.terminal.lines[row][column - 1])
    counted.terminal.wait("Tags")
    counted.terminal.send("def")
    counted.terminal.wait("#defense")
    counted.press("ctrl+s")
    counted.terminal.wait("#defense.")
    assert counted.keys <= 3
    made = newest(library, home)
    assert made["tags"] == ["defense"]
    assert str(made["quote"]).startswith("Both countries have also agreed")

    at = counted.keys
    counted.press("B", "b", "enter")
    counted.terminal.wait("words now.")
    assert counted.since(at) <= 3
    shorter = newest(library, home)
    assert str(made["quote"]).startswith(str(shorter["quote"]))
    assert len(str(shorter["quote"])) < len(str(made["quote"]))

    at = counted.keys
    counted.press("u")
    counted.terminal.wait("Undid: change boundaries")
    assert counted.since(at) == 1
    assert newest(library, home)["quote"] == made["quote"]
    counted.press("u")
    counted.terminal.wait("Undid: tag passage #defense")
    assert len(notes(library, home, "notes", "--json")) == before


def test_the_sentence_at_the_cursor_and_an_end_by_one_key(
    counted: Counted, library: Path, home: dict[str, str]
) -> None:
    counted.press(")")
    at = counted.keys
    counted.press("t")
    counted.terminal.wait("Tags")
    counted.terminal.send("syr")
    counted.terminal.wait("#syria")
    counted.press("enter", "enter")
    counted.terminal.wait("#syria.")
    assert counted.since(at) == 3
    made = newest(library, home)
    assert made["tags"] == ["syria"]
    counted.press("<")
    counted.terminal.wait("words now.")
    assert len(str(newest(library, home)["quote"])) < len(str(made["quote"]))
    counted.press("u")
    counted.terminal.wait("Undid: change boundaries")
    assert newest(library, home)["quote"] == made["quote"]


def test_without_a_key_by_the_mouse_alone(counted: Counted, library: Path, home: dict[str, str]) -> None:
    """Drag to select, click the hints and the fields of the editor, drag an end, click undo."""
    terminal = counted.terminal
    column, row = terminal.find("B" + SENTENCE)
    terminal.drag((column, row), (column + 13, row))
    click(terminal, "tag")
    terminal.wait("Tags")
    tag = next(line for line in terminal.lines if "used last" in line).split("#")[1].split()[0]
    click(terminal, f"#{tag}")
    terminal.wait(f"#{tag}×")
    click(terminal, "save")
    terminal.wait(f"#{tag}.")
    made = newest(library, home)
    assert (made["quote"], made["tags"]) == ("Both countries", [tag])
    terminal.drag((column + 13, row), (column + 18, row))
    terminal.wait("3 words now.")
    assert newest(library, home)["quote"] == "Both countries have"
    click(terminal, "undo")
    terminal.wait("Undid: change boundaries")
    assert counted.keys == 0


def click(terminal: Terminal, words: str) -> None:
    """Click the last place on the screen where these words stand."""
    row = max(number for number, line in enumerate(terminal.lines) if words in line)
    column = terminal.lines[row].rindex(words)
    terminal.send(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")
    terminal.settle()
