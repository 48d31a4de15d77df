"""Notes beside their rows, and the note under the cursor below them where there is no room beside."""

from __future__ import annotations

from collections.abc import Callable

from newstui.model import AnchorState
from newstui.text.display import visible
from newstui.text.wrapping import Lines, Wrapping
from newstui.ui.widgets.article_view_highlights import Highlights, Mark
from newstui.ui.widgets.article_view_layout import Page, cluster_width
from newstui.ui.widgets.article_view_rows import Piece, columns_of

MOST_ROWS = 8
"""Rows a note may take in the margin; the whole of it shows in its editor."""
LOOK_BACK = 40
"""How many notes before the first visible one may push down what is visible."""
PEEK_ROWS = 2


def clip(words: str, width: int) -> str:
    """A text cut to a width in cells, with `…` where something is missing; safe to show."""
    from rich.cells import set_cell_size

    shown = visible(words.replace("\n", " "))
    if columns_of(shown) <= width:
        return shown
    return set_cell_size(shown, width - 1).rstrip() + "…" if width > 0 else ""


def wrap_words(words: str, width: int, most: int) -> list[str]:
    """A text as rows of a width, at most so many; the last one shows that it was cut."""
    rows: list[str] = []
    for line in words[: width * (most + 1)].split("\n"):
        shown = visible(line)
        wrapping = Wrapping(Lines(shown), width, cluster_width)
        rows += [shown[slice(*wrapping.row_span(row))].rstrip() for row in range(min(wrapping.row_count, most + 1))]
        if len(rows) > most:
            break
    if len(rows) <= most:
        return rows
    return [*rows[: most - 1], clip(rows[most - 1] + "…", width)]


def hashes(mark: Mark) -> str:
    """The tags of a mark as one writes them."""
    return " ".join(f"#{tag}" for tag in mark.annotation.tags)


def build_block(mark: Mark, width: int) -> list[tuple[Piece, ...]]:
    """The rows of a note in the margin: number and tags, then the note."""
    sign = mark.raised + " "
    indent = " " * len(sign)
    room = width - len(sign)
    title = wrap_words(hashes(mark), room, 2) if mark.annotation.tags else []
    body = wrap_words(mark.annotation.note, room, MOST_ROWS - len(title)) if mark.annotation.note else []
    rows = [(words, "note-title") for words in title] + [(words, "note") for words in body]
    return [((indent if number else sign, "note-title"), piece) for number, piece in enumerate(rows)]


class Margin:
    """What stands in the margin, worked out for the rows that are looked at."""

    def __init__(self, page: Page, highlights: Highlights) -> None:
        self._page = page
        self._highlights = highlights
        self._blocks: dict[str, list[tuple[Piece, ...]]] = {}

    def rows(self, top: int, height: int) -> dict[int, tuple[Piece, ...]]:
        """The pieces of each row of a window that has any; a note that collides is pushed down."""
        page = self._page
        if not page.columns.margin_width:
            return {}
        low, high = page.span(max(top, len(page.head)))[0], page.span(min(top + height, page.row_count) - 1)[1]
        placed: dict[int, tuple[Piece, ...]] = {}
        free = 0
        for mark in self._highlights.noted_between(low, high, LOOK_BACK):
            block = self._block(mark)
            row = max(page.row(mark.start), free)
            free = row + len(block)
            if free <= top:
                continue
            if row >= top + height:
                break
            for number, pieces in enumerate(block):
                placed[row + number] = pieces
        return placed

    def _block(self, mark: Mark) -> list[tuple[Piece, ...]]:
        if mark.id not in self._blocks:
            self._blocks[mark.id] = build_block(mark, self._page.columns.margin_width)
        return self._blocks[mark.id]


def build_peek(mark: Mark, width: int, color_name: Callable[[int], str]) -> list[Piece]:
    """The two rows that show the mark under the cursor where the margin has no room."""
    state = mark.annotation.state
    strayed = "" if state is AnchorState.SAME else f"{state.value}, gm lists it"
    facts = [strayed, hashes(mark), color_name(mark.slot), mark.annotation.created[:10]]
    title = clip(f"─ {mark.raised} " + " · ".join(fact for fact in facts if fact) + " ", width - 2)
    rows = wrap_words(mark.annotation.note, width - 4, 1) if mark.annotation.note else [""]
    note = " " + rows[0]
    return [
        (title + "─" * (width - columns_of(title)), "peek-title"),
        (note + " " * (width - columns_of(note)), "peek"),
    ]
