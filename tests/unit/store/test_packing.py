"""Copies of large files: a library opened through them says the same as one that is read, whatever became of either."""

import contextlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui import paths
from newstui.errors import LibraryDamagedError
from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.services.catalog import Catalog
from newstui.services.maintaining import Maintaining
from newstui.store import Store, new_id, packed, packing

BODY = "The wire was silent that night and the clerk wrote down what he had heard."


@pytest.fixture(autouse=True)
def _small_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LEAST", 1)
    monkeypatch.setattr(packing, "LEAST_ROWS", 1)
    monkeypatch.setattr(packing, "RACY", -1)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Thirty articles of ten days, a note on each second."""
    folder = tmp_path / "library"
    fill(folder, 30)
    return folder


def fill(folder: Path, count: int) -> None:
    with Store.open(folder, create=True) as store:
        sha256 = store.add_text(BODY)
        articles = [
            Article(new_id(), f"Report {n}", sha256, 14, f"2026-01-0{n % 5}T00:00:00Z",
                    published=f"2026-01-{n * 7 % 10:02}" if n % 4 else "")
            for n in range(count)
        ]  # fmt: skip
        store.commit("Add", [*articles, *(note_on(article, n) for n, article in enumerate(articles[::2]))])
        store.fold()


def note_on(article: Article, number: int) -> Annotation:
    moment = "2026-01-01T00:00:00Z"
    return Annotation(
        new_id(), build_target(article, BODY, Span(number % 9, 12)), (f"t{number % 3}",), "", 1, moment, moment
    )


def said(store: Store) -> dict[str, object]:
    """All that a store says."""
    articles = store.all(Article)
    return {
        "articles": articles,
        "annotations": store.all(Annotation),
        "heads": [list(store.heads_of(article.id)) for article in articles],
        "of": [store.annotations_of(article.id) for article in articles],
        "prints": [store.print_of_annotations(article.id) for article in articles],
        "whole prints": [store.article_print(article.id) for article in articles],
        "all prints": store.article_prints(),
        "count": store.count(Article),
        "having": [store.having(Article, member) for member in ("starred", "deleted", "archived")],
        "tagged": list(store.iter_tagged()),
        "counts": dict(store.count_annotations()),
        "published": {id_: day for id_, day in store.column(Article, "published").items() if day},
        "deleted": {id_: day for id_, day in store.column(Article, "deleted").items() if day},
        "newest": store.newest(),
        "rows": [row.article.id for row in Catalog(store, lambda *_: set()).rows()],
        "gone": store.find(Article, "nothing"),
    }


def is_packed(store: Store) -> bool:
    return isinstance(store._engine.memory.lines["articles"], packed.PackedLines)


def read_plainly(folder: Path) -> dict[str, object]:
    """What a library says whose files are read whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "LEAST", 1 << 40)
        with Store.open(folder, read_only=True) as store:
            assert not is_packed(store)
            return said(store)


KINDS = ("day", "star", "trash", "add", "drop", "note", "unnote", "move", "undo", "open")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 99)), max_size=12)


@settings(max_examples=15)
@given(STEPS)
def test_a_library_in_a_copy_says_what_one_that_is_read_says(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{scratch}/cache")
        folder = Path(scratch) / "library"
        fill(folder, 6)
        store = Store.open(folder)
        assert is_packed(store)
        try:
            for step, number in steps:
                store = take_step(store, step, number)
            here = said(store)
            assert here["whole prints"] == [store.article_prints()[article.id] for article in store.all(Article)]
            assert here == read_plainly(folder)
            store.fold()
            assert said(store) == here
            assert read_plainly(folder) == here
        finally:
            store.close()


def take_step(store: Store, step: str, number: int) -> Store:
    articles, notes = store.all(Article), store.all(Annotation)
    article = articles[number % len(articles)] if articles else None
    note = notes[number % len(notes)] if notes else None
    if step == "open":
        store.close()
        return Store.open(store.path)
    if step == "undo":
        store.undo()
    if article is not None and step == "day":
        store.commit("Day", [replace(article, published=f"2026-01-{number % 12:02}" if number % 5 else "")])
    if article is not None and step == "trash":
        store.commit("Trash", [replace(article, deleted="" if article.deleted else "2026-02-01")])
    if article is not None and step == "star":
        store.commit("Star", [replace(article, starred=not article.starred, archived=number % 3 == 0)])
    if article is not None and step == "drop":
        store.commit("Drop", remove=[article, *store.annotations_of(article.id)])
    if article is not None and step == "note":
        store.commit("Note", [note_on(article, number)])
    if article is not None and step == "add":
        store.commit("Add", [replace(article, id=new_id(), published=f"2026-01-{number % 12:02}")])
    if note is not None and step == "unnote":
        store.commit("Unnote", remove=[note])
    if article is not None and note is not None and step == "move":
        moved = replace(note, target=replace(note.target, source=article.id))
        store.commit("Move", [moved])
    return store


def test_a_file_written_over_in_place_is_read_again(library: Path) -> None:
    file = library / "articles.json"
    times = file.stat()
    data = file.read_bytes().replace(b"Report 7", b"Report X")
    with Store.open(library, read_only=True) as store:
        assert is_packed(store)
    file.write_bytes(data)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with Store.open(library, read_only=True) as store:
        assert "Report X" in [article.title for article in store.all(Article)]


def test_what_is_open_does_not_change_when_another_program_writes_over_the_file(library: Path) -> None:
    with Store.open(library, read_only=True) as store:
        (library / "articles.json").write_bytes(b"{}")
        assert len(store.all(Article)) == 30


def test_a_check_looks_at_the_file_and_not_at_the_copy(library: Path) -> None:
    file = library / "articles.json"
    with Store.open(library, read_only=True) as store:
        assert is_packed(store)
        assert list(Maintaining(store).check()) == []
        file.write_bytes(file.read_bytes().replace(b"Report 7", b"Report X"))
        assert [(found.where, "damaged" in found.what) for found in Maintaining(store).check()] == [(str(file), True)]


def test_a_copy_is_used_again_for_a_file_that_was_only_touched(library: Path) -> None:
    cache = next(paths.cache_dir().glob("*/store/articles.pack"))
    before = cache.stat()
    os.utime(library / "articles.json")
    with Store.open(library, read_only=True) as store:
        assert is_packed(store)
        assert len(store.all(Article)) == 30
    assert cache.stat().st_ino == before.st_ino


@pytest.mark.parametrize("name", ["articles.pack", "annotations.pack"])
def test_a_damaged_copy_never_shows_anything_wrong(library: Path, name: str) -> None:
    wanted = read_plainly(library)
    cache = next(paths.cache_dir().glob(f"*/store/{name}"))
    sound = cache.read_bytes()
    for at in range(3, len(sound), len(sound) // 60):
        cache.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        with contextlib.suppress(LibraryDamagedError), Store.open(library, read_only=True) as store:
            assert said(store) == wanted
            continue
        assert not cache.exists()
        with Store.open(library, read_only=True) as store:
            assert said(store) == wanted
    for cut in (0, 1, len(sound) // 2, len(sound) - 1):
        cache.write_bytes(sound[:cut])
        with Store.open(library, read_only=True) as store:
            assert said(store) == wanted


def test_without_a_place_for_copies_a_library_is_read(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    with Store.open(library, read_only=True) as store:
        assert not is_packed(store)
        assert len(store.all(Article)) == 30
