"""Everything that can be done on a screen, from the live keymap: to read as help, and to choose from as palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult

from newstui.ui.actions import describe_action
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.keymap import KeyTree
from newstui.ui.screens.base import KeyedScreen, shown_keys
from newstui.ui.screens.listing import list_commands
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.prompt import PromptRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newstui.ui.widgets.prompt import PromptChanged

KEYS_WIDTH = 16
LEAVING = frozenset({"quit", "close_or_quit"})
"""Commands that enter does only for a row that was gone to, or at the second time: typing alone may find them."""
help_commands: Commands[HelpScreen] = Commands(list_commands)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command with its keys, or, with no action, the heading of a group."""

    action: str
    keys: str
    title: str


def build_entries(tree: KeyTree) -> list[Entry]:
    """All commands of a context by group, each group under its heading, those of every screen last."""
    keys: dict[str, list[str]] = {}
    for bound, action in tree.items():
        keys.setdefault(action, []).append(shown_keys(bound))
    groups: dict[str, list[Entry]] = {}
    for action, given in keys.items():
        entry = Entry(action, "  ".join(given[:3]), describe_action(action).title)
        groups.setdefault(describe_action(action).group, []).append(entry)
    entries: list[Entry] = []
    for group, members in sorted(groups.items(), key=lambda item: item[0] == "everywhere"):
        entries += [Entry("", "", group.upper()), *members]
    return entries


def find_entries(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The commands whose title, name or keys hold what was typed; else those spelled nearly so, the best first."""
    wanted = typed.casefold().strip()
    if not wanted:
        return list(entries)
    commands = [entry for entry in entries if entry.action]
    exact = [entry for entry in commands if wanted in entry.title.casefold() or typed.strip() in entry.keys.split()]
    if exact:
        return sorted(exact, key=lambda entry: typed.strip() not in entry.keys.split())
    from rapidfuzz import fuzz, process

    titles = [f"{entry.title} {entry.action.replace('_', ' ')}".casefold() for entry in commands]
    found = process.extract(wanted, titles, scorer=fuzz.partial_ratio, score_cutoff=65, limit=12)
    return [commands[at] for _, _, at in found]


def paint_entry(entry: Entry, width: int) -> list[list[Piece]]:
    """A command as one row: keys, then what they do."""
    if not entry.action:
        return [[(entry.title, "heading")]]
    return [[(f" {fit(entry.keys, KEYS_WIDTH)} ", "accent"), (fit(entry.title, width - KEYS_WIDTH - 2), "")]]


class HelpScreen(KeyedScreen[str | None]):
    """All keys of a context; typing narrows, enter does the command. Dismisses with the action to do, or None.

    Args:
        desk: what the screens work with.
        context: whose keys are shown.
    """

    DEFAULT_CSS = "HelpScreen > VirtualList { margin: 1 0 0 0; }"
    commands = help_commands
    hints: ClassVar[tuple[str, ...]] = ("open_result", "next_result", "cancel")

    def __init__(self, desk: Desk, context: str) -> None:
        super().__init__(desk, "filterbox")
        self.shown_context = context
        self.gone_to = False
        """Whether the row under the cursor was chosen by a key, not only found by what was typed."""
        self.entries = build_entries(desk.keymap.tree(context))
        self.list: VirtualList[Entry] = VirtualList(
            paint_entry, key=lambda entry: entry.action or entry.title, is_heading=lambda entry: not entry.action
        )

    def compose(self) -> ComposeResult:
        """Header, field, list, status, hints."""
        yield HeaderRow(f"Keys · {self.shown_context}", "type to find a command, enter does it")
        yield PromptRow("?", placeholder="what to do, or a key")
        yield self.list
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show all of them."""
        super().on_mount()
        self.list.can_focus = False
        self.list.set_items(self.entries)
        if self.status is not None:
            self.status.place = "A number before a key repeats it: 3j. newstui keys lists all contexts."

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Narrow the list."""
        self.gone_to = False
        self.list.set_items(find_entries(self.entries, message.text), keep=False)

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Do the command that was clicked."""
        self.dismiss(cast(Entry, message.item).action)


@help_commands("open_result")
def do_command(screen: HelpScreen, stroke: Stroke) -> None:
    """Do the command under the cursor."""
    entry = screen.list.cursor_item
    if entry is not None and entry.action in LEAVING and not screen.gone_to:
        screen.gone_to = True
        screen.say(f"{entry.title}? Enter again does it, esc does not.")
        return
    screen.dismiss(entry.action if entry else None)


@help_commands("next_result")
def next_command(screen: HelpScreen, stroke: Stroke) -> None:
    """Move down."""
    screen.gone_to = True
    screen.list.move_by(stroke.times)


@help_commands("previous_result")
def previous_command(screen: HelpScreen, stroke: Stroke) -> None:
    """Move up."""
    screen.gone_to = True
    screen.list.move_by(-stroke.times)


@help_commands("cancel", "help")
def close(screen: HelpScreen, stroke: Stroke) -> None:
    """Close without doing anything."""
    screen.dismiss(None)
