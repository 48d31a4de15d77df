"""The article view: a cursor and a selection over the drawing, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message

from newstui.model import Annotation, Article, Span
from newstui.text import motions, segmentation
from newstui.text.graphemes import cluster_start
from newstui.text.wrapping import Lines
from newstui.ui.widgets.article_view_canvas import ArticleCanvas
from newstui.ui.widgets.article_view_cursor import show_terminal_cursor
from newstui.ui.widgets.article_view_marks import Mark
from newstui.ui.widgets.article_view_mouse import Mouse

CONTEXT_ROWS = 2
"""Rows that stay in sight above and below the cursor."""


class ArticleView(ArticleCanvas, can_focus=True, inherit_bindings=False):
    """Reads one article: the cursor is an offset on a cluster, the selection the range between it and an anchor."""

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the window moved."""

        view: ArticleView

        def can_replace(self, message: Message) -> bool:
            """Only the newest place counts."""
            return isinstance(message, ArticleView.Moved) and message.view is self.view

    def __init__(self, *, measure: int, color_name: Callable[[int], str], id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(measure=measure, color_name=color_name, id=id)
        self.cursor = 0
        self.pinned: int | None = None
        self._goal: int | None = None
        self._mouse = Mouse(self)

    # -- content

    def load(self, article: Article, text: str, *, place: int = 0, cursor: int = 0) -> None:
        """Show an article.

        Args:
            article: its title and the like make the head.
            text: the body.
            place: the offset of the first visible character.
            cursor: the offset of the cursor.
        """
        self.article = article
        self.lines = Lines(text)
        self.marks = type(self.marks)()
        self.place = max(0, min(place, len(text)))
        self.cursor = self._valid(cursor)
        self.pinned = self._goal = self.selection = self.lit = self.peeked = None
        self._page = None
        self.forget()

    def annotate(self, annotations: list[Annotation]) -> None:
        """Show these annotations."""
        self.marks.set_annotations(annotations)
        self.remark()

    def remark(self) -> None:
        """Draw the marks again after a change of them."""
        self.forget()
        self._arrive(None)

    def set_measure(self, measure: int) -> None:
        """Make the text as wide as this, and keep the place."""
        self.measure = measure
        self.forget()
        self._arrive(None)

    def set_zen(self, zen: bool) -> None:
        """Show nothing but the text, all but a paragraph of it dimmed, or everything again."""
        self.zen = zen
        self.lit = segmentation.paragraph_at(self.text, self.cursor) if zen else None
        self.forget()
        self._arrive(None)

    # -- moving

    def _valid(self, offset: int) -> int:
        return cluster_start(self.text, max(0, min(offset, motions.last_offset(self.text))))

    def move_to(self, offset: int, *, keep_goal: bool = False, reveal: bool = True) -> None:
        """Put the cursor on the cluster that holds an offset; a selection goes along."""
        before = self.cursor
        self.cursor = self._valid(offset)
        if not keep_goal:
            self._goal = None
        if reveal:
            self.reveal()
        self._arrive(before)

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
            self._arrive(None)

    def center(self) -> None:
        """Put the cursor's row in the middle."""
        self.scroll_to_row(self.page.place(self.cursor)[0] - self.rows_shown // 2)
        self._arrive(None)

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

    # -- selecting

    def select(self, span: Span | None) -> None:
        """Select a range, with the cursor on its last cluster, or nothing."""
        before = self.cursor
        if span is None or not len(span):
            self.pinned = None
        else:
            self.pinned = cluster_start(self.text, span.start)
            self.cursor = cluster_start(self.text, span.end - 1)
            self.reveal()
        self._arrive(before)

    def start_selecting(self) -> None:
        """Begin a selection at the cursor."""
        self.pinned = self.cursor
        self._arrive(self.cursor)

    def swap_ends(self) -> None:
        """Move the other end of the selection from now on."""
        if self.pinned is not None:
            before = self.cursor
            self.cursor, self.pinned = self.pinned, before
            self.reveal()
            self._arrive(before)

    @property
    def marks_under(self) -> list[Mark]:
        """The highlights under the cursor, the one that is on top first."""
        return self.marks.marks_at(self.cursor)

    # -- after a move

    @property
    def situation(self) -> tuple[object, ...]:
        """All that decides what there is to say about the place."""
        return (self.article, self.top, self.rows_shown, self.cursor, self.selection, self.marks.version, self.zen)

    def _arrive(self, before: int | None) -> None:
        """Draw what a move changed, place the terminal's cursor and tell the screen.

        Args:
            before: where the cursor was, or None if everything is drawn anyway.
        """
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
            shown = next((mark for mark in self.marks.marks_at(self.cursor) if mark.number), None)
        if shown is not self.peeked:
            self.show_peek(shown)
            self.reveal()

    def place_terminal_cursor(self) -> None:
        """Put the real cursor on the reading cursor; hide it when that is out of sight."""
        if not self.is_attached or not self.has_focus:
            return
        row, column = self.page.place(self.cursor)
        y = row - self.top
        seen = 0 <= y < self.rows_shown
        show_terminal_cursor(self.app, seen)
        if seen:
            x = self.columns.left + column
            self.app.cursor_position = Offset(self.region.x + x, self.region.y + y)
            self.refresh(Region(x, y, 1, 1))

    def on_focus(self) -> None:
        """Show the terminal's cursor."""
        self.place_terminal_cursor()

    def on_blur(self) -> None:
        """Hide the terminal's cursor."""
        show_terminal_cursor(self.app, False)

    def on_resize(self) -> None:
        """Keep the place; the layout is made when it is asked for."""
        self.fit()
        self._arrive(None)

    # -- mouse

    def offset_at(self, x: int, y: int) -> int:
        """The offset of the cluster at a cell of the view."""
        return self.page.offset(self.top + y, x - self.columns.left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor there and begin a selection."""
        self._mouse.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection."""
        self._mouse.drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection."""
        self._mouse.release(event)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three rows."""
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back three rows."""
        event.stop()
        self.scroll_by(-3)
