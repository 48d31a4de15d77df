"""What two texts have in common and what only one of them has, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_AROUND = 60
"""Code points of what is the same that are shown before and after a difference."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one of the texts: in both (`same`), only in the old one (`gone`) or only in the new one (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def diff_words(old: str, new: str) -> list[Piece]:
    """The pieces that lead from one text to another; what is gone stands before what is new in its place.

    The shortest edit of words, blanks and signs (insertions and deletions), by rapidfuzz.
    """
    from rapidfuzz.distance import Indel

    one, two = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    gone: list[str] = []
    fresh: list[str] = []

    def settle() -> None:
        if gone:
            pieces.append(Piece("gone", "".join(gone)))
        if fresh:
            pieces.append(Piece("new", "".join(fresh)))
        gone.clear()
        fresh.clear()

    for code in Indel.opcodes(one, two):
        if code.tag == "equal":
            same = "".join(one[code.src_start : code.src_end])
            if same.strip() or not (gone or fresh):
                settle()
                pieces.append(Piece("same", same))
            else:  # a blank between two changed words belongs to both
                gone.append(same)
                fresh.append(same)
        else:
            gone += one[code.src_start : code.src_end]
            fresh += two[code.dest_start : code.dest_end]
    settle()
    return pieces


def iter_around(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, of what is the same only the words around a difference; `…` stands for the rest."""
    for number, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 2 * _AROUND + 20:
            yield piece
            continue
        head = piece.text[:_AROUND].rsplit(" ", 1)[0] if number else ""
        tail = piece.text[-_AROUND:].partition(" ")[2] if number < len(pieces) - 1 else ""
        yield Piece("same", f"{head}{' ' * bool(head)}…{' ' * bool(tail)}{tail}")


def mark_changes(pieces: list[Piece]) -> str:
    """The pieces as one text, with `[-gone-]` and `{+new+}`."""
    marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    return "".join(f"{marks[piece.kind][0]}{piece.text}{marks[piece.kind][1]}" for piece in pieces)
