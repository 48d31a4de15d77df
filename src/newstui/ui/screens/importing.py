"""Importing from inside: a path, or a text that is pasted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static, TextArea

from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.ingest.article import Source
    from newstui.services.importing import ImportSummary, Outcome

import_commands: Commands[ImportDialog] = Commands(general_commands)


class ImportDialog(DialogScreen[str | None]):
    """Asks what to import, imports it, and dismisses with a sentence about what came in."""

    DEFAULT_CSS = """
    ImportDialog Static { height: 1; color: $text-muted; }
    ImportDialog Input, ImportDialog Input:focus {
        height: 1; border: none; padding: 0; background: $panel; margin: 0 0 1 0;
    }
    ImportDialog TextArea { height: 8; border: none; padding: 0; background: $panel; }
    """
    commands = import_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "focus_next", "cancel")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "form")
        self.path = Input(placeholder="~/wire, story.txt, note.md", compact=True)
        self.pasted = TextArea(compact=True, soft_wrap=True)
        self._stop = False

    def compose(self) -> ComposeResult:
        """Path, text, what happens."""
        with DialogBox("Import"):
            yield Static("A file or a folder", markup=False)
            yield self.path
            yield Static("Or a text, pasted here", markup=False)
            yield self.pasted
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the path."""
        super().on_mount()
        self.path.focus()

    def on_unmount(self) -> None:
        """Stop between two files; what came in stays."""
        self._stop = True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter imports."""
        event.stop()
        self.run_import()

    def _sources(self) -> list[str | Path | Source]:
        from newstui.ingest.article import Source

        sources: list[str | Path | Source] = []
        if self.path.value.strip():
            sources.append(Path(self.path.value.strip().strip("'\"")).expanduser())
        if self.pasted.text.strip():
            sources.append(Source(self.pasted.text.encode("utf-8", "replace"), "-"))
        return sources

    def run_import(self) -> None:
        """Import on the writing thread; each article is counted as it comes."""
        sources = self._sources()
        if not sources:
            self.say("Type a path, or paste a text.", "error")
            return
        counted = 0

        def report(outcome: Outcome) -> None:
            nonlocal counted
            counted += 1
            self.app.call_from_thread(self.say, f"{counted} read: {outcome.origin}")

        importing = self.desk.workspace.importing
        self.save(lambda: importing.run(sources, None, report, lambda: self._stop), self._finish)

    def _finish(self, summary: ImportSummary) -> None:
        if summary.failures and len(summary.failures) == sum(summary.counts.values()):
            self.say(summary.failures[0].message, "error")
        else:
            failed = f" {summary.failures[0].message}" if summary.failures else ""
            self.dismiss(f"Imported: {summary}.{failed}")


@import_commands("save")
def save(screen: ImportDialog, stroke: Stroke) -> None:
    """Import."""
    screen.run_import()


@import_commands("cancel")
def cancel(screen: ImportDialog, stroke: Stroke) -> None:
    """Leave; an import that runs stops after the file it is at."""
    screen.dismiss(None)
