"""Looking for something beside the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

T = TypeVar("T")
Cancelled = Callable[[], bool]


def look(screen: Screen[Any], group: str, find: Callable[[Cancelled], T], take: Callable[[T], None]) -> None:
    """Find something on a worker, and show it if somebody still waits for it.

    Nobody does once the screen or the program was left, or something newer of the group is looked for. Python ends only
    when its workers have, so what takes long has to ask.

    Args:
        screen: that shows it.
        group: of which only the last is wanted.
        find: runs on the worker, and is given what says that nobody waits any more.
        take: runs on the thread of the screen with what was found.
    """

    def work() -> None:
        worker = get_current_worker()
        found = find(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            screen.app.call_from_thread(take, found)

    screen.run_worker(work, thread=True, exclusive=True, group=group)
