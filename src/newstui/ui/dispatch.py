"""From keys to commands: a buffer for counts and sequences, and the table that says who does what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from newstui.ui.keymap import WILDCARD, KeyTree

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Stroke:
    """A command as it was asked for: the action's name, the count before it, and the character or words after it."""

    action: str
    count: int | None = None
    argument: str = ""

    @property
    def times(self) -> int:
        """How often to do it: the count, or once."""
        return self.count or 1


@dataclass(frozen=True, slots=True)
class Pending:
    """The keys so far begin one or more bindings, or are a count."""

    typed: str


@dataclass(frozen=True, slots=True)
class Miss:
    """The keys are bound to nothing; `typed` is empty when nothing had been begun."""

    typed: str


class KeyBuffer:
    """Collects a count and a key sequence, one key at a time.

    Digits are counts unless `typing`; `0` is a key while no count was begun. `escape` drops what was begun.
    """

    MAX_COUNT = 99_999

    def __init__(self, tree: KeyTree, *, typing: bool = False) -> None:
        self.tree = tree
        self.typing = typing
        self._count = ""
        self._keys: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """What was typed and is not complete, for the status row."""
        return self._count + " ".join(self._keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The unfinished sequence, without the count."""
        return self._keys

    def clear(self) -> None:
        """Forget what was begun."""
        self._count, self._keys = "", ()

    def feed(self, key: str) -> Stroke | Pending | Miss:
        """Take one key; the buffer is empty again unless the answer is `Pending`."""
        if key == "escape" and self.typed:
            typed = self.typed
            self.clear()
            return Miss(typed + " escape")
        if not self.typing and not self._keys and key.isdecimal() and key.isascii() and (key != "0" or self._count):
            self._count = (self._count + key)[:5]
            return Pending(self.typed)
        keys = (*self._keys, key)
        action = self.tree.action(keys)
        char = ""
        if action is None and len(key) == 1 and self._keys:
            action, char = self.tree.action((*self._keys, WILDCARD)), key
        if action is not None:
            count = min(int(self._count), self.MAX_COUNT) if self._count else None
            self.clear()
            return Stroke(action, count, char)
        if self.tree.begins(keys):
            self._keys = keys
            return Pending(self.typed)
        typed = self.typed
        self.clear()
        return Miss(f"{typed} {key}" if typed else "")


Handler = Callable[[Any, Stroke], None]


class Commands(Generic[S]):
    """What one kind of screen can do: action names to functions of the screen and the stroke.

    Modules add to it with a decorator, so that a screen stays a small class and its commands lie by topic:

        @commands("word_forward")
        def word_forward(screen: ReaderScreen, stroke: Stroke) -> None: ...
    """

    def __init__(self, *fallbacks: Commands[Any]) -> None:
        self._handlers: dict[str, Handler] = {}
        self._fallbacks = fallbacks

    def __call__(self, *names: str) -> Callable[[Callable[[S, Stroke], None]], Callable[[S, Stroke], None]]:
        """Register a function for these action names."""

        def register(handler: Callable[[S, Stroke], None]) -> Callable[[S, Stroke], None]:
            for name in names:
                if name in self._handlers:
                    raise ValueError(f"two commands are called {name!r}")
                self._handlers[name] = handler
            return handler

        return register

    def find(self, name: str) -> Handler | None:
        """The function for an action, from this table or the ones it falls back to."""
        if name in self._handlers:
            return self._handlers[name]
        return next((found for table in self._fallbacks if (found := table.find(name))), None)
