"""The article with a cursor: moving it by rows and windows, and what a move draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.geometry import Offset, Region
from textual.message import Message

from newstui.model import Span
from newstui.text import motions, segmentation
from newstui.text.graphemes import cluster_start
from newstui.ui.widgets.article_view_canvas import ArticleCanvas
from newstui.ui.widgets.article_view_cursor import show_terminal_cursor

CONTEXT_ROWS = 2
"""Rows that stay in sight above and below the cursor."""


class ArticleCursor(ArticleCanvas, inherit_bindings=False):
    """An article with a cursor on a cluster, and a selection from there to a pinned end."""

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the window moved."""

        view: ArticleCursor

        def can_replace(self, message: Message) -> bool:
            """Only the newest place counts."""
            return isinstance(message, ArticleCursor.Moved) and message.view is self.view

    def __init__(self, *, measure: int, color_name: Callable[[int], str], id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(measure=measure, color_name=color_name, id=id)
        self.cursor = 0
        self.pinned: int | None = None
        """The end of the selection that stays; None when nothing is selected."""
        self._goal: int | None = None

    # -- moving

    def valid(self, offset: int) -> int:
        """The beginning of the cluster that holds an offset, or of the last one."""
        return cluster_start(self.text, max(0, min(offset, motions.last_offset(self.text))))

    def move_to(self, offset: int, *, keep_goal: bool = False, reveal: bool = True) -> None:
        """Put the cursor on the cluster that holds an offset; a selection goes along."""
        before = self.cursor
        self.cursor = self.valid(offset)
        if not keep_goal:
            self._goal = None
        if reveal:
            self.reveal()
        self.arrive(before)

    def scroll_to_row(self, row: int) -> None:
        """Put a row at the top, and the terminal's cursor where it stands then."""
        super().scroll_to_row(row)
        self.place_terminal_cursor()

    def move_rows(self, count: int) -> None:
        """Move the cursor by rows; it keeps its column."""
        page = self.page
        row, column = page.place(self.cursor)
        if self._goal is None:
            self._goal = column
        goal = self._goal
        target = max(len(page.head), min(row + count, page.row_count - 1))
        self.move_to(page.offset(target, goal), keep_goal=True)
        if target == row and count < 0:
            self.scroll_to_row(0)

    def page_by(self, count: int, *, half: bool = False) -> None:
        """Scroll by windows or halves of one, and take the cursor along."""
        rows = self.rows_shown // 2 if half else self.rows_shown - CONTEXT_ROWS
        step = count * max(1, rows)
        before = self.top
        self.scroll_to_row(before + step)
        moved = self.top - before
        self.move_rows(moved or step)

    def scroll_by(self, rows: int) -> None:
        """Scroll; the cursor stays in sight unless something is selected."""
        self.scroll_to_row(self.top + rows)
        row = self.page.place(self.cursor)[0]
        low, high = self._calm_rows()
        if self.pinned is None and not low <= row <= high:
            self.move_rows((low if row < low else high) - row)
        else:
            self.arrive(None)

    def put_row(self, share: float) -> None:
        """Put the cursor's row at a share of the window: 0 the top, 1 the bottom."""
        row, _ = self.page.place(self.cursor)
        self.scroll_to_row(row - round(share * (self.rows_shown - 1)))
        self.arrive(None)

    def line_edge(self, *, end: bool) -> int:
        """The first or last offset of the cursor's row; the last one is not on the blank that ends it."""
        start, stop = self.page.span(self.page.place(self.cursor)[0])
        if not end:
            return start
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        return max(start, stop - 1)

    def _calm_rows(self) -> tuple[int, int]:
        """The rows where the cursor may stand without scrolling."""
        context = min(CONTEXT_ROWS, (self.rows_shown - 1) // 2)
        top, last = self.top, self.page.row_count - 1
        low = top + context if top > 0 else 0
        bottom = top + self.rows_shown - 1
        return low, bottom - context if bottom < last else last

    def reveal(self) -> None:
        """Scroll so far that the cursor is in sight; a jump puts it at a third of the window."""
        row, _ = self.page.place(self.cursor)
        low, high = self._calm_rows()
        if low <= row <= high:
            return
        if row <= len(self.page.head) and row < self.rows_shown - CONTEXT_ROWS:
            self.scroll_to_row(0)
        elif low - self.rows_shown < row < high + self.rows_shown // 2:
            self.scroll_to_row(self.top + row - (low if row < low else high))
        else:
            self.scroll_to_row(row - self.rows_shown // 3)

    # -- after a move

    @property
    def situation(self) -> tuple[object, ...]:
        """All that decides what there is to say about the place."""
        return (self.article, self.top, self.rows_shown, self.cursor, self.selection, self.marks.version, self.zen)

    def arrive(self, before: int | None) -> None:
        """Draw what a move changed, place the terminal's cursor and tell the screen.

        Args:
            before: where the cursor was, or None if everything is drawn anyway.
        """
        if not self.is_laid_out:
            return
        selection = None if self.pinned is None else motions.selected(self.text, self.pinned, self.cursor)
        old, self.selection = self.selection, selection
        if before is not None and old != selection:
            self._repaint_difference(old, selection)
        if self.zen:
            lit = segmentation.paragraph_at(self.text, self.cursor)
            if lit != self.lit:
                self.lit = lit
                self.refresh()
        self._peek()
        self.place_terminal_cursor()
        self.post_message(self.Moved(self))

    def _repaint_difference(self, old: Span | None, new: Span | None) -> None:
        edges = [edge for span in (old, new) if span is not None for edge in (span.start, span.end)]
        if old is not None and new is not None:
            pairs = [(old.start, new.start), (old.end, new.end)]
        else:
            pairs = [(min(edges), max(edges))] if edges else []
        for low, high in pairs:
            if low != high:
                self.repaint_rows(self.page.row(min(low, high)), self.page.row(max(low, high)))

    def _peek(self) -> None:
        shown = None
        if not self.beside and not self.zen and self.rows_shown > 8:
            shown = self.highlights.noted_at(self.cursor)
        if shown != self.peeked:
            self.show_peek(shown)
            self.reveal()

    def place_terminal_cursor(self) -> None:
        """Put the real cursor on the reading cursor; hide it when that is out of sight."""
        if not self.is_laid_out or not self.has_focus:
            return
        row, column = self.page.place(self.cursor)
        y = row - self.top
        seen = 0 <= y < self.rows_shown
        show_terminal_cursor(self.app, seen)
        if seen:
            x = self.columns.left + column
            self.app.cursor_position = Offset(self.region.x + x, self.region.y + y)
            self.refresh(Region(x, y, 1, 1))
