"""One key after the other: what is typed ahead goes to the screen that the keys before it lead to."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

GIVE_UP = 0.25
"""Seconds a key waits at most for the one before it, whose screen may have closed with the news still on its way."""
AGAIN = 0.01
"""Seconds after which one looks again whether the screen has done what it put off."""
ROUNDS = 2
"""Times the way from the field to the application is gone: a key is answered by messages that take it once more."""


class KeyOrder:
    """Holds keys and pastes back while a key that may open or close a screen is under way.

    Textual hands a key to whatever has the focus at that moment, also while the key before it still waits there to
    close that very screen. The next one went to the closed screen and was lost.

    Args:
        app: whose keys they are.
        forward: hands an event on, to where the focus is now.
        passes: whether a key changes no screen, so that none need wait for it; a held arrow stays as fast as it is.
        waiting: whether the screen has put off what a key asked for, and with it the keys behind.
    """

    def __init__(
        self,
        app: App[Any],
        forward: Callable[[events.Event], Awaitable[None]],
        passes: Callable[[events.Event], bool],
        waiting: Callable[[], bool],
    ) -> None:
        self._app = app
        self._forward = forward
        self._passes = passes
        self._waiting = waiting
        self._held: deque[events.Event] = deque()
        self._under_way = 0
        """The number of the key that is waited for; 0 is none."""
        self._taken = 0

    async def take(self, event: events.Event) -> None:
        """Forward an event now, or when the one before it is done."""
        if not self._under_way:
            await self._send(event)
            return
        if not self._held:
            waited_for = self._under_way
            self._app.set_timer(GIVE_UP, lambda: self._go_on(waited_for))
        self._held.append(event)

    async def _send(self, event: events.Event) -> None:
        if self._passes(event):
            await self._forward(event)
            return
        self._taken += 1
        self._under_way = self._taken
        await self._forward(event)
        self._wait_at(self._app.focused or self._app.screen, self._taken, ROUNDS)

    def _wait_at(self, node: DOMNode, number: int, rounds: int) -> None:
        """Go on to the parent when a node has handled all that it had before now."""
        app: DOMNode = self._app

        def done() -> None:
            if node is not app and node.parent is not None:
                self._wait_at(node.parent, number, rounds)
            elif rounds > 1 and self._app.screen_stack:
                self._wait_at(self._app.focused or self._app.screen, number, rounds - 1)
            else:
                self._app.call_later(self._go_on, number)

        if not node.call_later(done):
            done()

    async def _go_on(self, number: int) -> None:
        """The key of that number is done: forward what waited for it, up to the next that is waited for."""
        if number != self._under_way:
            return
        if self._waiting():
            self._app.set_timer(AGAIN, lambda: self._go_on(number))
            return
        self._under_way = 0
        while self._held and not self._under_way:
            await self._send(self._held.popleft())
        if self._held:
            waited_for = self._under_way
            self._app.set_timer(GIVE_UP, lambda: self._go_on(waited_for))
