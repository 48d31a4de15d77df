"""How often tags were used, and which go together, as bars and as a shaded table."""

from __future__ import annotations

from collections.abc import Sequence

from newstui.text.figures import counted
from newstui.text.plots import bars, matrix
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.looking import Cancelled, look
from newstui.ui.widgets.virtual_list import Piece, VirtualList

figures_commands: Commands[FiguresScreen] = Commands(filter_commands)
Line = tuple[int, str]
"""A row of the page with its number."""


class FiguresScreen(ListScreen[Line]):
    """A page of figures about the tags.

    Args:
        desk: what the screens work with.
        tags: which go together of these; the most used ones if there are none.
    """

    commands = figures_commands
    hints = ("sort", "filter_query", "close_or_quit", "help")

    def __init__(self, desk: Desk, tags: Sequence[str]) -> None:
        items: VirtualList[Line] = VirtualList(self._paint, key=lambda line: line[0])
        super().__init__(desk, "versions", "Tags in figures", items)
        self._tags = tags
        self.in_article = False
        self._page: tuple[list[str], int] = ([], 0)
        self._stamp: object = None
        """What the page was counted for."""

    def reload(self) -> None:
        """Count on a worker, and lay out for the width there is; typing only looks among the rows."""
        counting, width, in_article = self.desk.workspace.counting, max(30, self.app.size.width - 6), self.in_article
        stamp = (self.desk.workspace.store.version, width, in_article)
        if stamp == self._stamp:
            self._show()
            return

        def find(_: Cancelled) -> tuple[list[str], int]:
            together = counting.together(self._tags, scope="article" if in_article else "passage")
            where = "in one article" if in_article else "on one passage, or on two that overlap"
            page = [f"Together {where} (O: the other way)", "", *matrix(together.tags, together.counts, width), ""]
            used = [(each.tag, each.passages + each.articles) for each in counting.frequencies()]
            return [*page, "How often, each tag with those below it", "", *bars(used, width)], len(used)

        def take(found: tuple[list[str], int]) -> None:
            self._page, self._stamp = found, stamp
            self._show()

        look(self, "figures", find, take)

    def _show(self) -> None:
        page, used = self._page
        wanted = self.query_text.casefold()
        lines = [(number, line) for number, line in enumerate(page) if wanted in line.casefold()]
        self.show_items(lines if used else [], counted(used, "tag"), "No tags yet.")

    def _paint(self, line: Line, width: int) -> Sequence[Sequence[Piece]]:
        return [[(line[1], "")]]


@figures_commands("sort")
def turn(screen: FiguresScreen, stroke: Stroke) -> None:
    """Count by passage or by article."""
    screen.in_article = not screen.in_article
    screen.reload()
