"""A widget that draws whole rows itself."""

from __future__ import annotations

from collections.abc import Iterable

from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from newstui.ui.widgets.part_styles import color_mode


class RowCanvas(Widget, inherit_bindings=False):
    """Draws by `render_line`; a subclass keeps what it has drawn.

    Textual would wrap each row in styles for borders and padding, which such a widget has none of.
    """

    ALLOW_SELECT = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget, with the filters of the app."""
        return self.draw_rows(crop.line_range, crop)

    def draw_rows(self, rows: Iterable[int], crop: Region) -> list[Strip]:
        """Some rows of a part of the widget."""
        filters = self.get_line_filters()
        if color_mode(self) == "ansi":  # a terminal's own sixteen colors are meant, not the shades Textual has for them
            filters = [line_filter for line_filter in filters if not isinstance(line_filter, ANSIToTruecolor)]
        strips = [self.render_line(y) for y in rows]
        if filters:
            background = self.background_colors[1]
            for line_filter in filters:
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
