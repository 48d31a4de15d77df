"""The page of a tag and of an article on the screen: they read well, and every row leads on."""

from newstui.model import Article, Span
from newstui.ui.desk import Desk
from newstui.ui.screens.page import PageScreen
from newstui.ui.screens.reader import ReaderScreen
from tests.ui.pilots import OpenApp, press, screen_text


def first_article(desk: Desk) -> str:
    return next(a.id for a in desk.workspace.store.all(Article) if a.title.startswith("Wires"))


async def test_the_page_of_a_parent_leads_to_the_passage_and_back(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "t")
        assert "#cable " in screen_text(pilot)
        assert "(1)" in screen_text(pilot)
        await press(pilot, "g", "p")
        assert isinstance(pilot.app.screen, PageScreen)
        shown = screen_text(pilot)
        for words in ("below    #cable/atlantic 1", "“The cable reached Ireland at dusk.”", "Which year?", "blue"):
            assert words in shown
        await press(pilot, "equals_sign", *"dusk", "enter", "G", "enter")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.view.cursor == 0
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, PageScreen)


async def test_the_page_of_an_article_follows_changes_and_leads_to_tags(desk: Desk, open_app: OpenApp) -> None:
    async with open_app(size=(140, 45)) as pilot:
        await press(pilot, "g", "p")
        assert "2 passages · 1 note" in screen_text(pilot)
        desk.workspace.annotating.highlight(first_article(desk), Span(35, 49), tags=["people"])
        await press(pilot)
        assert "3 passages · 1 note" in screen_text(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, PageScreen)
        row = next(n for n, line in enumerate(screen_text(pilot).splitlines()) if "#people " in line)
        await pilot.click(offset=(14, row), times=2)
        await press(pilot)
        assert "#people" in screen_text(pilot).splitlines()[0]
