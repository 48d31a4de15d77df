"""Patches over the keymap: presets and the user's own `keys.toml`, checked line by line.

A patch has tables like the keymap: `"keys" = "action"` binds, `""` unbinds, and a list of commands is a macro. The
table `remap` binds by id: `"reader.tag" = "ctrl+t"` takes the action's other keys away. A line that cannot be used is
said in a sentence and skipped; the rest works.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newstui.ui.actions import ACTIONS, parse_steps
from newstui.ui.keymap import WILDCARD, Keymap, load_default_keymap

PRESETS = ("vim", "less", "newsboat")
"""`vim` is the keymap itself, the others are patches beside this module."""
CURSOR_KEYS = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"))
NAMED = CURSOR_KEYS | {"backspace", "enter", "escape", "tab", "space"} | {f"f{number}" for number in range(1, 25)}
SAME_BYTE = {
    "ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "line feed", "ctrl+space": "NUL",
    "ctrl+c": "the key people press to get out", "alt+b": "ctrl+left", "alt+f": "ctrl+right",
}  # fmt: skip
"""Keys that a terminal sends as another key."""
KEPT = ("escape", "f1")
"""Keys that cannot be unbound: the way out, and the way to help."""


def load_keymap(preset: str = "vim", own: Path | None = None) -> Keymap:
    """The keymap with a preset and the user's own keys over it; what could not be used is in its `problems`.

    Args:
        preset: one of `PRESETS`.
        own: the user's file; need not exist.
    """
    keymap = load_default_keymap()
    if preset not in PRESETS:
        keymap = replace(keymap, problems=(f"There is no preset {preset!r}; there are {', '.join(PRESETS)}.",))
    elif preset != "vim":
        text = (Path(__file__).parent / f"keymaps/{preset}.toml").read_text(encoding="utf-8")
        keymap = apply_patch(keymap, tomllib.loads(text), preset)
    if own is None:
        return keymap
    try:
        entries = tomllib.loads(own.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return keymap
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        said = f"{own}: cannot be read ({error}), so your own keys are left out until it is mended."
        return replace(keymap, problems=(*keymap.problems, said))
    return apply_patch(keymap, entries, str(own))


def apply_patch(keymap: Keymap, entries: Mapping[str, Any], where: str) -> Keymap:
    """Lay a patch over a keymap: first what it unbinds, then what it binds."""
    tables = {name: dict(table) for name, table in keymap.tables.items()}
    problems: list[str] = []
    bindings: list[tuple[str, str, str]] = []
    for table, keys, action in _bindings_of(entries, tables, problems):
        if action:
            bindings.append((table, keys, action))
        elif keys in KEPT:
            problems.append(f"[{table}] {keys!r} stays as it is: it is the way out, or to help.")
        elif tables[table].pop(keys, None) is None:
            problems.append(f"[{table}] {keys!r} is not bound, so it cannot be unbound.")
    for table, keys, action in bindings:
        problem = _problem(keymap, tables, table, keys, action)
        if problem:
            problems.append(f"[{table}] {keys!r} = {action!r} was skipped: {problem}.")
        else:
            tables[table][keys] = action
    said = tuple(f"{where}: {problem}" for problem in problems)
    return replace(keymap, tables=tables, problems=(*keymap.problems, *said))


def _bindings_of(
    entries: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]], problems: list[str]
) -> Iterable[tuple[str, str, str]]:
    """Each entry as table, keys and action; an empty action unbinds."""
    for table, lines in entries.items():
        if not isinstance(lines, dict) or (table != "remap" and table not in tables):
            problems.append(f"[{table}] is no table of the keymap; there are {', '.join(tables)} and remap.")
            continue
        for left, right in lines.items():
            values = right if isinstance(right, list) else [right]
            if not all(isinstance(value, str) for value in values):
                problems.append(f"[{table}] {left!r} = {right!r} was skipped: it takes a text or a list of texts.")
            elif table == "remap":
                yield from _remapped(left, values, tables, problems)
            else:
                yield table, " ".join(left.split()), "; ".join(values)


def _remapped(
    binding: str, keys: list[str], tables: Mapping[str, Mapping[str, str]], problems: list[str]
) -> Iterable[tuple[str, str, str]]:
    """A line of the table `remap`: the keys an action had are unbound, the new ones bound."""
    table, _, action = binding.partition(".")
    old = [bound for bound, known in tables.get(table, {}).items() if known == action]
    if not old:
        problems.append(f"[remap] nothing has the id {binding!r}; `newstui keys` lists ids such as reader.tag.")
        return
    yield from ((table, bound, "") for bound in old)
    yield from ((table, " ".join(new.split()), action) for new in keys if new)


def _problem(keymap: Keymap, tables: Mapping[str, Mapping[str, str]], table: str, keys: str, action: str) -> str:
    """Why a binding cannot be used, or nothing."""
    sequence = keys.split(" ")
    for number, key in enumerate(sequence):
        said = key_problem(key)
        if said:
            return f"{key} {said}"
        if key == WILDCARD and (number == 0 or number + 1 < len(sequence)):
            return f"{WILDCARD} stands only at the end of several keys"
    for step in parse_steps(action):
        if step.action not in ACTIONS:
            return f"there is no action {step.action!r}; `newstui keys` lists them"
    for context, names in keymap.contexts.items():
        if table in names:
            said = _clash(keymap, tables, context, table, sequence)
            if said:
                return said
    return ""


def _clash(
    keymap: Keymap, tables: Mapping[str, Mapping[str, str]], context: str, table: str, sequence: list[str]
) -> str:
    """What a sequence gets in the way of in a context, or nothing."""
    first = sequence[0]
    typing = context in keymap.typing
    if not typing and first.isdigit() and sequence != ["0"]:
        return "digits are counts"
    if typing and len(first) == 1:
        return f"{first} could not be typed any more in {context}"
    for name in keymap.contexts[context]:
        for bound, action in tables[name].items():
            other = bound.split(" ")
            if other == sequence:
                if name != table:
                    return f'[{name}] binds these keys to {action}; unbind them there with ""'
                continue
            shorter, longer = sorted((other, sequence), key=len)
            wild = shorter[-1] == WILDCARD and longer[: len(shorter) - 1] == shorter[:-1]
            if longer[: len(shorter)] == shorter or (wild and len(longer[len(shorter) - 1]) == 1):
                return f'it clashes with {bound!r} ({name}.{action}); unbind that with ""'
    return ""


def key_problem(key: str) -> str:
    """Why a key cannot be used, or nothing. What a terminal without the Kitty protocol sends is what counts."""
    if len(key) == 1 or key == WILDCARD or key in NAMED:
        return ""
    if key in SAME_BYTE:
        return f"arrives as {SAME_BYTE[key]}"
    modifiers, _, base = key.rpartition("+")
    parts = modifiers.split("+") if modifiers else []
    if not parts or len(set(parts)) < len(parts) or not set(parts) <= {"ctrl", "alt", "shift"} or not base:
        return "is no key; write ctrl+t, alt+left, f5, space, or the character itself"
    if base in CURSOR_KEYS or re.fullmatch(r"f\d+", base) or key == "shift+tab":
        return ""
    if parts in (["ctrl"], ["alt"]) and re.fullmatch(r"[a-z]", base):
        return ""
    return "is sent by few terminals"
