"""Leaving: however it ends, the terminal is as it was found."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent
CRASHING = """
import sys
from newstui.ui.screens.general import general_commands
def crash(screen, stroke):
    words = "secret words of an article"
    raise RuntimeError("the lamp went out")
general_commands._handlers["redraw"] = crash
sys.argv[0] = "newstui"
from newstui.__main__ import main
main()
"""

RUN_WITHOUT_HANGUP = """
import sys
import newstui.ui.terminal as terminal
terminal.exit_on_signals = lambda app: __import__("signal").signal(1, lambda *_: None)
import newstui.ui.app
newstui.ui.app.exit_on_signals = terminal.exit_on_signals
sys.argv[0] = "newstui"
from newstui.__main__ import main
main()
"""
"""No news of the end comes but from writing to the terminal."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    copy = tmp_path / "library"
    shutil.copytree(ROOT / "library", copy)
    return copy


def start(terminals: list[Terminal], tmp_path: Path, *command: str) -> Terminal:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    terminals.append(Terminal(command, env={"HOME": str(home)}, cwd=tmp_path))
    return terminals[-1]


def test_after_a_crash_the_terminal_is_as_it_was_and_a_sentence_names_the_log(
    terminals: list[Terminal], tmp_path: Path, library: Path
) -> None:
    terminal = start(terminals, tmp_path, sys.executable, "-c", CRASHING, "--library", str(library))
    terminal.wait("wire and the clock")
    terminal.press("ctrl+l")
    assert terminal.wait_for_end() == 1
    assert terminal.modes_left() == []
    shown = "".join(terminal.text.split())  # the terminal breaks rows in the middle of words
    assert "newstuimetanerrorofitsownandclosed;whatwassavedissafe." in shown
    assert "RuntimeError:thelampwentout;thedetailsarein" in shown
    assert "Traceback" not in shown
    assert "secretwords" not in shown
    log = next((tmp_path / "home").rglob("crash.log")).read_text(encoding="utf-8")
    assert "the lamp went out" in log
    assert "Traceback" in log


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(
    terminals: list[Terminal], tmp_path: Path, library: Path
) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no shell with job control here")
    terminal = start(terminals, tmp_path, bash, "--norc", "--noprofile", "-i")
    terminal.send(f"PS1='$ '; {sys.executable} -m newstui --library {library}\n")
    terminal.wait("wire and the clock")
    terminal.press("ctrl+z")
    terminal.wait("Stopped")
    assert terminal.modes_left() in ([], [2004])  # the shell itself asks for bracketed paste at its prompt
    terminal.send("fg\n")
    terminal.wait("wire and the clock")
    terminal.press("j", "q")
    terminal.wait(lambda text: bytes(terminal.raw).count(b"\x1b[?1049l") >= 2)  # the main screen is back
    terminal.send("echo status=$?; exit\n")
    terminal.wait_for_end()
    assert "status=0" in terminal.text
    assert terminal.modes_left() == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_in_an_article_saves_the_place_and_restores_the_terminal(
    terminals: list[Terminal], tmp_path: Path, library: Path, name: str
) -> None:
    terminal = start(terminals, tmp_path, sys.executable, "-m", "newstui", "--library", str(library))
    terminal.wait("wire and the clock")
    terminal.press("enter")
    terminal.wait("READ ¶1")
    terminal.press("}", "}")
    terminal.wait("READ ¶3")
    terminal.process.send_signal(getattr(signal, name))
    terminal.wait_for_end()
    assert terminal.modes_left() == []
    assert '"cursor"' in (library / "state.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("ignored", [False, True], ids=["hangup", "nohup"])
def test_when_the_terminal_is_gone_the_place_is_saved_and_the_program_ends(
    terminals: list[Terminal], tmp_path: Path, library: Path, ignored: bool
) -> None:
    command = ["-c", RUN_WITHOUT_HANGUP] if ignored else ["-m", "newstui"]
    terminal = start(terminals, tmp_path, sys.executable, *command, "--library", str(library))
    terminal.wait("wire and the clock")
    terminal.press("enter")
    terminal.wait("READ ¶1")
    terminal.press("}", "}")
    terminal.wait("READ ¶3")
    terminal.send("}{" * 100)
    terminal.hang_up()
    assert terminal.process.wait(10) is not None
    assert '"cursor"' in (library / "state.json").read_text(encoding="utf-8")
