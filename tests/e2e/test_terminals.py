"""Terminals of all kinds: few colors, none, no terminal at all, sizes that change all the time, and tmux."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent
NEWSTUI = [sys.executable, "-m", "newstui"]
COLOR = re.compile(rb"\x1b\[[0-9;]*?(?<![0-9])([34]8;[25]|3[0-7]|4[0-7]|9[0-7]|10[0-7])(?![0-9])[0-9;]*m")
"""A color in the bytes that are written: one of 24 bits or of a palette of 256, or one of the sixteen."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    copy = tmp_path / "library"
    shutil.copytree(ROOT / "library", copy)
    (tmp_path / "home").mkdir()
    return copy


def start(terminals: list[Terminal], library: Path, *command: str, **env: str) -> Terminal:
    command = command or (*NEWSTUI, "--library", str(library))
    home = {"HOME": str(library.parent / "home")}
    terminals.append(Terminal(command, env={**home, **env}, cwd=library.parent))
    return terminals[-1]


@pytest.mark.parametrize(
    ("env", "colors"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, {b"sixteen"}),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, {b"48;5", b"38;5"}),
        ({"NO_COLOR": "1"}, set()),
        ({"NO_COLOR": ""}, {b"48;2", b"38;2"}),  # empty is not asked for: https://no-color.org
    ],
    ids=["16", "256", "none", "empty"],
)
def test_without_its_color_a_highlight_is_told_from_plain_text(
    terminals: list[Terminal], library: Path, env: dict[str, str], colors: set[bytes]
) -> None:
    terminal = start(terminals, library, **env)
    terminal.wait("wire and the clock")
    rows = [row for row in range(24) if terminal.screen.buffer[row][0].data == "▌"]
    assert len(rows) == 1
    terminal.press("j", "enter")
    terminal.wait("When words cost money")
    terminal.press("c", "2")
    terminal.wait("saved")
    column, row = terminal.find("When words cost money")
    gutters = ["".join(terminal.screen.buffer[at][x].data for x in range(column)).strip() for at in range(24)]
    assert gutters[row] in ("▎", "2")
    assert gutters[row + 1] in ("", "●")
    marked, plain = terminal.screen.buffer[row][column], terminal.screen.buffer[row + 1][column]
    if not colors:
        assert marked.underscore or marked.reverse
        assert not plain.underscore
        assert not plain.reverse
    found = {each if each[:1] in b"34" and each[1:2] == b"8" else b"sixteen" for each in COLOR.findall(terminal.raw)}
    assert found == colors
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0


def test_a_dumb_terminal_gets_lines_and_no_escape(terminals: list[Terminal], library: Path) -> None:
    terminal = start(terminals, library, TERM="dumb")
    assert terminal.wait_for_end() == 0
    assert "The wire and the clock" in terminal.text
    assert b"\x1b" not in terminal.raw


def test_the_window_is_believed_rather_than_exported_sizes(terminals: list[Terminal], library: Path) -> None:
    terminal = start(terminals, library, COLUMNS="60", LINES="20")
    terminal.wait("wire and the clock")
    assert terminal.lines[0].endswith("unread")
    assert len(terminal.lines[0]) == 79
    assert "open" in terminal.lines[23]
    terminal.resize(120, 30)
    terminal.wait(lambda text: len(text.splitlines()[0]) == 119)
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def test_a_storm_of_sizes_while_keys_come_neither_crashes_nor_loses_the_place(
    terminals: list[Terminal], library: Path
) -> None:
    terminal = start(terminals, library)
    terminal.wait("wire and the clock")
    terminal.press("j", "enter")
    terminal.wait("When words cost money")
    terminal.press("4", "}")
    terminal.settle()
    place = re.search(r"READ (¶\d+)", terminal.text)
    assert place is not None
    sizes = random.Random(4)
    for number in range(40):
        columns, rows = (20, 5) if number % 8 == 0 else (sizes.randint(20, 200), sizes.randint(5, 60))
        terminal.resize(columns, rows, quiet=0.004)
        terminal.send(("l", "h")[number % 2])
    terminal.resize(80, 24, quiet=0.5)
    terminal.wait(place[1])
    assert "newstui needs" not in terminal.text
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0
    assert terminal.modes_left() == []


def test_inside_tmux_it_is_drawn_takes_keys_and_the_mouse_and_leaves_the_pane_as_it_was(
    terminals: list[Terminal], library: Path
) -> None:
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("no tmux here")
    socket = f"newstui-test-{os.getpid()}"
    call = [tmux, "-L", socket, "-f", "/dev/null"]
    env = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    env |= {"HOME": str(library.parent / "home"), "LANG": "C.UTF-8", "SHELL": "/bin/sh"}

    def ask(*arguments: str) -> str:
        return subprocess.run([*call, *arguments], capture_output=True, text=True, env=env, check=False).stdout

    def wait(words: str) -> str:
        end = time.monotonic() + 20
        while words not in (shown := ask("capture-pane", "-p")):
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown

    try:
        ask("new-session", "-d", "-x", "80", "-y", "24", f"{' '.join(NEWSTUI)} --library {library}; cat")
        wait("wire and the clock")
        ask("send-keys", "j", "Enter")
        wait("When words cost money")
        ask("send-keys", "c", "3")
        shown = wait("saved")
        row = next(line for line in shown.splitlines() if "When words cost money" in line)
        assert "▎" in row
        ask("resize-window", "-x", "120", "-y", "30")
        wait(" " * 50 + "newstui · 20 Nov 2026")  # the header is as wide as the window
        ask("send-keys", "q", "q")
        end = time.monotonic() + 20
        while "1" in ask("display-message", "-p", "#{alternate_on}#{mouse_any_flag}"):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert ask("display-message", "-p", "#{cursor_flag}").strip() == "1"
    finally:
        ask("kill-server")
