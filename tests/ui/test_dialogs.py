"""Dialogs and lists: what a person types into them is what is on the disk afterwards."""

import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.widgets import TextArea

from newstui.model import Annotation, Article
from newstui.store import new_id
from newstui.ui.desk import Desk
from newstui.ui.screens.annotation_editor import AnnotationDraft, AnnotationEditor
from newstui.ui.screens.importing import ImportDialog, list_paths
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.screens.notes import NotesScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.widgets.choice_row import ChoiceRow
from tests.ui.pilots import BODIES, OpenApp, paste, press, screen_text


def notes(desk: Desk) -> list[Annotation]:
    return list(desk.workspace.annotating.all())


async def edit(open_app: OpenApp, desk: Desk, draft: AnnotationDraft, focus: str, *keys: str) -> AnnotationDraft | None:
    """Press keys in an editor, and what it was closed with."""
    results: list[AnnotationDraft | None] = []
    async with open_app() as pilot:
        editor = AnnotationEditor(desk, title="Test", quote="[b]words", draft=draft, focus=focus)  # type: ignore[arg-type]  # a literal
        pilot.app.push_screen(editor, results.append)
        await pilot.pause()
        await press(pilot, *keys)
    assert len(results) == 1, "the editor is still open"
    return results[0]


EMPTY = AnnotationDraft((), "", 1)


async def test_a_tag_and_a_note_in_one_go(open_app: OpenApp, desk: Desk) -> None:
    keys = [*"queen", "enter", "tab", "3", "tab", *"Who?", "ctrl+s"]
    assert await edit(open_app, desk, EMPTY, "tags", *keys) == AnnotationDraft(("queen",), "Who?", 3)


async def test_the_beginning_of_a_known_tag_is_enough_and_the_empty_line_saves(open_app: OpenApp, desk: Desk) -> None:
    assert await edit(open_app, desk, EMPTY, "tags", *"atlan", "enter", "enter") == AnnotationDraft(
        ("cable/atlantic",), "", 1
    )


async def test_a_misspelled_tag_is_offered_and_taken_with_the_arrow(open_app: OpenApp, desk: Desk) -> None:
    result = await edit(open_app, desk, EMPTY, "tags", *"cabel", "down", "enter", "enter")
    assert result == AnnotationDraft(("cable/atlantic",), "", 1)


async def test_what_stands_in_the_field_when_it_is_saved_is_a_tag_too(open_app: OpenApp, desk: Desk) -> None:
    assert await edit(open_app, desk, EMPTY, "tags", *"new one", "ctrl+s") == AnnotationDraft(("new one",), "", 1)


async def test_backspace_on_the_empty_field_takes_the_last_tag_back(open_app: OpenApp, desk: Desk) -> None:
    draft = AnnotationDraft(("one", "two"), "", 2)
    result = await edit(open_app, desk, draft, "tags", "backspace", "backspace", "ctrl+s")
    assert result == AnnotationDraft(("one", "tw"), "", 2)


async def test_escape_in_a_note_saves_it_and_in_an_untouched_editor_changes_nothing(
    open_app: OpenApp, desk: Desk
) -> None:
    assert await edit(open_app, desk, EMPTY, "note", *"kept", "escape") == AnnotationDraft((), "kept", 1)
    assert await edit(open_app, desk, EMPTY, "tags", "escape") is None


async def test_a_note_left_by_way_of_the_tags_is_kept(open_app: OpenApp, desk: Desk) -> None:
    result = await edit(open_app, desk, EMPTY, "note", *"kept", "shift+tab", "shift+tab", "escape")
    assert result == AnnotationDraft((), "kept", 1)


async def test_search_shows_hits_while_typing_and_enter_opens_the_passage(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"cavusolgu")
        await pilot.pause(0.3)
        assert "Names of the clerks" in screen_text(pilot)
        assert "Çavuşoğlu" in screen_text(pilot)
        assert "cavusolgu → Çavuşoğlu" in screen_text(pilot)
        await press(pilot, "enter")
        await pilot.pause(0.3)
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert "Names of the clerks" in screen_text(pilot)


