"""A widget that draws whole rows itself."""

from __future__ import annotations

from collections.abc import Iterable

from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from newstui.ui.widgets.part_styles import color_mode


class RowCanvas(Widget, inherit_bindings=False):
    """Draws by `render_line`; a subclass keeps what it has drawn.

    Textual would wrap each row in styles for borders and padding, which such a widget has none of.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        self._drawn: dict[int, Strip] = {}
        """The rows that were drawn for what `_drawn_for` says."""
        self._drawn_for: tuple[object, ...] = ()
        super().__init__(id=id)

    def _set_dirty(self, *regions: Region) -> None:
        """Draw these rows again; Textual asks for all rows of a widget of which one has changed."""
        super()._set_dirty(*regions)
        if not regions:
            self._drawn.clear()
        for y in (y for region in regions for y in region.line_range):
            self._drawn.pop(y, None)

    def notify_style_update(self) -> None:
        """Forget what was drawn with the old theme."""
        super().notify_style_update()
        self._drawn.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget; only those are drawn that have changed."""
        filters = tuple(self.get_line_filters())
        if self._drawn_for != (self.size, filters):
            self._drawn.clear()
            self._drawn_for = (self.size, filters)
        drawn = self._drawn
        missing = [y for y in crop.line_range if y not in drawn]
        if missing:
            drawn.update(zip(missing, self._draw_rows(missing, filters), strict=True))
        strips = [drawn[y] for y in crop.line_range]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _draw_rows(self, rows: Iterable[int], filters: Iterable[LineFilter]) -> list[Strip]:
        """Some rows, with the filters of the app."""
        if color_mode(self) == "ansi":  # a terminal's own sixteen colors are meant, not the shades Textual has for them
            filters = [line_filter for line_filter in filters if not isinstance(line_filter, ANSIToTruecolor)]
        strips = [self.render_line(y) for y in rows]
        if filters:
            background = self.background_colors[1]
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips
