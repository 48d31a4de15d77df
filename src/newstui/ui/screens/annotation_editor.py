"""Tags, color and note of a passage, in one small dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from newstui.services.tagging import normalize_tag
from newstui.text.display import visible
from newstui.text.quoting import quoted
from newstui.ui.clipboard import copy_text
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.color_row import ColorRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.tag_field import TagField

editor_commands: Commands[AnnotationEditor] = Commands(general_commands)


@dataclass(frozen=True, slots=True)
class AnnotationDraft:
    """What an annotation says: tags, note (Markdown), and color slot (1 to 6)."""

    tags: tuple[str, ...]
    note: str
    color: int


class AnnotationEditor(DialogScreen[AnnotationDraft | None]):
    """Edits a draft; dismisses with the new one, or with None if it was left.

    Args:
        desk: what the screens work with.
        title: says what is edited.
        quote: the words of the passage.
        draft: what there is.
        focus: where the keys go first.
        alike: tags of similar passages, to be offered first.
        unsaved: whether the draft could not be saved; leaving then copies it, and does not try again.
    """

    DEFAULT_CSS = """
    AnnotationEditor #quote { height: auto; max-height: 2; color: $text-muted; text-style: italic; margin: 0 0 1 0; }
    AnnotationEditor ColorRow { margin: 0 0 1 0; }
    AnnotationEditor #label { height: 1; color: $text-muted; }
    AnnotationEditor TextArea {
        height: auto; min-height: 3; max-height: 8; border: none; padding: 0; background: $panel;
    }
    """
    commands = editor_commands

    def __init__(
        self,
        desk: Desk,
        *,
        title: str,
        quote: str,
        draft: AnnotationDraft,
        focus: Literal["tags", "note"],
        alike: Sequence[str] = (),
        unsaved: bool = False,
    ) -> None:
        super().__init__(desk, "tagbox" if focus == "tags" else "noteedit")
        self.draft = draft
        self._title = title
        self._quote = quote
        self._first = focus
        self.unsaved = unsaved
        tagging = desk.workspace.tagging
        self.tags = TagField(
            draft.tags, lambda typed, given: tagging.suggest(typed, given=given, alike=alike), normalize_tag
        )
        self.color = ColorRow(desk.config.colors, draft.color)
        self.note = TextArea(visible_note(draft.note), compact=True, show_line_numbers=False, soft_wrap=True)

    def compose(self) -> ComposeResult:
        """Quote, tags, color, note, and what the keys do."""
        with DialogBox(self._title):
            yield Static(Content(visible(quoted(self._quote, 150))), id="quote")
            yield self.tags
            yield self.color
            way = "not saved; ^S tries again, esc copies it and leaves" if self.unsaved else "Markdown; esc saves"
            yield Static(f"Note   {way}", id="label", markup=False)
            yield self.note
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Go to the first field."""
        super().on_mount()
        if self._first == "tags":
            self.tags.next.focus()
        else:
            self.note.move_cursor(self.note.document.end)
            self.note.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keys are those of the field that has the focus."""
        self.key_context = "noteedit" if event.widget is self.note else "tagbox"
        self.tags.suggestions.display = event.widget is self.tags.next

    def footer_actions(self) -> tuple[str, ...]:
        """What the field that has the focus can do."""
        if self.key_context == "noteedit" and not self.unsaved:
            return ("save_and_close", "save", "focus_next")
        return ("add_tag_or_save", "next_suggestion", "focus_next", "save", "cancel")

    def action_choose_color(self, slot: int) -> None:
        """A color was clicked."""
        self.color.slot = slot

    def action_remove_tag(self, number: int) -> None:
        """The sign behind a tag was clicked."""
        self.tags.take_off(number)

    def save_draft(self) -> None:
        """Dismiss with what the fields hold; text left in the tag field is a tag too."""
        if self.tags.next.value.strip():
            self.tags.add()
        self.dismiss(AnnotationDraft(tuple(self.tags.tags), self.note.text.strip("\n"), self.color.slot))

    def leave_unsaved(self) -> None:
        """Dismiss with nothing; what the fields hold is on the clipboard."""
        below = self.app.screen_stack[-2]
        tags = " ".join(f"#{tag}" for tag in self.tags.tags)
        words = "\n".join(part for part in (self.note.text.strip("\n"), tags) if part)
        way = f"; it is copied {copy_text(self.app, words)}" if words else ""
        self.dismiss(None)
        if isinstance(below, KeyedScreen):
            below.say(f"Left without saving{way}.", "error")


def visible_note(note: str) -> str:
    """A note as a field can show it: line breaks stay, what could act on a terminal is visible."""
    return "\n".join(visible(line) for line in note.split("\n"))


@editor_commands("add_tag_or_save")
def add_tag_or_save(screen: AnnotationEditor, stroke: Stroke) -> None:
    """Give the tag; on the empty line, or on the colors, save."""
    if screen.focused is screen.tags.next and screen.tags.add():
        return
    screen.save_draft()


@editor_commands("next_suggestion")
def next_suggestion(screen: AnnotationEditor, stroke: Stroke) -> None:
    """Choose the suggestion below."""
    screen.tags.choose(1)


@editor_commands("previous_suggestion")
def previous_suggestion(screen: AnnotationEditor, stroke: Stroke) -> None:
    """Choose the suggestion above, or none."""
    screen.tags.choose(-1)


@editor_commands("save", "save_and_close")
def save(screen: AnnotationEditor, stroke: Stroke) -> None:
    """Save and close; the key that leaves a note does not save again what could not be saved."""
    if screen.unsaved and stroke.action == "save_and_close":
        screen.leave_unsaved()
    else:
        screen.save_draft()


@editor_commands("cancel")
def cancel(screen: AnnotationEditor, stroke: Stroke) -> None:
    """Leave; a note that was written is never thrown away, so it is saved with the tags there were."""
    if screen.unsaved:
        screen.leave_unsaved()
    elif screen.note.text.strip("\n") != screen.draft.note:
        draft = screen.draft
        screen.dismiss(AnnotationDraft(draft.tags, screen.note.text.strip("\n"), draft.color or 1))
    else:
        screen.dismiss(None)


__all__ = ["AnnotationDraft", "AnnotationEditor"]
