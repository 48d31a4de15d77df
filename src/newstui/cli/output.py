"""What the command line writes: data on standard output, remarks on standard error, nothing that acts on a terminal."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from newstui.text.display import visible, visible_lines


def say(text: str = "", *, end: str = "\n") -> None:
    """Print text for a reader; controls in it are made visible, line breaks and tabs stay."""
    click.echo(visible_lines(text) + end, nl=False)


def say_json(record: Mapping[str, Any]) -> None:
    r"""Print one line of JSON Lines.

    Controls are escaped by JSON itself; what JSON leaves alone and a terminal would act on (C1, bidi overrides) is
    written as `\u` escapes, so that the value stays the same.
    """
    line = json.dumps(record, ensure_ascii=False)
    safe = visible(line)
    if safe != line:
        pairs = zip(line, safe, strict=True)
        line = "".join(char if char == seen else _escape(char) for char, seen in pairs)
    click.echo(line.encode("utf-8", "replace"))


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


def write_data(text: str) -> None:
    """Write an export: the very bytes (UTF-8) into a pipe or a file, made harmless on a terminal."""
    if sys.stdout.isatty():
        click.echo(visible_lines(text), nl=False)
    else:
        click.echo(text.encode("utf-8", "replace"), nl=False)


def warn(text: str) -> None:
    """Print one sentence on standard error."""
    click.echo(visible(text), err=True)
