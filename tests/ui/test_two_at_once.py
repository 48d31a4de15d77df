"""A second newstui on a library that is being written: it reads, follows, and writes once the first has ended."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from newstui.model import Article
from newstui.ui.app import NewstuiApp
from newstui.ui.desk import Desk
from newstui.ui.keymap import load_default_keymap
from newstui.ui.screens.reader import ReaderScreen
from newstui.workspace import Workspace
from tests.ui.pilots import press, screen_text


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for what another thread or the clock brings about."""
    for _ in range(200):
        if true():
            return
        await pilot.pause(0.05)
    raise AssertionError(screen_text(pilot))


async def test_the_second_is_told_when_it_may_write_and_takes_over(library: Path) -> None:
    first = Workspace.open(library)
    second = Workspace.open(library)
    desk = Desk(second, second.config, load_default_keymap())
    async with NewstuiApp(desk).run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert "READ ONLY" in screen_text(pilot)
        article = first.store.all(Article)[0]
        first.catalog.star([article.id], True)
        await until(pilot, lambda: second.store.get(Article, article.id).starred)
        await press(pilot, "g", "W")
        await until(pilot, lambda: "still keeps the library" in screen_text(pilot))
        first.close()
        await until(pilot, lambda: "gW writes here" in screen_text(pilot))
        await press(pilot, "g", "W")
        await until(pilot, lambda: "READ ONLY" not in screen_text(pilot))
        await press(pilot, "G", "s")
        await until(pilot, lambda: sum(one.starred for one in second.store.all(Article)) == 2)
    desk.close()
    second.close()
    with Workspace.open(library) as third:
        assert sum(article.starred for article in third.store.all(Article)) == 2


async def test_a_reader_says_at_once_that_nothing_can_be_kept_and_opens_no_editor(library: Path) -> None:
    with Workspace.open(library), Workspace.open(library) as second:
        desk = Desk(second, second.config, load_default_keymap())
        async with NewstuiApp(desk, second.store.all(Article)[0].id).run_test(size=(100, 24)) as pilot:
            await pilot.pause()
            for keys in (["a"], ["t"], ["S", "s"], ["c", "1"]):
                await press(pilot, *keys)
                await until(pilot, lambda: "close it there first" in " ".join(screen_text(pilot).split()))
                assert isinstance(pilot.app.screen, ReaderScreen)
                await press(pilot, "escape")
            await press(pilot, "q", "t")
            assert "close it there first" in " ".join(screen_text(pilot).split())
        desk.close()
