"""Cut, flipped and missing bytes, a power cut, other processes, threads and disks: nothing is lost without a word."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newstui.errors import LibraryDamagedError, NewstuiError, NotFoundError, NotSavedError
from newstui.ingest.article import Source
from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.services.importing import Importing
from newstui.services.reanchoring import Reanchoring
from newstui.store import Store, new_id, now
from newstui.store.backups import Backups
from tests.unit.store.faults import FAR, KilledError, abandon, failing, slowly

BODY = "The line went dead at noon. The clerk wrote it down.\n\nNobody asked him why."
ROOT = Path(__file__).parents[3]
NOTES = {f"note {number}" for number in range(6)}


def make_note(article: Article, number: int, note: str = "") -> Annotation:
    text = note or f"note {number}"
    return Annotation(new_id(), build_target(article, BODY, Span(number, number + 7)), ("wire",), text, 2, now(), now())


def notes(folder: Path) -> set[str]:
    with Store.open(folder, read_only=True) as store:
        return {note.note for note in store.all(Annotation)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with an article and three notes that are folded and backed up, and three only in the journal."""
    with Store.open(tmp_path / "made", create=True) as store:
        article = Article(new_id(), "The line", store.add_text(BODY), 15, now())
        store.commit("Import", [article])
        for number in range(3):
            store.commit("Note", [make_note(article, number)])
        store.fold()
        shutil.rmtree(store.path / "backups")
        Backups(store.path).make("2026-11-01")
        for number in range(3, 6):
            store.commit("Note", [make_note(article, number)])
        return Path(shutil.copytree(store.path, tmp_path / "library"))


@pytest.mark.parametrize("step", [11, *slowly(1)])
def test_a_journal_cut_at_every_byte_costs_no_whole_line(folder: Path, step: int) -> None:
    segment = max((folder / "journal").glob("*.journal"))
    data = segment.read_bytes()
    for at in range(0, len(data), step):
        segment.write_bytes(data[:at])
        with Store.open(folder, read_only=True) as store:
            assert len(store.all(Annotation)) == 3 + data[:at].count(b"\n")
            assert store.warnings == []


def flip(path: Path, at: int, bit: int) -> bytes:
    data = path.read_bytes()
    path.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    return data


@pytest.mark.parametrize("name", ["articles.json", "annotations.json", "journal"])
@pytest.mark.parametrize("places", [20, *slowly(600)])
def test_a_flipped_bit_costs_at_most_what_it_touched_and_never_silently(
    folder: Path, tmp_path: Path, name: str, places: int
) -> None:
    rng = random.Random(name)
    path = folder / name if name != "journal" else max((folder / "journal").glob("*.journal"))
    for number in range(places):
        copy = Path(shutil.copytree(folder, tmp_path / f"copy{number}"))
        target = copy / path.relative_to(folder)
        flip(target, rng.randrange(target.stat().st_size), rng.randrange(8))
        try:
            with Store.open(copy) as store:
                found = {note.note for note in store.all(Annotation)}
                told = bool(store.warnings)
                assert store.warnings or store.all(Article)
        except LibraryDamagedError as error:
            refused = str(error)
        else:
            refused = ""
        if refused:
            Backups(copy).restore()
            assert "`newstui restore` puts back the one of 2026-11-01" in refused
            found = notes(copy)
            assert found == NOTES
        shutil.rmtree(copy)
        assert len(NOTES - found) <= 1
        torn = name == "journal" and found == NOTES - {"note 5"}  # looks like a line that was never acknowledged
        edited = len(found) == len(NOTES)  # a letter of a note, as another program may write it
        assert refused or told or torn or edited


def test_a_body_with_a_flipped_bit_is_named(folder: Path) -> None:
    with Store.open(folder) as store:
        article = store.all(Article)[0]
        flip(next((folder / "texts").rglob("*.txt")), 5, 0)
        with pytest.raises(LibraryDamagedError, match=article.text):
            store.text(article.text)


# -- at every call of other work


def bring_in(folder: Path) -> None:
    with Store.open(folder) as store:
        source = Source(b"A new line was laid to the north.\n\nIt went over the hills.", "new.txt")
        Importing(store, lambda: Reanchoring(store)).run([source])


def restore(folder: Path) -> None:
    Backups(folder).restore()
    Store.open(folder).close()


def merge(folder: Path) -> None:
    with Store.open(folder) as store:
        store.merge(folder.parent / "other")


