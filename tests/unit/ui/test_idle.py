"""Garbage is looked for in the pauses between keys."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from textual.app import App

from newstui.ui.idle import IDLE, IdleCollector


class Timers:
    """Takes timers as an app does, and keeps them."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def set_timer(self, delay: float, callback: Callable[[], None]) -> None:
        """Keep one."""
        self.waiting.append(callback)


@pytest.mark.parametrize(("made", "collections"), [(5000, [0]), (10, [])])
def test_one_look_waits_for_the_last_key_and_is_made_only_if_it_is_worth_it(
    monkeypatch: pytest.MonkeyPatch, made: int, collections: list[int]
) -> None:
    clock, collected, timers = [100.0], list[int](), Timers()
    monkeypatch.setattr("newstui.ui.idle.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("newstui.ui.idle.gc.get_count", lambda: (made, 0, 0))
    monkeypatch.setattr("newstui.ui.idle.gc.collect", collected.append)
    collector = IdleCollector(cast(App[Any], timers))
    collector.note_key()
    clock[0] += IDLE / 2
    collector.note_key()
    clock[0] += IDLE / 2
    (look,) = timers.waiting
    look()
    assert collected == []
    clock[0] += IDLE / 2
    timers.waiting[-1]()
    assert collected == collections
    assert len(timers.waiting) == 2
    collector.note_key()
    assert len(timers.waiting) == 3
