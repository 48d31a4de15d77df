"""Collecting garbage while nobody types: in the middle of a word it would hold up a key for tens of milliseconds."""

import gc
import time
from typing import Any

from textual.app import App

IDLE = 0.3
"""Seconds without a key after which nobody types."""
WORTH_IT = 2_000
"""New objects from which on a collection is worth its time."""


class IdleCollector:
    """Looks for garbage in the pauses between keys; without keys it does nothing, not even wake up.

    Args:
        app: whose timers are used.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._last = 0.0
        self._waiting = False

    def note_key(self) -> None:
        """A key came."""
        self._last = time.monotonic()
        if not self._waiting:
            self._waiting = True
            self._app.set_timer(IDLE, self._look)

    def _look(self) -> None:
        left = self._last + IDLE - time.monotonic()
        if left > 0:
            self._app.set_timer(left, self._look)
            return
        self._waiting = False
        if gc.get_count()[0] >= WORTH_IT:
            gc.collect(0)
