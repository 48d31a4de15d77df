"""Verbs that look after a library."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
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
    half_a_backup = library / "backups" / ".2026-11-01.tmp"
    half_a_backup.mkdir(parents=True)
    (half_a_backup / "articles.json").write_bytes(b"half")
    assert run(library, "check")[0] == 1
    assert run(library, "check", "--fix")[0] == 0
    assert not list(library.rglob(".*.tmp"))
    assert run(library, "check") == (0, "Everything is there.\n")


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


@pytest.mark.parametrize("where", ["missing", "file", "folder"])
def test_what_has_no_backups_is_left_alone(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert run(tmp_path / where, "restore") == (1, f"newstui: There are no backups in {tmp_path / where}.\n")
    assert not list((tmp_path / "folder").iterdir())


def test_a_backup_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    library = make(tmp_path)
    shutil.rmtree(library / "backups")
    (library / "backups").write_bytes(b"in the way")
    status, said = run(library, "backup")
    assert status == 4
    assert said.splitlines()[-1].startswith(f"newstui: No backup could be made in {library}: ")


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


def with_state(monkeypatch: pytest.MonkeyPatch, name: str, tmp_path: Path) -> None:
    """Be another device from now on."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / name))


def test_two_copies_that_went_apart_are_merged_and_one_undo_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, copy = make(tmp_path), tmp_path / "copy"
    shutil.copytree(library, copy, ignore=shutil.ignore_patterns("journal"))
    (tmp_path / "b.txt").write_text("Another\n\nThe other line held all night.", encoding="utf-8")
    with_state(monkeypatch, "laptop", tmp_path)
    assert run(copy, "import", str(tmp_path / "b.txt"))[0] == 0
    with Workspace.open(copy) as workspace:
        (note,) = workspace.annotating.all()
        workspace.annotating.change(note.id, note="because of the storm", tags=("wire",))
    with_state(monkeypatch, "desk", tmp_path)
    with Workspace.open(library) as workspace:
        workspace.annotating.change(note.id, tags=("harbor",))
    status, said = run(library, "merge", str(copy))
    assert (status, said) == (0, f"Merged {copy}: 1 new, 1 changed, 0 deleted.\n")
    with Workspace.open(library) as workspace:
        (merged,) = workspace.annotating.all()
        assert (set(merged.tags), merged.note) == ({"wire", "harbor"}, "because of the storm")
        assert len(workspace.catalog.rows()) == 2
    assert run(library, "check") == (0, "Everything is there.\n")
    assert run(library, "merge", str(copy)) == (0, f"Merged {copy}: 0 new, 0 changed, 0 deleted.\n")
    assert run(library, "undo")[0] == 0
    with Workspace.open(library) as workspace:
        assert [(one.tags, one.note) for one in workspace.annotating.all()] == [(("harbor",), "why?")]
        assert len(workspace.catalog.rows()) == 1


def test_what_is_no_library_is_not_merged(tmp_path: Path) -> None:
    library = make(tmp_path)
    (tmp_path / "photos").mkdir()
    status, said = run(library, "merge", str(tmp_path / "photos"))
    assert status != 0
    assert "is not a newstui library" in said


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("driver", [False, True])
def test_git_merges_two_branches_of_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: bool) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@wire.example")
    library = make(tmp_path)

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(library), *words], capture_output=True, text=True, check=True)
        return done.stdout

    def note_on(device: str, words: str) -> None:
        with_state(monkeypatch, device, tmp_path)
        shutil.rmtree(library / "journal")  # each branch is another clone
        with Workspace.open(library) as workspace:
            (note,) = workspace.annotating.all()
            workspace.annotating.change(note.id, note=words, tags=(device,))
        git("add", "-A")
        git("commit", "-qm", words)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "laptop")
    note_on("laptop", "the storm")
    git("checkout", "-q", "main")
    note_on("desk", "the clerk")
    if driver:
        assert run(library, "merge-driver", "--install")[0] == 0
        git("config", "merge.newstui.driver", f"{sys.executable} -m newstui merge-driver %O %A %B")
    git("merge", "-q", "laptop", "-m", "both")
    assert git("status", "--porcelain") == ""
    assert b"<<<<<<<" not in (library / "annotations.json").read_bytes()
    with Workspace.open(library) as workspace:
        (merged,) = workspace.annotating.all()
        assert set(merged.tags) == {"laptop", "desk"}
        assert set(merged.note.split("\n\n")) == {"the storm", "the clerk"}
        assert workspace.store.warnings == []
    assert run(library, "check") == (0, "Everything is there.\n")


def test_a_demo_library_is_as_large_as_asked_and_sound(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert run(tmp_path, "demo-library", str(folder), "--articles", "40")[0] == 0
    with Store.open(folder) as store:
        articles = store.all(Article)
        assert len(articles) == 40
        assert len({article.text for article in articles}) == 40
        assert len(store.annotations_of(articles[0].id)) == 10
    assert run(folder, "check") == (0, "Everything is there.\n")
    assert run(tmp_path, "demo-library", str(folder))[0] == 2
