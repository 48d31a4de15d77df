"""Signs of newstui's own as ASCII, for terminals and fonts without them, and for screen readers."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

FRAMES = str.maketrans(
    "│┃║▌▎▍▏▐─━═╭╮╰╯┌┐└┘├┤┬┴┼▁▔●◐○★▪✓✗·•↑↓←→↵◂▸▶▼▲×█░▒▓⁰¹²³⁴⁵⁶⁷⁸⁹",
    "|#|>||||---+++++++++++++--*~o!o+x.*^v<><<>>v^x#.:#0123456789",
)
"""Frames, bars, ticks and states; one sign for one, so that nothing moves."""
QUOTES = str.maketrans("“”„‟«»‘’‚‛–—―…‐‑\u00a0\u202f", '""""""\'\'\'\'---.-- ' + " ")
"""What a text may hold that a plain font lacks; letters stay as they are."""


class GlyphFilter(LineFilter):
    """Replaces signs in everything that is drawn.

    Args:
        tables: for `str.translate`, each one sign for one.
    """

    def __init__(self, *tables: Mapping[int, int | str | None]) -> None:
        super().__init__()
        self._table = {key: value for table in tables for key, value in table.items()}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with other signs."""
        table = self._table
        return [
            segment if segment.text.isascii() else Segment(segment.text.translate(table), segment.style)
            for segment in segments
        ]


def locale_has_signs() -> bool:
    """Whether the locale allows signs beyond ASCII; one that names no character set allows them."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    charset = named.partition(".")[2].casefold()
    return not charset or "utf" in charset
