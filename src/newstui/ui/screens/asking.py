"""Asking for one line: a name, a command, an order."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from newstui.text.display import visible
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.status import KeyHints, StatusLine

ask_commands: Commands[AskDialog] = Commands(general_commands)


class AskDialog(DialogScreen[str | None]):
    """Dismisses with the line that was typed, or None.

    Args:
        desk: what the screens work with.
        title: what is asked for.
        about: what there is to know before typing.
        text: the line as it begins.
        placeholder: an example.
    """

    DEFAULT_CSS = """
    AskDialog Static { height: auto; color: $text-muted; }
    AskDialog Input, AskDialog Input:focus { height: 1; border: none; padding: 0; background: $panel; margin: 1 0; }
    """
    commands = ask_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "cancel")

    def __init__(self, desk: Desk, title: str, about: str, *, text: str = "", placeholder: str = "") -> None:
        super().__init__(desk, "form")
        self._title, self._about = title, about
        self.field = Input(visible(text), placeholder=placeholder, compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """What is asked for, and the line."""
        with DialogBox(self._title):
            yield Static(visible(self._about), markup=False)
            yield self.field
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin behind what is there."""
        super().on_mount()
        self.field.cursor_position = len(self.field.value)
        self.field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the line."""
        event.stop()
        self.dismiss(self.field.value)


@ask_commands("save")
def take(screen: AskDialog, stroke: Stroke) -> None:
    """Take the line."""
    screen.dismiss(screen.field.value)


@ask_commands("cancel")
def leave(screen: AskDialog, stroke: Stroke) -> None:
    """Leave without an answer."""
    screen.dismiss(None)
