"""Asking before much is changed at once."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from newstui.text.display import visible
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.status import KeyHints, StatusLine

confirm_commands: Commands[ConfirmDialog] = Commands(general_commands)


class ConfirmDialog(DialogScreen[bool]):
    """Dismisses with whether it is to be done.

    Args:
        desk: what the screens work with.
        question: with the number.
    """

    DEFAULT_CSS = "ConfirmDialog Static { height: auto; margin: 1 0; color: $text-muted; }"
    commands = confirm_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "cancel")

    def __init__(self, desk: Desk, question: str) -> None:
        super().__init__(desk, "form")
        self._question = question

    def compose(self) -> ComposeResult:
        """The question, and the keys that answer it."""
        with DialogBox(self._question):
            yield Static(visible("enter or y does it, esc or n leaves everything as it is."), markup=False)
            yield StatusLine()
            yield KeyHints()

    def on_key(self, event: events.Key) -> None:
        """A letter is an answer here."""
        if event.key in ("enter", "y", "n"):
            event.stop()
            event.prevent_default()
            self.dismiss(event.key != "n")


@confirm_commands("save")
def do_it(screen: ConfirmDialog, stroke: Stroke) -> None:
    """Do it."""
    screen.dismiss(True)


@confirm_commands("cancel")
def leave_it(screen: ConfirmDialog, stroke: Stroke) -> None:
    """Leave everything as it is."""
    screen.dismiss(False)
