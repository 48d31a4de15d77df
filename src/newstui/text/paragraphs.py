"""Paragraphs of plain text: blank lines part them; what was wrapped by hand is joined again."""

from __future__ import annotations

import re

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SPACES = re.compile(r"[ \t]+")
WRAPPED_AT = 100
"""Lines longer than this were not wrapped by hand."""


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a cleaned text, each on one line with single blanks.

    A block between blank lines is hard-wrapped when no line is longer than `WRAPPED_AT` and most lines are nearly as
    long as the longest; then it is joined, and where only some of its lines are indented, each of those begins a
    paragraph. Otherwise each line is a paragraph.
    """
    paragraphs: list[str] = []
    for block in _BLANK_LINES.split(text.strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        paragraphs += _join(lines) if is_wrapped(lines) else lines
    return [clean for clean in map(_single_blanks, paragraphs) if clean]


def _single_blanks(line: str) -> str:
    return (_SPACES.sub(" ", line) if "  " in line or "\t" in line else line).strip()


def is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a block are one text that was broken to fit a width."""
    if len(lines) < 2 or max(map(len, lines)) > WRAPPED_AT:
        return False
    longest = max(map(len, lines))
    most = sum(len(line) > 0.6 * longest for line in lines[:-1])
    return longest > 30 and most >= 0.6 * (len(lines) - 1)


def _join(lines: list[str]) -> list[str]:
    indents = [_indent(line) for line in lines]
    least = min(indents)
    begins = [indent >= least + 2 for indent in indents]
    if not any(begins) or sum(begins) > len(lines) / 2 or not any(indent == least for indent in indents):
        return [" ".join(lines)]
    paragraphs: list[list[str]] = []
    for line, first in zip(lines, begins, strict=True):
        if first or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [" ".join(paragraph) for paragraph in paragraphs]


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
