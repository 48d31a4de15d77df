"""YAML front matter: written without a YAML package, and changed in a file without touching what is not ours."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Value = str | int | datetime.date | tuple[str, ...]
"""What a key may hold; a tuple is a list of strings."""

_NOT_STRINGS = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf", "none"])
_PLAIN_MARKS = frozenset(" _-/.,'’‘()?!%&;+=–—“”…")
_FLOW_MARKS = _PLAIN_MARKS - {",", "?"}
_URL = re.compile(r"https?://[!$%&()*+,\-./0-9;=?@A-Z_a-z~]+")
_ID = re.compile(r"(?!0[xob])(?=(?:[^a-df-z]*[a-df-z]){2})[0-9a-z]{20,}", re.IGNORECASE)
_KEY = re.compile(r"([A-Za-z_][\w -]*?)[ \t]*:(?=[ \t\r\n]|$)")


def yaml_string(text: str, *, flow: bool = False) -> str:
    """A string as a YAML scalar: bare where that cannot be taken for anything else, else in double quotes.

    Args:
        text: any string; lone surrogates become U+FFFD.
        flow: whether it stands inside `[...]`.
    """
    marks = _FLOW_MARKS if flow else _PLAIN_MARKS
    plain = (
        text[:1].isalpha()
        and not text.endswith((" ", "\t"))
        and text.casefold() not in _NOT_STRINGS
        and all(char.isalnum() or char in marks for char in text)
    )
    if plain or _ID.fullmatch(text) or (not flow and _URL.fullmatch(text)):
        return text
    return '"' + "".join(_quote_char(char) for char in text) + '"'


def _quote_char(char: str) -> str:
    code = ord(char)
    if char in '"\\' or code < 0x20:
        return json.dumps(char)[1:-1]
    if 0xD800 <= code <= 0xDFFF:
        return "�"
    if char.isprintable():
        return char
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


def yaml_value(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, tuple):
        return "[" + ", ".join(yaml_string(item, flow=True) for item in value) + "]"
    if isinstance(value, str):
        return yaml_string(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def render_front(front: Mapping[str, Value]) -> str:
    """The front matter between its two lines of dashes, with a line break at the end."""
    return "---\n" + "".join(f"{key}: {yaml_value(value)}\n" for key, value in front.items()) + "---\n"


@dataclass(frozen=True, slots=True)
class FrontChange:
    """Front matter after a change, and a sentence if it could not be understood (then it is as it was)."""

    lines: tuple[str, ...]
    problem: str = ""


def change_front(
    lines: Sequence[str], front: Mapping[str, Value], tags_written: Sequence[str] | None, newline: str
) -> FrontChange:
    """Bring our keys up to date in front matter that its user may have edited.

    Unknown keys, comments, the order and the style of what does not change stay byte for byte. `tags` is a three-way
    merge: what the user added stays, what the user took off stays off, what newstui dropped goes.

    Args:
        lines: the lines between the dashes, with their line breaks.
        front: what newstui would write into a new file.
        tags_written: the tags of the last export, None if they are not known.
        newline: the file's line break.
    """
    if "".join(lines).replace("\r\n", "\n") == render_front(front)[4:-4]:
        return FrontChange(tuple(lines))
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load("".join(lines), loader) if lines else {}  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, ValueError):  # ValueError: a date such as 2016-13-45
        return FrontChange(tuple(lines), "its front matter is not valid YAML and was left as it is")
    if found is None:
        found = {}
    if not isinstance(found, dict):
        return FrontChange(tuple(lines), "its front matter is not a mapping and was left as it is")
    parts = _split_keys(lines)
    last_own = -1
    for key, wanted in front.items():
        at = next((index for index, part in enumerate(parts) if part[0] == key), None)
        value = merge_tags(_strings(found.get(key)), wanted, tags_written) if key == "tags" else wanted
        if at is None:
            at = last_own + 1
            parts.insert(at, (key, [f"{key}: {yaml_value(value)}{newline}"]))
        elif not _equal(found.get(key), value):
            parts[at] = (key, _rewrite(parts[at][1], key, value, newline))
        last_own = at
    return FrontChange(tuple(line for _, part in parts for line in part))


def merge_tags(in_file: Sequence[str], ours: Value, written: Sequence[str] | None) -> tuple[str, ...]:
    """The three-way merge of tags: in the file, in newstui, and as written last."""
    wanted = ours if isinstance(ours, tuple) else ()
    before = set(in_file if written is None else written)
    kept = [tag for tag in dict.fromkeys(in_file) if tag in wanted or tag not in before or written is None]
    return (*kept, *(tag for tag in wanted if tag not in kept and tag not in before))


def _split_keys(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The lines by top-level key; comments and blank lines between keys stand alone under an empty key."""
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        key = _KEY.match(line)
        if key:
            parts.append((key[1], [line]))
        elif line.startswith("#") or not parts:
            parts.append(("", [line]))
        else:
            parts[-1][1].append(line)
    return parts


def _rewrite(old: Sequence[str], key: str, value: Value, newline: str) -> list[str]:
    """A key with a new value, as a block list if it was one."""
    tail = [line for line in old[1:] if not line.strip()]
    if isinstance(value, tuple) and any(line.lstrip().startswith("- ") for line in old[1:]):
        indent = next(line[: len(line) - len(line.lstrip())] for line in old[1:] if line.lstrip().startswith("- "))
        items = [f"{indent}- {yaml_string(item)}{newline}" for item in value]
        return [f"{key}:{newline}" if items else f"{key}: []{newline}", *items, *tail]
    return [f"{key}: {yaml_value(value)}{newline}", *tail]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part for part in re.split(r"[,\s]+", value) if part]
    return [str(item) for item in value if item is not None] if isinstance(value, list) else []


def _equal(found: Any, wanted: Value) -> bool:
    if isinstance(wanted, tuple):
        return isinstance(found, list) and [str(item) for item in found] == list(wanted)
    return type(found) is type(wanted) and bool(found == wanted)
