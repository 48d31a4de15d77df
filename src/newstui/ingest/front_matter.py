"""The YAML block at the top of a Markdown file: read safely, and never at the cost of the text below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BLOCK = re.compile(r"\ufeff?---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)\Z")
_ANCHOR = re.compile(r"(?m)(?:^|[\s\[,:-])[&*][\w-]+|!!")
MAX_BYTES = 64_000


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str, list[str]]:
    """The properties of a Markdown text by lower-case name, the text without them, and what was doubtful.

    Aliases and tags of YAML are not followed; a block that is no YAML is read line by line as `name: value`.
    """
    match = _BLOCK.match(text)
    if not match:
        return {}, text, []
    block, body = match.group(1), text[match.end() :]
    if len(block) > MAX_BYTES:
        return {}, text, ["The properties at the top are too long and were left in the text."]
    if not _ANCHOR.search(block):
        import yaml

        try:
            loaded = yaml.safe_load(block)
        except (yaml.YAMLError, ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, dict):
            return {str(name).strip().lower(): value for name, value in loaded.items()}, body, []
        if loaded is None and not block.strip():
            return {}, body, []
    found = {}
    for line in block.split("\n"):
        entry = _LINE.match(line)
        if entry:
            found[entry.group(1).strip().lower()] = entry.group(2).strip().strip("\"'")
    if not found:
        return {}, text, []
    return found, body, ["The properties at the top are no valid YAML; they were read line by line."]


def as_text(value: object) -> str:
    """A property as text: dates in ISO, the first of a list, nothing for none; `[[links]]` without their brackets."""
    if isinstance(value, list):
        return as_text(value[0]) if value else ""
    if value is None or isinstance(value, dict):
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", str(value)).strip()


def as_texts(value: object) -> tuple[str, ...]:
    """A property as texts: a list, or one text parted by commas."""
    if isinstance(value, list):
        return tuple(text for text in (as_text(item) for item in value[:500]) if text)
    text = as_text(value)
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return tuple(part.strip().strip("\"'") for part in text.split(",") if part.strip())
