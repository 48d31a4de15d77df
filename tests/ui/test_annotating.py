"""Annotating under a Pilot: boundaries, letters on sentences, units inside and around, by keys and by mouse."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from newstui.errors import NotSavedError
from newstui.model import Annotation, Article, Span
from newstui.store import new_id
from newstui.ui.desk import Desk
from newstui.ui.screens.annotation_editor import AnnotationEditor
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.widgets.article_view import ArticleView
from tests.ui.pilots import BODIES, OpenApp, screen_text

WIRES = BODIES["Wires under the sea"]


def wires(desk: Desk) -> Article:
    return next(a for a in desk.workspace.store.all(Article) if a.title.startswith("Wires"))


def quotes(desk: Desk) -> list[str]:
    return [note.quote for note in desk.workspace.annotating.of_article(wires(desk).id)]


def reader_of(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


def selected(pilot: Pilot[None]) -> str:
    view = reader_of(pilot).view
    return view.selection.slice(view.text) if view.selection else ""


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what they write and draw."""
    await pilot.press(*keys)
    for _ in range(2):
        await asyncio.wrap_future(pilot.app.screen.desk.write(lambda: None))  # type: ignore[attr-defined]  # every screen has one
        await pilot.pause()


def cell_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """Where words begin on the screen."""
    for row, line in enumerate(screen_text(pilot).splitlines()):
        if words in line:
            return line.index(words), row
    raise AssertionError(f"{words!r} is not shown")


@pytest.mark.parametrize(
    ("keys", "quote"),
    [
        (("greater_than_sign",), "The line went dead in October."),
        (("less_than_sign",), "The line went dead"),
        (("2", "less_than_sign"), "The line went"),
        (("g", "greater_than_sign"), "line went dead in"),
        (("g", "greater_than_sign", "g", "less_than_sign"), "The line went dead in"),
        (("shift+right",), "The line went dead in "),
        (("2", "shift+left"), "The line went dead "),
        (("B", "o", "w", "enter"), "line went dead in"),
        (("g", "v", "e", "enter"), "The line went dead in October"),
    ],
)
async def test_an_end_of_a_highlight_is_moved(desk: Desk, open_app: OpenApp, keys: tuple[str, ...], quote: str) -> None:
    before = quotes(desk)
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "left_parenthesis", "v", "4", "e", "e", "c", "3")
        assert quotes(desk)[-1] == "The line went dead in"
        await press(pilot, *keys)
        made = desk.workspace.annotating.of_article(wires(desk).id)[-1]
        assert made.quote.rstrip(".") == quote.rstrip(".")
        assert made.quote == made.span.slice(WIRES)
        assert reader_of(pilot).view.cursor in made.span
        undone = keys.count("less_than_sign") + keys.count("greater_than_sign") or 1
        await press(pilot, *["u"] * undone)
        assert quotes(desk)[-1] == "The line went dead in"
        await press(pilot, "u")
        assert quotes(desk) == before


async def test_an_end_that_cannot_go_further_is_said(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "left_parenthesis", "v", "e", "c", "3", "less_than_sign")
        assert quotes(desk)[-1] == "The"
        assert "cannot be moved further" in screen_text(pilot)
        await press(pilot, "right_curly_bracket", "G", "greater_than_sign")
        assert "no highlight here" in screen_text(pilot)


async def test_every_sentence_in_sight_gets_a_letter_and_the_letter_tags_it(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "S")
        x, y = cell_of(pilot, "obody slept that night")
        letter = screen_text(pilot).splitlines()[y][x - 1]
        await press(pilot, letter)
        assert isinstance(pilot.app.screen, AnnotationEditor)
        assert "Nobody slept that night" in screen_text(pilot)
        await press(pilot, *"val", "ctrl+s")
        made = [note for note in desk.workspace.annotating.of_article(wires(desk).id) if note.tags == ("val",)]
        assert [note.quote for note in made] == ["Nobody slept that night in Valentia."]
        assert "Nobody slept" in screen_text(pilot)
        await press(pilot, "S", letter, *"ent", "ctrl+s")
        assert desk.workspace.store.get(Annotation, made[0].id).tags == ("val", "ent")


