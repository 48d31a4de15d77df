"""What the screens with a list and a filter share; each gives its items and its commands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from newstui.text.display import visible_lines
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.listing import list_commands
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.prompt import PromptRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from newstui.ui.widgets.prompt import PromptChanged, PromptLeft

T = TypeVar("T")

filter_commands: Commands[ListScreen[Any]] = Commands(list_commands)


class ListScreen(KeyedScreen[None], Generic[T]):
    """A header, a list, and a row to type into when it is asked for.

    A subclass fills the list in `reload` from `query_text`, and may override `prompt_done` for prompts of its own.

    Args:
        desk: what the screens work with.
        context: of the keymap.
        title: shown at the top.
        items: the list.
    """

    DEFAULT_CSS = """
    ListScreen > #empty { height: 1fr; padding: 1 3; color: $text-muted; display: none; }
    ListScreen.-empty > #empty { display: block; }
    ListScreen.-empty > VirtualList { display: none; }
    """

    takes_queries: ClassVar[bool] = False
    """Whether its filter is in the query language."""

    def __init__(self, desk: Desk, context: str, title: str, items: VirtualList[T]) -> None:
        super().__init__(desk, context)
        self.query_text = ""
        self.context = context
        self.header = HeaderRow(title)
        self.list = items
        self.empty = Static("", id="empty", markup=False)

    def compose(self) -> ComposeResult:
        """Header, list, status, hints."""
        yield self.header
        yield self.list
        yield self.empty
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        self.list.focus()
        self.reload()

    def reload(self) -> None:
        """Fill the list from what `query_text` finds; a subclass does it."""
        raise NotImplementedError

    def show_items(self, items: list[T], count: str, why_empty: str, keys: Sequence[Hashable] | None = None) -> None:
        """Show items, which may have their keys with them, how many there are, or why there are none."""
        self.list.set_items(items, keys=keys)
        self.header.right = count
        self.set_class(not items, "-empty")
        if not items:
            self.empty.update(visible_lines(why_empty))
        if self.status is not None:
            self.status.place = f"= {self.query_text}   zx shows all" if self.query_text else ""

    def on_library_changed(self, message: LibraryChanged) -> None:
        """Show the change."""
        self.reload()

    # -- the row to type into

    @property
    def prompt(self) -> PromptRow | None:
        """The row that is open."""
        return next(iter(self.query(PromptRow)), None)

    def open_prompt(self, name: str, label: str, text: str = "", placeholder: str = "") -> None:
        """Open a row; what is typed comes to `prompt_done`, or filters if the name is `filter`."""
        self.key_context = "filterbox"
        complete = self.desk.workspace.completing.complete if name == "filter" and self.takes_queries else None
        self.mount(PromptRow(label, text, placeholder=placeholder, id=name, complete=complete), after=self.header)

    def close_prompt(self) -> None:
        """Close the row and give the keys back to the list."""
        prompt = self.prompt
        if prompt is not None and self.key_context == "filterbox":
            self.key_context = self.context
            prompt.remove()
            self.list.focus()

    def prompt_done(self, name: str, text: str) -> None:
        """What was typed into a row other than the filter was accepted."""

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Filter while typing, or suggest tags."""
        if message.prompt.id == "filter":
            self.query_text = message.text
            self.reload()
        elif message.prompt.id == "tags":
            tag_prompt.suggest(self.desk.workspace.tagging, message.prompt)

    def on_prompt_left(self, message: PromptLeft) -> None:
        """A row without the focus is closed."""
        self.close_prompt()


@filter_commands("filter_query")
def filter_query(screen: ListScreen[Any], stroke: Stroke) -> None:
    """Filter while typing, or show what a query finds."""
    if stroke.argument:
        screen.query_text = stroke.argument
        screen.reload()
        return
    screen.open_prompt("filter", "=", screen.query_text, "words, tag:nato, has:note, color:blue")


@filter_commands("clear_filter")
def clear_filter(screen: ListScreen[Any], stroke: Stroke) -> None:
    """Show everything."""
    screen.query_text = ""
    screen.reload()


@filter_commands("open_result")
def accept_prompt(screen: ListScreen[Any], stroke: Stroke) -> None:
    """Take what was typed."""
    prompt = screen.prompt
    if prompt is None:
        return
    name, text = prompt.id or "", prompt.text
    screen.close_prompt()
    if name != "filter":
        screen.prompt_done(name, text)


@filter_commands("next_result", "previous_result")
def step(screen: ListScreen[Any], stroke: Stroke) -> None:
    """Move in the list below, or take the suggested tag."""
    prompt = screen.prompt
    if prompt is not None and prompt.id == "tags":
        tag_prompt.take_suggestion(screen.desk.workspace.tagging, prompt)
    else:
        screen.list.move_by(1 if stroke.action == "next_result" else -1)


@filter_commands("cancel")
def cancel(screen: ListScreen[Any], stroke: Stroke) -> None:
    """Leave the row; else unmark; else show everything; else close."""
    prompt = screen.prompt
    if prompt is not None:
        filtering = prompt.id == "filter"
        screen.close_prompt()
        if filtering:
            clear_filter(screen, stroke)
    elif screen.list.marked:
        screen.list.clear_marks()
    elif screen.query_text:
        clear_filter(screen, stroke)
    else:
        screen.dismiss(None)
