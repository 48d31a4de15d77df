"""Screens that look through the library are left at once, and so is the program."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from newstui.ui.desk import Desk
from newstui.ui.screens.note_entries import SORTS
from tests.ui.pilots import OpenApp, press, screen_text


@pytest.mark.parametrize("keys", ["ge", "geS"], ids=["names", "names of which pairs are asked for"])
async def test_nothing_is_looked_for_when_nobody_waits(
    open_app: OpenApp, desk: Desk, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    begun: list[float] = []
    told: list[bool] = []

    def endless(*_: Any, cancelled: Callable[[], bool], **__: Any) -> list[Any]:
        begun.append(time.monotonic())
        while not cancelled() and time.monotonic() < begun[0] + 5:
            time.sleep(0.005)
        told.append(cancelled())
        return []

    monkeypatch.setattr(desk.workspace.dossiers, "index", endless)
    async with open_app() as pilot:
        await pilot.press(*keys)
        await pilot.pause(0.1)
        assert begun
        assert not told
        await pilot.press(*["q"] * (len(pilot.app.screen_stack) - 1))
        while len(told) < len(begun):
            await pilot.pause(0.02)
        assert all(told), "every worker heard that nobody waits"


async def test_highlights_are_grouped_by_name_beside_the_keys(
    open_app: OpenApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = threading.Event()
    entities = desk.workspace.dossiers.entities

    def slow(article_id: str) -> Any:
        assert ready.wait(5)
        return entities(article_id)

    monkeypatch.setattr(desk.workspace.dossiers, "entities", slow)
    async with open_app(size=(100, 30)) as pilot:
        await pilot.press("g", "n", *["O"] * SORTS.index("entity"))
        await pilot.pause(0.05)
        assert "Looking for names" in screen_text(pilot)
        ready.set()
        await press(pilot)
        assert "by entity" in screen_text(pilot)
        assert "Ireland" in screen_text(pilot)