async def test_letters_highlight_and_go_too_and_vanish_with_any_other_key(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "C", "d")
        assert "“The Queen has answered,” the clerk said." in quotes(desk)
        await press(pilot, "g", "s", "g")
        view = reader_of(pilot).view
        assert view.text[view.cursor :].startswith("The line")
        await press(pilot, "C", "escape")
        assert not view.marks.labels
        await press(pilot, "C", "1")
        assert "No sentence in sight has the letter 1." in screen_text(pilot)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("i", "q"), "The Queen has answered,"),
        (("A", "q"), "“The Queen has answered,”"),
        (("i", "s"), "“The Queen has answered,” the clerk said."),
        (("A", "s"), "“The Queen has answered,” the clerk said. "),
        (("A", "w"), "Queen "),
        (("i", "w", "space", "2", "space"), "Queen has answered,” the"),
        (("V", "space"), "“The Queen has answered,” the clerk said. Nobody slept that night in Valentia."),
        (("f", "d"), "Queen has answered"),
        (("f", "e", "semicolon"), "Quee"),
    ],
)
async def test_units_inside_and_around(desk: Desk, open_app: OpenApp, keys: tuple[str, ...], words: str) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "right_curly_bracket", "w", "w", "v", *keys)
        assert selected(pilot) == words
        await press(pilot, "c", "6")
        made = next(n for n in desk.workspace.annotating.of_article(wires(desk).id) if n.color == 6)
        assert made.quote == words


async def test_the_end_of_the_highlight_under_the_cursor_is_dragged(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "left_parenthesis", "v", "2", "e", "e", "c", "3")
        assert quotes(desk)[-1] == "The line went"
        x, y = cell_of(pilot, "The line went dead")
        await pilot.mouse_down(ArticleView, offset=(x + 12, y - 1))
        await pilot.hover(ArticleView, offset=(x + 17, y - 1))
        await pilot.mouse_up(ArticleView, offset=(x + 17, y - 1))
        await press(pilot)
        assert quotes(desk)[-1] == "The line went dead"
        assert reader_of(pilot).key_context == "reader"
        await pilot.mouse_down(ArticleView, offset=(x, y - 1))
        await pilot.hover(ArticleView, offset=(x + 4, y - 1))
        await pilot.mouse_up(ArticleView, offset=(x + 4, y - 1))
        await press(pilot)
        assert quotes(desk)[-1] == "line went dead"
        count = len(quotes(desk))
        await pilot.mouse_down(ArticleView, offset=(x + 4, y - 1))
        await pilot.mouse_up(ArticleView, offset=(x + 4, y - 1))
        await press(pilot)
        assert len(quotes(desk)) == count
        assert quotes(desk)[-1] == "line went dead"


