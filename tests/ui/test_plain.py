"""Reading by ear and by touch: words instead of signs, and the real cursor where one is."""

import dataclasses

import pytest
from textual.widgets import Input, TextArea

from newstui.ui.desk import Desk
from tests.ui.pilots import OpenApp, press, screen_text


async def test_plain_mode_says_states_in_words_and_draws_no_signs(open_app: OpenApp, desk: Desk) -> None:
    desk.config = dataclasses.replace(desk.config, plain=True)
    async with open_app(size=(150, 24)) as pilot:
        await press(pilot, "s", "j")
        shown = screen_text(pilot).splitlines()
        assert shown[1].rstrip() == "  Wires under the sea, unread, starred, Desk, 2026-01-20, 2 highlights, 1 note"
        assert "Preview" not in screen_text(pilot)
        assert not set("▌●★│┃─") & set(screen_text(pilot))
        assert pilot.app.cursor_position == (0, 2)
        await press(pilot, "k", "enter")
        await press(pilot, "w")
        text = screen_text(pilot)
        assert text.splitlines()[1].startswith("Wires under the sea")
        assert not set("▎▍▌│┃┊") & set(text)
        assert "#cable/atlantic . blue" in text
        assert "Which year?" in text


async def test_the_real_cursor_follows_the_cursor_of_a_list(open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "j", "j")
        assert pilot.app.cursor_position == (0, 4)


async def test_ascii_signs_are_everywhere(open_app: OpenApp, desk: Desk) -> None:
    desk.config = dataclasses.replace(desk.config, ascii=True)
    async with open_app() as pilot:
        await press(pilot, "j", "j", "j")
        await pilot.pause(0.2)  # the preview comes when the cursor rests
        shown = screen_text(pilot)
        assert "> *" in shown
        assert "- Preview" in shown
        assert not set("▌●★│┃─·") & set(shown)


@pytest.mark.parametrize("keys", [("=",), ("?",), ("F",), ("t",), ("enter", "a"), ("x",)])
async def test_the_real_cursor_stands_in_the_field_that_is_typed_into(open_app: OpenApp, keys: tuple[str, ...]) -> None:
    async with open_app() as pilot:
        await press(pilot, "j", *keys)
        await pilot.pause()
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)
        assert pilot.app.cursor_position == field.cursor_screen_offset
        assert getattr(pilot.app, "cursor_shown_by_newstui", False)
        await press(pilot, "a", "b")
        assert pilot.app.cursor_position == field.cursor_screen_offset
