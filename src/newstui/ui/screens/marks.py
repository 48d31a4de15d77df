"""The places under letters: the capitals of the library, and the marks of the article one came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from newstui.model import Article
from newstui.services.marks import Mark
from newstui.services.reading import text_or_nothing
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

WORDS_SHOWN = 200
"""Code points of the text at a mark that are shown, and that the filter looks in."""
NONE = "No place is marked.\n\nIn an article, ma marks a place for 'a, and mA one that 'A goes to from anywhere."
marks_commands: Commands[MarksScreen] = Commands(filter_commands)


class MarksScreen(ListScreen[Mark]):
    """A mark a line with the words at its place; enter reads on there.

    Args:
        desk: what the screens work with.
        article_id: whose small letters are listed before the capitals; may be empty.
    """

    commands = marks_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "delete", "filter_query", "close_or_quit", "help")

    def __init__(self, desk: Desk, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(desk, "marks", "Marks", VirtualList(self._paint, key=lambda mark: (mark.article, mark.letter)))

    def reload(self) -> None:
        """Read the marks again."""
        marks = self.desk.workspace.marks
        small = [mark for mark in marks.here(self.article_id) if not mark.letter.isupper()]
        wanted = self.query_text.casefold().strip()
        found = [mark for mark in [*small, *marks.everywhere()] if wanted in " ".join(self._told(mark)).casefold()]
        why = "No mark has these words.\n\nz x shows all." if wanted else NONE
        self.show_items(found, counted(len(found), "mark"), why)

    def _told(self, mark: Mark) -> tuple[str, str, str]:
        """Letter, title, and the words at the place."""
        article = self.desk.workspace.store.get(Article, mark.article)
        words = text_or_nothing(self.desk.workspace.store, article)[mark.offset : mark.offset + WORDS_SHOWN]
        return mark.letter, article.title, " ".join(words.split())

    def _paint(self, mark: Mark, width: int) -> Sequence[Sequence[Piece]]:
        letter, title, words = self._told(mark)
        room = max(10, (width - 4) // 2)
        rest = fit(words, max(1, width - room - 5))
        return [[(f"{letter}  ", "accent"), (fit(title, room) + "  ", ""), (rest, "muted")]]

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Read on there."""
        mark: Mark = message.item
        self.post_message(OpenPassage(mark.article, start=mark.offset))


@marks_commands("delete")
def delete(screen: MarksScreen, stroke: Stroke) -> None:
    """Forget the mark under the cursor; the place itself stays as it is."""
    mark = screen.list.cursor_item
    if mark is None:
        return
    workspace = screen.desk.workspace
    workspace.marks.remove(mark.letter, mark.article)
    screen.desk.write(workspace.store.readings.flush)
    screen.reload()
    screen.say(f"Forgot the mark {mark.letter}.", "ok")
