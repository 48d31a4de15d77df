"""Exporting: what, in which shape, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.choice_row import ChoiceRow
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.services.exporting import ExportFile, ExportSummary

FORMATS = ("plain", "obsidian", "logseq", "pandoc", "full", "jsonld", "csv", "html")
MARKDOWN = 5
"""How many of the formats, from the first, are flavors of Markdown."""
export_commands: Commands[ExportDialog] = Commands(general_commands)


class ExportDialog(DialogScreen[str | None]):
    """Asks for shape and place and exports; dismisses with a sentence about what was written.

    Args:
        desk: what the screens work with.
        article_ids: the articles to export.
        query: that found them, to be shown.
    """

    DEFAULT_CSS = """
    ExportDialog Static { height: auto; color: $text-muted; margin: 0 0 1 0; }
    ExportDialog ChoiceRow { margin: 0 0 1 0; }
    ExportDialog Input, ExportDialog Input:focus { height: 1; border: none; padding: 0; background: $panel; }
    """
    commands = export_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "focus_next", "cancel")

    def __init__(self, desk: Desk, *, article_ids: Sequence[str], query: str) -> None:
        super().__init__(desk, "form")
        self.article_ids = list(article_ids)
        notes = sum(len(desk.workspace.annotating.of_article(id_)) for id_ in self.article_ids)
        many = len(self.article_ids)
        self._about = f"{many} {'article' if many == 1 else 'articles'}, {notes} highlights"
        self._about += f", found by {query}" if query else ""
        self.format = ChoiceRow("Format", FORMATS)
        self.target = Input("~/newstui", placeholder="a folder, or a file", compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """What, shape, place."""
        with DialogBox("Export"):
            yield Static(self._about, markup=False)
            yield self.format
            yield Static("To  a folder or a file; what you wrote into files there stays", markup=False)
            yield self.target
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the place."""
        super().on_mount()
        self.target.cursor_position = len(self.target.value)
        self.target.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter exports."""
        event.stop()
        self.run_export()

    def _build(self) -> list[ExportFile]:
        from newstui.export.markdown import MarkdownOptions

        exporting = self.desk.workspace.exporting
        if self.format.chosen < MARKDOWN:
            return exporting.markdown(self.article_ids, MarkdownOptions(self.format.value))
        return exporting.data(self.article_ids, self.format.value)

    def run_export(self) -> None:
        """Write the files on the writing thread, and say what became of them."""
        written = self.target.value.strip()
        if not written:
            self.say("Where to? Type a folder or a file.", "error")
            return
        target = Path(written).expanduser()
        exporting = self.desk.workspace.exporting

        def then(summary: ExportSummary) -> None:
            kinds = ("new", "updated", "same", "failed")
            counts = {kind: sum(each.status == kind for each in summary.files) for kind in kinds}
            said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
            failed = next((each for each in summary.files if each.status == "failed"), None)
            if failed is not None:
                self.say(" ".join(failed.remarks), "error")
            else:
                self.dismiss(f"Exported to {target}: {said or 'nothing'}.")

        self.save(lambda: exporting.write(self._build(), target), then)


@export_commands("save")
def save(screen: ExportDialog, stroke: Stroke) -> None:
    """Export."""
    screen.run_export()


@export_commands("cancel")
def cancel(screen: ExportDialog, stroke: Stroke) -> None:
    """Leave without exporting."""
    screen.dismiss(None)
