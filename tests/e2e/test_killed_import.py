"""A killed import leaves a library that opens, with each article wholly there or not at all; the next run ends it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newstui.model import AnchorState, Annotation, Article
from newstui.store import Store
from newstui.workspace import Workspace
from tests.unit.ingest.files import EXPORTS

KILLED_AT = """
import os, signal, sys
left = int(sys.argv[1])

def counted(real):
    def call(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call

for name in ("write", "fsync", "fdatasync", "replace", "ftruncate", "link", "mkdir", "pwrite", "sync"):
    setattr(os, name, counted(getattr(os, name)))
sys.argv = ["newstui", *sys.argv[2:]]
from newstui.__main__ import main
main()
"""
NUMBER = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for number in range(NUMBER):
        (folder / f"{number:02}.txt").write_text(
            f"Title {number}\n\nThe text of number {number}, whole.", encoding="utf-8"
        )
    name, data = EXPORTS["readwise"]
    (folder / name).write_bytes(data)
    return folder


def run(calls: int, library: Path, folder: Path) -> int:
    command = [sys.executable, "-c", KILLED_AT, str(calls), "--library", str(library), "import", "--quiet", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode


def check_killed(calls: int, library: Path, folder: Path) -> bool:
    """Whether it was killed; all that may be asked of the library then was asked."""
    ended = run(calls, library, folder)
    assert ended in (0, -signal.SIGKILL)
    if (library / "articles.json").exists():
        with Workspace.open(library) as workspace:
            for article in workspace.store.all(Article):
                assert workspace.reading.text(article)
                if article.provenance.importer == "readwise":
                    assert len(workspace.store.annotations_of(article.id)) == 2
            assert [each.what for each in workspace.maintaining.check() if not each.mendable] == []
    assert run(-1, library, folder) == 0
    with Store.open(library) as store:
        assert len(store.all(Article)) == NUMBER + 1
        assert len(store.all(Annotation)) == 2
    return ended != 0


@pytest.mark.parametrize("calls", [1, 5, 25, 60, 100])
def test_an_import_that_is_killed_loses_nothing_that_it_said(calls: int, tmp_path: Path, folder: Path) -> None:
    check_killed(calls, tmp_path / "library", folder)


@pytest.mark.slow
def test_an_import_killed_at_every_call_that_changes_the_disk(tmp_path: Path, folder: Path) -> None:
    calls = 1
    while check_killed(calls, tmp_path / str(calls), folder):
        calls += 1
    assert calls > NUMBER


STORY = "A story\n\nThe harbor opened on Monday. Nobody said who had paid.\n\nThe last ship left at noon."


def check_killed_revision(calls: int, place: Path) -> bool:
    """Whether the import of a changed text was killed; highlights stand on the text that the article has then."""
    (place / "in").mkdir(parents=True)
    file, library = place / "in" / "a.txt", place / "library"
    file.write_text(STORY, encoding="utf-8")
    assert run(-1, library, file) == 0
    with Workspace.open(library) as workspace:
        (article,) = workspace.store.all(Article)
        for quote in ("The harbor opened", "who had paid", "at noon"):
            workspace.annotating.highlight_quote(article.id, quote, note="kept")
    file.write_text(
        STORY.replace("The harbor", "On its own the harbor").replace("at noon", "at dusk"), encoding="utf-8"
    )
    ended = run(calls, library, file)
    with Workspace.open(library) as workspace:
        (article,) = workspace.store.all(Article)
        body = workspace.reading.text(article)
        notes = workspace.store.all(Annotation)
        assert len(notes) == 3
        for note in notes:
            assert note.state is AnchorState.ORPHAN or note.span.slice(body) == note.quote
            assert note.state is AnchorState.ORPHAN or note.target.text == article.text
    assert run(-1, library, file) == 0
    with Store.open(library) as store:
        assert len(store.all(Article)[0].earlier) == 1
    return ended != 0


@pytest.mark.parametrize("calls", [2, 6, 10])
def test_a_revision_that_is_killed_leaves_highlights_on_the_text_there_is(calls: int, tmp_path: Path) -> None:
    check_killed_revision(calls, tmp_path)


@pytest.mark.slow
def test_a_revision_killed_at_every_call_that_changes_the_disk(tmp_path: Path) -> None:
    calls = 1
    while check_killed_revision(calls, tmp_path / str(calls)):
        calls += 1
    assert calls > 8
