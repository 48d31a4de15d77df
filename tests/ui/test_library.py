"""The list of articles, by keys and by mouse."""

from dataclasses import replace

from textual import events

from newstui import paths
from newstui.config import load_config
from newstui.model import Article
from newstui.store import new_id
from newstui.ui.actions import ACTIONS
from newstui.ui.desk import Desk
from newstui.ui.messages import ShowQuery
from newstui.ui.screens.help import HelpScreen
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.widgets.virtual_list import VirtualList
from tests.ui.pilots import OpenApp, press, screen_text


async def test_articles_are_shown_with_their_figures_newest_first(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.pause(0.3)
        shown = screen_text(pilot)
        assert "4 articles · 4 unread" in shown
        first = next(line for line in shown.splitlines() if "Wires under the sea" in line)
        assert first.startswith("▌ ● ")
        assert first.split()[-2:] == ["2", "1"]
        assert shown.index("Wires under the sea") < shown.index("Names of the clerks")
        assert "The cable reached Ireland at dusk." in shown


async def test_a_hostile_title_is_shown_as_signs(open_app: OpenApp) -> None:
    async with open_app(size=(96, 30)) as pilot:
        shown = screen_text(pilot)
        assert "[b]Markup[/b] and ␛]52;c;ZXZpbA==␇ escapes" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_a_hostile_view_that_finds_nothing_is_shown_as_signs(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        pilot.app.screen.post_message(ShowQuery("title:nowhere\x1b[2J"))
        await press(pilot)
        shown = screen_text(pilot)
        assert "No article matches title:nowhere␛[2J" in shown
        assert "\x1b" not in shown


async def test_counts_move_the_cursor_and_wide_titles_keep_the_columns(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "2", "j")
        row = next(line for line in screen_text(pilot).splitlines() if "東京" in line)
        assert row.startswith("▌ ●  2026-01-18")
        await press(pilot, "G", "k")
        assert "▌ ●  2026-01-18" in screen_text(pilot)


async def test_marking_two_and_starring_them_is_one_step_of_undo(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "space", "space", "s")
        assert [article.starred for article in desk.workspace.store.all(Article)] == [True, True, False, False]
        assert screen_text(pilot).count("●★") == 2
        assert "2 marked" in screen_text(pilot)
        await press(pilot, "u")
        assert not any(article.starred for article in desk.workspace.store.all(Article))
        assert "Undid: star 2 articles" in screen_text(pilot)


async def test_tags_are_given_completed_and_taken_off(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "j", "t")
        assert "syria, diplomacy, -old; commas between" in screen_text(pilot)
        await press(pilot, *"atlan", "down", *"desk", "enter")
        assert [row.tags for row in desk.workspace.catalog.rows()][1] == ("cable/atlantic", "desk")
        await press(pilot, "j", "T")
        assert [row.tags for row in desk.workspace.catalog.rows()][2] == ("cable/atlantic", "desk")
        await press(pilot, "t", *"-desk", "enter")
        assert [row.tags for row in desk.workspace.catalog.rows()][2] == ("cable/atlantic",)


async def test_read_and_unread_are_told_by_a_sign(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "r")
        assert "▌ ○ " in screen_text(pilot)
        assert "3 unread" in screen_text(pilot)
        await press(pilot, "g", "g", "]", "u")
        assert "▌ ●  2026-01-19" in screen_text(pilot)
        await press(pilot, "k", "r")
        assert "4 unread" in screen_text(pilot)


async def test_delete_says_how_to_take_it_back(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "d", "d")
        assert "Deleted 1 article; u takes it back." in screen_text(pilot)
        assert "Wires under the sea" not in screen_text(pilot)
        await press(pilot, "u")
        assert "Wires under the sea" in screen_text(pilot)


async def test_views_of_a_part_and_back(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "s", "g", "s")
        assert "1 article · 1 unread" in screen_text(pilot)
        await press(pilot, "g", "a")
        assert "No article matches is:archived" in screen_text(pilot)
        await press(pilot, "escape")
        assert "4 articles" in screen_text(pilot)
        await press(pilot, "o")
        assert "no address" in screen_text(pilot)


async def test_the_trash_is_listed_and_given_back(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "d", "d", "=", *"is:trashed", "enter")
        assert "Wires under the sea" in screen_text(pilot)
        assert "1 article" in screen_text(pilot)
        await press(pilot, "d", "d")
        assert "Took 1 article out of the trash." in screen_text(pilot)
        await press(pilot, "z", "x")
        assert "Wires under the sea" in screen_text(pilot)


async def test_sorting_goes_round_and_says_by_what(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "O", "O")
        assert "Sorted by title." in screen_text(pilot)
        titles = [row.article.title for row in pilot.app.screen.query_one(VirtualList).items]
        assert titles == sorted(titles, key=str.casefold)


async def test_a_click_moves_and_a_second_one_opens(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await pilot.click(VirtualList, offset=(20, 2))
        await pilot.pause()
        assert "▌ ●  2026-01-19" in screen_text(pilot)


async def test_unfinished_keys_are_explained_after_a_moment(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g")
        await pilot.pause(0.6)
        assert "n notes" in screen_text(pilot)
        await press(pilot, "escape")
        assert "n notes" not in screen_text(pilot).replace("gn notes", "")


async def test_help_lists_the_keys_and_does_the_chosen_one(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "?", *"star or", "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "●★" in screen_text(pilot)


async def test_help_begins_with_what_only_this_screen_does(open_app: OpenApp) -> None:
    async with open_app(size=(80, 40)) as pilot:
        await press(pilot, "enter", "?")
        shown = screen_text(pilot)
        assert shown.index("Move left a character") < shown.index("Move down a line")
        assert "Quit newstui" not in shown
        assert isinstance(pilot.app.screen, HelpScreen)
        assert pilot.app.screen.entries[-1].action in {name for name in ACTIONS if ACTIONS[name].group == "everywhere"}


async def test_help_asks_before_it_quits_for_what_was_only_typed(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "?", "q", "enter")
        assert "Enter again does it" in screen_text(pilot)
        await press(pilot, "x", "backspace", "enter")
        assert pilot.app.is_running
        assert "Enter again does it" in screen_text(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app._exit


async def test_a_theme_is_previewed_kept_and_put_back(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        before = pilot.app.theme
        await press(pilot, "z", "t", "j")
        assert pilot.app.theme != before
        await press(pilot, "escape")
        assert pilot.app.theme == before
        await press(pilot, "z", "t", "G", "enter")
        assert pilot.app.theme != before
        assert "also from now on" in screen_text(pilot)
        assert load_config(paths.config_dir() / "config.toml")[0].theme == pilot.app.theme


async def test_an_empty_library_says_how_to_fill_it(open_app: OpenApp, desk: Desk) -> None:
    catalog = desk.workspace.catalog
    catalog.trash([article.id for article in desk.workspace.store.all(Article)])
    async with open_app() as pilot:
        assert "This library is empty." in screen_text(pilot)
        assert "I imports" in screen_text(pilot)


async def test_a_narrow_screen_keeps_titles(open_app: OpenApp) -> None:
    async with open_app(size=(44, 12)) as pilot:
        assert "Wires under the sea" in screen_text(pilot)


async def test_panes_stand_below_or_beside_each_other_by_width(open_app: OpenApp) -> None:
    async with open_app(size=(150, 24)) as pilot:
        await press(pilot)
        await pilot.pause(0.2)
        row = next(line for line in screen_text(pilot).splitlines() if "Wires under the sea" in line)
        assert "Inbox" in row or "All articles" in screen_text(pilot)
        first = screen_text(pilot).splitlines()[1]
        assert first.index("All articles") < first.index("TITLE") < first.index("Preview")
        await pilot.resize_terminal(110, 24)
        await press(pilot)
        first = screen_text(pilot).splitlines()[1]
        assert "All articles" not in first
        assert first.index("TITLE") < first.index("Preview")
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert "Preview" not in screen_text(pilot).splitlines()[1]
        assert "Preview" in screen_text(pilot)
        await press(pilot, "z", "p")
        assert "─ Preview" not in screen_text(pilot)


async def test_a_view_is_kept_under_a_name_counted_and_opened_from_anywhere(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "=", *"clerks", "enter")
        await press(pilot, "z", "w", *"About clerks", "enter")
        assert "Saved the view About clerks" in screen_text(pilot)
        await press(pilot, "z", "x", "enter")
        await press(pilot, "g", "o")
        line = next(line for line in screen_text(pilot).splitlines() if "About clerks" in line)
        assert line.split()[-2:] == ["clerks", "2"] or line.split()[-1] in ("1", "2")
        await press(pilot, "G", "enter")
        assert "= clerks" in screen_text(pilot)
        assert "Names of the clerks" in screen_text(pilot)
        assert "東京" not in screen_text(pilot)


async def test_several_columns_sort_each_within_the_one_before(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "z", "s", *["backspace"] * 5, *"source title", "enter")
        assert "Sorted by source, then title." in screen_text(pilot)
        titles = [row.article.title for row in pilot.app.screen.query_one(VirtualList).items]
        assert titles == sorted(titles, key=str.casefold)
        assert "TITLE↑" in screen_text(pilot)
        await press(pilot, "z", "s", *"x", "enter")
        assert "There is no order 'titlex'" in screen_text(pilot)
        await pilot.click(VirtualList, offset=(7, 0))
        await press(pilot)
        assert "Sorted by date, most or newest first, then source, then title." in screen_text(pilot)


async def test_columns_are_chosen(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "z", "c", *["backspace"] * 60, *"words title", "enter")
        heads = next(line for line in screen_text(pilot).splitlines() if "TITLE" in line)
        assert heads.split() == ["WORDS", "TITLE"]
        await press(pilot, "z", "c", *" beauty", "enter")
        assert "There is no column 'beauty'" in screen_text(pilot)


async def test_a_filter_that_finds_nothing_says_which_part_to_leave_out(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "=", *"is:starred clerks", "enter")
        await pilot.pause(0.3)
        shown = screen_text(pilot)
        assert "No article matches is:starred clerks" in shown
        assert "match without is:starred" in shown or "matches without is:starred" in shown
        assert "without clerks" not in shown
        assert "z x shows everything again." in shown


async def test_what_is_typed_at_once_reaches_the_filter_whole(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        for character in "=wires":
            pilot.app.post_message(events.Key("equals_sign" if character == "=" else character, character))
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert "= wires" in screen_text(pilot)
        assert "Names of the clerks" not in screen_text(pilot)


async def test_undoing_an_import_from_within_the_article_says_what_was_undone(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    body = "It came a minute ago."
    article = Article(new_id(), "Fresh", store.add_text(body), 5, "2026-02-01T00:00:00Z", published="2026-02-01")
    store.commit("Import 1 article", [article])
    async with open_app() as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "Undid: import 1 article" in screen_text(pilot)
        assert "Fresh" not in screen_text(pilot)


async def test_the_views_beside_the_list_are_counted_anew_after_every_change(open_app: OpenApp, desk: Desk) -> None:
    def counted(shown: str, view: str) -> str:
        line = next(line for line in shown.splitlines() if line.lstrip(" ▌>").startswith(view))
        return line[:25].split()[-1]

    async with open_app(size=(140, 45)) as pilot:
        await press(pilot)
        assert counted(screen_text(pilot), "Unread") == "4"
        await press(pilot, "r")
        assert counted(screen_text(pilot), "Unread") == "3"
        desk.workspace.catalog.star([desk.workspace.store.all(Article)[0].id], True)
        await press(pilot)
        assert counted(screen_text(pilot), "Starred") == "1"
        await press(pilot, "u")
        assert counted(screen_text(pilot), "Starred") == "0"


async def test_the_preview_shows_the_tags_that_were_just_given(open_app: OpenApp) -> None:
    async with open_app(size=(80, 24)) as pilot:
        await press(pilot, "enter", "t", *"lede", "enter", "enter", "q")
        assert "#lede" in screen_text(pilot)


async def test_no_row_is_left_as_it_was_before_a_key(open_app: OpenApp) -> None:
    async with open_app(size=(100, 24)) as pilot:
        shown = pilot.app.screen.query_one("#articles", VirtualList)
        for keys in ("j", "j", "space", "k", "*", "s", "escape", "G", "r", "= w", "escape", "O", "z p", "space", "d"):
            await press(pilot, *keys.split())
            region = shown.size.region
            kept = shown.render_lines(region)
            shown._drawn.clear()
            shown._strips.clear()
            assert kept == shown.render_lines(region), keys
        before = shown.render_lines(region)
        pilot.app.theme = "paper"
        await pilot.pause()
        assert before != shown.render_lines(region)


async def test_more_than_twenty_are_counted_and_asked_about_before_they_change(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    one = store.all(Article)[0]
    store.commit("Add", [replace(one, id=new_id(), title=f"Number {n}") for n in range(19)])
    async with open_app() as pilot:
        await press(pilot, "*", "s")
        assert "23 articles" in screen_text(pilot)
        await press(pilot, "escape")
        assert not any(article.starred for article in store.all(Article))
        await press(pilot, "d", "d", "n")
        assert not any(article.deleted for article in store.all(Article))
        await press(pilot, "s", "enter")
        assert all(article.starred for article in store.all(Article))
        assert "Star 23 articles" in screen_text(pilot)
        await press(pilot, "escape", "j", "d", "d")
        assert sum(bool(article.deleted) for article in store.all(Article)) == 1


async def test_titles_have_the_room_also_beside_two_panes(open_app: OpenApp) -> None:
    for width, least in ((80, 30), (100, 30), (140, 34)):
        async with open_app(size=(width, 45)) as pilot:
            heads = screen_text(pilot).splitlines()[1]
            assert heads.index("READ") - heads.index("TITLE") >= least, width
            await pilot.pause(0.2)
            facts = next(line for line in screen_text(pilot).splitlines() if "Preview ·" in line)
            assert facts.rstrip().endswith("─") or "…" in facts
