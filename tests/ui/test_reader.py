"""The reader under a Pilot: moving, selecting, marking, the mouse, the place."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from newstui.model import Annotation, Article, Block, Mention, Span
from newstui.services import importing
from newstui.services.recognition import Recognition
from newstui.ui.desk import Desk
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.screens.reader.external import CUT, build_sheet, parse_sheet
from newstui.workspace import Workspace
from tests.ui.pilots import BODIES, OpenApp, drag, screen_text

WIRES = BODIES["Wires under the sea"]


class Names:
    """Stands for the recognizer: it knows three names."""

    name, version, labels = "three", "1", frozenset({"PERSON", "GPE"})

    def recognize(self, text: str) -> list[Mention]:
        known = (("Ireland", "GPE"), ("Cyrus Field", "PERSON"), ("London", "GPE"))
        found = ((text.find(name), name, label) for name, label in known)
        return [Mention(Span(at, at + len(name)), label) for at, name, label in found if at >= 0]


@pytest.fixture(autouse=True)
def _names(workspace: Workspace, tmp_path: Path) -> None:
    workspace.__dict__["recognition"] = Recognition(workspace.store, Names(), tmp_path / "cache")


def article(desk: Desk, beginning: str) -> Article:
    return next(a for a in desk.workspace.store.all(Article) if a.title.startswith(beginning))


def reader_of(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what they write and draw."""
    await pilot.press(*keys)
    for _ in range(2):
        await asyncio.wrap_future(pilot.app.screen.desk.write(lambda: None))  # type: ignore[attr-defined]  # every screen has one
        await pilot.pause()


def selected(pilot: Pilot[None]) -> str:
    view = reader_of(pilot).view
    return view.selection.slice(view.text) if view.selection else ""


