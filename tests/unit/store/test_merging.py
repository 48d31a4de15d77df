"""Two versions of a library come together: conflict files, other devices, other libraries, git, other programs."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.store import Store, journal, new_id, now

BODY = "The line went dead at noon. The clerk wrote it down.\n\nNobody asked him why."


def make_note(article: Article, start: int, note: str = "") -> Annotation:
    return Annotation(new_id(), build_target(article, BODY, Span(start, start + 7)), ("wire",), note, 2, now(), now())


@contextmanager
def device(name: str) -> Iterator[None]:
    """Be another machine for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newstui.store.engine.device_id", lambda: name)
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with an article and two notes, written by the device `a`."""
    folder = tmp_path / "library"
    with device("a"), Store.open(folder, create=True) as store:
        article = Article(new_id(), "The line", store.add_text(BODY), 15, now())
        store.commit("Import", [article])
        store.commit("Notes", [make_note(article, 4, "first"), make_note(article, 20, "second")])
    return folder


def copy_of(folder: Path) -> Path:
    target = folder.parent / f"{folder.name}-{len(list(folder.parent.iterdir()))}"
    return Path(shutil.copytree(folder, target))


def write(folder: Path, name: str, change: Callable[[Annotation], Annotation], at: int = 0) -> None:
    """A device changes a note of a library."""
    with device(name), Store.open(folder) as store:
        note = store.all(Annotation)[at]
        store.commit("Change", [change(note)])


def add(folder: Path, name: str, note: str) -> None:
    with device(name), Store.open(folder) as store:
        store.commit("Add", [make_note(store.all(Article)[0], 8, note)])


def notes(folder: Path) -> list[str]:
    with Store.open(folder, read_only=True) as store:
        return sorted(note.note for note in store.all(Annotation))


def says(text: str) -> Callable[[Annotation], Annotation]:
    return lambda note: replace(note, note=text)


# -- files that a synchronizing program leaves


@pytest.mark.parametrize(
    "name",
    [
        "annotations.sync-conflict-20261125-101500-ABCDEFG.json",
        "annotations (conflicted copy).json",
        "annotations (Ada's conflicted copy 2026-11-25).json",
    ],
)
def test_a_conflict_file_is_merged_put_away_and_reported(folder: Path, name: str) -> None:
    other = copy_of(folder)
    write(other, "b", says("first, from the laptop"))
    add(other, "b", "new on the laptop")
    write(folder, "a", says("first, from here"))
    (folder / name).write_bytes((other / "annotations.json").read_bytes())
    with device("a"), Store.open(folder) as store:
        assert f"{name} was merged: 1 new, 1 changed, 0 deleted" in store.warnings[0]
        both = store.all(Annotation)[0].note
    assert "first, from the laptop" in both
    assert "first, from here" in both
    assert notes(folder) == sorted([both, "second", "new on the laptop"])
    assert not (folder / name).exists()
    assert (folder / "backups" / name).exists()
    with device("a"), Store.open(folder) as store:
        assert store.warnings == []
        store.undo()
    assert notes(folder) == ["first, from here", "second"]


def test_what_is_missing_in_a_conflict_file_was_not_deleted(folder: Path) -> None:
    conflict = folder / "annotations.sync-conflict-20261125-101500-ABCDEFG.json"
    text = (folder / "annotations.json").read_text(encoding="utf-8")
    conflict.write_text("".join(line for line in text.splitlines(True) if "first" not in line), encoding="utf-8")
    assert "first" in "".join(notes(folder))
    with Store.open(folder):
        pass
    assert notes(folder) == ["first", "second"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"annotations": {"x": {"type": "Annotation"}}}', b"[3]"])
def test_a_conflict_file_that_cannot_be_read_stays_and_is_named(folder: Path, content: bytes) -> None:
    conflict = folder / "annotations.sync-conflict-20261125-101500-ABCDEFG.json"
    conflict.write_bytes(content)
    with Store.open(folder) as store:
        assert len(store.warnings) == 1
        assert conflict.name in store.warnings[0]
        store.commit("It goes on", [replace(store.all(Article)[0], starred=True)])
    assert conflict.read_bytes() == content
    assert notes(folder) == ["first", "second"]


# -- another device's journal


def test_a_segment_of_another_device_is_taken_in_and_comes_late_or_twice(folder: Path) -> None:
    other = copy_of(folder)
    for text in ("one", "two", "three"):
        write(other, "b", says(text))
    write(folder, "a", says("second, changed here"), 1)
    segments = sorted((other / "journal").glob("b.*"))
    assert len(segments) == 3
    for segment in (segments[0], segments[2], segments[1], segments[2]):
        shutil.copy(segment, folder / "journal")
        with device("a"), Store.open(folder):
            pass
    assert notes(folder) == ["second, changed here", "three"]
    shutil.rmtree(folder / "journal")  # all of it was folded
    assert notes(folder) == ["second, changed here", "three"]


def test_what_was_taken_in_of_another_device_is_read_again_only_for_the_history(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_of(folder)
    write(other, "b", says("one"))
    write(other, "b", says("two"))
    for segment in (other / "journal").glob("b.*"):
        shutil.copy(segment, folder / "journal")
    write(folder, "a", says("here"), 1)
    read: list[str] = []
    load = journal.load_segment

    def load_and_note(path: Path) -> journal.Segment:
        read.append(path.name)
        return load(path)

    monkeypatch.setattr(journal, "load_segment", load_and_note)
    with device("b"), Store.open(folder):
        pass  # what another device remembers of the same journal is its own
    read.clear()
    with device("a"), Store.open(folder) as store:
        assert read == []
        assert [step.label for step in store.history()] == ["Import", "Notes", "Change", "Change", "Change"]
    write(other, "b", says("three"))
    shutil.copy(max((other / "journal").glob("b.*")), folder / "journal")
    assert notes(folder) == ["here", "three"]
    with device("a"), Store.open(folder) as store:
        store.commit("Change", [replace(store.all(Annotation)[1], note="and here")])
    assert sorted(path.name.split(".")[0] for path in (folder / "journal").glob("*.journal")).count("b") == 3
    assert notes(folder) == ["and here", "three"]


def test_what_another_device_deleted_is_deleted_unless_it_was_changed_here(folder: Path) -> None:
    other = copy_of(folder)
    with device("b"), Store.open(other) as store:
        store.commit("Delete", remove=store.all(Annotation))
    write(folder, "a", says("still wanted"))
    for segment in (other / "journal").glob("b.*"):
        shutil.copy(segment, folder / "journal")
    with device("a"), Store.open(folder):
        pass
    assert notes(folder) == ["still wanted"]


# -- two libraries


def test_an_article_filed_on_both_sides_lies_in_both_collections(folder: Path) -> None:
    other = copy_of(folder)
    for library, name, collection in ((folder, "a", "Aleppo"), (other, "b", "Wire")):
        with device(name), Store.open(library) as store:
            store.commit("Put", [replace(each, collections=(collection,)) for each in store.all(Article)])
    with device("a"), Store.open(folder) as store:
        store.merge(other)
        assert [sorted(each.collections) for each in store.all(Article)] == [["Aleppo", "Wire"]]


def test_two_libraries_that_went_apart_come_together_from_both_sides(folder: Path) -> None:
    other = copy_of(folder)
    write(folder, "a", says("first, from here"))
    add(folder, "a", "only here")
    write(other, "b", says("first, from there"))
    write(other, "b", lambda note: replace(note, tags=("wire", "sea")), 1)
    with device("b"), Store.open(other) as store:
        body = "Another body."
        text = store.add_text(body)
        store.commit("Import", [Article(new_id(), "Another", text, 2, now())])
    copy = copy_of(folder)
    with device("a"), Store.open(folder) as store:
        assert str(store.merge(other)) == "1 new, 2 changed, 0 deleted, and in 1 the notes of both are kept"
        assert store.merge(other).changed == 0
        assert store.text(text) == body
        assert sorted(store.all(Annotation)[1].tags) == ["sea", "wire"]
    with device("b"), Store.open(other) as store:
        store.merge(copy)
        there = [store.all(Annotation), store.all(Article)]
    with device("a"), Store.open(folder) as store:
        assert [store.all(Annotation), store.all(Article)] == there
        store.undo()
        assert len(store.all(Article)) == 1
    assert "first, from here" in notes(folder)


def test_a_library_is_no_smaller_for_being_merged_with_an_empty_one(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", create=True):
        pass
    with Store.open(folder) as store:
        assert str(store.merge(tmp_path / "empty")) == "0 new, 0 changed, 0 deleted"
    assert notes(folder) == ["first", "second"]


# -- git

git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def run_git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def on_two_branches(folder: Path, here: Callable[[], None], there: Callable[[], None]) -> None:
    """Commit what is done here and there apart, and let git merge it."""
    run_git(folder, "init", "-q", "-b", "main")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-qm", "begin")
    run_git(folder, "checkout", "-qb", "there")
    there()
    run_git(folder, "commit", "-qam", "there")
    run_git(folder, "checkout", "-q", "main")
    shutil.rmtree(folder / "journal", ignore_errors=True)  # as in the clone of another machine
    here()
    run_git(folder, "commit", "-qam", "here")
    run_git(folder, "merge", "there", "-m", "both")


@git
@pytest.mark.parametrize("union", [True, False], ids=["union", "markers"])
def test_what_git_makes_of_two_branches_is_merged_by_line(folder: Path, union: bool) -> None:
    if not union:
        (folder / ".gitattributes").unlink()

    def here() -> None:
        write(folder, "a", says("first, from here"))
        add(folder, "a", "added here")

    def there() -> None:
        write(folder, "b", says("first, from there"))
        add(folder, "b", "added there")

    on_two_branches(folder, here, there)
    text = (folder / "annotations.json").read_text(encoding="utf-8")
    assert ("<<<<<<<" in text) is not union
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(text)
    with device("a"), Store.open(folder) as store:
        assert not any("damaged" in warning for warning in store.warnings)
        first = store.all(Annotation)[0].note
    assert "first, from here" in first
    assert "first, from there" in first
    assert notes(folder) == sorted([first, "second", "added here", "added there"])
    json.loads((folder / "annotations.json").read_text(encoding="utf-8"))


@git
def test_what_one_branch_deleted_is_deleted_by_its_tombstone_though_union_brings_it_back(folder: Path) -> None:
    def there() -> None:
        with device("b"), Store.open(folder) as store:
            store.commit("Delete", remove=[store.all(Annotation)[0]])

    on_two_branches(folder, lambda: add(folder, "a", "added here"), there)
    with device("a"), Store.open(folder):
        pass
    assert notes(folder) == ["added here", "second"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("},\n", "}\n"),
        ("}\n", "},\n"),
        ("},\n", "},,\n"),
        ('\n"annotations": {', '\n<<<<<<< HEAD\n=======\n>>>>>>> there\n"annotations": {'),
        ('{\n"_meta"', '<<<<<<< HEAD\n{\n"_meta"'),
    ],
)
def test_commas_and_markers_may_be_missing_or_doubled(folder: Path, old: str, new: str) -> None:
    path = folder / "annotations.json"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with Store.open(folder):
        pass
    assert notes(folder) == ["first", "second"]
    json.loads(path.read_text(encoding="utf-8"))


# -- other programs


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "annotations.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edit_while_closed_stays_though_another_device_was_ahead(folder: Path) -> None:
    other = copy_of(folder)
    edit(folder, '"first"', '"first, by hand"')
    write(other, "b", lambda note: replace(note, color=5))
    for segment in (other / "journal").glob("b.*"):
        shutil.copy(segment, folder / "journal")
    with device("a"), Store.open(folder) as store:
        note = store.all(Annotation)[0]
        assert note.color == 5
        assert "first, by hand" in note.note


def test_an_edit_while_open_is_there_even_if_newstui_dies(folder: Path) -> None:
    with device("a"), Store.open(folder) as store:
        store.commit("Color", [replace(store.all(Annotation)[0], color=5)])
        edit(folder, '"first"', '"first, by hand"')
        (folder / ".lock").unlink()  # as if it had died
        with Store.open(folder) as again:
            note = again.all(Annotation)[0]
            assert (note.color, note.note) == (5, "first, by hand")
        shutil.rmtree(folder / "journal")
    assert notes(folder) == ["first, by hand", "second"]


def test_an_edit_while_open_is_merged_before_it_is_written_over(folder: Path) -> None:
    with device("a"), Store.open(folder) as store:
        first = store.all(Annotation)[0]
        edit(folder, '"second"', '"second, by hand"')
        edit(folder, '"first"', '"first, by hand"')
        store.commit("Color", [replace(first, color=5)])
        store.fold()
        assert [note.note for note in store.all(Annotation)] == ["first, by hand", "second, by hand"]
        assert store.all(Annotation)[0].color == 5
        assert any("changed here and outside" in warning for warning in store.warnings)
    assert notes(folder) == ["first, by hand", "second, by hand"]


def test_lines_removed_outside_while_open_were_not_deleted(folder: Path) -> None:
    path = folder / "annotations.json"
    with device("a"), Store.open(folder) as store:
        lines = path.read_text(encoding="utf-8").splitlines(True)
        path.write_text("".join(line for line in lines if "first" not in line), encoding="utf-8")
        store.commit("Color", [replace(store.all(Annotation)[1], color=5)])
    assert notes(folder) == ["first", "second"]


@pytest.mark.parametrize("body", ['"free text"', '[{"value": 3}, 7]', "5", "null"])
def test_an_edit_while_open_that_is_no_note_is_set_aside(folder: Path, body: str) -> None:
    path = folder / "annotations.json"
    with device("a"), Store.open(folder) as store:
        text = path.read_text(encoding="utf-8")
        start, end = text.index('"body": ['), text.index('], "changed"') + 1
        path.write_text(f'{text[:start]}"body": {body}{text[end:]}', encoding="utf-8")
        store.commit("Color", [replace(store.all(Annotation)[1], color=5)])
        store.fold()
        assert any("1 lines that another program wrote cannot be read" in warning for warning in store.warnings)
        assert list((folder / "damaged").iterdir())
    with Store.open(folder) as store:
        assert store.all(Annotation)[1].color == 5
        assert store.all(Annotation)[1].note == "second"
