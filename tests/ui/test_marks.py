"""Marks: a small letter leads to a place of the article, a capital to one of the library."""

from pathlib import Path

from newstui.model import Article
from newstui.ui.desk import Desk
from newstui.ui.screens.marks import MarksScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.workspace import Workspace
from tests.ui.pilots import OpenApp, press, screen_text


async def test_a_capital_leads_to_article_and_place_from_anywhere(desk: Desk, open_app: OpenApp, library: Path) -> None:
    articles = {article.title: article.id for article in desk.workspace.store.all(Article)}
    async with open_app() as pilot:
        await press(pilot, "enter", "}", "w", "m", "A", "m", "b")
        place = pilot.app.screen.view.cursor  # type: ignore[attr-defined]  # the reader's
        assert place > 60
        await press(pilot, "J", "'", "A")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert (reader.article_id, reader.view.cursor) == (articles["Wires under the sea"], place)
        await press(pilot, "'", "'")
        assert reader.article_id == articles["Names of the clerks"]
        await press(pilot, "'", "b")
        assert "marks here: none" in screen_text(pilot)

        await press(pilot, "m", "A", "q", "'", "b")
        assert len(pilot.app.screen_stack) == 1
        assert "capitals" in screen_text(pilot)
        await press(pilot, "j", "j", "'", "A")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.article_id == articles["Names of the clerks"]  # a capital is one place
    desk.close()
    desk.workspace.close()
    with Workspace.open(library, read_only=True) as again:
        assert [(mark.letter, mark.article) for mark in again.marks.everywhere()] == [
            ("A", articles["Names of the clerks"])
        ]
        assert [mark.letter for mark in again.marks.here(articles["Wires under the sea"])] == ["b"]


async def test_marks_are_listed_with_their_words_opened_and_forgotten(desk: Desk, open_app: OpenApp) -> None:
    articles = desk.workspace.store.all(Article)
    desk.workspace.marks.put("Q", articles[0].id, 80)
    desk.workspace.marks.put("Z", articles[1].id, 0)
    async with open_app() as pilot:
        await press(pilot, "g", "'")
        shown = screen_text(pilot)
        assert "2 marks" in shown
        assert "Q  Wires under the sea" in shown
        assert "Queen has ans" in shown
        await press(pilot, "j", "d", "d")
        assert "Forgot the mark Z" in screen_text(pilot)
        await press(pilot, "enter")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert (reader.article_id, reader.view.cursor) == (articles[0].id, 80)
        await press(pilot, "m", "x", "g", "'")
        assert isinstance(pilot.app.screen, MarksScreen)
        assert [mark.letter for mark in pilot.app.screen.list.items] == ["x", "Q"]


async def test_reading_on_keeps_the_marks_and_a_digit_is_none(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "enter", "m", "a", "m", "3")
        assert "A mark is a letter" in screen_text(pilot)
        article = pilot.app.screen.article_id  # type: ignore[attr-defined]  # the reader's
        await press(pilot, "G", "q")
        assert [mark.letter for mark in desk.workspace.marks.here(article)] == ["a"]
