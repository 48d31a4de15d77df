"""A one-row field with a label, for find and filter; import it when it is opened, for it imports `Input`."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from newstui.text.display import visible


@dataclass
class PromptChanged(Message):
    """The text of a prompt changed; `text` is what it holds now."""

    prompt: PromptRow
    text: str

    @property
    def control(self) -> PromptRow:
        """The prompt, for `@on(PromptChanged, "#id")`."""
        return self.prompt

    def can_replace(self, message: Message) -> bool:
        """Only the newest text counts."""
        return isinstance(message, PromptChanged) and message.prompt is self.prompt


@dataclass
class PromptSubmitted(Message):
    """Enter was pressed in a prompt, where the keymap has not taken it."""

    prompt: PromptRow
    text: str

    @property
    def control(self) -> PromptRow:
        """The prompt, for `@on(PromptSubmitted, "#id")`."""
        return self.prompt


@dataclass
class PromptLeft(Message):
    """A prompt lost the focus."""

    prompt: PromptRow

    @property
    def control(self) -> PromptRow:
        """The prompt, for `@on(PromptLeft, "#id")`."""
        return self.prompt


class _Field(Input):
    """The field itself; it reports through the row around it."""

    def on_blur(self, event: events.Blur) -> None:
        """Tell the row."""
        self.post_message(PromptLeft(self.row))

    @property
    def row(self) -> PromptRow:
        """The row around it."""
        row = self.parent
        assert isinstance(row, PromptRow)
        return row


class PromptRow(Widget):
    """A label, a one-row field, and room for a remark such as `3/118` on the right.

    Mount it when it is needed and `remove()` it afterwards. Keys that the field does not take (enter, arrows, escape)
    reach the screen, whose keymap context should be `findbox` or `filterbox` meanwhile. Posts `PromptChanged` while
    typing, `PromptSubmitted` on an enter that no keymap took, and `PromptLeft` when the field loses the focus.
    """

    DEFAULT_CSS = """
    PromptRow { height: 1; layout: horizontal; background: $surface; }
    PromptRow > .prompt--label { width: auto; height: 1; padding: 0 0 0 1; color: $foreground; text-style: bold; }
    PromptRow > .prompt--remark { width: 28; height: 1; padding: 0 1; color: $text-muted; text-align: right; }
    PromptRow > _Field, PromptRow > _Field:focus {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; color: $foreground;
        background-tint: $foreground 0%;
    }
    """

    def __init__(self, label: str, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._label = label
        self._field = _Field(visible(text), placeholder=placeholder, compact=True, select_on_focus=False)
        self._field.cursor_blink = False
        self._remark = Static("", markup=False, classes="prompt--remark")

    def compose(self) -> ComposeResult:
        """Label, field, remark."""
        yield Static(Content(visible(self._label)), classes="prompt--label")
        yield self._field
        yield self._remark

    def on_mount(self) -> None:
        """Take the focus, with the cursor behind what is there."""
        self._field.cursor_position = len(self._field.value)
        self._field.focus()

    @property
    def text(self) -> str:
        """What the field holds."""
        return self._field.value

    @text.setter
    def text(self, text: str) -> None:
        self._field.value = visible(text)
        self._field.cursor_position = len(self._field.value)

    def remark(self, text: str) -> None:
        """Say something short at the right end, such as how many match."""
        self._remark.update(Content(visible(text)), layout=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report what was typed."""
        event.stop()
        self.post_message(PromptChanged(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Report an enter."""
        event.stop()
        self.post_message(PromptSubmitted(self, event.value))
