"""The article view: content, selecting, and the mouse, over the drawing with its cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import events
from textual.message import Message

from newstui.model import Annotation, Article, Heads, Span
from newstui.text import segmentation
from newstui.text.graphemes import cluster_start
from newstui.text.wrapping import Lines
from newstui.ui.widgets.article_view_cursor import show_terminal_cursor
from newstui.ui.widgets.article_view_highlights import Mark
from newstui.ui.widgets.article_view_marks import Marks
from newstui.ui.widgets.article_view_mouse import Mouse
from newstui.ui.widgets.article_view_moving import ArticleCursor


class ArticleView(ArticleCursor, can_focus=True, inherit_bindings=False):
    """Reads one article by keys and by mouse."""

    def __init__(self, *, measure: int, color_name: Callable[[int], str], id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(measure=measure, color_name=color_name, id=id)
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
        self.marks = Marks()
        self.marks.set_blocks(article.blocks)
        self.place = max(0, min(place, len(text)))
        self.cursor = self.valid(cursor)
        self.pinned = self._goal = self.selection = self.lit = self.peeked = None
        self._page = None
        self.forget()

    def annotate(self, heads: Heads, find: Callable[[str], Annotation | None]) -> None:
        """Show the annotations with these heads; `find` gives one when it is looked at."""
        self.highlights.set_heads(heads, find)
        self.remark()

    def follow(self, changes: Iterable[tuple[Annotation | None, Annotation | None]]) -> None:
        """Show what became of some annotations: before and after each change."""
        for before, after in changes:
            self.highlights.change(before, after)
        self.remark()

    def remark(self) -> None:
        """Draw the marks again after a change of them."""
        self.forget()
        self.arrive(None)

    def set_measure(self, measure: int) -> None:
        """Make the text as wide as this, and keep the place."""
        self.measure = measure
        self.forget()
        self.arrive(None)

    def set_justify(self, justify: bool) -> None:
        """Make rows equally long or leave them ragged, and keep the place."""
        self.justify = justify
        self.forget()
        self.arrive(None)

    def set_zen(self, zen: bool) -> None:
        """Show nothing but the text, all but a paragraph of it dimmed, or everything again."""
        self.zen = zen
        self.lit = segmentation.paragraph_at(self.text, self.cursor) if zen else None
        self.forget()
        self.arrive(None)

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
        self.arrive(before)

    def start_selecting(self) -> None:
        """Begin a selection at the cursor."""
        self.pinned = self.cursor
        self.arrive(self.cursor)

    def swap_ends(self) -> None:
        """Move the other end of the selection from now on."""
        if self.pinned is not None:
            before = self.cursor
            self.cursor, self.pinned = self.pinned, before
            self.reveal()
            self.arrive(before)

    @property
    def marks_under(self) -> list[Mark]:
        """The highlights under the cursor, the one that is on top first."""
        return self.highlights.marks_at(self.cursor)

    # -- focus and size

    def on_focus(self) -> None:
        """Show the terminal's cursor."""
        self.place_terminal_cursor()

    def on_blur(self) -> None:
        """Hide the terminal's cursor."""
        show_terminal_cursor(self.app, False)

    def on_resize(self) -> None:
        """Keep the place; the layout is made when it is asked for."""
        self.fit()
        self.arrive(None)

    # -- mouse

    @dataclass
    class EndDragged(Message):
        """An end of a highlight was dragged with the mouse; `span` is what it should cover now."""

        annotation: Annotation
        span: Span

    def end_dragged(self, mark: Mark, offset: int) -> None:
        """Tell what an end was dragged to; one that was only clicked is where the cursor goes."""
        span = self.selection
        self.select(None)
        if span is None or span == mark.annotation.span:
            self.move_to(offset, reveal=False)
        else:
            self.post_message(self.EndDragged(mark.annotation, span))

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
