"""Verbs that look after a library."""

from pathlib import Path

from click.testing import CliRunner

from newstui.cli.main import main
from newstui.model import Article
from newstui.store import Store
from newstui.workspace import Workspace


def run(library: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--library", str(library), *arguments])
    return done.exit_code, done.output


def make(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("A headline\n\nThe line went dead at noon. It came back.", encoding="utf-8")
    library = tmp_path / "library"
    assert run(library, "import", str(tmp_path / "a.txt"))[0] == 0
    with Workspace.open(library) as workspace:
        article = workspace.store.all(Article)[0]
        workspace.annotating.highlight_quote(article.id, "dead at noon", note="why?")
    return library


def test_a_sound_library_and_a_body_that_was_changed(tmp_path: Path) -> None:
    library = make(tmp_path)
    assert run(library, "check") == (0, "Everything is there.\n")
    body = next((library / "texts").rglob("*.txt"))
    body.write_text("other words", encoding="utf-8")
    status, said = run(library, "check")
    assert status == 1
    assert "was changed outside newstui" in said


def test_what_a_write_left_over_is_removed(tmp_path: Path) -> None:
    library = make(tmp_path)
    (library / ".articles.json.123.tmp").write_bytes(b"half")
    assert run(library, "check")[0] == 1
    assert run(library, "check", "--fix")[0] == 0
    assert not list(library.glob(".*.tmp"))


def test_undo_works_from_the_command_line(tmp_path: Path) -> None:
    library = make(tmp_path)
    assert "Write a note" in run(library, "undo", "--list")[1]
    assert run(library, "undo")[0] == 0
    assert run(library, "notes")[0] == 1
    assert run(library, "redo")[0] == 0
    assert "dead at noon" in run(library, "notes")[1]


def test_a_lost_file_is_put_back_with_everything_since(tmp_path: Path) -> None:
    library = make(tmp_path)
    assert "highlights" in run(library, "backup", "--list")[1]
    (library / "annotations.json").write_bytes(b"")
    status, said = run(library, "notes")
    assert status == 4
    assert "newstui restore" in said
    assert run(library, "restore")[0] == 0
    assert "dead at noon" in run(library, "notes")[1]
    assert run(library, "restore", "1999-01-01")[0] == 1


def test_restore_refuses_while_somebody_writes(tmp_path: Path) -> None:
    library = make(tmp_path)
    with Store.open(library):
        status, said = run(library, "restore")
    assert status == 3
    assert "is being written by" in said


def test_fold_writes_the_files(tmp_path: Path) -> None:
    library = make(tmp_path)
    assert run(library, "fold")[0] == 0
    assert "why?" in (library / "annotations.json").read_text(encoding="utf-8")
