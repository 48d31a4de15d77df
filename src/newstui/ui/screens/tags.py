"""The tags of the library, as a tree, with what can be done to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from newstui.model import Tag
from newstui.services.tag_index import TagUse
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.exporting import Choice
    from newstui.store import Transaction

tags_commands: Commands[TagsScreen] = Commands(filter_commands)
SORTS = ("name", "count", "used last")
FIGURES = 28
"""Columns of the numbers and the date of a tag."""


class TagsScreen(ListScreen[TagUse]):
    """Each tag with how often it is used, and in brackets with all below it; enter lists its passages."""

    commands = tags_commands
    hints: ClassVar[tuple[str, ...]] = (
        "open", "show_page", "rename", "merge_tags", "move_under_parent", "split_tag", "describe_tag",
        "highlight_in_color_slot", "delete", "tag_figures", "undo", "filter_query", "sort", "help",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        items: VirtualList[TagUse] = VirtualList(self._paint, key=lambda use: use.name)
        super().__init__(desk, "tags", "Tags", items)
        self.sort = SORTS[0]
        self._said: dict[str, Tag] = {}
        self._totals: dict[str, int] = {}
        """How many passages and articles carry a tag or one below it, where that is more than carry the tag."""
        self._split_query = ""

    def reload(self) -> None:
        """The tags that hold what was typed."""
        rows = self.desk.workspace.tagging.tree()
        self._totals = {use.name: total for use, total in rows if total > use.count}
        self._said = {tag.name: tag for tag in self.desk.workspace.store.all(Tag)}
        wanted = self.query_text.strip().lstrip("#").casefold()
        found = [use for use, _ in rows if wanted in use.folded]
        tags = [use for use in found if use.count or use.name in self._said]
        if self.sort == "count":
            found = sorted(tags, key=lambda use: use.count, reverse=True)
        elif self.sort == "used last":
            found = sorted(tags, key=lambda use: use.last_used, reverse=True)
        why = "No tag holds that.\n\nz x shows all." if wanted else "No tags yet.\n\nIn an article, t tags a passage."
        self.show_items(found, f"{len(tags):,} tags · by {self.sort}", why)

    def _paint(self, use: TagUse, width: int) -> Sequence[Sequence[Piece]]:
        depth = use.name.count("/") if self.sort == "name" else 0
        said = self._said.get(use.name)
        color = f" {self.desk.config.color_name(said.color)} " if said and said.color else ""
        total = f"({self._totals[use.name]})" if use.name in self._totals else ""
        room = max(10, min(44, width - FIGURES - 2 - len(color)) - 2 * depth)
        row: list[Piece] = [("  " * depth, ""), (fit("#" + use.name, room), "tag" if use.count else "muted")]
        row += [(f"{use.count or '·':>6}  {total:<8}{use.last_used[:10]:<10}  ", "muted")]
        if said and said.color:
            row.append((color, f"slot-{said.color}"))
        rest = width - 2 * depth - room - FIGURES - len(color)
        row.append((fit(f" {said.description}", rest) if said and said.description and rest > 4 else "", "muted"))
        return [row]

    def chosen(self) -> list[str]:
        """The marked tags, or the one under the cursor."""
        return [use.name for use in self.list.chosen]

    def prompt_done(self, name: str, text: str) -> None:
        """Change the tag as the row that was typed into says."""
        names, typed = self.chosen(), text.strip()
        if not names or (not typed and name not in ("move", "describe")):
            return
        first, codebook = names[0], self.desk.workspace.codebook
        searching, query = self.desk.workspace.searching, self._split_query
        if name == "split":
            self.desk.workspace.searching.check(typed)
            self._split_query = typed
            self.open_prompt("split-into", f"Passages of #{first} with {typed} get:", "", "the other tag")
            return
        changes: dict[str, Callable[[], Transaction]] = {
            "rename": lambda: codebook.rename(first, typed),
            "merge": lambda: codebook.merge(names, typed),
            "move": lambda: codebook.move(first, typed, *names[1:]),
            "describe": lambda: codebook.describe(first, description=typed),
            "split-into": lambda: codebook.split(first, typed, searching.tagged(first, query)),
        }
        self.change(changes[name])

    def change(self, work: Callable[[], Transaction]) -> None:
        """Change tags over the whole library in one step, and say what was done."""
        self.list.marked = set()
        self.save(work, lambda done: self.say(f"{done.label}; u takes it back.", "ok"))

    def to_export(self) -> dict[str, Choice]:
        """The passages with this tag, or with one below it."""
        use = self.list.cursor_item
        if use is None:
            return {}
        return {f"#{use.name}": replace(self.desk.workspace.exporting.everything(), about=("tag", use.name))}

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """List the passages with the tag."""
        from newstui.search.query import tag_query
        from newstui.ui.screens.notes import NotesScreen

        screen = NotesScreen(self.desk, None)
        screen.query_text = tag_query(message.item.name)
        self.app.push_screen(screen)


@tags_commands("sort")
def sort(screen: TagsScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.reload()


PROMPTS = {
    "rename": ("rename", "Rename #{0} to:", "an existing name merges the two"),
    "merge_tags": ("merge", "Merge {1} into:", "the tag that stays"),
    "move_under_parent": ("move", "Put {1} under:", "another tag; nothing makes it a root"),
    "describe_tag": ("describe", "#{0} means:", "what it is given for"),
    "split_tag": ("split", "Split #{0}, passages with:", "words, note:denied, color:blue, source:reuters"),
}
"""For an action the name of its row, what stands before it (with the first tag, and all of them), and an example."""


@tags_commands(*PROMPTS)
def ask(screen: TagsScreen, stroke: Stroke) -> None:
    """Ask for what the tag is to become, or what it means, unless that is given."""
    names = screen.chosen()
    if not names:
        return
    name, label, example = PROMPTS[stroke.action]
    if stroke.argument:
        screen.prompt_done(name, stroke.argument)
        return
    known = {"rename": names[0], "describe": screen.desk.workspace.codebook.record(names[0]).description}
    said = label.format(names[0], " ".join(f"#{tag}" for tag in names)[:40])
    screen.open_prompt(name, said, known.get(name, "").replace("\n", " "), example)


@tags_commands("highlight_in_color_slot")
def recolor(screen: TagsScreen, stroke: Stroke) -> None:
    """Give the marked tags, or this one, a color slot of their own, or with 0 none."""
    names = screen.chosen()
    if stroke.argument not in "0123456" or not stroke.argument:
        screen.say("The colors are c1 to c6; c0 takes it away.")
    elif names:
        codebook, color = screen.desk.workspace.codebook, int(stroke.argument)
        screen.change(lambda: codebook.recolor(names, color))


@tags_commands("delete")
def delete(screen: TagsScreen, stroke: Stroke) -> None:
    """Take the marked tags, or this one, off everything; undo brings them back."""
    names = screen.chosen()
    if names:
        screen.change(lambda: screen.desk.workspace.codebook.delete(*names))


@tags_commands("show_page")
def show_page(screen: TagsScreen, stroke: Stroke) -> None:
    """Show the page of the tag that is given, or of this one."""
    from newstui.services.page_rows import Goal
    from newstui.ui.screens.page import open_page

    use = screen.list.cursor_item
    name = stroke.argument.lstrip("#") or (use.name if use is not None else "")
    if name:
        open_page(screen, Goal("tag", name), f"#{name}")


@tags_commands("tag_figures")
def show_figures(screen: TagsScreen, stroke: Stroke) -> None:
    """Show how often tags are used, and which go together: the marked ones, else the most used."""
    from newstui.ui.screens.figures import FiguresScreen

    screen.app.push_screen(FiguresScreen(screen.desk, screen.chosen() if screen.list.marked else ()))
