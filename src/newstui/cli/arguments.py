"""What arguments mean: the name of a color, a file or standard input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newstui.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from newstui.config import Config


def color_slot(config: Config, name: str) -> int:
    """The slot of a color by its number or the user's name for it; 0 for `0` and for no name.

    Raises:
        UsageError: no color is called so.
    """
    slot = 0 if name in ("", "0") else config.color_slot(name)
    if slot is None:
        raise UsageError(f"There is no color {name!r}; take a number from 1 to 6 or {', '.join(config.colors)}.")
    return slot


def load_text(source: str) -> str:
    """The text of a file, or with `-` of standard input; a byte order mark is left out.

    Raises:
        NotFoundError: it cannot be read.
    """
    try:
        with click.open_file(source, "r", encoding="utf-8-sig", errors="replace") as handle:
            return str(handle.read())
    except OSError as error:
        raise NotFoundError(f"{source} cannot be read: {error.strerror}.") from error
