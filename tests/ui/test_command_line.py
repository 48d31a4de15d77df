"""The line after `:`: the commands of the keys by name, with what they take, completed, corrected and remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import UsageError
from newstui.model import Annotation, Article
from newstui.ui.actions import ACTIONS
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.command_line import CommandLine
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.screens.reader import ReaderScreen
from newstui.ui.typed_commands import parse_command
from tests.ui.pilots import OpenApp, press, screen_text

pytestmark = pytest.mark.usefixtures("desk")


@pytest.mark.parametrize(
    ("line", "stroke"),
    [
        ("42", Stroke("bottom", 42)),
        (" 40% ", Stroke("goto_percent", 40)),
        ("tag nato, -old", Stroke("tag", None, "nato, -old")),
        ("theme sepia", Stroke("choose_theme", None, "sepia")),
        ("3 next_sentence", Stroke("next_sentence", 3)),
        ("wider 3", Stroke("wider", 3)),
        ("toggle-star", Stroke("toggle_star")),
        ("goto_lib", Stroke("goto_library")),
    ],
)
def test_a_line_is_understood(line: str, stroke: Stroke) -> None:
    assert parse_command(line, ACTIONS) == stroke


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("goto_", "begins"),
        ("exprot", "did you mean export"),
        ("undo everything", "takes nothing after it"),
        ("", "Type a command"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(line: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_command(line, ACTIONS)


@given(st.text())
def test_any_line_is_a_command_or_a_sentence(line: str) -> None:
    try:
        action = parse_command(line, ACTIONS).action
    except UsageError:
        return
    assert action in ACTIONS


async def test_articles_are_filtered_tagged_and_sorted_by_typed_commands(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, ":", *"filter cable", "enter")
        await press(pilot, ":", *"tag wires, old", "enter")
        tagged = [article.title for article in desk.workspace.store.all(Article) if "wires" in article.tags]
        assert tagged == ["Wires under the sea"]
        await press(pilot, ":", *"clear_f", "enter", ":", *"sort_by title", "enter", ":", "3", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert (screen.sort, screen.list.cursor) == ("title", 2)


async def test_in_an_article_one_goes_finds_and_tags(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "enter", ":", *"100%", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ReaderScreen)
        assert screen.view.cursor >= len(screen.view.text) - 1
        await press(pilot, ":", "1", "enter", ":", *"find_here queen", "enter")
        assert screen.finding.needle == "queen"
        await press(pilot, ":", "3", "enter", ":", *"tag silence", "enter")
        made = [note for note in desk.workspace.store.all(Annotation) if "silence" in note.tags]
        assert [note.quote for note in made] == ["The line went dead in October."]
        await press(pilot, ":", *"tag after, -silence", "enter")
        assert desk.workspace.store.get(Annotation, made[0].id).tags == ("after",)


async def test_a_slip_is_said_and_mended_in_the_line(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, ":", *"thme paper", "enter")
        assert "did you mean theme" in screen_text(pilot)
        assert isinstance(pilot.app.screen, CommandLine)
        await press(pilot, "escape", ":", *"theme papyrus", "enter")
        assert "There is no theme 'papyrus'" in screen_text(pilot)
        await press(pilot, ":", *"theme paper", "enter")
        assert pilot.app.theme == "paper"


async def test_a_name_typed_in_full_is_offered_before_longer_ones(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, ":", *"tag", "tab")
        line = pilot.app.screen
        assert isinstance(line, CommandLine)
        assert line.prompt.text == "tag"
        line.prompt.text = "xyzzyqq"
        await press(pilot, "enter")
        assert "There is no command 'xyzzyqq' here; f1 lists all." in screen_text(pilot)
        line.prompt.text = "exprot"
        await press(pilot, "enter")
        assert "did you mean export? " in screen_text(pilot)


async def test_names_and_what_follows_them_are_completed(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, ":", *"toggle_st", "tab")
        line = pilot.app.screen
        assert isinstance(line, CommandLine)
        assert line.prompt.text == "toggle_star"
        line.prompt.text = ""
        await press(pilot, *"theme se", "tab")
        assert line.prompt.text == "theme sepia"
        line.prompt.text = ""
        await press(pilot, *"filter tag:cab", "tab")
        assert line.prompt.text.startswith("filter tag:cable")
        line.prompt.text = ""
        await press(pilot, *"tag other, cab", "tab")
        assert line.prompt.text.startswith("tag other, cable")


async def test_the_line_before_is_taken_again_also_by_the_next_session(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, ":", *"sort_by title", "enter", ":", *"toggle_star", "enter")
    async with open_app() as pilot:
        await press(pilot, ":", "up", "up")
        line = pilot.app.screen
        assert isinstance(line, CommandLine)
        assert line.prompt.text == "sort_by title"
        await press(pilot, "down", "down")
        assert line.prompt.text == ""


async def test_tags_are_renamed_and_their_pages_shown_by_typed_commands(open_app: OpenApp, desk: Desk) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "t", ":", *"rename sea", "enter")
        assert [note.tags for note in desk.workspace.annotating.all()] == [("sea/atlantic",), ()]
        await press(pilot, ":", *"page sea/atlantic", "enter")
        assert screen_text(pilot).startswith(" #sea/atlantic")
        await press(pilot, ":", *"page #sea", "enter")
        assert "below    #sea/atlantic 1" in screen_text(pilot)
