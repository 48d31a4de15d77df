"""The keymap: one tree of keys for each context. `newstui.ui.patches` lays presets and the user's own keys over it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WILDCARD = "<c>"
"""Stands for any one printable character at the end of a sequence."""

Tables = Mapping[str, Mapping[str, str]]


class KeyTree:
    """The bindings of one context."""

    def __init__(self, bindings: Mapping[tuple[str, ...], str]) -> None:
        self._actions = dict(bindings)
        self._beginnings = {keys[:n] for keys in self._actions for n in range(1, len(keys))}

    def action(self, keys: tuple[str, ...]) -> str | None:
        """The action bound to exactly these keys."""
        return self._actions.get(keys)

    def begins(self, keys: tuple[str, ...]) -> bool:
        """Whether a longer binding begins with these keys."""
        return keys in self._beginnings

    def following(self, keys: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
        """What may follow these keys: the rest of each binding and its action, in the order of the keymap."""
        n = len(keys)
        return [(bound[n:], action) for bound, action in self._actions.items() if bound[:n] == keys and len(bound) > n]

    def keys_for(self, action: str) -> list[tuple[str, ...]]:
        """The bindings of an action, in the order of the keymap."""
        return [keys for keys, bound in self._actions.items() if bound == action]

    def items(self) -> list[tuple[tuple[str, ...], str]]:
        """All bindings, in the order of the keymap."""
        return list(self._actions.items())


@dataclass(frozen=True, slots=True)
class Keymap:
    """All bindings: for each context a tree over its tables (`contexts` lists them, widest first)."""

    tables: Tables
    contexts: Mapping[str, tuple[str, ...]]
    typing: frozenset[str]
    problems: tuple[str, ...] = ()
    """What of a user's own keys was not taken, one sentence each."""

    def tree(self, context: str) -> KeyTree:
        """The bindings that hold in a context, its own first; a narrower table wins over a wider one."""
        bindings: dict[tuple[str, ...], str] = {}
        for table in reversed(self.contexts[context]):
            for keys, action in self.tables[table].items():
                bindings.setdefault(tuple(keys.split()), action)
        return KeyTree({keys: action for keys, action in bindings.items() if action})


def parse_keymap(text: str) -> Keymap:
    """Read a keymap in the shape of the shipped `keymap.toml`."""
    data: dict[str, Any] = tomllib.loads(text)
    meta = data.pop("meta")
    return Keymap(
        tables=data,
        contexts={name: tuple(tables) for name, tables in meta["contexts"].items()},
        typing=frozenset(meta["typing"]),
    )


def load_default_keymap() -> Keymap:
    """The keymap newstui ships."""
    return parse_keymap((Path(__file__).parent / "keymap.toml").read_text(encoding="utf-8"))
