"""Letters on what can be gone to or opened."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from newstui.model import Article, Span
from newstui.store import new_id
from newstui.ui.desk import Desk
from newstui.ui.screens.reader import ReaderScreen
from tests.ui.pilots import OpenApp, press, screen_text

BODY = "The page https://example.org/a_(b) tells it.\n\nSo does www.example.net, since 1851."


@pytest.fixture
def opened(desk: Desk) -> str:
    store = desk.workspace.store
    article = Article(new_id(), "Pages", store.add_text(BODY), 8)
    store.commit("Import", [article])
    desk.workspace.annotating.highlight(article.id, Span(BODY.index("tells"), BODY.index("tells") + 5))
    return article.id


def reader(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


async def test_an_answer_is_whole_also_beside_the_word_saved(open_app: OpenApp, opened: str) -> None:
    async with open_app(start=opened) as pilot:
        await press(pilot, "c", "1")
        await pilot.pause(0.1)
        assert "saved" in screen_text(pilot)
        await press(pilot, "u", "G", "L")
        said = screen_text(pilot)
        assert "There is no highlight here; c1 highlights the sentence, ]a goes to the next." in said
        await press(pilot, "k")
        assert "saved" in screen_text(pilot).splitlines()[-2]


async def test_a_letter_opens_a_link_or_leads_to_a_highlight(
    open_app: OpenApp, opened: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":9")
    pages: list[str] = []
    async with open_app(start=opened) as pilot:
        await press(pilot)
        monkeypatch.setattr(type(pilot.app), "open_url", lambda self, url, **more: pages.append(url))
        await press(pilot, "f")
        assert "attps://example.org" in screen_text(pilot)
        assert "sells it" in screen_text(pilot)
        await press(pilot, "a")
        assert pages == ["https://example.org/a_(b)"]
        await press(pilot, "f", "s")
        assert reader(pilot).view.cursor == BODY.index("tells")
        await press(pilot, "f", "escape")
        assert "https://example.org" in screen_text(pilot)
        await press(pilot, "G", "0", *["w"] * 2, "g", "x")
        assert pages[1:] == ["https://www.example.net"]


async def test_a_key_without_a_letter_takes_them_away(open_app: OpenApp, opened: str) -> None:
    async with open_app(start=opened) as pilot:
        await press(pilot, "f", "M")
        assert "Nothing on the screen has the letter M." in screen_text(pilot)
        assert "https://example.org" in screen_text(pilot)
        await press(pilot, "g", "x")
        assert "There is no address under the cursor" in screen_text(pilot)


async def test_justified_rows_end_together_and_keep_the_place_and_the_words(open_app: OpenApp, opened: str) -> None:
    async with open_app(size=(40, 20), start=opened) as pilot:
        await press(pilot, "]", "a")
        before = reader(pilot).view.cursor
        await press(pilot, "z", "j")
        view = reader(pilot).view
        rows = [line[:39].rstrip() for line in screen_text(pilot).splitlines() if "page" in line and "https" in line]
        assert len(rows[0]) == view.columns.left + view.columns.measure
        assert view.cursor == before
        assert "Rows are equally long" in screen_text(pilot)
        await press(pilot, "V")
        assert view.selection is not None
        assert view.selection.slice(BODY) == "The page https://example.org/a_(b) tells it."
        await press(pilot, "escape", "z", "j")
        assert "ragged" in screen_text(pilot)
