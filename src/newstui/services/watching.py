"""Following a library that another program writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

PAUSE = 0.5
"""Seconds between two looks."""


def iter_changes(store: Store, sleep: Callable[[float], None] = time.sleep) -> Iterator[Transaction]:
    """What other programs write to a library, as it comes; ends only when its caller does.

    Args:
        store: a library that is open for reading only.
        sleep: waits this many seconds.
    """
    while True:
        sleep(PAUSE)
        changed = store.refresh()
        if changed is not None:
            yield changed
