"""Handing words to another program: a passage, a note, an article or its highlights on its standard input."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from newstui.errors import UsageError
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.choice_row import ChoiceRow
from newstui.ui.widgets.status import KeyHints, StatusLine

INTERRUPTED = 130
pipe_commands: Commands[PipeDialog] = Commands(general_commands)


def run_command(command: str, text: str) -> int:
    """Run a command line in the user's shell with a text on its standard input; its exit status.

    Raises:
        UsageError: the shell cannot be started.
    """
    shell = os.environ.get("SHELL") or "/bin/sh"
    try:
        done = subprocess.run(  # noqa: S603  # the command is the user's; the text only goes to its standard input
            [shell, "-c", command], input=text.encode("utf-8", "replace"), check=False
        )
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        raise UsageError(f"The shell {shell!r} cannot be started ({error.strerror}); set SHELL.") from error
    return done.returncode


class PipeDialog(DialogScreen[str | None]):
    """Asks what goes into which command, runs it on the terminal itself, and dismisses with how it ended.

    Args:
        desk: what the screens work with.
        texts: what can be handed over, by what it is called, the likeliest first.
    """

    DEFAULT_CSS = """
    PipeDialog #to { height: 1; }
    PipeDialog .label { width: 11; color: $text-muted; }
    PipeDialog Input, PipeDialog Input:focus { height: 1; border: none; padding: 0; background: $panel; }
    """
    commands = pipe_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "focus_next", "cancel")

    def __init__(self, desk: Desk, texts: Mapping[str, str]) -> None:
        super().__init__(desk, "form")
        self.texts = texts
        self.what = ChoiceRow("What", list(texts))
        self.command = Input(desk.last_pipe, placeholder="wc -w, less, mail -s Read me@example.org", compact=True)

    def compose(self) -> ComposeResult:
        """What, and into which command."""
        with DialogBox("Pipe into a command"):
            yield self.what
            with Horizontal(id="to"):
                yield Static("Command", classes="label")
                yield self.command
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the command."""
        super().on_mount()
        self.command.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter runs it."""
        event.stop()
        self.run()

    def run(self) -> None:
        """Leave the terminal to the command until it ends and enter is pressed."""
        command = self.command.value.strip()
        if not command:
            self.say("Type a command.", "error")
            return
        self.desk.last_pipe = command
        try:
            with self.app.suspend():
                status = run_command(command, self.texts[self.what.value])
                wait_for_enter(status)
        except UsageError as error:
            self.say(str(error), "error")
            return
        how = "Piped" if status == 0 else "Interrupted" if status == INTERRUPTED else f"Failed with {status}"
        self.dismiss(f"{how}: the {self.what.value} into {command}")


def wait_for_enter(status: int) -> None:
    """Let the user see what the command wrote, before the screen comes back over it."""
    ended = f"ended with {status}; " if status else ""
    try:
        input(f"\n[{ended}enter goes back to newstui] ")
    except (EOFError, KeyboardInterrupt):
        return


@pipe_commands("save")
def save(screen: PipeDialog, stroke: Stroke) -> None:
    """Run the command."""
    screen.run()


@pipe_commands("cancel")
def cancel(screen: PipeDialog, stroke: Stroke) -> None:
    """Leave."""
    screen.dismiss(None)
