"""The whole job in a real terminal, on a copy of the sample library, with the keys and the mouse a person would use."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent
NEWSTUI = [sys.executable, "-m", "newstui"]
STORY = "JOINT INTELLIGENCE"
QUOTE = "But we don’t see this as a move against NATO."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    copy = tmp_path / "library"
    shutil.copytree(ROOT / "library", copy)
    return copy


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home")}


def start(terminals: list[Terminal], library: Path, home: dict[str, str], *arguments: str) -> Terminal:
    command = [*NEWSTUI, "--library", str(library), *arguments]
    terminals.append(Terminal(command, env=home, cwd=library.parent))
    return terminals[-1]


def open_the_story(terminal: Terminal, shows: str = "Turkey and Russia both agree") -> None:
    terminal.wait("wire and the clock")
    terminal.press("=")
    terminal.send("joint intelligence moscow")
    terminal.wait(lambda text: STORY in text and "wire and the clock" not in text)
    terminal.press("enter")
    terminal.press("enter")
    terminal.wait(shows)


def text_rows(terminal: Terminal) -> list[str]:
    """The rows of the text, without the map at the right edge, which also shows the last search.

    The dots at names that are new come from a worker, sooner or later.
    """
    return [line[:-2].rstrip().replace("●", " ") for line in terminal.lines[2:20]]


def test_read_mark_tag_note_quit_return_find_and_export(
    terminals: list[Terminal], library: Path, home: dict[str, str]
) -> None:
    terminal = start(terminals, library, home)
    open_the_story(terminal)

    terminal.press("/")
    terminal.send("see this as a move")
    terminal.wait("1/1")
    terminal.press("enter")
    terminal.press("v", "i", "s", "t")
    terminal.wait("Tags")
    terminal.send("ceasefire")
    terminal.press("enter")
    terminal.press("tab", "tab")
    terminal.send("Denial; compare with the statement of 9 August.")
    terminal.press("ctrl+s")
    terminal.wait("saved")

    terminal.press("g", "g")
    terminal.wait("Anadolu news on")
    column, row = terminal.find("Mevlut Cavusoglu")
    terminal.drag((column, row), (column + len("Mevlut Cavusoglu") - 1, row))
    terminal.press("t")
    terminal.wait("Tags")
    terminal.send("people/minister")
    terminal.press("enter", "enter")
    terminal.wait("saved")

    terminal.press("G")
    terminal.wait("and our people")
    place = text_rows(terminal)
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0
    assert terminal.modes_left() == []

    again = start(terminals, library, home)
    open_the_story(again, "and our people")
    assert text_rows(again) == place

    again.press("F")
    again.send("erdogn")
    again.wait("Erdogan")
    again.press("enter")
    again.wait(lambda text: "Search everything" not in text and "Erdogan" in text)
    again.press("q", "q")
    assert again.wait_for_end() == 0

    exported = subprocess.run(
        [*NEWSTUI, "--library", library, "export", "tag:ceasefire", "--to", "-"],
        capture_output=True, text=True, check=True, env={**home, "PATH": ""}, cwd=library.parent,
    ).stdout  # fmt: skip
    assert "> " + QUOTE in exported
    assert "> Mevlut Cavusoglu" in exported
    assert "#ceasefire" in exported
    assert "#people/minister" in exported
    assert "Denial; compare with the statement of 9 August." in exported


def test_a_link_of_an_export_opens_its_passage_which_goes_to_a_command_and_a_folder(
    terminals: list[Terminal], library: Path, home: dict[str, str]
) -> None:
    export = [*NEWSTUI, "--library", library, "export"]
    given = {"check": True, "capture_output": True, "text": True, "env": {**home, "PATH": ""}}
    exported = subprocess.run([*export, "title:intelligence"], **given).stdout  # type: ignore[call-overload]  # as above
    link = re.search(r"newstui://\w+#\w+", exported)
    assert link is not None
    terminal = start(terminals, library, {**home, "SHELL": "/bin/sh"}, "open", link[0])
    terminal.wait("Turkey and Russia both agree")
    terminal.press("|")
    terminal.wait("Pipe into a command")
    terminal.send("cat > piped.txt")
    terminal.press("enter")
    terminal.wait("enter goes back")
    terminal.press("enter")
    terminal.wait("Piped: the passage")
    assert "durable ceasefire" in (library.parent / "piped.txt").read_text(encoding="utf-8")

    terminal.press("x")
    terminal.wait("highlights: 6")
    for _ in "~/newstui":
        terminal.press("backspace")
    terminal.send("vault")
    terminal.press("enter")
    terminal.wait("Exported 1 file: 1 new")
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0
    assert terminal.modes_left() == []
    (file,) = (library.parent / "vault").glob("*.md")
    assert file.read_text(encoding="utf-8") == exported


def test_opening_the_sample_and_looking_around_leaves_the_checkout_clean(
    terminals: list[Terminal], tmp_path: Path, home: dict[str, str]
) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    shutil.copytree(ROOT / "library", checkout / "library")
    git = ["git", "-C", str(checkout), "-c", "user.name=n", "-c", "user.email=n@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    terminal = start(terminals, checkout / "library", home)
    open_the_story(terminal)
    terminal.press("q", "q")
    assert terminal.wait_for_end() == 0
    status = subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True, text=True)
    assert status.stdout == ""


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_the_terminal_as_it_was(
    terminals: list[Terminal], library: Path, home: dict[str, str], signal_name: str
) -> None:
    import signal

    terminal = start(terminals, library, home)
    terminal.wait("wire and the clock")
    terminal.process.send_signal(getattr(signal, signal_name))
    terminal.wait_for_end()
    assert terminal.modes_left() == []


HOSTILE = (
    "Weather \x1b]52;c;ZXZpbA==\x07 and [b]bold[/x] [Wednesday]\n\n"
    "Clear \x1b[2J\x9b31m red \u202eoverride\u202c line\u2028separator\ttab 日本語 👩‍👩‍👧 🇯🇵 [@click=app.quit]x[/]\n\n"
    + "a long line without an end "
    * 4000
)


def test_a_hostile_article_reaches_the_screen_but_no_byte_of_it_acts(
    terminals: list[Terminal], tmp_path: Path, home: dict[str, str]
) -> None:
    library = tmp_path / "hostile"
    (tmp_path / "evil.txt").write_text(HOSTILE, encoding="utf-8")
    subprocess.run(
        [*NEWSTUI, "--library", library, "import", tmp_path / "evil.txt"], check=True, capture_output=True, env=home
    )
    terminal = start(terminals, library, home)
    terminal.wait("[Wednesd")
    terminal.press("enter")
    terminal.wait("日本語")
    terminal.press("F")
    terminal.send("override")
    terminal.wait("override")
    terminal.press("escape")
    terminal.wait(lambda text: "Search everything" not in text)
    terminal.press("q")
    terminal.wait("LIBRARY")
    terminal.press("q")
    terminal.wait_for_end()
    written = bytes(terminal.raw)
    assert b"\x1b]52" not in written
    assert b"\x1b[2J\xc2\x9b31m" not in written
    assert "\u202e".encode() not in written
    assert "\u2028".encode() not in written


def test_an_old_library_full_of_controls_is_shown_as_signs_everywhere(
    terminals: list[Terminal], tmp_path: Path, home: dict[str, str]
) -> None:
    """What an importer would have cleaned may be in a library already; no screen and no verb lets it through."""
    from newstui.model import Article, Span
    from newstui.store import Store, new_id
    from newstui.workspace import Workspace

    evil = "x\x1b]52;c;ZXZpbA==\x07y \x1b[2J\x9b31m \u202eover\u2028ride [b]bold[/b] wire"
    library = tmp_path / "old"
    with Store.open(library, create=True) as store:
        article = Article(new_id(), f"Title {evil}", store.add_text(f"Body {evil}."), 9, source=evil, tags=("a",))
        store.commit("Seed", [article])
    with Workspace.open(library) as workspace:
        workspace.annotating.highlight(article.id, Span(0, 20), tags=["tag"], note=f"Note {evil}")

    terminal = start(terminals, library, home)
    terminal.wait("Title x␛]52;c;ZXZpbA==␇y")
    terminal.press("enter")
    terminal.wait("Body x␛]52")
    terminal.press("F")
    terminal.send("bold")
    terminal.wait("TEXT")
    terminal.press("escape")
    terminal.wait(lambda text: "Search everything" not in text)
    terminal.press("g", "n")
    terminal.wait("Note x␛")
    terminal.press("q", "q", "q")
    assert terminal.wait_for_end() == 0
    spoken = b""
    for verb in (["list"], ["read", article.id[-6:]], ["search", "bold"], ["notes"], ["notes", "--json"], ["entities"]):
        done = subprocess.run([*NEWSTUI, "--library", library, *verb], capture_output=True, env=home, check=False)
        spoken += done.stdout + done.stderr
    for written in (bytes(terminal.raw), spoken):
        assert b"\x1b]52" not in written
        assert "\u202e".encode() not in written
        assert b"\xc2\x9b" not in written
    assert b"\x1b" not in spoken