async def test_a_drag_elsewhere_still_selects(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G")
        x, y = cell_of(pilot, "The cable reached")
        await pilot.mouse_down(ArticleView, offset=(x, y - 1))
        await pilot.hover(ArticleView, offset=(x + 8, y - 1))
        await pilot.mouse_up(ArticleView, offset=(x + 8, y - 1))
        assert selected(pilot) == "The cable"


def test_a_highlight_never_splits_a_grapheme(desk: Desk) -> None:
    family = next(a for a in desk.workspace.store.all(Article) if a.title.startswith("東京"))
    text = desk.workspace.reading.text(family)
    at = text.index("👩")
    made = desk.workspace.annotating.highlight(family.id, Span(at + 2, at + 3))
    assert made.quote == "👩‍👩‍👧"
    assert desk.workspace.annotating.change(made.id, span=Span(at + 1, at + 7)).quote == "👩‍👩‍👧 a"


async def test_what_is_typed_ahead_waits_for_what_it_is_meant_for(desk: Desk, open_app: OpenApp) -> None:
    """The disk is slow: the keys after a highlight are for it all the same."""
    before = quotes(desk)
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G")
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()
        desk.write(lambda: asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(10))
        await pilot.press("c", "3", "less_than_sign", "c", "5", "t")
        assert quotes(desk) == before
        gate.set()
        await press(pilot)
        made = desk.workspace.annotating.of_article(wires(desk).id)[-1]
        assert (made.quote, made.color) == ("The line went dead in", 5)
        assert isinstance(pilot.app.screen, AnnotationEditor)


async def test_a_note_that_cannot_be_saved_is_given_back(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G")

        def full(*_: object, **__: object) -> None:
            raise NotSavedError("Not saved: the disk is full.")

        with monkeypatch.context() as patched:
            patched.setattr(desk.workspace.annotating, "highlight", full)
            await press(pilot, "a", *"typed", "escape")
        assert isinstance(pilot.app.screen, AnnotationEditor)
        assert "typed" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert desk.workspace.annotating.of_article(wires(desk).id)[-1].note == "typed"


async def test_an_editor_that_cannot_save_is_left_by_escape_with_the_note_copied(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    monkeypatch.setattr(desk.workspace.annotating, "highlight", full)
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "a", *"typed", "escape")
        assert "esc copies it and leaves" in screen_text(pilot)
        await press(pilot, *" more", "escape")
        assert "Left without saving; it is copied" in screen_text(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.clipboard == "typed more"


async def test_passages_of_two_articles_are_linked_and_the_links_listed(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "c", "1", "L")
        assert "Linking “The line went dead in October.”" in screen_text(pilot)
        await press(pilot, "J", "c", "2", "L")
        assert "2 contradicts" in screen_text(pilot)
        await press(pilot, "2", "enter")
        assert "contradicts “Mevlüt" in screen_text(pilot)
        await press(pilot, "g", "k")
        shown = screen_text(pilot)
        assert "← contradicts “The line went dead in October.”" in shown
        await press(pilot, "enter", "g", "k")
        assert "contradicts → “Mevlüt Çavuşoğlu was spelled" in screen_text(pilot)


async def test_every_occurrence_in_the_library_is_looked_at_and_annotated_in_one_step(
    desk: Desk, open_app: OpenApp
) -> None:
    before = len(desk.workspace.annotating.all())
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "v", "e", "g", "asterisk")
        await pilot.app.workers.wait_for_complete()
        await press(pilot)
        shown = screen_text(pilot)
        assert "Occurrences of “The”" in shown
        assert "6 in 3 articles · 6 marked" in shown
        await press(pilot, "space")
        assert "5 marked" in screen_text(pilot)
        await press(pilot, "escape")
        assert " · 0 marked" in screen_text(pilot)
        await press(pilot, "asterisk", "g", "g", "space")
        assert "5 marked" in screen_text(pilot)
        await press(pilot, "t", *"article", "enter")
        assert "Highlighted 5 passages in 3 articles; u takes all back." in screen_text(pilot)
        assert len(desk.workspace.annotating.all()) == before + 5
        assert {note.quote for note in desk.workspace.annotating.all() if "article" in note.tags} == {"The"}
        await press(pilot, "u")
        assert len(desk.workspace.annotating.all()) == before


async def test_everything_under_the_cursor_is_listed(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "right_square_bracket", "a", "right_square_bracket", "a", "z", "O")
        shown = screen_text(pilot)
        assert "Highlights here" in shown
        assert "“The cable reached Ireland at dusk.”" in shown
        assert "“reached”" in shown


async def test_the_list_of_notes_is_grouped_by_what_is_asked(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "n")
        await press(pilot, "3", "O")
        shown = screen_text(pilot)
        assert shown.index("#cable/atlantic") < shown.index("without a tag")
        await press(pilot, "O")
        assert "1 highlight" in screen_text(pilot)
        await press(pilot, "O")
        assert "2026-01" in screen_text(pilot)
        await press(pilot, "O")
        assert screen_text(pilot).index("with a note") < screen_text(pilot).index("without a note")
        await press(pilot, "O")
        assert "by entity" in screen_text(pilot)
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_a_tag_is_described_colored_moved_merged_and_split_from_its_list(desk: Desk, open_app: OpenApp) -> None:
    annotating = desk.workspace.annotating
    for start, name in ((35, "sea"), (45, "sea"), (55, "ship")):
        annotating.highlight(wires(desk).id, Span(start, start + 9), tags=[name])

    def tags() -> list[str]:
        return sorted(tag for note in annotating.all() for tag in note.tags)

    async with open_app(size=(110, 30)) as pilot:
        await press(pilot, "g", "t", "j", "j", "e", *"Salt", "enter")
        await press(pilot, "c", "4")
        shown = screen_text(pilot)
        assert "rose" in shown
        assert "Salt" in shown
        await press(pilot, "P", *"water", "enter")
        assert tags() == ["cable/atlantic", "ship", "water/sea", "water/sea"]
        assert desk.workspace.codebook.record("water/sea").description == "Salt"
        await press(pilot, "asterisk", "M", *"all", "enter")
        assert tags() == ["all"] * 4
        await press(pilot, "u", "u")
        assert tags() == ["cable/atlantic", "sea", "sea", "ship"]
        await press(pilot, "g", "g", "j", "X", *"Which", "enter", *"year", "enter")
        assert tags() == ["sea", "sea", "ship", "year"]
        await press(pilot, "g", "f")
        shown = screen_text(pilot)
        assert "sea  2 ██" in shown
        assert "Together on one passage" in shown
        await press(pilot, "O")
        assert "Together in one article" in screen_text(pilot)


async def test_a_selection_reaches_as_far_as_any_motion_goes(desk: Desk, open_app: OpenApp) -> None:
    desk.workspace.annotating.highlight(wires(desk).id, Span(75, 84))
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "l", "l", "m", "x", "G", "v", "apostrophe", "x")
        assert selected(pilot) == WIRES[2:]
        await press(pilot, "escape", "g", "g", "v", "2", "right_square_bracket", "a")
        assert selected(pilot) == WIRES[:76]
        await press(pilot, "5", "0", "percent_sign")
        assert selected(pilot) == WIRES[: len(WIRES) // 2 + 1]
        await press(pilot, "W")
        assert len(selected(pilot)) < len(WIRES) // 2 + 1
        await press(pilot, "slash", *"october", "enter")
        assert selected(pilot) == WIRES[: WIRES.index("October") + 1]


async def test_a_highlight_that_moves_away_is_shown_no_more(desk: Desk, open_app: OpenApp) -> None:
    store = desk.workspace.store
    copy = Article(new_id(), "Copy", store.add_text(f"Late. {WIRES}"), 30, source="Desk", published="2025-02-01")
    store.commit("Import", [copy])
    async with open_app(start=wires(desk).id) as pilot:
        assert reader_of(pilot).view.highlights.count == 2
        await press(pilot)
        desk.workspace.moving.move([note.id for note in desk.workspace.annotating.of_article(wires(desk).id)], copy.id)
        await press(pilot)
        assert reader_of(pilot).view.highlights.count == 0
        await press(pilot, "u")
        assert reader_of(pilot).view.highlights.count == 2


async def test_without_color_the_gutter_says_the_slot(
    desk: Desk, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(start=wires(desk).id) as pilot:
        await press(pilot, "G", "c", "5")
        row = next(line for line in screen_text(pilot).splitlines() if "The line went dead" in line)
        assert row.split("The line")[0].strip() == "5"