async def test_search_in_another_scope_and_for_nothing(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"year", "ctrl+t", "ctrl+t")
        await pilot.pause(0.3)
        assert "Search highlights and notes" in screen_text(pilot)
        assert "NOTE" in screen_text(pilot)
        await press(pilot, *"zzz")
        await pilot.pause(0.3)
        assert "Nothing is found" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_highlights_are_listed_filtered_and_opened(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "n")
        shown = screen_text(pilot)
        assert "2 highlights · 1 note" in shown
        assert "“The cable reached Ireland at dusk.”" in shown
        assert "Which year?" in shown
        assert "#cable/atlantic" in shown
        await press(pilot, "=", *"has:note", "enter")
        assert "1 highlight ·" in screen_text(pilot)
        await press(pilot, "z", "x", "enter")
        await pilot.pause(0.3)
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_two_highlights_are_tagged_recolored_and_deleted_in_one_step_each(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "n", "*", "t", *"both, -cable/atlantic", "enter")
        assert [note.tags for note in notes(desk)] == [("both",), ("both",)]
        await press(pilot, "c", "5")
        assert [note.color for note in notes(desk)] == [5, 5]
        await press(pilot, "d", "d")
        assert notes(desk) == []
        await press(pilot, "3", "u")
        assert [(note.tags, note.color) for note in notes(desk)] == [(("cable/atlantic",), 2), ((), 3)]


async def test_marked_highlights_move_to_a_copy_of_the_story_and_come_back(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    body = "Late extra. " + BODIES["Wires under the sea"]
    copy = Article(new_id(), "Wires, late extra", store.add_text(body), 30, source="Desk", published="2026-01-21")
    store.commit("Import", [copy])
    before = notes(desk)
    async with open_app() as pilot:
        await press(pilot, "g", "n", "asterisk", "P", *"wires", "enter")
        assert "2 articles are found by" in screen_text(pilot)
        await press(pilot, "P", *"late extra", "enter")
        assert "Moved 2 highlights to Wires, late extra" in screen_text(pilot)
        assert [(note.article, note.span.slice(body), note.tags) for note in notes(desk)] == [
            (copy.id, note.quote, note.tags) for note in before
        ]
        await press(pilot, "u")
        assert notes(desk) == before


async def test_a_tag_is_renamed_everywhere(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "t", "j", "R", *["backspace"] * 14, *"sea", "enter")
        assert notes(desk)[0].tags == ("sea",)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NotesScreen)
        assert "tag:sea" in screen_text(pilot)


