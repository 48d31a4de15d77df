"""Pairs of names that may mean the same: to be said so, or not; nothing is merged unless someone says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dossier import DossierScreen
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.looking import look
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.model import Suggestion

suggestion_commands: Commands[SuggestionsScreen] = Commands(filter_commands)


class SuggestionsScreen(ListScreen["Suggestion"]):
    """Two names a line; one key makes them one, another says that they are two."""

    commands = suggestion_commands
    hints: ClassVar[tuple[str, ...]] = ("merge", "delete", "open", "undo", "help")

    def __init__(self, desk: Desk) -> None:
        items: VirtualList[Suggestion] = VirtualList(self._paint, key=lambda pair: f"{pair.one.key}={pair.other.key}")
        super().__init__(desk, "suggestions", "The same?", items)
        self.by_name = False

    def reload(self) -> None:
        """Compare the names of the library on a worker."""
        dossiers = self.desk.workspace.dossiers
        look(
            self, "suggestions", lambda cancelled: dossiers.suggestions(dossiers.index(cancelled=cancelled)), self._take
        )

    def _take(self, found: list[Suggestion]) -> None:
        wanted = self.query_text.strip().casefold()
        items = [pair for pair in found if wanted in f"{pair.one.name} {pair.other.name}".casefold()]
        if self.by_name:
            items.sort(key=lambda pair: pair.one.name.casefold())
        self.show_items(items, counted(len(items), "pair"), "No two names are so much alike that one had to ask.")

    def _paint(self, pair: Suggestion, width: int) -> Sequence[Sequence[Piece]]:
        room = max(10, (width - 24) // 2)
        one, other = (f"{fit(each.name, room)} {each.mentions:>4}" for each in (pair.one, pair.other))
        return [[(f"{pair.one.label:<7} ", "accent"), (one, ""), ("  =  ", "muted"), (other, "")]]

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Open the dossier of the one that is named less."""
        pair: Suggestion = message.item
        less = min(pair.one, pair.other, key=lambda each: each.mentions)
        self.app.push_screen(DossierScreen(self.desk, less.key, less.name))


@suggestion_commands("merge")
def merge(screen: SuggestionsScreen, stroke: Stroke) -> None:
    """They are one, under the name that is more frequent."""
    pair = screen.list.cursor_item
    if pair is None:
        return
    less, more = sorted((pair.one, pair.other), key=lambda each: each.mentions)
    correcting = screen.desk.workspace.correcting
    screen.save(
        lambda: correcting.merge(less.key, more.key, name=less.name, into_name=more.name),
        lambda _: screen.say(f"{less.name} is {more.name} now; u takes it back.", "ok"),
    )


@suggestion_commands("delete")
def distinguish(screen: SuggestionsScreen, stroke: Stroke) -> None:
    """They are two; this is not asked again."""
    pair = screen.list.cursor_item
    if pair is None:
        return
    correcting = screen.desk.workspace.correcting
    screen.save(
        lambda: correcting.distinguish(pair.one.key, pair.other.key),
        lambda _: screen.say(f"{pair.one.name} and {pair.other.name} are two; u takes it back.", "ok"),
    )


@suggestion_commands("sort")
def sort(screen: SuggestionsScreen, stroke: Stroke) -> None:
    """By name, or by how often both are named."""
    screen.by_name = not screen.by_name
    screen.reload()
