"""Keys typed faster than screens open and close: none is lost, and each goes where the ones before it lead."""

from contextlib import suppress
from threading import Event

import pytest
from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from newstui.model import Article
from newstui.ui.desk import Desk
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.screens.search import SearchScreen
from tests.ui.pilots import OpenApp, press, screen_text

pytestmark = pytest.mark.usefixtures("desk")


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Send keys at once, as a fast hand or a slow line does, and wait until all is done."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(3):
        await pilot.pause(0.2)
        with suppress(WorkerCancelled):  # the search whose screen was left
            await press(pilot)


async def test_through_three_screens_and_back_at_once(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await burst(pilot, "enter", "F", *"ireland", "escape", "q", "j", "j")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert screen.list.cursor == 2


async def test_a_search_is_typed_and_its_hit_opened_at_once(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await burst(pilot, "g", "n", "q", "F", *"valentia")
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        assert screen.prompt.text == "valentia"
        assert "Nobody slept that night" in screen_text(pilot)


async def test_moves_before_and_after_a_screen_are_all_done(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await burst(pilot, "j", "j", "j", "enter", "?", "escape", "l", "l", "l")
        screen = pilot.app.screen
        assert isinstance(screen, ReaderScreen)
        assert (screen.article.title[:3], screen.view.cursor) == ("[b]", 3)


async def test_what_is_typed_behind_a_command_that_waits_for_the_disk_goes_where_it_leads(
    open_app: OpenApp, desk: Desk
) -> None:
    slow = Event()
    desk.writer.submit(slow.wait)
    async with open_app() as pilot:
        for key in ("s", "t", *"wire", "enter", "j"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause(0.3)
        assert not any(article.tags for article in desk.workspace.store.all(Article))
        slow.set()
        await burst(pilot)
        articles = desk.workspace.store.all(Article)
        assert [(each.title, each.starred) for each in articles if each.tags == ("wire",)] == [
            ("Wires under the sea", True)
        ]
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert screen.list.cursor == 1
