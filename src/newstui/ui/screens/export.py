"""Exporting: what, in which shape, and where to, with the very text that would be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from newstui import paths
from newstui.errors import NewstuiError
from newstui.text.display import visible, visible_lines
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.choice_row import ChoiceRow
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.services.delivery import ExportSummary, FileOutcome
    from newstui.services.exporting import By, Choice, ExportOptions, Preview

FORMATS = ("md", "jsonld", "jsonl", "csv", "readwise", "hypothesis", "bibtex", "csl", "html")
FLAVORS = ("plain", "obsidian", "logseq", "pandoc", "full")
FILES: tuple[By, ...] = ("article", "tag", "entity", "all")
NO_TEMPLATE = "none"
PREVIEW_AFTER = 0.15
"""Seconds after the last change until the preview is made anew."""
export_commands: Commands[ExportDialog] = Commands(general_commands)


@dataclass
class PreviewMade(Message):
    """What a worker found would be written; `problem` is why there is nothing."""

    preview: Preview | None
    problem: str = ""


class ExportDialog(DialogScreen[str | None]):
    """Asks for what, shape and place, and exports; dismisses with a sentence about what was written.

    Args:
        desk: what the screens work with.
        choices: what can be exported from where the dialog was opened, by what it is called, the likeliest first.
    """

    DEFAULT_CSS = """
    ExportDialog DialogBox { width: 100; max-width: 100%; height: 100%; max-height: 40; }
    ExportDialog #to { height: 1; }
    ExportDialog .label { width: 11; color: $text-muted; }
    ExportDialog Input, ExportDialog Input:focus { height: 1; border: none; padding: 0; background: $panel; }
    ExportDialog #preview { height: 1fr; border-top: solid $rule; border-title-color: $text-muted; }
    ExportDialog #preview:focus { border-top: solid $primary; }
    ExportDialog #text { height: auto; }
    """
    commands = export_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "focus_next", "cancel")

    def __init__(self, desk: Desk, choices: Mapping[str, Choice]) -> None:
        super().__init__(desk, "form")
        from newstui.export.templates import template_names

        self.choices = choices
        self.what = ChoiceRow("What", list(choices))
        self.format = ChoiceRow("Format", FORMATS)
        self.flavor = ChoiceRow("Flavor", FLAVORS)
        self.template = ChoiceRow("Template", [NO_TEMPLATE, *template_names()])
        self.by = ChoiceRow("A file for", FILES)
        self.target = Input(
            desk.last_export, placeholder="To: a folder, or a file", compact=True, select_on_focus=False
        )
        self.text = Static("", id="text", markup=False)
        self._due: Timer | None = None
        self._cancelled = Event()
        self._busy = False

    def compose(self) -> ComposeResult:
        """What, shape, place, and the text."""
        with DialogBox("Export"):
            yield self.what
            yield self.format
            yield self.flavor
            yield self.template
            yield self.by
            with Horizontal(id="to"):
                yield Static("To", classes="label")
                yield self.target
            with VerticalScroll(id="preview"):
                yield self.text
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the place, with a preview."""
        super().on_mount()
        self.query_one(DialogBox).border_subtitle = "what you wrote into files there stays"
        self.target.cursor_position = len(self.target.value)
        self.target.focus()
        self._preview_soon()

    # -- the preview

    def on_choice_row_changed(self) -> None:
        """Only Markdown has flavors and templates."""
        for row in (self.flavor, self.template, self.by):
            row.display = self.format.value == "md"
        self._preview_soon()

    def on_input_changed(self) -> None:
        """What is there already is a part of the preview."""
        self._preview_soon()

    def _preview_soon(self) -> None:
        if self._due is not None:
            self._due.stop()
        self._due = self.set_timer(PREVIEW_AFTER, self._start_preview)

    def _start_preview(self) -> None:
        choice, options, target = self.choice, self.options(), self.place
        exporting = self.desk.workspace.exporting

        def work() -> None:
            worker = get_current_worker()
            try:
                found = PreviewMade(exporting.preview(choice, options, target, lambda: worker.is_cancelled))
            except NewstuiError as error:
                found = PreviewMade(None, str(error))
            if not worker.is_cancelled:
                self.post_message(found)

        self.run_worker(work, thread=True, exclusive=True, group="preview")

    def on_preview_made(self, message: PreviewMade) -> None:
        """Show the text, and which file it is."""
        pane = self.query_one("#preview", VerticalScroll)
        found = message.preview
        if found is None:
            pane.border_title = Content("nothing")
            self.text.update(visible(message.problem) or "There is nothing to export here.")
            return
        count = f", the first of {found.files}" if found.files > 1 else ""
        pane.border_title = Content(visible(f"{found.path.name}{count}"))
        self.text.update(visible_lines(found.text))

    # -- what was chosen

    @property
    def choice(self) -> Choice:
        """What is exported."""
        return self.choices[self.what.value]

    @property
    def place(self) -> Path | None:
        """Where to; None if nothing was typed."""
        written = self.target.value.strip()
        return paths.expand_home(written) if written else None

    def options(self) -> ExportOptions:
        """In which shape."""
        from newstui.export.markdown import MarkdownOptions
        from newstui.services.exporting import ExportOptions

        template = "" if self.template.value == NO_TEMPLATE else self.template.value
        return ExportOptions(self.format.value, FILES[self.by.chosen], MarkdownOptions(self.flavor.value), template)

    # -- exporting

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter exports."""
        event.stop()
        self.run_export()

    def run_export(self) -> None:
        """Write the files on the writing thread, say how far it is, and then what became of them."""
        target = self.place
        if target is None:
            self.say("Where to? Type a folder or a file.", "error")
            return
        if self._busy:
            return
        choice, options, exporting = self.choice, self.options(), self.desk.workspace.exporting
        self._cancelled.clear()
        self._busy = True
        self.desk.last_export = self.target.value.strip()
        written = 0

        def report(outcome: FileOutcome) -> None:
            nonlocal written
            written += 1
            if written % 50 == 0:
                self.app.call_from_thread(self.say, f"{written} files written; esc stops.")

        def work() -> ExportSummary:
            try:
                return exporting.export(choice, options, target, None, report, self._cancelled.is_set)
            finally:
                self._busy = False

        self.save(work, lambda summary: self._settle(target, summary))

    def _settle(self, target: Path, summary: ExportSummary) -> None:
        failed = next((each for each in summary.files if each.status == "failed"), None)
        remarks = [f"{each.path.name}: {remark}" for each in summary.files for remark in each.remarks]
        if failed is not None:
            self.say(" ".join(failed.remarks), "error")
        elif summary.stopped:
            self.say(f"Stopped. {summary}.")
        else:
            self.dismiss(f"Exported {summary}, to {target}." + (f" {remarks[0]}." if remarks else ""))

    def leave(self) -> None:
        """Stop what is being written, else close."""
        if self._busy:
            self._cancelled.set()
        else:
            self.dismiss(None)


@export_commands("save")
def save(screen: ExportDialog, stroke: Stroke) -> None:
    """Export."""
    screen.run_export()


@export_commands("cancel")
def cancel(screen: ExportDialog, stroke: Stroke) -> None:
    """Leave without exporting, or stop an export."""
    screen.leave()
