"""Themes: the shipped `themes/*.toml` and the user's own, each checked by itself, as Textual themes.

A file has a `name`, `dark`, `ansi` (its colors are the terminal's own, `ansi_red` and the like), `inherit` (a theme
that gives what it leaves out), and the tables `ui`, `reader`, `entities` and `highlights`, whose values are colors.
What is left out comes from the theme it inherits, else from `DEFAULTS`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from newstui import paths

SLOTS = 6
UI_ROLES = (
    "background", "surface", "panel", "foreground", "primary", "secondary", "accent", "success", "warning", "error",
)  # fmt: skip
READER_ROLES = ("muted", "rule", "hit", "hit-text", "hit-current", "selection", "cursor-row", "tick-note", "tick-hit")
ENTITY_ROLES = ("person", "org", "gpe", "loc", "norp", "date", "event", "other")

DEFAULTS: Mapping[str, str] = {
    "background": "#16181d", "surface": "#1c1f26", "panel": "#22262e", "foreground": "#e2dfd8", "primary": "#9cc7f0",
    "secondary": "#9ddcab", "accent": "#e8c08a", "success": "#9ddcab", "warning": "#e8c08a", "error": "#f0a8a8",
    "muted": "#a3a6ad", "rule": "#4a4f59", "hit": "#e0b000", "hit-text": "#000000", "hit-current": "#ff8c1a",
    "selection": "#4e0b93", "cursor-row": "#2b303a", "tick-note": "#e8c08a", "tick-hit": "#ffd24a",
    "entity-person": "#9cc7f0", "entity-org": "#d9b3ec", "entity-gpe": "#9ddcab", "entity-loc": "#9fd8d8",
    "entity-norp": "#e8c08a", "entity-date": "#c8ccd4", "entity-event": "#f0a8a8", "entity-other": "#c8ccd4",
    "highlight-1": "#5f4700", "highlight-2": "#0a2a6e", "highlight-3": "#175432",
    "highlight-4": "#6b1f24", "highlight-5": "#4b1d5e", "highlight-6": "#464654",
}  # fmt: skip
"""Every role with the color it has when no theme says otherwise."""


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A theme as its file says it: colors by role, without what it inherits."""

    name: str
    dark: bool
    inherit: str
    colors: Mapping[str, str]
    ansi: bool = False


def parse_theme(text: str, where: str) -> tuple[ThemeFile | None, list[str]]:
    """Read one theme file.

    Args:
        text: TOML.
        where: the path, for the sentences.

    Returns:
        The theme, or None if it cannot be used, and one sentence for each problem.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [f"{where}: not valid TOML ({error}), so this theme is left out."]
    name = data.pop("name", "")
    if not isinstance(name, str) or not name.strip():
        return None, [f'{where}: a theme needs a name, such as name = "dusk"; it is left out.']
    dark, inherit, ansi = data.pop("dark", True), data.pop("inherit", ""), data.pop("ansi", False)
    problems: list[str] = []
    colors: dict[str, str] = {}
    for key, role, value in _entries(data):
        if role is None:
            problems.append(f"{where}: {key} is no part of a theme and was skipped.")
        elif not _is_color(value):
            problems.append(f'{where}: {key} = {value!r} is no color and was skipped; write it like "#8fb8de".')
        else:
            colors[role] = value
    return ThemeFile(name, dark is True, inherit if isinstance(inherit, str) else "", colors, ansi is True), problems


def _entries(data: Mapping[str, Any]) -> Iterable[tuple[str, str | None, Any]]:
    """Each entry as it is called in the file, the role it is for, and its value."""
    for table, value in data.items():
        if table == "highlights" and isinstance(value, list):
            for slot, color in enumerate(value, 1):
                yield f"highlights[{slot}]", f"highlight-{slot}" if slot <= SLOTS else None, color
        elif table in ("ui", "reader", "entities") and isinstance(value, dict):
            roles = {"ui": UI_ROLES, "reader": READER_ROLES, "entities": ENTITY_ROLES}[table]
            for key, color in value.items():
                role = f"entity-{key}" if table == "entities" else key
                yield f"{table}.{key}", role if key in roles else None, color
        else:
            yield table, None, value


def _is_color(value: object) -> bool:
    if not isinstance(value, str) or "$" in value:
        return False
    try:
        return Color.parse(value).a == 1
    except ColorParseError:
        return False


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """All themes that could be read, by name, and one sentence for each problem."""

    files: Mapping[str, ThemeFile]
    problems: tuple[str, ...]

    def colors(self, name: str) -> dict[str, str]:
        """All roles of a theme with their colors, what it leaves out filled in."""
        chain: list[ThemeFile] = []
        at = self.files.get(name)
        while at is not None and at not in chain:
            chain.append(at)
            at = self.files.get(at.inherit)
        colors = dict(DEFAULTS)
        for file in reversed(chain):
            colors |= file.colors
        return colors

    def build(self, name: str) -> Theme:
        """A theme for Textual."""
        colors = self.colors(name)
        ui = {role: colors.pop(role) for role in UI_ROLES}
        colors |= {
            "text-muted": colors["muted"],
            "foreground-muted": colors["muted"],
            "text-primary": ui["primary"],
            "text-secondary": ui["secondary"],
            "text-warning": ui["warning"],
            "text-error": ui["error"],
            "text-success": ui["success"],
            "block-cursor-background": colors["cursor-row"],
            "block-cursor-foreground": ui["foreground"],
            "input-selection-background": colors["selection"],
            "scrollbar": colors["rule"],
            "scrollbar-background": ui["background"],
            "scrollbar-background-hover": ui["background"],
            "scrollbar-background-active": ui["background"],
            "border": colors["rule"],
        }
        file = self.files.get(name)
        return Theme(
            name,
            ui["primary"],
            ui["secondary"],
            ui["warning"],
            ui["error"],
            ui["success"],
            ui["accent"],
            ui["foreground"],
            ui["background"],
            ui["surface"],
            ui["panel"],
            dark=file is None or file.dark,
            ansi=file is not None and file.ansi,
            variables=colors,
        )


def load_all_themes() -> ThemeSet:
    """The shipped themes and the user's own."""
    return load_themes((paths.shipped_dir(paths.SHIPPED_THEMES), paths.config_dir() / "themes"))


def load_themes(folders: Iterable[Path]) -> ThemeSet:
    """Read every `*.toml` of some folders; a later theme replaces an earlier one of the same name."""
    files: dict[str, ThemeFile] = {}
    problems: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{path}: cannot be read ({error}), so this theme is left out.")
                continue
            file, said = parse_theme(text, str(path))
            problems += said
            if file is not None:
                files[file.name] = file
    problems += [
        f"The theme {file.name!r} inherits from {file.inherit!r}, which there is not; the defaults fill in."
        for file in files.values()
        if file.inherit and file.inherit not in files
    ]
    return ThemeSet(files, tuple(problems))
