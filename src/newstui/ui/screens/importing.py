"""Importing from inside: a path with completion, an address, or a text that is pasted."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from newstui import paths
from newstui.text.display import visible
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import focus_next, general_commands
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.ingest.article import Source
    from newstui.services.importing import Given, ImportSummary, Outcome

MOST_PATHS = 200
"""So many paths are looked at for a completion."""
MOST_REMARKS = 500
_EVERY = 0.1
"""Seconds between two reports of how far it is."""
import_commands: Commands[ImportDialog] = Commands(general_commands)


@dataclass
class PathsListed(Message):
    """The paths that begin as what was typed."""

    typed: str
    paths: tuple[str, ...]


@dataclass
class ImportAdvanced(Message):
    """So many sources were read, the last of them this one."""

    count: int
    origin: str

    def can_replace(self, message: Message) -> bool:
        """Only the newest counts."""
        return isinstance(message, ImportAdvanced)


class ImportDialog(DialogScreen[str | None]):
    """Asks what to import, imports it, and dismisses with a sentence about what came in.

    What failed, what is much like another article and what lost its words is listed first; then a key closes it.
    """

    DEFAULT_CSS = """
    ImportDialog Static { height: 1; color: $text-muted; }
    ImportDialog Input, ImportDialog Input:focus { height: 1; border: none; padding: 0; background: $panel; }
    ImportDialog #paths { margin: 0 0 1 0; }
    ImportDialog TextArea { height: 6; border: none; padding: 0; background: $panel; margin: 0 0 1 0; }
    ImportDialog #fields { height: auto; }
    ImportDialog #remarks { height: auto; max-height: 18; display: none; }
    ImportDialog.-done #fields { display: none; }
    ImportDialog.-done #remarks { display: block; }
    ImportDialog #remarks Static { height: auto; color: $foreground; }
    """
    commands = import_commands
    hints: ClassVar[tuple[str, ...]] = ("save", "focus_next", "cancel")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "form")
        self.path = Input(placeholder="~/wire, story.txt, https://example.org/story", compact=True)
        self.paths = Static("", id="paths", markup=False)
        self.pasted = TextArea(compact=True, soft_wrap=True)
        self.tags = Input(placeholder="inbox, syria/talks", compact=True)
        self.collection = Input(placeholder="Aleppo 2016", compact=True)
        self.remarks = Static("", markup=False)
        self._listed = PathsListed("", ())
        self._stop = Event()
        self._busy = False
        self._done = ""

    def compose(self) -> ComposeResult:
        """Path, text, tags, what happens."""
        with DialogBox("Import"):
            with Vertical(id="fields"):
                yield Static("A file, a folder or an address", markup=False)
                yield self.path
                yield self.paths
                yield Static("Or a text, pasted here", markup=False)
                yield self.pasted
                yield Static("Tags, parted by commas", markup=False)
                yield self.tags
                yield Static("Collection", markup=False)
                yield self.collection
            with VerticalScroll(id="remarks"):
                yield self.remarks
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the path."""
        super().on_mount()
        self.path.focus()

    def on_unmount(self) -> None:
        """Stop between two files; what came in stays."""
        self._stop.set()

    # -- completion

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what the path may become; a disk may be slow, so a worker looks."""
        if event.input is not self.path:
            return
        typed = event.value

        def work() -> None:
            self.post_message(PathsListed(typed, list_paths(typed)))

        self.run_worker(work, thread=True, exclusive=True, group="paths")

    def on_paths_listed(self, message: PathsListed) -> None:
        """Show how the path may go on."""
        if message.typed != self.path.value:
            return
        self._listed = message
        names = [os.path.basename(path.rstrip("/")) + "/" * path.endswith("/") for path in message.paths]  # noqa: PTH119  # a Path drops the last slash
        self.paths.update(visible("  ".join(names))[:200])

    def complete(self) -> bool:
        """Type what all paths that begin like this have in common; whether there was something to type."""
        listed = self._listed
        if not self.path.has_focus or listed.typed != self.path.value or not listed.paths:
            return False
        common = os.path.commonprefix(listed.paths)  # noqa: RUF071  # letters are typed, not whole names
        if len(common) <= len(listed.typed):
            return False
        self.path.value = common
        self.path.cursor_position = len(common)
        return True

    # -- importing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter imports."""
        event.stop()
        self.run_import()

    def _sources(self) -> list[Given]:
        from newstui.ingest.article import Source
        from newstui.ingest.sources import is_url

        sources: list[str | Path | Source] = []
        typed = self.path.value.strip().strip("'\"")
        if typed:
            sources.append(typed if is_url(typed) else paths.expand_home(typed))
        if self.pasted.text.strip():
            sources.append(Source(self.pasted.text.encode("utf-8", "replace"), "-"))
        return sources

    def run_import(self) -> None:
        """Import on the writing thread, and say how far it is."""
        if self._busy:
            return
        if self._done:
            self.dismiss(self._done)
            return
        sources = self._sources()
        if not sources:
            self.say("Type a path or an address, or paste a text.", "error")
            return
        from newstui.services.importing import ImportOptions

        tags = tuple(tag for tag in (part.strip() for part in self.tags.value.split(",")) if tag)
        filed = tuple(filter(None, [self.collection.value.strip()]))
        importing = self.desk.workspace.importing
        outcomes: list[Outcome] = []
        self._busy = True
        self._stop.clear()
        shown_at = time.monotonic()
        count = 0

        def progress(origin: str) -> None:
            nonlocal shown_at, count
            count += 1
            if time.monotonic() - shown_at >= _EVERY:
                shown_at = time.monotonic()
                self.post_message(ImportAdvanced(count, origin))

        def work() -> ImportSummary:
            try:
                options = ImportOptions(tags=tags, collections=filed, jobs=os.cpu_count() or 1)
                return importing.run(sources, options, outcomes.append, self._stop.is_set, progress)
            finally:
                self._busy = False

        self.save(work, lambda summary: self._settle(summary, outcomes))

    def on_import_advanced(self, message: ImportAdvanced) -> None:
        """Say how far it is."""
        self.say(f"{message.count} read: {Path(message.origin).name}; esc stops, what is read stays.")

    def _settle(self, summary: ImportSummary, outcomes: list[Outcome]) -> None:
        if summary.failures and len(outcomes) == 1:
            self.say(summary.failures[0].message, "error")
            return
        self._done = f"{'Stopped: ' if summary.stopped else 'Imported: '}{summary}."
        remarks = [line for outcome in outcomes for line in remarks_on(outcome)]
        if not remarks:
            self.dismiss(self._done)
            return
        self.query_one(DialogBox).border_title = Content(visible(self._done))
        self.remarks.update("\n".join(map(visible, remarks[:MOST_REMARKS])))
        self.add_class("-done")
        self.query_one("#remarks").focus()
        more = len(remarks) - MOST_REMARKS
        self.say(f"{f'{more:,} more. ' if more > 0 else ''}Enter closes this.", "ok")

    def on_key(self, event: events.Key) -> None:
        """Once it is done enter closes the dialog."""
        if self._done and event.key == "enter":
            event.stop()
            self.dismiss(self._done)
        else:
            super().on_key(event)

    def leave(self) -> None:
        """Stop what is being read, else close."""
        if self._busy:
            self._stop.set()
        else:
            self.dismiss(self._done or None)