async def test_an_article_is_exported_where_one_says(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app() as pilot:
        await press(pilot, "x", *["backspace"] * 20)
        await paste(pilot, str(tmp_path / "out"))
        await press(pilot, "enter")
        await pilot.pause(0.3)
        assert "Exported 1 file: 1 new" in screen_text(pilot)
    written = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.md")]
    assert len(written) == 1
    assert "> The cable reached Ireland at dusk." in written[0]


async def test_the_preview_is_what_would_be_written_in_any_shape(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app((100, 40)) as pilot:
        await press(pilot, "x", "shift+tab", "shift+tab", "shift+tab", "right")  # the flavor
        await pilot.pause(0.3)
        await press(pilot)
        assert "> [!quote|blue]" in screen_text(pilot)
        await press(pilot, "shift+tab", "right")  # the format
        await pilot.pause(0.3)
        await press(pilot)
        assert '"@context": "http://www.w3.org/ns/anno.jsonld"' in screen_text(pilot)
        assert "Flavor" not in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_passage_is_piped_into_a_command(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newstui.ui.screens.pipe.wait_for_enter", lambda status: None)
    async with open_app() as pilot:
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        await press(pilot, "enter", "|", *f"cat >'{tmp_path}/out'", "enter")
        assert "Piped: the passage into cat" in screen_text(pilot)
        await press(pilot, "|", "shift+tab", "right", "right", "tab", "end", *";false", "enter")
        assert "Failed with 1: the article into cat" in screen_text(pilot)
    assert (tmp_path / "out").read_text(encoding="utf-8") == BODIES["Wires under the sea"]


async def test_a_file_and_a_pasted_text_come_in(open_app: OpenApp, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("A story\n\nWith one line.", encoding="utf-8")
    async with open_app() as pilot:
        await press(pilot, "I")
        await paste(pilot, str(tmp_path / "story.txt"))
        await press(pilot, "tab")
        pilot.app.screen.query_one(TextArea).text = "Pasted headline\n\nPasted text, some words of it."
        await press(pilot, "ctrl+s")
        await pilot.pause(0.3)
        assert "Imported: 2 added" in screen_text(pilot)
    titles = [article.title for article in desk.workspace.store.all(Article)]
    assert titles[-2:] == ["A story", "Pasted headline"]


async def test_what_cannot_be_imported_is_said_and_the_dialog_stays(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "I", *"/none/x.txt", "enter")
        await pilot.pause(0.3)
        assert "! /none/x.txt: No such file or directory." in screen_text(pilot)
        assert "A file, a folder or an address" in screen_text(pilot)


async def test_all_that_failed_is_listed_and_enter_closes_even_where_there_is_little_room(
    open_app: OpenApp, tmp_path: Path
) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_bytes(b"\x89PNG no text")
    (tmp_path / "a.txt").write_text("A story\n\nWith one line.", encoding="utf-8")
    assert (tmp_path / "library" / "articles.json").exists(), "a library beside them is no pile of texts"
    async with open_app(size=(80, 24)) as pilot:
        await press(pilot, "I")
        dialog = pilot.app.screen
        assert isinstance(dialog, ImportDialog)
        dialog.path.value = str(tmp_path)
        await press(pilot, "enter")
        await pilot.pause(0.5)
        shown = screen_text(pilot)
        assert "Imported: 1 added, 30 failed." in shown
        assert "00.txt: this is no text" in shown
        assert "Enter closes this." in shown
        await press(pilot, "end", "enter")
        assert "1 added, 30 failed" in screen_text(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_tab_completes_a_path_and_goes_on_once_it_is_whole(open_app: OpenApp, tmp_path: Path) -> None:
    for name in ("wire one.txt", "wire two.txt", ".hidden"):
        (tmp_path / name).write_text("A story\n\nWith one line.", encoding="utf-8")
    async with open_app() as pilot:
        await press(pilot, "I")
        await paste(pilot, f"{tmp_path}/w")
        await press(pilot, "tab")
        dialog = pilot.app.screen
        assert isinstance(dialog, ImportDialog)
        assert dialog.path.value == f"{tmp_path}/wire "
        assert "wire one.txt  wire two.txt" in screen_text(pilot)
        await press(pilot, "o", "tab", "tab")
        assert dialog.path.value == f"{tmp_path}/wire one.txt"
        assert dialog.pasted.has_focus


async def test_what_is_imported_lies_in_its_collection_and_a_key_takes_it_out(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "I")
        dialog = pilot.app.screen
        assert isinstance(dialog, ImportDialog)
        dialog.pasted.text = "A harbor opens\n\nThe first ship left at noon."
        dialog.collection.value = "Ports"
        dialog.run_import()
        await pilot.pause(0.3)
        await press(pilot, "=", *"collection:ports", "enter")
        await pilot.pause(0.2)
        assert [row.article.title for row in pilot.app.screen.list.items] == ["A harbor opens"]  # type: ignore[attr-defined]  # the library
        await press(pilot, "z", "f", *'-Ports, Sea "and" land', "enter")
        await pilot.pause(0.2)
        await press(pilot, "g", "o", "G")
        await pilot.pause(0.3)
        await press(pilot, "G", "enter")
        await pilot.pause(0.3)
        assert [row.article.title for row in pilot.app.screen.list.items] == ["A harbor opens"]  # type: ignore[attr-defined]  # the library
    assert desk.workspace.collecting.counts() == {'Sea "and" land': 1}


def test_paths_are_completed_as_they_were_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "evil\x1b]52;c;x\x07").touch()
    monkeypatch.chdir(tmp_path)
    assert list_paths("f") == ("file.txt", "folder/")
    assert list_paths(f"{tmp_path}/") == (f"{tmp_path}/file.txt", f"{tmp_path}/folder/")
    assert list_paths("./.h") == ("./.hidden",)
    assert list_paths("evil") == list_paths("https://e") == list_paths("none/x") == list_paths("") == ()


async def test_what_should_be_looked_at_is_listed_before_the_dialog_closes(
    open_app: OpenApp, desk: Desk, tmp_path: Path
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"A story\n\nWith line {number}.", encoding="utf-8")
    (tmp_path / "same.txt").write_text("Another title\n\nWith line 1.", encoding="utf-8")
    (tmp_path / "void.txt").touch()
    async with open_app(size=(100, 32)) as pilot:
        await press(pilot, "I")
        await paste(pilot, str(tmp_path))
        dialog = pilot.app.screen
        assert isinstance(dialog, ImportDialog)
        dialog.tags.value = "inbox, , wire/x"
        await press(pilot, "enter")
        await pilot.pause(0.3)
        assert "void.txt: there is no text in it" in screen_text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
    tagged = [article for article in desk.workspace.store.all(Article) if article.tags == ("inbox", "wire/x")]
    assert len(tagged) >= 3


async def test_facts_of_an_article(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "i")
        assert "Highlights  2, with 1 note" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_from_the_list_of_tags_the_passages_of_one_are_exported(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "t", "j")
        assert "#cable/atlantic" in screen_text(pilot)
        await press(pilot, "x")
        await press(pilot, *["backspace"] * 20)
        await paste(pilot, str(tmp_path / "tag.md"))
        await press(pilot, "enter")
        await pilot.pause(0.3)
        await press(pilot)
    assert "# \\#cable/atlantic\n" in (tmp_path / "tag.md").read_text(encoding="utf-8")


async def test_what_can_be_chosen_is_harmless(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.app.screen.mount(ChoiceRow("What", ["\x1b[2J", "all"]))
        await pilot.pause()
        assert "[␛[2J] all" in screen_text(pilot)


async def test_tags_in_figures_are_counted_and_looked_through(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "t", "g", "f")
        await press(pilot)
        assert "Together on one passage" in screen_text(pilot)
        assert "cable/atlantic 1 " in screen_text(pilot)
        await press(pilot, "O")
        assert "Together in one article" in screen_text(pilot)
        await press(pilot, "=", *"atlantic")
        assert "Together" not in screen_text(pilot)
        assert "cable/atlantic 1 " in screen_text(pilot)


async def test_what_is_known_of_an_article_is_in_local_time_and_wraps_under_itself(
    open_app: OpenApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "XYZ-2")  # two hours before UTC
    time.tzset()
    store = desk.workspace.store
    title = "A long title whose words go on until the box is full and then a last one"
    store.commit("Import", [Article(new_id(), title, store.add_text("Words."), 1, added="2026-11-25T18:41:10Z")])
    try:
        async with open_app() as pilot:
            await press(pilot, "equals_sign", *"until", "enter", "i")
            shown = screen_text(pilot)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "2026-11-25 20:41" in shown
    rows = shown.splitlines()
    first = next(n for n, row in enumerate(rows) if "Title" in row and "A long title" in row)
    assert rows[first + 1].index("then a last one") == rows[first].index("A long title")
