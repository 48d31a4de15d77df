"""What is imported through the dialog acts on no terminal: not its text, its title, its tags, nor the file's name."""

import re
import shutil
import sys
from pathlib import Path

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent
CLIPBOARD, TITLE = "\x1b]52;c;aGVsbG8=\x07", "\x1b]0;owned\x07"
FORBIDDEN = re.compile("\x1b\\](?:52|0);|[\x80-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_control_of_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "library", tmp_path / "library")
    (tmp_path / "in").mkdir()
    body = f"The harbor {CLIPBOARD} \x9b31m [@click=app.quit]opens[/] \u202e again."
    (tmp_path / "in" / f"a{TITLE}name.txt").write_text(f"A story{CLIPBOARD} of ports\n\n{body}", encoding="utf-8")
    (tmp_path / "in" / f"b{TITLE}.txt").write_bytes(b"\x89PNG")
    front = 'title: "B\\e]52;c;aGVsbG8=\\a story"\ntags: ["x\\e[31m", "y\\u202e"]\ncollection: "C\\e]0;owned\\a"'
    (tmp_path / "in" / "c.md").write_text(f"---\n{front}\n---\n\nThe text of it.\n", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    command = [sys.executable, "-m", "newstui", "--library", "library"]
    terminal = Terminal(command, env={"HOME": str(home)}, cwd=tmp_path)
    try:
        terminal.wait("wire and the clock")
        terminal.press("I")
        terminal.send("./in")
        terminal.press("enter")
        terminal.wait("Imported: 2 added, 1 failed.")
        terminal.press("enter", "=")
        terminal.send("ports")
        terminal.press("enter")
        terminal.wait("A story of ports")
        terminal.press("enter")
        terminal.wait("[@click=app.quit]opens[/]")
        terminal.press("q", "i")
        assert FORBIDDEN.search(bytes(terminal.raw).decode("utf-8", "replace")) is None
    finally:
        terminal.close()