def list_paths(typed: str) -> tuple[str, ...]:
    """The files and folders (with a slash) whose path begins as typed, sorted; hidden ones only if a dot was typed.

    Nothing for an address, or where a folder cannot be read; names with controls in them cannot be typed.
    """
    if not typed.strip() or "://" in typed:
        return ()
    head, _, begun = typed.rpartition("/")
    folder = paths.expand_home(f"{head}/" if head or typed.startswith("/") else ".")
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(begun) and name.startswith(".") <= begun.startswith(".") and visible(name) == name:
                    found.append(typed[: len(typed) - len(begun)] + name + "/" * entry.is_dir())
    except (OSError, ValueError):
        return ()
    return tuple(sorted(found)[:MOST_PATHS])


def remarks_on(outcome: Outcome) -> list[str]:
    """What a user should look at after an import."""
    if outcome.status == "failed":
        return [outcome.message]
    if outcome.article is None:
        return []
    title = outcome.article.title
    others = f", and {len(outcome.alike) - 1} more" if len(outcome.alike) > 1 else ""
    lines = [f"{title}: much like {each.article.title} ({each.likeness:.0%}){others}" for each in outcome.alike[:1]]
    if outcome.status == "duplicate":
        lines.append(f"{title}: this text is in the library already, so only its tags came in")
    if outcome.orphans:
        lines.append(f"{title}: {outcome.orphans} of {outcome.notes} highlights did not find their words")
    return lines


@import_commands("save")
def save(screen: ImportDialog, stroke: Stroke) -> None:
    """Import."""
    screen.run_import()


@import_commands("focus_next")
def complete_or_go_on(screen: ImportDialog, stroke: Stroke) -> None:
    """Complete the path as far as it can be, else go to the next field."""
    if not screen.complete():
        focus_next(screen, stroke)


@import_commands("cancel")
def cancel(screen: ImportDialog, stroke: Stroke) -> None:
    """Leave, or stop an import that runs."""
    screen.leave()
