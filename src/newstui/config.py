"""The user's settings: `config.toml`, never required, checked line by line, and each wrong entry said in a sentence."""

import dataclasses
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_COLORS = ("gold", "blue", "green", "rose", "violet", "gray")

DEFAULT_COLUMNS = ("date", "source", "title", "tags", "progress", "highlights", "notes")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, with their defaults.

    `measure` is the width of the text in cells (45 to 100), `colors` the user's names of the six highlight slots,
    `preset` a shipped keymap, `columns` those of the list of articles, `layers` the entity labels that are marked at
    first. `ascii` replaces all signs that are not ASCII; `reduced_motion` also stops spinners. `EXPLAINED` has
    a sentence on each.
    """

    theme: str = "ink"
    measure: int = 68
    preset: str = "vim"
    colors: tuple[str, ...] = DEFAULT_COLORS
    layers: tuple[str, ...] = ("PERSON", "ORG", "GPE", "LOC")
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    justify: bool = False
    ascii: bool = False
    reduced_motion: bool = False
    plain: bool = False
    library: str = ""
    recognizer: str = ""

    def color_name(self, slot: int) -> str:
        """The user's name of a highlight slot (1 to 6; 0 counts as 1)."""
        return self.colors[(slot or 1) - 1]

    def color_slot(self, name: str) -> int | None:
        """The slot with this number or name, compared without case."""
        wanted = name.strip().casefold()
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self.colors):
            return int(wanted)
        return next((slot for slot, known in enumerate(self.colors, 1) if known.casefold() == wanted), None)


EXPLAINED = {
    "theme": "The colors: one of `newstui themes`; your own lie in themes/ beside this file.",
    "measure": "Cells of text in a row, 45 to 100; + and - change it while reading.",
    "preset": "The keys to begin from: vim, less or newsboat; your own lie in keys.toml beside this file.",
    "colors": "What the six colors of highlights mean to you; shown, exported, and found by color:NAME.",
    "layers": "The kinds of names that are marked: PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, DATE, MONEY.",
    "columns": "The columns of the list of articles; zc in the list tries others.",
    "justify": "Rows of equal length, with words hyphenated (needs the package pyphen); zj while reading.",
    "ascii": "Only signs that every terminal and font has.",
    "reduced_motion": "Nothing moves by itself: no spinner, no rows that scroll while the mouse drags.",
    "recognizer": "What finds names instead of newstui's own: spacy:PIPELINE, gliner:FOLDER or a plug-in's name.",
    "plain": "One column, no boxes, states as words, the terminal's own cursor: for screen readers.",
    "library": "The library to open where no other is named.",
}
"""What each setting is for, in the order they are shown."""


def explain_config(config: Config) -> str:
    """All settings as a file that can be edited: what each is for, then its value."""
    parts = []
    for name, words in EXPLAINED.items():
        value = _toml(getattr(config, name))
        parts.append(f"# {words}\n{'# ' if getattr(Config(), name) == getattr(config, name) else ''}{name} = {value}\n")
    return "\n".join(parts)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def change_setting(text: str, name: str, value: str | tuple[str, ...]) -> str:
    """The text of a settings file with one entry changed; all other lines and comments stay as they are.

    Raises:
        ValueError: the text is no valid TOML, or its entry is written in a way that no line can replace.
    """
    wanted = tomllib.loads(text) | {name: list(value) if isinstance(value, tuple) else value}
    for changed in _iter_changed(text, name, _toml(value)):
        try:
            if tomllib.loads(changed) == wanted:
                return changed
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError(f"the entry {name} is not a line of its own")


def _iter_changed(text: str, name: str, value: str) -> Iterator[str]:
    """Ways to change an entry: in its line, in the line that is commented out, or in a new first line."""
    for before in ("", r"#[ \t]*"):
        line = re.compile(rf"""^{before}({name}[ \t]*=[ \t]*)("[^"\n]*"|'[^'\n]*'|\[[^]\n]*\])""", re.MULTILINE)
        yield line.sub(lambda found: found[1] + value, text, count=1)
    yield f"{name} = {value}\n{text}"


def save_setting(path: Path, name: str, value: str | tuple[str, ...]) -> None:
    """Write one entry into the settings file, which is made, with all settings explained, where there is none.

    Raises:
        OSError: the file cannot be read or written; it is as it was.
        ValueError: it cannot be changed by a program; see `change_setting`.
    """
    file = path.resolve()  # a file that is kept elsewhere and linked here stays linked
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_bytes().decode("utf-8") if file.exists() else explain_config(Config())
    changed = change_setting(text, name, value)
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    aside.write_bytes(changed.encode("utf-8"))
    aside.replace(file)


def load_config(path: Path) -> tuple[Config, list[str]]:
    """Read the settings; what is missing or wrong keeps its default.

    Returns:
        The settings, and one sentence for each entry that was not taken.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Config(), []
    except OSError as error:
        return Config(), [f"{path}: cannot be read ({error.strerror}), so the defaults are used."]
    try:
        entries = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Config(), [f"{path}: not valid TOML ({error}), so the defaults are used until it is mended."]
    return parse_config(entries, str(path))


def parse_config(entries: dict[str, Any], where: str) -> tuple[Config, list[str]]:
    """Check each entry by itself; see `load_config`."""
    taken: dict[str, Any] = {}
    problems = []
    known = {field.name for field in dataclasses.fields(Config)}
    for key, value in entries.items():
        if key not in known:
            problems.append(f"{where}: no setting is called {key!r}; known are {', '.join(sorted(known))}.")
            continue
        accepted, wanted = _accept(key, value)
        if wanted:
            problems.append(f"{where}: {key} = {value!r} was skipped; it takes {wanted}.")
        else:
            taken[key] = accepted
    return Config(**taken), problems


def _accept(key: str, value: Any) -> tuple[Any, str]:
    """The value as `Config` holds it, or what was wanted instead."""
    default = getattr(Config(), key)
    if key == "measure":
        fits = isinstance(value, int) and not isinstance(value, bool) and 45 <= value <= 100
        return value, "" if fits else "a number from 45 to 100"
    if isinstance(default, bool):
        return value, "" if isinstance(value, bool) else "true or false"
    if isinstance(default, str):
        return value, "" if isinstance(value, str) else "a text"
    if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return value, "a list of texts"
    if key == "colors":
        names = tuple(value[:6]) + DEFAULT_COLORS[len(value) :]
        return names, "" if len({name.casefold() for name in names}) == len(names) else "up to six different names"
    if key == "columns":
        return tuple(item.lower() for item in value), "" if value else "names of columns"
    return tuple(item.upper() for item in value), ""
