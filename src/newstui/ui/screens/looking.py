"""Looking for something beside the keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.ui.screens.base import KeyedScreen

T = TypeVar("T")
Cancelled = Callable[[], bool]
EVERY = 0.25
"""Seconds between two reports of how far a worker is."""


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


def tell_progress(screen: KeyedScreen[Any], what: str) -> Callable[[int, int], None]:
    """What a worker calls with how many articles are done and of how many, so that the screen says it now and then.

    Args:
        screen: that says it.
        what: is being done, such as `Looking for names`.
    """
    worker, told = get_current_worker(), time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal told
        if (done == total or time.monotonic() - told > EVERY) and not worker.is_cancelled:
            told = time.monotonic()
            words = f"{what}: {done:,} of {counted(total, 'article')}." if done < total else ""
            screen.app.call_from_thread(screen.say_progress, words)

    return report
