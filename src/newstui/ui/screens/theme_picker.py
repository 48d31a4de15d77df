"""Choosing a theme: each one is shown as the cursor comes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from newstui import paths
from newstui.config import save_setting
from newstui.errors import UsageError
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.listing import list_commands
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList

if TYPE_CHECKING:
    from collections.abc import Sequence

theme_commands: Commands[ThemePicker] = Commands(list_commands)


def paint_name(name: str, width: int) -> Sequence[Sequence[Piece]]:
    """A theme as one row."""
    return [[(name, "")]]


class ThemePicker(KeyedScreen[str | None]):
    """The themes by name; enter keeps one in the settings and dismisses with a sentence, escape undoes."""

    commands = theme_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "cancel", "help")

    def __init__(self, desk: Desk, names: Sequence[str]) -> None:
        super().__init__(desk, "tags")
        self.names = names
        self.before = ""
        self.list: VirtualList[str] = VirtualList(paint_name, key=lambda name: name)

    def compose(self) -> ComposeResult:
        """Header, names, status, hints."""
        yield HeaderRow("Theme", "")
        yield self.list
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the theme in use."""
        super().on_mount()
        self.before = self.app.theme
        self.list.set_items(self.names)
        self.list.select(self.before)
        self.list.focus()
        if self.status is not None:
            self.status.place = "Every theme keeps text readable on every highlight."

    def on_virtual_list_item_highlighted(self, message: VirtualList.ItemHighlighted) -> None:
        """Show the theme."""
        if message.item and message.item in self.app.available_themes:
            self.app.theme = message.item

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Keep the theme shown, from now on."""
        keep_theme(self, str(message.item), self._leave)

    def _leave(self, said: str) -> None:
        self.dismiss(said)


def keep_theme(screen: KeyedScreen[Any], name: str, then: Callable[[str], None]) -> None:
    """Show a theme and keep it in the settings; `then` gets a sentence about it.

    Raises:
        UsageError: there is no such theme.
    """
    if name not in screen.desk.themes.files:
        raise UsageError(f"There is no theme {name!r}; there are {', '.join(sorted(screen.desk.themes.files))}.")
    screen.app.theme = name
    file = paths.config_dir() / "config.toml"

    def work() -> str:
        try:
            save_setting(file, "theme", name)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            return f"Theme {name} until you quit: {file} could not be changed ({reason})."
        return f"Theme {name}, also from now on: kept in {file}."

    screen.save(work, then)


@theme_commands("cancel", "close_or_quit", "back")
def put_back(screen: ThemePicker, stroke: Stroke) -> None:
    """Show the theme that was there before."""
    screen.app.theme = screen.before
    screen.dismiss(None)
