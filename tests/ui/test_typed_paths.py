"""Paths and commands as people type them: nothing that stands in a field may end the program."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.app import App

from newstui.ui.screens.export import PREVIEW_AFTER
from tests.ui.pilots import OpenApp, paste, press, screen_text


@pytest.mark.parametrize("typed", ["~nobody-has-this-name/notes", "a\0b", "[/foo].md", "[red]foo.md"])
@pytest.mark.parametrize("dialog", ["x", "I"])
async def test_whatever_stands_in_a_path_the_dialog_stays(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialog: str, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app(size=(80, 24)) as pilot:
        await press(pilot, dialog)
        await press(pilot, "ctrl+u")
        await paste(pilot, typed)
        await pilot.pause(PREVIEW_AFTER)
        await press(pilot)
        if dialog == "x":
            assert "title: Wires under the sea" in screen_text(pilot)
            assert not typed.endswith(".md") or f"─{typed.rpartition('/')[2]}─" in screen_text(pilot)
        else:
            await press(pilot, "enter")
            assert "No such file" in screen_text(pilot)


async def test_a_shell_that_is_not_there_is_said(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/nowhere/sh")
    monkeypatch.setattr(App, "suspend", lambda app: nullcontext())
    async with open_app(size=(80, 24)) as pilot:
        await press(pilot, "|", *"cat", "enter")
        assert "cannot be started" in screen_text(pilot)
