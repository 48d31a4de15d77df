"""A process killed, or a disk that fails, at every call that changes the disk: what was acknowledged is there."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newstui.errors import NewstuiError
from newstui.model import Annotation, Article, ReadingState, Span
from newstui.services.annotating import build_target
from newstui.store import Store, new_id, now
from tests.unit.store.faults import FAR, KilledError, abandon, failing, slowly

BODY = "The line went dead at noon. The clerk wrote it down.\n\nNobody asked him why."
pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to end a process's locks")


def prepare(folder: Path) -> Article:
    """A library with data behind what will change."""
    with Store.open(folder, create=True) as store:
        article = Article(new_id(), "The line", store.add_text(BODY), 15, now())
        store.commit("Import", [article])
        store.commit("Before", [make_note(article, -number) for number in range(1, 6)])
    return article


def make_note(article: Article, number: int) -> Annotation:
    target = build_target(article, BODY, Span(abs(number), abs(number) + 7))
    return Annotation(new_id(), target, (), f"note {number}", 1, now(), now())


def live(store: Store, article: Article, acknowledged: dict[str, Annotation]) -> None:
    """A session: notes, a place, a bulk change, a fold, more notes. What raises is not acknowledged."""
    for number in range(3):
        with suppress(NewstuiError):
            note = make_note(article, number + 1)
            store.commit(f"Note {number}", [note])
            acknowledged[note.id] = note
        with suppress(NewstuiError):
            store.readings.put(ReadingState(article.id, number))
            store.readings.flush()
    with suppress(NewstuiError):
        tagged = [replace(note, tags=("bulk",)) for note in store.all(Annotation)]
        store.commit("Tag all", tagged)
        acknowledged |= {note.id: note for note in tagged}
    with suppress(NewstuiError):
        store.fold()
    with suppress(NewstuiError):
        store.add_text("Another body.")
        note = make_note(article, 9)
        store.commit("After the fold", [note])
        acknowledged[note.id] = note
    store.close()


def check(folder: Path, article: Article, acknowledged: dict[str, Annotation]) -> None:
    """Everything acknowledged is there as it was; the library goes on."""
    with Store.open(folder) as store:
        found = {note.id: note for note in store.all(Annotation)}
        for id_, note in acknowledged.items():
            assert found[id_] == note or found[id_] == replace(note, tags=("bulk",))
        assert sum(note.note.startswith("note -") for note in found.values()) == 5
        assert store.text(article.text) == BODY
        store.commit("It goes on", [make_note(article, 11)])
    with Store.open(folder) as store:
        assert any(note.note == "note 11" for note in store.all(Annotation))


def count_calls(folder: Path, article: Article) -> int:
    with failing(FAR, "") as faults:
        live(Store.open(shutil.copytree(folder, folder.parent / "count")), article, {})
    return faults.count


@pytest.mark.parametrize("how", ["half", *slowly("before", "after")])
def test_killed_at_every_call(tmp_path: Path, how: str) -> None:
    article = prepare(tmp_path / "prepared")
    total = count_calls(tmp_path / "prepared", article)
    assert total > 20
    for at in range(1, total + 1):
        folder = shutil.copytree(tmp_path / "prepared", tmp_path / f"{how}{at}")
        acknowledged: dict[str, Annotation] = {}
        with failing(at, how), suppress(KilledError):
            live(Store.open(folder), article, acknowledged)
        abandon()
        check(folder, article, acknowledged)


@pytest.mark.parametrize("how", ["ENOSPC", *slowly("EIO")])
def test_a_disk_that_fails_once_at_every_call(tmp_path: Path, how: str) -> None:
    article = prepare(tmp_path / "prepared")
    total = count_calls(tmp_path / "prepared", article)
    for at in range(1, total + 1):
        folder = shutil.copytree(tmp_path / "prepared", tmp_path / f"{how}{at}")
        acknowledged: dict[str, Annotation] = {}
        with failing(at, how), suppress(NewstuiError):
            live(Store.open(folder), article, acknowledged)
        abandon()
        check(folder, article, acknowledged)


def test_what_is_acknowledged_was_synced_first(tmp_path: Path) -> None:
    """The order at each acknowledgment: bytes, sync, and the folder's name of a new file before it."""
    folder = tmp_path / "library"
    article = prepare(folder)
    order: list[str] = []

    def noting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            order.append(name)
            return function(*arguments)

        return call

    with Store.open(folder) as store, pytest.MonkeyPatch.context() as patch:
        for name in ("write", "fdatasync", "fsync"):
            patch.setattr(os, name, noting(name, getattr(os, name)))
        for number in (1, 2):
            store.commit("Note", [make_note(article, number)])
            order.append("acknowledged")
    assert order[: order.index("acknowledged")][-1] == "fdatasync"
    assert "fsync" in order[: order.index("write")]
    second = order[order.index("acknowledged") + 1 :]
    assert second[: second.index("acknowledged")] == ["write", "fdatasync"]