@pytest.mark.parametrize("how", ["half", "ENOSPC", *slowly("before", "after", "EIO")])
@pytest.mark.parametrize("work", [bring_in, restore, merge], ids=["importing", "restoring", "merging"])
def test_work_that_ends_at_any_call_loses_nothing(
    folder: Path, tmp_path: Path, work: Callable[[Path], None], how: str
) -> None:
    with Store.open(Path(shutil.copytree(folder, tmp_path / "other"))) as store:
        store.commit("There", [make_note(store.all(Article)[0], 9, "from there")])
    with failing(FAR, "") as faults:
        work(Path(shutil.copytree(folder, tmp_path / "count")))
    assert faults.count > 3
    for at in range(1, faults.count + 1):
        copy = Path(shutil.copytree(folder, tmp_path / f"copy{at}"))
        with failing(at, how), suppress(KilledError, NewstuiError, OSError):
            work(copy)
        abandon()
        with Store.open(copy) as store:
            assert {note.note for note in store.all(Annotation)} - {"from there"} == NOTES
        shutil.rmtree(copy)


# -- a power cut


class Power:
    """What a disk holds at least after a power cut: bytes as last synced, names as when their folder was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bytes = {path.stat().st_ino: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.names = {path: self.names_of(path) for path in [folder, *folder.rglob("*")] if path.is_dir()}

    @staticmethod
    def names_of(folder: Path) -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in folder.iterdir() if path.is_file()}

    def sync(self, handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").resolve()
        if path.is_dir():
            self.names[path] = self.names_of(path)
        else:
            self.bytes[os.fstat(handle).st_ino] = path.read_bytes()

    def cut(self, target: Path) -> Path:
        """The library with only what is durable."""
        for folder, names in self.names.items():
            to = target / folder.relative_to(self.folder)
            to.mkdir(parents=True, exist_ok=True)
            for name, inode in names.items():
                (to / name).write_bytes(self.bytes.get(inode, b""))
        return target


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to know a file by its handle")
def test_after_a_power_cut_everything_acknowledged_is_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    power = Power(folder)
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, power.sync)
    wanted = set(NOTES)
    with Store.open(folder) as store:
        article = store.all(Article)[0]
        for number in range(6, 12):
            if number % 3 == 0:
                store.fold()
            note = make_note(article, number)
            text = store.add_text(f"Body {number}")
            store.commit("Both", [note, Article(new_id(), "New", text, 2, now())])
            wanted.add(note.note)
            after = power.cut(tmp_path / f"cut{number}")
            assert notes(after) == wanted
            with Store.open(after, read_only=True) as again:
                assert all(again.text(one.text) for one in again.all(Article))


# -- processes, threads, a fork


def run_writer(folder: Path) -> "subprocess.Popen[str]":
    """A process that writes a note, says so, and goes on until it is killed."""
    code = """
import sys
from pathlib import Path
from newstui.store import Store
from tests.unit.store.test_damage import make_note
from newstui.model import Article
store = Store.open(Path(sys.argv[1]))
for number in range(10**6):
    store.commit("Note", [make_note(store.all(Article)[0], number % 9, f"written {number}")])
    print(number, flush=True)
