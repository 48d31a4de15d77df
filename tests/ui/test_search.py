"""The search screen: completion, groups, history, views, tags for all hits; and that notes are found at once."""

from pathlib import Path

import pytest

from newstui.model import Annotation, Article
from newstui.ui.desk import Desk
from newstui.ui.screens.batch import BatchScreen
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.screens.search import SearchScreen
from tests.ui.pilots import OpenApp, paste, press, screen_text

pytestmark = pytest.mark.usefixtures("desk")


async def test_tab_completes_fields_and_values_and_goes_on_to_the_next(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"ta")
        assert "⇥ tag: a tag and those below it" in screen_text(pilot)
        await press(pilot, "tab", *"ca")
        assert "cable/atlantic 1" in screen_text(pilot)
        await press(pilot, "tab")
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        assert screen.prompt.text == "tag:cable/atlantic "
        assert "#cable" in screen_text(pilot) or "cable" in screen_text(pilot)


async def test_tab_completes_the_filter_of_the_list(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "=", *"source:de", "tab", "enter")
        assert "= source:Desk" in screen_text(pilot)


async def test_results_are_grouped_by_kind_by_article_or_not_at_all(open_app: OpenApp) -> None:
    async with open_app(size=(120, 40)) as pilot:
        await press(pilot, "F", *"the")
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        kinds = [found.hit.kind for found in screen.list.items]
        assert kinds == sorted(kinds, key=kinds.index)
        await press(pilot, "ctrl+g")
        articles = [found.hit.article_id for found in screen.list.items]
        assert articles == sorted(articles, key=articles.index)
        await press(pilot, "ctrl+g")
        assert "The best first." in screen_text(pilot)
        await press(pilot, "space", *"group:month")
        assert "by month" in screen_text(pilot)
        await press(pilot, *["backspace"] * 5, *"tag")
        shown = screen_text(pilot)
        assert "#cable/atlantic" in shown
        assert "no tag" in shown
        await press(pilot, *["backspace"] * 3, *"entity")
        assert "not grouped by entity" in screen_text(pilot)


async def test_a_search_that_led_somewhere_can_be_taken_again(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"ireland", "enter")
        await press(pilot, "F", "ctrl+r")
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        assert screen.prompt.text == "ireland"


async def test_a_search_is_kept_as_a_view_with_its_count(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"cable", "ctrl+s")
        assert "cable: 1 article now" in screen_text(pilot)
        await press(pilot, *"wires", "enter", "escape")
        assert desk.workspace.views.find("wires").query == "cable"


async def test_all_that_is_found_is_tagged_after_its_number_was_shown(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"friday OR cable", "ctrl+b")
        assert "Tag 2 articles" in screen_text(pilot)
        await press(pilot, *"story", "enter")
        tagged = [article for article in desk.workspace.store.all(Article) if "story" in article.tags]
        assert len(tagged) == 2


async def test_no_more_is_tagged_than_limit_says(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"friday OR cable limit:1", "ctrl+b")
        assert "Tag 1 article" in screen_text(pilot)
        await press(pilot, *"story", "enter")
        assert [each.title for each in desk.workspace.store.all(Article) if each.tags] == ["Wires under the sea"]


async def test_a_query_that_is_not_understood_tags_nothing(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"is:unred", "ctrl+b")
        assert "nothing is tagged" in screen_text(pilot)
        assert isinstance(pilot.app.screen, SearchScreen)


async def test_hits_are_read_one_after_the_other_without_searching_again(open_app: OpenApp) -> None:
    async with open_app(size=(120, 40)) as pilot:
        await press(pilot, "enter", "F", *"the desk", "down", "ctrl+o")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        await press(pilot, "q")
        search = pilot.app.screen
        assert isinstance(search, SearchScreen)
        assert reader.article_id == search.list.items[1].hit.article_id
        assert (search.prompt.text, search.list.cursor) == ("the desk", 1)
        await press(pilot, "up", "enter")
        assert [type(screen).__name__ for screen in pilot.app.screen_stack[1:]] == ["ReaderScreen"]


async def test_a_filter_takes_limit_and_sort(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "=", *"sort:title limit:2", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert [row.article.title[:5] for row in screen.list.items] == ["[b]Ma", "Names"]
        assert "TITLE↑" in screen_text(pilot), "the heads say how the rows are sorted"
        assert "DATE↓" not in screen_text(pilot)
        assert "sort:title" in screen_text(pilot).splitlines()[-2]
        await press(pilot, "O")
        assert "The filter says sort:title" in screen_text(pilot)
        await press(pilot, "=", *["backspace"] * 20, "enter")
        assert "TITLE↑" not in screen_text(pilot)


async def test_the_text_around_a_hit_is_shown_where_there_is_room(open_app: OpenApp) -> None:
    async with open_app(size=(120, 44)) as pilot:
        await press(pilot, "F", *"october")
        assert "Nobody slept that night" in screen_text(pilot)


async def test_a_note_is_found_by_the_next_key_of_a_search(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "F", *"xyzzy")
        assert "Nothing is found" in screen_text(pilot)
        note = desk.workspace.store.all(Annotation)[0]
        desk.workspace.annotating.change(note.id, note="compare xyzzy12 first")
        await press(pilot, "1")
        assert "compare xyzzy12 first" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_lines_of_a_file_are_searched_for_by_line_and_by_article(open_app: OpenApp, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text('the clerk\n"Cyrus Field"\nNapoleon\nis:unred\n', encoding="utf-8")
    async with open_app(size=(140, 45)) as pilot:
        await press(pilot, "g", "b")
        await paste(pilot, str(names))
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, BatchScreen)
        assert [(line.name, len(line.places)) for line in screen.list.items] == [
            ("the clerk", 2), ('"Cyrus Field"', 1), ("Napoleon", 0), ("is:unred", 0),
        ]  # fmt: skip
        shown = screen_text(pilot)
        assert "2 of 4 found · 2 articles" in shown
        assert "nowhere" in shown
        assert "did you mean is:unread" in shown
        assert screen.to_pipe()["table (CSV)"].splitlines()[1].startswith("the clerk,")
        await press(pilot, "2", "O")
        first, second = screen.list.items
        assert "Wires under the sea" in first.name
        assert {name for name, _ in first.places} == {"the clerk", '"Cyrus Field"'}
        assert "Names of the clerks" in second.name
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await press(pilot, "q")
        assert [type(each) for each in pilot.app.screen_stack] == [type(pilot.app.screen_stack[0]), BatchScreen]


async def test_a_batch_leads_to_the_search_of_a_line_and_says_what_cannot_be_read(
    open_app: OpenApp, tmp_path: Path
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("clerk\n", encoding="utf-8")
    async with open_app() as pilot:
        await press(pilot, ":", *"search_batch ")
        await paste(pilot, str(names))
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert pilot.app.screen.prompt.text == "clerk"
        await press(pilot, "escape", "q", "g", "b")
        await paste(pilot, "/gone")
        await press(pilot, "enter")
        assert "cannot be read" in screen_text(pilot)