def cell_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Where words stand on the screen."""
    for y, row in enumerate(screen_text(pilot).splitlines()):
        if words in row:
            return row.index(words), y
    raise AssertionError(f"{words!r} is not on the screen")


async def test_an_article_opens_with_its_title_its_text_and_where_one_is(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        shown = screen_text(pilot)
        assert shown.splitlines()[0].startswith(" Wires under the sea")
        assert "Desk · 20 Jan 2026 · 100%" in shown
        assert "The cable reached Ireland at dusk. Cyrus Field sent nine words to" in shown
        assert "READ ¶1/3 · 2 highlights · 1 note" in shown


MOVES = {
    "w": "cable",
    "3 w": "Ireland",
    "w w W": "cable",
    ")": "Cyrus",
    "}": "“The",
    "} } {": "“The",
    "G": ".",
    "G g g": "The cable",
    "2 G": "“The",
    "l l h": "he cable",
    "j": "London",
    "$": "o London",
    "$ 0": "The cable",
    "] a": "reached",
    "] e": "Ireland",
    "2 ] e": "Cyrus",
    "G [ e": "London",
    "5 0 %": WIRES[len(WIRES) // 2 :],
}
"""Keys from the beginning of the text, and what the cursor stands on after them."""


async def test_keys_move_the_cursor(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot)
        view = reader_of(pilot).view
        reached = {}
        for keys in MOVES:
            view.move_to(0)
            await pilot.press(*keys.split())
            reached[keys] = view.text[view.cursor :]
        assert {keys: words[: len(MOVES[keys])] for keys, words in reached.items()} == MOVES


FIRST = "The cable reached Ireland at dusk. Cyrus Field sent nine words to London."
SELECTIONS = {
    "v": "T",
    "v e": "The",
    "w v i w": "cable",
    "v i s": "The cable reached Ireland at dusk.",
    "V": "The cable reached Ireland at dusk.",
    "2 V": FIRST,
    "v i p": FIRST,
    "} v A q": "“The Queen has answered,”",
    ") v i e": "Cyrus Field",
    "w v +": "cable",
    "w v + +": "The cable reached Ireland at dusk.",
    "w v + + +": FIRST,
    "w v + + -": "cable",
    "v i s -": "dusk",
    "w v e o b": "The cable",
    "v w v": "",
}
"""Keys from the beginning of the text, and what is selected after them."""


async def test_keys_select(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot)
        reader = reader_of(pilot)
        for keys, words in SELECTIONS.items():
            reader.view.select(None)
            reader.view.move_to(0)
            reader.sync_context()
            await pilot.press(*keys.split())
            assert (keys, selected(pilot)) == (keys, words)
            assert reader.key_context == ("select" if words else "reader")


async def test_a_highlight_is_made_recolored_deleted_and_brought_back(desk: Desk, open_app: OpenApp) -> None:
    store = desk.workspace.store
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "}", "v", "A", "q", "c", "4")
        made = store.annotations_of(wires.id)[-1]
        assert (made.quote, made.color) == ("“The Queen has answered,”", 4)
        assert reader_of(pilot).key_context == "reader"
        assert "Highlighted 4 words in rose." in screen_text(pilot)
        await press(pilot, "c", "2")
        assert store.get(Annotation, made.id).color == 2
        await press(pilot, "d", "d")
        assert store.find(Annotation, made.id) is None
        await press(pilot, "g", "g", "u")
        assert store.get(Annotation, made.id).color == 2
        assert reader_of(pilot).view.cursor == made.span.start
        await press(pilot, "ctrl+r")
        assert store.find(Annotation, made.id) is None


async def test_a_sentence_is_highlighted_in_one_stroke_without_selecting(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "G", "c", "1")
        assert desk.workspace.store.annotations_of(wires.id)[-1].quote == "The line went dead in October."


async def test_what_lies_under_the_cursor_is_cycled_and_named(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    inner, outer = sorted(desk.workspace.store.annotations_of(wires.id), key=lambda note: len(note.span))
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "2", "w", "z", "o")
        view = reader_of(pilot).view
        assert view.marks_under[0].id == outer.id
        assert "Highlight 2 of 2 here: #cable/atlantic · blue · Which year?" in screen_text(pilot)
        await press(pilot, "z", "o")
        assert view.marks_under[0].id == inner.id


async def test_boundaries_are_moved_by_motions(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    inner = min(desk.workspace.store.annotations_of(wires.id), key=lambda note: len(note.span))
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "2", "w", "g", "v", "e", "enter")
        assert desk.workspace.store.get(Annotation, inner.id).quote == "reached Ireland"
        await press(pilot, "g", "v", "e", "escape")
        assert desk.workspace.store.get(Annotation, inner.id).quote == "reached Ireland"


async def test_the_last_tags_are_given_again(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "G", "T")
        assert desk.workspace.store.annotations_of(wires.id)[-1].tags == ("cable/atlantic",)


async def test_dragging_selects_exactly_what_was_dragged_over(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        x, y = cell_of(pilot, "Cyrus")
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + 10, y))
        await pilot.mouse_up(offset=(x + 10, y))
        await press(pilot)
        assert selected(pilot) == "Cyrus Field"
        assert reader_of(pilot).key_context == "select"


async def test_clicks_select_word_sentence_and_paragraph(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        x, y = cell_of(pilot, "Field")
        taken = []
        for _ in range(4):
            await pilot.mouse_down(offset=(x + 1, y))
            await pilot.mouse_up(offset=(x + 1, y))
            await pilot.pause()
            taken.append(selected(pilot))
        assert taken == ["", "Field", "Cyrus Field sent nine words to London.", FIRST]


async def test_dragging_backwards_over_wide_characters_takes_whole_clusters(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "東京").id) as pilot:
        x, y = next(
            (row.index("東京の新聞"), y) for y, row in enumerate(screen_text(pilot).splitlines()) if "東京の新聞" in row
        )
        await pilot.mouse_down(offset=(x + 5, y))
        await pilot.hover(offset=(x + 1, y))
        await pilot.mouse_up(offset=(x + 1, y))
        await press(pilot)
        assert selected(pilot) == "東京の"


async def test_the_place_is_kept_over_sizes_widths_and_restarts(desk: Desk, open_app: OpenApp) -> None:
    store = desk.workspace.store
    body = "\n\n".join(f"Paragraph {n} begins here. " + "Some words follow it and go on. " * 8 for n in range(60))
    long = Article("long", "Long", store.add_text(body.strip()), 4000, "2026-01-01T00:00:00Z")
    store.commit("Import", [long])
    async with open_app(start="long") as pilot:
        await press(pilot, "space", "space", "space", "space")
        view = reader_of(pilot).view
        place = view.place
        assert place > 0
        for size in ((40, 12), (200, 60), (20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            low, high = view.page.span(view.top)
            assert low <= place < max(high, low + 1)
        await press(pilot, "+", "+", "-")
        assert view.page.row(place) == view.top
        cursor = view.cursor
        await press(pilot, "q")
    assert desk.workspace.reading.place("long").offset == place
    async with open_app(start="long") as pilot:
        view = reader_of(pilot).view
        assert (view.page.row(place), view.cursor) == (view.top, cursor)


async def test_notes_stand_beside_the_text_where_there_is_room_and_below_it_where_not(
    desk: Desk, open_app: OpenApp
) -> None:
    async with open_app(start=article(desk, "Wires").id, size=(140, 30)) as pilot:
        row = next(row for row in screen_text(pilot).splitlines() if "The cable" in row)
        assert "¹ #cable/atlantic" in row
    async with open_app(start=article(desk, "Wires").id) as pilot:
        shown = screen_text(pilot)
        assert "─ ¹ #cable/atlantic · blue · " in shown
        await press(pilot, "G")
        assert "─ ¹" not in screen_text(pilot)


async def test_layers_zen_and_width(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        view = reader_of(pilot).view
        await press(pilot, "z", "a")
        assert "▍" not in screen_text(pilot)
        await press(pilot, "z", "a", "Z")
        shown = screen_text(pilot)
        assert "Desk · 20 Jan" not in shown
        assert "READ" not in shown
        await press(pilot, "escape")
        assert "Desk · 20 Jan" in screen_text(pilot)
        await press(pilot, "-", "-")
        assert view.measure == 60
        await press(pilot, "=")
        assert view.measure == 68


async def test_the_real_cursor_stands_at_the_reading_cursor(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "]", "a")
        x, y = cell_of(pilot, "reached")
        assert pilot.app.cursor_position == (x, y)
        await press(pilot, "v", "e")
        assert pilot.app.cursor_position == (x + len("reached") - 1, y)


async def test_star_archive_and_read(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "s", "A")
        found = desk.workspace.store.get(Article, wires.id)
        assert found.starred
        assert found.archived
        await press(pilot, "r")
        assert desk.workspace.reading.place(wires.id).read is False
        await press(pilot, "r")
        assert desk.workspace.reading.place(wires.id).read is True


async def test_jumps_lead_back_and_forward_and_over_articles(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "G")
        end = reader_of(pilot).view.cursor
        await press(pilot, "ctrl+o")
        assert reader_of(pilot).view.cursor == 0
        await press(pilot, "alt+right")
        assert reader_of(pilot).view.cursor == end
        await press(pilot, "J")
        assert reader_of(pilot).article.title == "Names of the clerks"
        await press(pilot, "ctrl+o")
        assert reader_of(pilot).article.title == "Wires under the sea"
        assert reader_of(pilot).view.cursor == end
        await press(pilot, "K")
        assert "first article" in screen_text(pilot)


async def test_copied_text_is_the_stored_text(desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    async with open_app(start=article(desk, "Wires").id, size=(40, 24)) as pilot:
        await press(pilot, "v", "i", "p", "y")
        assert pilot.app.clipboard == FIRST
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert "Copied 13 words through the terminal (73 bytes)." in screen_text(pilot)


async def test_a_hostile_article_is_shown_and_no_byte_of_it_acts(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "[b]Markup").id) as pilot:
        await press(pilot, "v", "i", "p")
        shown = screen_text(pilot)
        assert "[b]Markup[/b] and ␛]52;c;ZXZpbA==␇ escapes" in shown
        assert "A line with ␛[2J and [Wednesday] in it." in shown
        assert "◇another." in shown
        assert not set(shown) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("context", ["reader", "select", "findbox"])
async def test_every_binding_has_a_command(desk: Desk, context: str) -> None:
    actions = {action for _, action in desk.keymap.tree(context).items()}
    missing = {action for action in actions if ReaderScreen.commands.find(action) is None}
    assert missing == set()


async def test_finding_marks_hits_while_typing_and_steps_through_them(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "/", *"the")
        reader = reader_of(pilot)
        assert reader.key_context == "findbox"
        assert "1/4" in screen_text(pilot)
        await press(pilot, "down", "enter")
        assert reader.key_context == "reader"
        assert "2/4" in screen_text(pilot)
        await press(pilot, "n")
        assert reader.view.text[reader.view.cursor :].startswith("the clerk")
        await press(pilot, "N", "N", "N")
        assert "round the end" in screen_text(pilot)
        await press(pilot, "escape", "n")
        assert "Nothing was looked for" in screen_text(pilot)


async def test_leaving_the_find_box_goes_back_to_where_one_was(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "w", "/", *"October")
        reader = reader_of(pilot)
        assert reader.view.text[reader.view.cursor :].startswith("October")
        await press(pilot, "escape")
        assert reader.view.text[reader.view.cursor :].startswith("cable")
        assert not reader.view.marks.hits
        await press(pilot, "/", *"zzzz", "enter")
        assert "Nothing here is like zzzz." in screen_text(pilot)


async def test_accents_fold_and_a_hit_may_cross_a_row(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Names").id, size=(30, 24)) as pilot:
        await press(pilot, "/", *("space" if c == " " else c for c in "mevlut cavusoglu was"), "enter", "v", "i", "s")
        assert selected(pilot) == "Mevlüt Çavuşoğlu was spelled in five ways before noon."


async def test_what_is_typed_at_once_reaches_the_find_box_whole(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        for character in "/clerk":
            pilot.app.post_message(events.Key("slash" if character == "/" else character, character))
        await pilot.pause(0.2)
        reader = reader_of(pilot)
        assert reader.finding.needle == "clerk"
        assert reader.view.text[reader.view.cursor :].startswith("clerk")


async def test_a_long_text_is_looked_through_beside_the_keys(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newstui.ui.screens.reader.finding.AT_ONCE", 10)
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "/", *"the", "enter")
        for _ in range(20):
            await pilot.pause(0.02)
        assert "1/4" in screen_text(pilot)
        assert reader_of(pilot).finding.needle == "the"


async def test_a_passage_is_tagged_and_noted_and_both_are_changed(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "}", "V", "t", *"royal", "enter", "enter")
        made = desk.workspace.store.annotations_of(wires.id)[-1]
        assert (made.quote, made.tags) == ("“The Queen has answered,” the clerk said.", ("royal",))
        assert "Highlighted 7 words, #royal." in screen_text(pilot)
        await press(pilot, "a", *"Who", "escape")
        assert desk.workspace.store.get(Annotation, made.id).note == "Who"
        await press(pilot, "e", *"queen", "enter", "ctrl+s")
        assert desk.workspace.store.get(Annotation, made.id).tags == ("royal", "queen")
        await press(pilot, "G", "T")
        assert desk.workspace.store.annotations_of(wires.id)[-1].tags == ("royal", "queen")
        await press(pilot, "u", "u", "u", "u")
        assert desk.workspace.store.find(Annotation, made.id) is None


async def test_an_import_in_parts_is_taken_back_whole_from_an_article_too(
    desk: Desk, open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Number {number}\n\nWith words of {number}.", encoding="utf-8")
    before = desk.workspace.store.ids(Article)
    async with open_app(start=article(desk, "Wires").id) as pilot:
        desk.write(lambda: desk.workspace.importing.run(sorted(tmp_path.glob("*.txt"))))
        await press(pilot)
        assert len(desk.workspace.store.ids(Article)) == len(before) + 3
        await press(pilot, "u")
        assert "Undid: import 3 articles" in screen_text(pilot)
        assert desk.workspace.store.ids(Article) == before


async def test_the_last_deed_is_done_again_and_tags_are_not_the_words_of_a_note(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        await press(pilot, ".")
        assert "Nothing was highlighted or tagged yet." in screen_text(pilot)
        await press(pilot, "}", "V", "t", *"royal", "enter", "tab", "tab", *"Who", "ctrl+s")
        await press(pilot, "G", ".")
        first, second = desk.workspace.store.annotations_of(wires.id)[-2:]
        assert (first.tags, first.note) == (("royal",), "Who")
        assert (second.quote, second.tags, second.note) == ("The line went dead in October.", ("royal",), "")


async def test_every_occurrence_is_annotated_in_one_step(desk: Desk, open_app: OpenApp) -> None:
    wires = article(desk, "Wires")
    before = len(desk.workspace.store.annotations_of(wires.id))
    async with open_app(start=wires.id) as pilot:
        await press(pilot, "v", "e", "*")
        assert "3 occurrences" in screen_text(pilot)
        await press(pilot, "c", "5")
        made = [note for note in desk.workspace.store.annotations_of(wires.id) if note.color == 5]
        assert [note.quote for note in made] == ["The"] * 3
        assert not reader_of(pilot).view.marks.hits
        await press(pilot, "u")
        assert len(desk.workspace.store.annotations_of(wires.id)) == before


async def test_marks_sections_and_the_outline_lead_to_places(desk: Desk, open_app: OpenApp) -> None:
    store = desk.workspace.store
    text = "One\n\nfirst words\n\nTwo\n\nsecond words"
    blocks = (Block("heading", 0, 3, 1), Block("heading", 18, 21, 2))
    store.commit("Import", [Article("headed", "Headed", store.add_text(text), 6, blocks=blocks)])
    async with open_app(start="headed") as pilot:
        view = reader_of(pilot).view
        await press(pilot, "]", "]")
        assert view.cursor == 18
        await press(pilot, "m", "a", "[", "[")
        assert view.cursor == 0
        await press(pilot, "'", "a")
        assert view.cursor == 18
        await press(pilot, "'", "'")
        assert view.cursor == 0
        await press(pilot, "'", "z")
        assert "marks here: a" in screen_text(pilot)
        await press(pilot, "O")
        assert "  Two" in screen_text(pilot)
        await press(pilot, "j", "enter")
        assert view.cursor == 18
    assert dict(desk.workspace.reading.place("headed").marks) == {"a": 18}


async def test_the_outline_of_an_article_without_headings_lists_its_paragraphs(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "G", "O")
        shown = screen_text(pilot)
        assert "   2  The cable reached Ireland at dusk." in shown
        await press(pilot, "k", "enter")
        assert reader_of(pilot).view.cursor == WIRES.index("“The Queen")


async def test_the_name_or_word_under_the_cursor_is_found(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "*")
        assert reader_of(pilot).finding.needle == "The"
        assert "2/4" in screen_text(pilot)
        await press(pilot, "g", "g", "2", "]", "e", "*")
        assert reader_of(pilot).finding.needle == "Cyrus Field"


async def test_a_passage_is_copied_with_its_source(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with open_app(start=article(desk, "Wires").id) as pilot:
        await press(pilot, "V", "Y")
        assert "The cable reached Ireland at dusk." in pilot.app.clipboard
        assert "Wires under the sea" in pilot.app.clipboard


async def test_a_note_is_written_in_the_users_editor(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Long\\nnote\\n" >> "$1"\n')
    editor.chmod(0o755)
    wires = article(desk, "Wires")
    async with open_app(start=wires.id) as pilot:
        monkeypatch.setattr(pilot.app, "suspend", contextlib.nullcontext)
        monkeypatch.setenv("EDITOR", str(editor))
        await press(pilot, "G", "E")
        made = desk.workspace.store.annotations_of(wires.id)[-1]
        assert (made.quote, made.note) == ("The line went dead in October.", "Long\nnote")
        monkeypatch.setenv("EDITOR", "false")
        await press(pilot, "E")
        assert "nothing was changed" in screen_text(pilot)
        monkeypatch.delenv("EDITOR")
        await press(pilot, "E")
        assert "No editor is set" in screen_text(pilot)


def test_a_sheet_for_the_editor_gives_back_the_note_alone() -> None:
    sheet = build_sheet(f"A quote\n{CUT}\nwith the line", "The note")
    assert parse_sheet(sheet) == "The note"
    assert parse_sheet(sheet.replace(f"\n{CUT}", "")) is None
    assert parse_sheet(f"{CUT}\r\nwords\r\n") == "words"


async def test_the_next_article_is_the_next_of_the_list_as_it_is_filtered(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "=", *"answer", "enter", "enter")
        assert reader_of(pilot).article.title == "Wires under the sea"
        await press(pilot, "J")
        assert reader_of(pilot).article.title == "東京からの電報"
        await press(pilot, "J")
        assert "last article of the list" in screen_text(pilot)


async def test_on_a_wide_screen_articles_sections_tags_and_names_stand_beside_the_text(open_app: OpenApp) -> None:
    async with open_app(size=(140, 40)) as pilot:
        await press(pilot, "enter", "t", *"sea", "enter", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ReaderScreen)
        await pilot.pause(0.5)  # the names come a moment later
        await press(pilot)
        rail = [row.text for row in screen.spread.rail.items]
        assert [text for text in rail if text.isupper()] == ["ARTICLES", "TAGS HERE", "NAMES HERE"]
        assert "#sea" in rail
        assert "London" in rail
        row = next(n for n, each in enumerate(screen.spread.rail.items) if each.text == "London")
        await pilot.click(screen.spread.rail, offset=(5, row))
        assert screen.view.text[screen.view.cursor :].startswith("London")
        await pilot.click(screen.spread.rail, offset=(5, 2))
        await press(pilot)
        assert screen.article.title == "Names of the clerks"
        await press(pilot, "K", "t", *"sea(cold)", "enter", "enter")
        row = next(n for n, each in enumerate(screen.spread.rail.items) if each.text == "#sea(cold)")
        await pilot.click(screen.spread.rail, offset=(5, row))
        await pilot.pause(0.2)
        assert "1 highlight" in screen_text(pilot)
        await press(pilot, "q")
        await drag(pilot, (25, 20), (39, 20))
        assert screen.view.outer_size.width == 100
        await press(pilot, "z", "v")
        assert not screen.spread.side.display
        await press(pilot, "z", "v", "Z")
        assert not screen.spread.side.display
        await pilot.resize_terminal(100, 30)
        await press(pilot, "Z")
        assert not screen.spread.side.display