"""
    return subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_second_process_reads_while_one_writes_and_takes_over_when_it_is_killed(folder: Path) -> None:
    writer = run_writer(folder)
    assert writer.stdout is not None
    with writer.stdout:
        first = writer.stdout.readline()
        with Store.open(folder) as reader:
            assert reader.read_only
            assert str(writer.pid) in reader.warnings[0]
            assert {note.note for note in reader.all(Annotation)} >= NOTES
            said = [first, *(writer.stdout.readline() for _ in range(5))]
            writer.send_signal(signal.SIGKILL)
            said += writer.stdout.readlines()
            writer.wait()
            reader.refresh()
            assert reader.take_over()
            found = {note.note for note in reader.all(Annotation)}
            assert found >= NOTES | {f"written {line.strip()}" for line in said if line.endswith("\n")}
            reader.commit("On", [make_note(reader.all(Article)[0], 1, "after it")])
    assert "after it" in notes(folder)


def test_four_threads_commit_at_once_and_all_of_it_is_there(folder: Path) -> None:
    with Store.open(folder) as store:
        article = store.all(Article)[0]

        def work(name: int) -> None:
            for number in range(10):
                store.commit("Note", [make_note(article, number, f"{name}.{number}")])

        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wanted = NOTES | {f"{name}.{number}" for name in range(4) for number in range(10)}
        assert notes(folder) == wanted
        assert len(store.history()) == len({done.number for done in store.history()})
    assert notes(folder) == wanted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_that_ends_leaves_library_and_lock_alone(folder: Path) -> None:
    with Store.open(folder) as store:
        child = multiprocessing.get_context("fork").Process(target=len, args=("",))
        child.start()
        child.join()
        with Store.open(folder) as second:
            assert second.read_only
        store.commit("On", [make_note(store.all(Article)[0], 1, "after the fork")])
    assert notes(folder) == NOTES | {"after the fork"}


# -- disks and input


def test_a_disk_that_became_read_only_while_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(30, "Read-only file system")

    with Store.open(folder) as store:
        with monkeypatch.context() as patch:
            for name in ("write", "fsync", "fdatasync", "replace", "mkdir", "ftruncate", "unlink"):
                patch.setattr(os, name, refuse)
            with pytest.raises(NotSavedError, match=r"Read-only file system\.$"):
                store.commit("No", [make_note(store.all(Article)[0], 1, "lost?")])
            with pytest.raises(NotSavedError, match="Read-only file system"):
                store.fold()
        assert {note.note for note in store.all(Annotation)} == NOTES
    assert notes(folder) == NOTES


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_open_for_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    folder.chmod(0o500)
    with Store.open(folder) as store:
        assert store.read_only
        assert store.warnings == [f"{folder} cannot be written, so it is open for reading only."]
        assert {note.note for note in store.all(Annotation)} == NOTES
    folder.chmod(0o700)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["articles.json", "annotations.json"])
@pytest.mark.parametrize("content", [b"", None, b"\0" * 400, b"{\n"], ids=["empty", "missing", "zeros", "cut"])
def test_a_file_that_is_gone_names_the_newest_backup_and_comes_back(folder: Path, name: str, content: bytes) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(LibraryDamagedError) as raised:
        Store.open(folder)
    assert str(folder / name) in str(raised.value)
    assert str(raised.value).endswith("`newstui restore` puts back the one of 2026-11-01.")
    assert (folder / name).read_bytes() == content if content is not None else not (folder / name).exists()
    Backups(folder).restore()
    assert notes(folder) == NOTES


def test_a_file_cut_anywhere_is_refused_or_whole(folder: Path) -> None:
    path = folder / "annotations.json"
    data = path.read_bytes()
    rng = random.Random(3)
    for at in [
        *(rng.randrange(len(data) - 2) for _ in range(30)),
        *(data.index(b"\n},\n") + more for more in range(4)),
    ]:
        path.write_bytes(data[:at])
        with pytest.raises(LibraryDamagedError, match=r"annotations\.json"):
            Store.open(folder, read_only=True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (float("nan"), "not finite"),
        (float("inf"), "not finite"),
        ({1}, "set"),
        (b"1", "bytes"),
        ("a\ud800", "half a character"),
        (object(), "object"),
    ],
    ids=["nan", "infinity", "set", "bytes", "surrogate", "object"],
)
def test_what_json_cannot_hold_is_refused_in_a_sentence(folder: Path, wrong: object, said: str) -> None:
    with Store.open(folder) as store:
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        with pytest.raises(NotSavedError, match=said) as raised:
            store.database.table("tags").insert({"name": "n", "x": wrong})
        assert str(raised.value).startswith("Not saved: ")
        assert str(raised.value).endswith(".")
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
        assert len(store.database.table("tags")) == 0


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc\n",
        "line\u2028separator\u2029\x85\x0b\x0c",
        '"},\n"x": {',
        '\\"\\u0000\0',
        "\U0001f3f3\ufe0f\u200d Türkiye",
    ],
    ids=["returns", "separators", "braces", "escapes", "joined"],
)
def test_any_characters_of_a_note_come_back(folder: Path, text: str) -> None:
    with Store.open(folder) as store:
        store.commit("Odd", [make_note(store.all(Article)[0], 1, text)])
        assert text in notes(folder)
    assert text in notes(folder)
    path = folder / "annotations.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert text in notes(folder)


def test_a_clock_set_back_by_a_year_loses_no_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    with Store.open(folder) as store:
        first = store.all(Annotation)[0]
        earlier = time.time() - 365 * 86400
        monkeypatch.setattr(time, "time", lambda: earlier)
        monkeypatch.setattr("newstui.store.engine.now", lambda: "2025-11-25T10:00:00Z")
        store.commit("Later", [replace(first, note="written later")])
        store.commit("New", [make_note(store.all(Article)[0], 2, "new")])
        assert max(note.id for note in store.all(Annotation)) != first.id
    with Store.open(folder) as store:
        assert store.all(Annotation)[0].note == "written later"
        assert store.all(Annotation)[-1].note == "new"
        store.undo()
        store.undo()
        assert {note.note for note in store.all(Annotation)} == NOTES


def test_a_backup_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no backup 2020-01-01; there are 2026-11-01"):
        Backups(folder).restore("2020-01-01")


def test_what_is_written_into_a_file_in_place_does_not_reach_its_backup(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Store.open(folder, create=True) as store:
        article = Article(new_id(), "The line", store.add_text("The line went dead."), 4, now())
        store.commit("Import", [article])
        store.fold()
        (day,) = Backups(folder).dates()
        Backups(folder).make(day, again=True)
    for path in folder.glob("*.json"):
        with path.open("r+b") as file:
            file.write(b"garbage")
    with pytest.raises(LibraryDamagedError, match=day):
        Store.open(folder)
    assert Backups(folder).restore() == day
    with Store.open(folder) as store:
        assert store.all(Article) == [article]
    (folder / "backups" / day / "articles.json").write_bytes(b"garbage")
    assert Backups(folder).newest_sound() == ""
    with pytest.raises(LibraryDamagedError, match="cannot be read itself"):
        Backups(folder).restore(day)
