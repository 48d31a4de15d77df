"""The tags of the library, as a tree, with what can be done to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from newstui.services.tag_index import TagUse
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.exporting import Choice

tags_commands: Commands[TagsScreen] = Commands(filter_commands)
SORTS = ("name", "count", "used last")


class TagsScreen(ListScreen[TagUse]):
    """Each tag with how often it is used; enter lists its passages."""

    commands = tags_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "rename", "delete", "filter_query", "sort", "undo", "help")

    def __init__(self, desk: Desk) -> None:
        items: VirtualList[TagUse] = VirtualList(self._paint, key=lambda use: use.name)
        super().__init__(desk, "tags", "Tags", items)
        self.sort = SORTS[0]

    def reload(self) -> None:
        """The tags that hold what was typed."""
        uses = self.desk.workspace.tagging.uses()
        wanted = self.query_text.strip().lstrip("#").casefold()
        found = [use for use in uses if wanted in use.name.casefold()]
        if self.sort == "name":
            found.sort(key=lambda use: use.name.casefold())
        elif self.sort == "used last":
            found.sort(key=lambda use: use.last_used, reverse=True)
        why = "No tag holds that.\n\nz x shows all." if wanted else "No tags yet.\n\nIn an article, t tags a passage."
        self.show_items(found, f"{len(found):,} tags · by {self.sort}", why)

    def _paint(self, use: TagUse, width: int) -> Sequence[Sequence[Piece]]:
        depth = use.name.count("/") if self.sort == "name" else 0
        room = max(10, width - 22 - 2 * depth)
        name: Piece = (fit("#" + use.name, room), "tag")
        return [[("  " * depth, ""), name, (f"{use.count:>6}  {use.last_used[:10]}", "muted")]]

    def prompt_done(self, name: str, text: str) -> None:
        """Rename the tag; a name that is there merges the two."""
        use = self.list.cursor_item
        if use is None or not text.strip() or text.strip() == use.name:
            return
        codebook = self.desk.workspace.codebook
        said = f"#{use.name} is #{text.strip().lstrip('#')} now; u takes it back."
        self.save(lambda: codebook.rename(use.name, text), lambda _: self.say(said, "ok"))

    def to_export(self) -> dict[str, Choice]:
        """The passages with this tag, or with one below it."""
        use = self.list.cursor_item
        if use is None:
            return {}
        return {f"#{use.name}": replace(self.desk.workspace.exporting.everything(), about=("tag", use.name))}

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """List the passages with the tag."""
        from newstui.ui.screens.notes import NotesScreen

        screen = NotesScreen(self.desk, None)
        name = message.item.name
        screen.query_text = f'tag:"{name}"' if " " in name else f"tag:{name}"
        self.app.push_screen(screen)


@tags_commands("sort")
def sort(screen: TagsScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.reload()


@tags_commands("rename")
def rename(screen: TagsScreen, stroke: Stroke) -> None:
    """Ask for the new name of the tag."""
    use = screen.list.cursor_item
    if use is not None:
        screen.open_prompt("rename", f"Rename #{use.name} to:", use.name, "an existing name merges the two")


@tags_commands("delete")
def delete(screen: TagsScreen, stroke: Stroke) -> None:
    """Take the tag off everything; undo brings it back."""
    use = screen.list.cursor_item
    if use is not None:
        said = f"Took #{use.name} off {use.count}; u brings it back."
        screen.save(lambda: screen.desk.workspace.codebook.delete(use.name), lambda _: screen.say(said, "ok"))
