"""The user's own names and rules, as plain files in the settings folder: `gazetteers/*.tsv` and `rules/*.toml`.

A line of a gazetteer is a name, its label and other spellings, separated by tabs. A rule is a table `[[rule]]` with
`label` and `expression`, a regular expression. What is wrong is one sentence with file and line; the rest works.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newstui.model.entity import LABELS


@dataclass(frozen=True, slots=True)
class UserFiles:
    """Names and rules, each with its label; what could not be read; and a hash of all of it."""

    names: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    digest: str = ""


def load_user_files(folder: Path) -> UserFiles:
    """The names and rules in a settings folder; nothing where there are none."""
    names: list[tuple[str, str]] = []
    rules: list[tuple[str, str]] = []
    problems: list[str] = []
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("gazetteers/*.tsv"), *folder.glob("rules/*.toml")]):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            problems.append(f"{file} cannot be read: {error}.")
            continue
        digest.update(f"{file.name}\n{text}".encode())
        found, into = (_iter_names(text), names) if file.suffix == ".tsv" else (_iter_rules(text), rules)
        for item in found:
            if isinstance(item, str):
                problems.append(f"{file}, {item}")
            else:
                into.append(item)
    return UserFiles(tuple(names), tuple(rules), tuple(problems), digest.hexdigest()[:16] if names or rules else "")


def _iter_names(text: str) -> Iterator[tuple[str, str] | str]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = (part.strip() for part in line.split("\t"))
        label = rest[0].upper() if rest else ""
        if not name or label not in LABELS:
            yield f"line {number}: give a name, a tab and one of {', '.join(LABELS)}."
            continue
        for spelling in (name, *rest[1:]):
            if spelling:
                yield spelling, label


def _iter_rules(text: str) -> Iterator[tuple[str, str] | str]:
    try:
        tables = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        yield f"it is no TOML: {error}."
        return
    if not isinstance(tables, list):
        yield "rule: write each rule as a table [[rule]]."
        return
    for number, table in enumerate(tables, 1):
        expression = table.get("expression") if isinstance(table, dict) else None
        label = str(table.get("label", "")).upper() if isinstance(table, dict) else ""
        if not isinstance(expression, str) or label not in LABELS:
            yield f"rule {number}: give an expression and a label, one of {', '.join(LABELS)}."
            continue
        try:
            re.compile(expression)
        except re.error as error:
            yield f"rule {number}: {expression!r} is no regular expression: {error}."
            continue
        yield expression, label
