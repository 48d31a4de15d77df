"""The article as a drawing: laid out for the size of the widget, scrolled by rows, painted a row at a time."""

from __future__ import annotations

from collections.abc import Callable

from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip

from newstui.model import Article, Span
from newstui.text.wrapping import Lines
from newstui.ui.widgets.article_view_highlights import Highlights, Mark
from newstui.ui.widgets.article_view_layout import Columns, Page, build_columns
from newstui.ui.widgets.article_view_map import TextMap
from newstui.ui.widgets.article_view_marks import Marks
from newstui.ui.widgets.article_view_notes import PEEK_ROWS, Margin, build_peek
from newstui.ui.widgets.article_view_rows import Piece, paint_row
from newstui.ui.widgets.article_view_styles import ArticleStyles
from newstui.ui.widgets.row_canvas import RowCanvas

KEPT_STRIPS = 600


class ArticleCanvas(RowCanvas, inherit_bindings=False):
    """Draws an article on the Line API; a scroll costs the rows that come into sight.

    The place is the offset of the first visible character, so that it survives every change of the layout. Nothing here
    asks Textual for layout: rows, map and margin are this widget's own.

    Args:
        measure: cells of text wanted.
        color_name: the user's name of a color slot.
    """

    DEFAULT_CSS = "ArticleCanvas { height: 1fr; width: 1fr; background: $background; color: $foreground; }"

    def __init__(self, *, measure: int, color_name: Callable[[int], str], id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.article = Article("", "", "")
        self.lines = Lines("")
        self.marks = Marks()
        self.measure = measure
        self.zen = False
        self.margin_wanted = True
        self.justify = False
        self.plain = False
        """Whether there is nothing but text: no gutter, no map."""
        self.peeked: Mark | None = None
        self.selection: Span | None = None
        self.lit: Span | None = None
        self.place = 0
        """The offset of the first visible character; 0 while the head is in sight."""
        self._top = 0
        self._color_name = color_name
        self._page: Page | None = None
        self._extent = Size(0, 0)
        self._stale = True
        self._styles: ArticleStyles | None = None
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(KEPT_STRIPS)
        self._map: TextMap | None = None
        self._margin: Margin | None = None
        self._margin_rows: tuple[int, dict[int, tuple[Piece, ...]]] | None = None

    @property
    def text(self) -> str:
        """The body."""
        return self.lines.text

    # -- layout

    @property
    def page(self) -> Page:
        """The layout for the present size and measure; made when one of them has changed."""
        if self._stale or self._page is None:
            self._page = self._lay_out(self._page)
        return self._page

    def _lay_out(self, old: Page | None) -> Page:
        if not self._extent:
            self._extent = self.size
        self._stale = False
        digits = len(str(self.highlights.noted_count))
        beside = bool(
            self.margin_wanted
            and not self.plain
            and self.highlights.shown
            and self.highlights.noted_count
            and not self.zen
        )
        columns = build_columns(max(4, self._extent.width), self.measure, digits, beside, plain=self.plain)
        page = Page(self.lines, self.article, columns, old.wrapping if old else None, justify=self.justify)
        self._strips.clear()
        self._map = self._margin = self._margin_rows = None
        if old is None or old.wrapping is not page.wrapping:
            self._top = page.row(self.place) if self.place > 0 else 0
        return page

    @property
    def is_laid_out(self) -> bool:
        """Whether the widget has a size, so that there are rows to speak of."""
        return bool(self._extent)

    def fit(self) -> None:
        """Take the size of the widget for the one to lay out for."""
        size = self.size
        if size != self._extent:
            self._extent = size
            self._stale = True

    @property
    def highlights(self) -> Highlights:
        """The annotations that lie over the text."""
        return self.marks.highlights

    @property
    def columns(self) -> Columns:
        """The columns of the layout."""
        return self.page.columns

    @property
    def beside(self) -> bool:
        """Whether notes stand beside their rows."""
        return self.columns.margin_width > 0

    @property
    def rows_shown(self) -> int:
        """How many rows of the article are in sight."""
        rows = self._extent.height - (PEEK_ROWS if self.peeked is not None else 0)
        return max(1, rows)

    @property
    def top(self) -> int:
        """The first row in sight."""
        page = self.page
        return max(0, min(self._top, page.row_count - self.rows_shown))

    def offsets_shown(self) -> tuple[int, int]:
        """The range of the text that is in sight."""
        page = self.page
        first = min(max(self.top, len(page.head)), page.row_count - 1)
        last = max(first, min(self.top + self.rows_shown, page.row_count) - 1)
        return page.span(first)[0], page.span(last)[1]

    @property
    def progress(self) -> float:
        """The share of the text that lies above the end of the last visible row, 0 to 1."""
        last = self.top + self.rows_shown - 1
        if last >= self.page.row_count - 1 or not self.text:
            return 1.0
        return self.page.span(last)[1] / len(self.text) if last >= len(self.page.head) else 0.0

    def scroll_to_row(self, row: int) -> None:
        """Put a row at the top, as far as there are rows enough below it."""
        before = self.top
        page = self.page
        self._top = max(0, min(row, page.row_count - self.rows_shown))
        if self._top != before:
            self.place = page.span(self._top)[0] if self._top >= len(page.head) else 0
            self._margin_rows = None
            self.refresh()

    # -- drawing

    def forget(self) -> None:
        """Draw everything anew, because layout or marks have changed."""
        self._stale = True
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn with the old theme."""
        super().notify_style_update()
        self._styles = None
        self._strips.clear()

    def repaint_rows(self, first: int, last: int) -> None:
        """Draw again what is in sight of some rows."""
        low = max(first - self.top, 0)
        high = min(last - self.top, self.rows_shown - 1)
        if low <= high:
            self.refresh(Region(0, low, self._extent.width, high - low + 1))

    def show_peek(self, mark: Mark | None) -> None:
        """Show a mark below the text, or none."""
        if mark != self.peeked:
            self.peeked = mark
            self.refresh(Region(0, self._extent.height - PEEK_ROWS, self._extent.width, PEEK_ROWS))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget, for the size it has now."""
        self.fit()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        page = self.page
        if self._styles is None:
            self._styles = ArticleStyles(self)
        if self.peeked is not None and y >= self.rows_shown:
            return self._peek_strip(y - self.rows_shown)
        top = self.top
        row = top + y
        margin = self._margin_of(top).get(row, ()) if page.columns.margin_width else ()
        if self._map is None:
            self._map = TextMap(page, self.marks, max(1, self._extent.height))
        map_cell = (" ", "map") if self.zen or self.plain else self._map.cell(y, top, self._extent.height)
        part = None
        dim = False
        if self.selection is not None or self.lit is not None:
            part, dim = self._part_of(row)
        key = (row, part, dim, margin, map_cell)
        strip = self._strips.get(key)
        if strip is None:
            lit = self.lit
            strip = paint_row(
                page, self.marks, self._styles, row, selection=part, lit=lit, margin=margin, map_cell=map_cell
            )
            self._strips.set(key, strip)
        return strip

    def _part_of(self, row: int) -> tuple[Span | None, bool]:
        """What of a row is selected, and whether it is dimmed."""
        page = self.page
        if not len(page.head) <= row < page.row_count:
            return None, False
        low, high = page.span(row)
        part = None
        if self.selection is not None and self.selection.start < high and low < self.selection.end:
            part = Span(max(low, self.selection.start), min(high, self.selection.end))
        return part, self.lit is not None and not (self.lit.start <= low and high <= self.lit.end)

    def _margin_of(self, top: int) -> dict[int, tuple[Piece, ...]]:
        if self._margin_rows is None or self._margin_rows[0] != top:
            if self._margin is None:
                self._margin = Margin(self.page, self.highlights)
            self._margin_rows = (top, self._margin.rows(top, self._extent.height))
        return self._margin_rows[1]

    def _peek_strip(self, number: int) -> Strip:
        from rich.segment import Segment

        assert self.peeked is not None
        assert self._styles is not None
        words, name = build_peek(self.peeked, self._extent.width, self._color_name)[number]
        return Strip([Segment(words, self._styles[(name,)])], self._extent.width)
