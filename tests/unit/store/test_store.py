"""What a library promises: changed whole or not at all, undone by name, opened or refused with one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryReadOnlyError,
    NewstuiError,
    NotFoundError,
    NotSavedError,
)
from newstui.model import Annotation, Article, ReadingState, Span
from newstui.services.annotating import Annotating, build_target
from newstui.store import Store, new_id, now

BODY = "The line went dead at noon. The clerk wrote it down.\n\nNobody asked him why."


def add_article(store: Store, title: str = "The line") -> Article:
    article = Article(new_id(), title, store.add_text(BODY), len(BODY.split()), now())
    store.commit(f"Import {title}", [article])
    return article


def make_note(article: Article, start: int, end: int, note: str = "") -> Annotation:
    return Annotation(new_id(), build_target(article, BODY, Span(start, end)), ("wire",), note, 2, now(), now())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_what_is_committed_is_there_when_the_library_is_opened_again(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        note = make_note(article, 4, 8, "why dead?")
        store.commit("Write a note", [note])
    with Store.open(folder) as again:
        assert again.all(Article) == [article]
        assert again.annotations_of(article.id) == [note]
        assert again.text(article.text) == BODY


def test_annotations_of_an_article_come_in_the_order_of_the_text_the_wider_first(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article, other = add_article(store), add_article(store, "Another")
        late, inner, outer = make_note(article, 20, 25), make_note(article, 4, 8), make_note(article, 4, 26)
        store.commit("Three", [late, inner, outer, make_note(other, 0, 3)])
        assert list(store.annotations_of(article.id)) == [outer, inner, late]


def test_undo_and_redo_go_through_all_kinds_and_a_new_change_ends_redo(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        note = make_note(article, 4, 8)
        store.commit("Highlight passage", [note])
        store.commit("Star 1 article", [replace(article, starred=True)])
        undone = store.undo()
        assert undone is not None
        assert undone.label == "Star 1 article"
        assert store.get(Article, article.id) == article
        store.undo()
        assert store.find(Annotation, note.id) is None
        store.redo()
        assert store.get(Annotation, note.id) == note
        store.commit("Delete 1 highlight", remove=[note])
        assert store.redo() is None
        store.undo()
        assert store.get(Annotation, note.id) == note


def test_nothing_to_undo_in_a_new_library(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        assert store.undo() is None
        assert store.redo() is None


def test_a_change_that_changes_nothing_is_no_step(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        store.commit("Nothing", [article])
        assert [done.label for done in store.history()] == ["Import The line"]


@pytest.mark.parametrize("step", ["write", "fdatasync"])
def test_a_full_disk_leaves_disk_and_memory_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    import os

    with Store.open(folder, create=True) as store:
        article = add_article(store)
        before = (folder / "annotations.json").read_bytes()

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, step, full)
            with pytest.raises(NotSavedError, match="No space left"):
                Annotating(store).highlight(article.id, Span(4, 8), note="lost?")
        assert store.all(Annotation) == []
        assert (folder / "annotations.json").read_bytes() == before
        kept = Annotating(store).highlight(article.id, Span(4, 8), note="now it fits")
    with Store.open(folder) as again:
        assert again.all(Annotation) == [kept]


def test_a_second_writer_may_read_and_is_told_who_writes(folder: Path) -> None:
    with Store.open(folder, create=True) as first:
        article = add_article(first)
        with Store.open(folder) as second:
            assert second.read_only
            assert second.holder is not None
            assert second.get(Article, article.id) == article
            with pytest.raises(LibraryLockedError):
                second.commit("No", [replace(article, starred=True)])
    with Store.open(folder) as third:
        assert not third.read_only


def test_a_reader_follows_what_the_writer_does(folder: Path) -> None:
    with Store.open(folder, create=True) as writer:
        article = add_article(writer)
        with Store.open(folder) as reader:
            heard: list[str] = []
            reader.subscribe(lambda transaction: heard.append(transaction.label))
            assert reader.refresh() is None
            note = make_note(article, 4, 8)
            writer.commit("Highlight passage", [note])
            assert reader.refresh() is not None
            assert reader.annotations_of(article.id) == [note]
            writer.commit("Delete", remove=[note])
            reader.refresh()
            assert reader.annotations_of(article.id) == []
            assert heard == ["Changed elsewhere"] * 2
            assert reader.refresh() is None


def test_a_library_opened_for_reading_refuses_every_change(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
    with Store.open(folder, read_only=True) as store:
        with pytest.raises(LibraryReadOnlyError):
            store.commit("No", [replace(article, starred=True)])
        with pytest.raises(LibraryReadOnlyError):
            store.add_text("No")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"articles": 3}', b'{"articles": {"a": {}}}'])
def test_a_damaged_file_is_named_and_left_alone(folder: Path, content: bytes) -> None:
    with Store.open(folder, create=True) as store:
        add_article(store)
    (folder / "articles.json").write_bytes(content)
    with pytest.raises(LibraryDamagedError, match=r"articles\.json"):
        Store.open(folder)
    assert (folder / "articles.json").read_bytes() == content


def test_a_library_of_a_newer_schema_is_open_for_reading_only(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
    for name in ("articles.json", "annotations.json"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert '"schema": 2' in text
        path.write_text(text.replace('"schema": 2', '"schema": 99'), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    with Store.open(folder) as store:
        assert any("newer" in warning for warning in store.warnings)
        assert store.get(Article, article.id) == article
        with pytest.raises(LibraryReadOnlyError):
            store.commit("No", [replace(article, starred=True)])
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before


def test_a_folder_that_is_missing_or_no_library_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        Store.open(tmp_path / "none")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(NewstuiError) as raised:
        Store.open(tmp_path / "photos", create=True)
    assert str(raised.value).endswith(".")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_a_body_that_was_changed_or_lost_is_named(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        body = next(path for path in (folder / "texts").rglob("*") if path.is_file())
        body.write_text("something else", encoding="utf-8")
        with pytest.raises(LibraryDamagedError):
            store.text(article.text)
        body.unlink()
        with pytest.raises(LibraryDamagedError):
            store.text(article.text)


def test_members_of_other_programs_survive_a_change(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
    path = folder / "articles.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["articles"][article.id]["x-mine"] = {"deep": [1, 2]}
    path.write_text(json.dumps(data), encoding="utf-8")
    with Store.open(folder) as store:
        store.commit("Star", [replace(store.get(Article, article.id), starred=True)])
    changed = json.loads(path.read_text(encoding="utf-8"))["articles"][article.id]
    assert changed["x-mine"] == {"deep": [1, 2]}
    assert changed["starred"] is True


def test_reading_positions_are_kept_apart_and_are_no_step_of_undo(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        notes = (folder / "annotations.json").read_bytes()
        store.readings.put(ReadingState(article.id, 12, 14, 0.5))
        store.readings.flush()
        assert (folder / "annotations.json").read_bytes() == notes
        assert len(store.history()) == 1
    with Store.open(folder) as again:
        assert again.readings.find(article.id) == ReadingState(article.id, 12, 14, 0.5)


def test_undo_goes_on_where_an_earlier_session_ended(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        note = make_note(article, 4, 8)
        store.commit("Highlight passage", [note])
        store.commit("Star 1 article", [replace(article, starred=True)])
    with Store.open(folder) as store:
        assert [done.label for done in store.history()] == ["Import The line", "Highlight passage", "Star 1 article"]
        store.undo()
    with Store.open(folder) as store:
        undone = store.undo()
        assert undone is not None
        assert undone.label == "Highlight passage"
        assert store.all(Annotation) == []
    with Store.open(folder) as store:
        store.redo()
        store.redo()
        assert store.all(Annotation) == [note]
        assert store.get(Article, article.id).starred
        assert store.redo() is None


def test_undo_leaves_what_was_changed_since(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        store.commit("Star 1 article", [replace(article, starred=True)])
    path = folder / "articles.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"The line"', '"The wire"'), encoding="utf-8")
    with Store.open(folder) as store:
        assert store.get(Article, article.id).title == "The wire"
        store.undo()
        assert store.get(Article, article.id) == replace(article, title="The wire")


def test_what_another_program_adds_meanwhile_is_taken_in_and_conflicts_are_kept(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        first, second = add_article(store), add_article(store, "Another")
    path = folder / "articles.json"
    with Store.open(folder) as store:
        store.commit("Star 1 article", [replace(first, starred=True)])
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('"Another"', '"Changed outside"').replace('"The line"', '"Changed there too"'),
            encoding="utf-8",
        )
        store.fold()
        assert store.get(Article, second.id).title == "Changed outside"
        assert store.get(Article, first.id) == replace(first, starred=True, title="Changed there too")
        assert any("changed here and outside" in warning for warning in store.warnings)
    with Store.open(folder) as store:
        assert store.get(Article, second.id).title == "Changed outside"


def test_what_was_not_folded_is_replayed(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        note = make_note(article, 4, 8)
        store.commit("Highlight passage", [note])
        (folder / ".lock").unlink()  # as if this process had died
        with Store.open(folder) as other:
            assert other.all(Annotation) == [note]
            other.fold()
            assert json.loads((folder / "annotations.json").read_text(encoding="utf-8"))["annotations"].keys() == {
                note.id
            }


def test_a_folded_library_is_plain_tinydb(folder: Path) -> None:
    from tinydb import TinyDB
    from tinydb.table import Table

    class TextIds(Table):
        document_id_class = str  # type: ignore[assignment]  # as TinyDB documents it

    with Store.open(folder, create=True) as store:
        article = add_article(store)
    with TinyDB(folder / "articles.json", access_mode="r") as database:
        database.table_class = TextIds
        found = [document.doc_id for document in database.table("articles").all()]
    assert [str(id_) for id_ in found] == [article.id]


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_torn_line_costs_only_itself(folder: Path, cut: int) -> None:
    with Store.open(folder, create=True) as store:
        article = add_article(store)
        store.commit("Star 1 article", [replace(article, starred=True)])
        (folder / ".lock").unlink()
        segment = next((folder / "journal").iterdir())
        data = segment.read_bytes()
        torn = tmp_copy(folder, segment.name, data[:-cut])
    with Store.open(torn) as store:
        assert store.all(Article) == [article]
        assert store.warnings == []


def test_a_damaged_line_is_named_and_the_others_are_there(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        first = add_article(store)
        second = add_article(store, "Another")
        (folder / ".lock").unlink()
        segment = next((folder / "journal").iterdir())
        lines = segment.read_bytes().split(b"\n")
        lines[0] = lines[0].replace(b"The line", b"The lime")
        copy = tmp_copy(folder, segment.name, b"\n".join(lines))
    with Store.open(copy) as store:
        assert store.all(Article) == [second]
        assert "1 changes cannot be read" in store.warnings[0]
        assert list((copy / "damaged").iterdir())
        assert first not in store.all(Article)


def tmp_copy(folder: Path, segment: str, data: bytes) -> Path:
    """The library as a crash would have left it: JSON files as they were first, and this journal."""
    import shutil

    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    (copy / "journal" / segment).write_bytes(data)
    return copy


def test_a_backup_is_made_once_a_day_and_put_back(folder: Path) -> None:
    from newstui.store.backups import Backups

    with Store.open(folder, create=True) as store:
        article = add_article(store)
    backups = Backups(folder)
    assert len(backups.dates()) == 1
    with Store.open(folder) as store:
        store.commit("Star 1 article", [replace(article, starred=True)])
    (folder / "articles.json").write_bytes(b"")
    with pytest.raises(LibraryDamagedError, match="newstui restore"):
        Store.open(folder)
    assert backups.restore() == backups.dates()[0]
    with Store.open(folder) as store:
        assert store.get(Article, article.id).starred


def test_opening_and_closing_writes_nothing(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        add_article(store)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}
    with Store.open(folder):
        pass
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")} == before


def test_listeners_hear_every_change_until_they_leave(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        heard: list[str] = []
        leave = store.subscribe(lambda transaction: heard.append(transaction.label))
        article = add_article(store)
        store.undo()
        leave()
        store.commit("Unheard", [article])
        assert heard == ["Import The line", "Import The line"]
