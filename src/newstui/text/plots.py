"""Numbers as rows of text: bars with eighths of a cell, and a table whose cells are shaded and still say the number."""

from __future__ import annotations

from collections.abc import Sequence

EIGHTHS = " ▏▎▍▌▋▊▉█"
SHADES = " ░▒▓█"


def bar(share: float, width: int) -> str:
    """A bar of a share (0 to 1) of a width in cells, to an eighth of a cell; something is never drawn as nothing."""
    eighths = round(max(0.0, min(share, 1.0)) * width * 8)
    if share > 0 and not eighths:
        eighths = 1
    full, rest = divmod(eighths, 8)
    return EIGHTHS[8] * full + (EIGHTHS[rest] if rest else "")


def bars(rows: Sequence[tuple[str, int]], width: int) -> list[str]:
    """A row each: name, number, bar.

    Args:
        rows: names, which are safe to show, with their numbers.
        width: cells of a row; the bars take what the names leave, and the longest name a third at most.
    """
    if not rows:
        return []
    most = max(number for _, number in rows)
    label = min(max(len(name) for name, _ in rows), max(8, width // 3))
    digits = len(str(most))
    room = max(4, width - label - digits - 2)
    return [
        f"{cut(name, label):<{label}} {number:>{digits}} {bar(number / most if most else 0, room)}".rstrip()
        for name, number in rows
    ]


def matrix(names: Sequence[str], counts: Sequence[Sequence[int]], width: int) -> list[str]:
    """A table of how often things go together: a letter for each column, numbers with a shade before them.

    Args:
        names: of the rows and of the columns alike.
        counts: by row and column; what a thing has with itself is its own number and is not shaded.
        width: cells of a row; as many columns are shown as fit.
    """
    most = max((n for row, line in enumerate(counts) for column, n in enumerate(line) if row != column), default=0)
    digits = max([1, *(len(str(n)) for line in counts for n in line)])
    label = min(max([4, *(len(name) for name in names)]), max(8, width // 3))
    columns = max(1, min(len(names), (width - label - 4) // (digits + 2)))
    lines = [" " * (label + 4) + "".join(f"{letter(n):>{digits + 2}}" for n in range(columns))]
    for row, name in enumerate(names):
        cells = "".join(_cell(counts[row][column], most, digits, own=row == column) for column in range(columns))
        lines.append(f"{letter(row):>2}  {cut(name, label):<{label}}{cells}".rstrip())
    return lines


def _cell(number: int, most: int, digits: int, *, own: bool) -> str:
    shade = " " if own or not number else SHADES[-(-4 * number // most)]
    return f" {shade}{number or '·':>{digits}}"


def letter(number: int) -> str:
    """A, B, …, Z, AA, AB: the name of a column."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cut(name: str, width: int) -> str:
    """A name on so many characters at most; of a long one the end says more."""
    return name if len(name) <= width else "…" + name[len(name) - width + 1 :]
