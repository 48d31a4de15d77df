"""Writing a note in the user's own editor: the quote above a cut line, the note below it."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.errors import UsageError
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import annotation_here, create, passage, settle
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

CUT = "-- write below this line; what stands above is not kept --"


def build_sheet(quote: str, note: str) -> str:
    """What the editor opens with."""
    quoted = "\n".join(f"> {line}".rstrip() for line in quote.split("\n"))
    return f"{quoted}\n{CUT}\n{note}\n"


def parse_sheet(sheet: str) -> str | None:
    """The note below the cut line, without blank ends; None if the line is gone."""
    _, line, note = ("\n" + sheet.replace("\r\n", "\n") + "\n").partition(f"\n{CUT}\n")
    return note.strip() if line else None


def editor_command() -> list[str]:
    """The user's editor, from VISUAL or EDITOR.

    Raises:
        UsageError: neither is set, or it cannot be understood.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise UsageError(f"EDITOR = {named!r} cannot be understood ({error}); set it to a program's name.") from error
    if not command:
        raise UsageError("No editor is set; put EDITOR=nano (or another) into the environment, or use a.")
    return command


def edit_text(command: list[str], text: str) -> str | None:
    """Let a program edit a text in a private file; None if the program failed.

    Raises:
        UsageError: there is no such program.
    """
    with tempfile.TemporaryDirectory(prefix="newstui-") as folder:
        file = Path(folder) / "note.md"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            done = subprocess.run([*command, str(file)], check=False)  # noqa: S603  # the user's own editor
        except OSError as error:
            raise UsageError(f"The editor {command[0]!r} cannot be started ({error.strerror}); set EDITOR.") from error
        return file.read_bytes().decode("utf-8", "replace") if done.returncode == 0 else None


@reader_commands("edit_in_editor")
def edit_in_editor(screen: ReaderScreen, stroke: Stroke) -> None:
    """Write the note of the highlight here, or one on the selection or sentence, in the user's editor."""
    screen.desk.workspace.store.check_writable()
    command = editor_command()
    here = annotation_here(screen)
    span = here.span if here is not None else passage(screen)
    quote, before = span.slice(screen.view.text), here.note if here is not None else ""
    with screen.app.suspend():
        sheet = edit_text(command, build_sheet(quote, before))
    screen.view.place_terminal_cursor()
    note = None if sheet is None else parse_sheet(sheet)
    if note is None:
        screen.say(
            "The editor failed, so nothing was changed." if sheet is None else "The cut line is gone: not saved."
        )
    elif note == before.strip():
        screen.say("The note is as it was.")
    elif here is not None:
        annotating = screen.desk.workspace.annotating
        screen.save(lambda: annotating.change(here.id, note=note), settle(screen, "Changed the note."))
    else:
        create(screen, span, (), note, screen.last_color)
