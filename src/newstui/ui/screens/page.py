"""The page of a tag or of an article: all there is about it, to be read; enter goes to what a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article
from newstui.services.page_rows import Goal, PageLayout, Row
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.looking import look
from newstui.ui.widgets.article_view_layout import cluster_width
from newstui.ui.widgets.list_canvas import GUTTER
from newstui.ui.widgets.virtual_list import Piece, VirtualList

if TYPE_CHECKING:
    from newstui.services.exporting import Choice
    from newstui.ui.screens.base import KeyedScreen

page_commands: Commands[PageScreen] = Commands(filter_commands)
Numbered = tuple[int, Row]
"""A row with its number, which tells it from others."""


class PageScreen(ListScreen[Numbered]):
    """A page of rows; the cursor stops at what is not empty.

    Args:
        desk: what the screens work with.
        goal: the tag or the article.
        title: shown at the top.
    """

    commands = page_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "filter_query", "export", "pipe", "close_or_quit", "undo", "help")

    def __init__(self, desk: Desk, goal: Goal, title: str) -> None:
        items: VirtualList[Numbered] = VirtualList(
            self._paint, key=lambda item: item[0], is_heading=lambda item: not item[1].pieces
        )
        super().__init__(desk, "page", title, items)
        self.goal = goal

    def reload(self) -> None:
        """Gather and lay out on a worker: a tag may be on ten thousand passages, and names may have to be found."""
        workspace, goal, wanted = self.desk.workspace, self.goal, self.query_text.strip()
        layout = PageLayout(self.app.size.width - GUTTER - 2, cluster_width, self.desk.config.color_name)

        def find(cancelled: object) -> list[Row]:
            try:
                if goal.kind == "tag":
                    return layout.tag(workspace.pages.tag(goal.id), wanted)
                return layout.article(workspace.pages.article(goal.id), wanted)
            except NotFoundError:
                return []

        look(self, "page", find, self._take)

    def _take(self, rows: list[Row]) -> None:
        passages = len({row.goal.id for row in rows if row.goal is not None and row.goal.kind == "passage"})
        said = "" if not self.query_text else f"{passages} passages hold that"
        why = "There is nothing of this name any more.\n\nu takes back."
        self.show_items(list(enumerate(rows)), said, why, range(len(rows)))

    def _paint(self, item: Numbered, width: int) -> Sequence[Sequence[Piece]]:
        return [list(item[1].pieces)]

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new width."""
        super().on_resize(event)
        self.reload()

    def to_export(self) -> dict[str, Choice]:
        """The passages of the tag, or the article."""
        from newstui.services.exporting import Choice

        if self.goal.kind == "article":
            return {"article": Choice((self.goal.id,))}
        return {f"#{self.goal.id}": replace(self.desk.workspace.exporting.everything(), about=("tag", self.goal.id))}

    def to_pipe(self) -> dict[str, str]:
        """The page as text."""
        return {"page": "\n".join(row.text for _, row in self.list.items)}

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Go to the passage or the article, or show the page of the tag or the dossier of the name."""
        goal = message.item[1].goal
        if goal is None:
            return
        if goal.kind == "tag":
            self.app.push_screen(PageScreen(self.desk, goal, f"#{goal.id}"))
        elif goal.kind == "entity":
            from newstui.ui.screens.dossier import DossierScreen

            self.app.push_screen(DossierScreen(self.desk, goal.id, goal.name))
        elif goal.kind == "passage":
            note = self.desk.workspace.store.find(Annotation, goal.id)
            if note is not None:
                self.app.post_message(OpenPassage(note.article, annotation_id=note.id))
        elif self.desk.workspace.store.find(Article, goal.id) is not None:
            self.app.post_message(OpenPassage(goal.id))


def open_page(screen: KeyedScreen[Any], goal: Goal, title: str) -> None:
    """Show the page of a tag or of an article."""
    screen.app.push_screen(PageScreen(screen.desk, goal, title))
