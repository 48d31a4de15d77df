"""A one-row field with a label, for find and filter; import it when it is opened, for it imports `Input`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from newstui.text.display import visible

if TYPE_CHECKING:
    from newstui.search.completing import Completion

    Complete = Callable[[str, int], Sequence[Completion]]


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
        row = self.parent.parent if self.parent is not None else None
        assert isinstance(row, PromptRow)
        return row


class PromptRow(Widget):
    """A label, a one-row field, and room for a remark such as `3/118` on the right.

    Mount it when it is needed and `remove()` it afterwards. Keys that the field does not take (enter, arrows, escape)
    reach the screen, whose keymap context should be `findbox` or `filterbox` meanwhile. Posts `PromptChanged` while
    typing, `PromptSubmitted` on an enter that no keymap took, and `PromptLeft` when the field loses the focus.
    """

    DEFAULT_CSS = """
    PromptRow { height: auto; background: $surface; }
    PromptRow > Horizontal { height: 1; }
    PromptRow .prompt--label { width: auto; height: 1; padding: 0 0 0 1; color: $foreground; text-style: bold; }
    PromptRow .prompt--remark { width: 28; height: 1; padding: 0 1; color: $text-muted; text-align: right; }
    PromptRow .prompt--completions { height: 1; padding: 0 1 0 3; color: $text-muted; }
    PromptRow _Field, PromptRow _Field:focus {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; color: $foreground;
        background-tint: $foreground 0%;
    }
    """

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002  # Textual's own name
        complete: Complete | None = None,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._complete = complete
        self._offered: Sequence[Completion] = ()
        self._offered_for = ""
        self._taken = -1
        self._ahead = ""
        self._field = _Field(visible(text), placeholder=placeholder, compact=True, select_on_focus=False)
        self._field.cursor_blink = False
        self._remark = Static("", markup=False, classes="prompt--remark")
        self._remark.display = False  # its room is the field's until something is said
        self._completions = Static("", markup=False, classes="prompt--completions")

    def compose(self) -> ComposeResult:
        """Label, field, remark; below them what the word may become."""
        with Horizontal():
            yield Static(Content(visible(self._label)), classes="prompt--label")
            yield self._field
            yield self._remark
        if self._complete is not None:
            yield self._completions

    def on_mount(self) -> None:
        """Take the focus, with the cursor behind what is there."""
        self.text, self._ahead = self.text, ""
        self._field.focus()

    @property
    def text(self) -> str:
        """What the field holds."""
        return self._field.value + self._ahead

    @text.setter
    def text(self, text: str) -> None:
        self._field.value = visible(text)
        self._field.cursor_position = len(self._field.value)

    def type_ahead(self, character: str) -> None:
        """Take a key that came before the field had the focus."""
        if self.is_mounted:
            self.text += character
        else:
            self._ahead += character

    def remark(self, text: str) -> None:
        """Say something short at the right end, such as how many match."""
        self._remark.update(Content(visible(text)), layout=False)
        if text and not self._remark.display:
            self._remark.display = True

    def take_completion(self) -> None:
        """Complete the word before the cursor; again for the next one that may be meant."""
        if self._complete is not None and self._offered_for != self._field.value:
            self._offer(self._field.value, self._complete(self._field.value, self._field.cursor_position))
        if not self._offered:
            return
        self._taken += 1
        chosen = self._offered[self._taken % len(self._offered)]
        before = self._offered[(self._taken - 1) % len(self._offered)] if self._taken else None
        end = chosen.end if before is None else chosen.start + len(before.text)
        value = self._field.value
        with self.prevent(Input.Changed):
            self._field.value = value[: chosen.start] + visible(chosen.text) + value[end:]
        self._field.cursor_position = chosen.start + len(visible(chosen.text))
        self._offered_for = self._field.value
        self._show_completions()
        self.post_message(PromptChanged(self, self._field.value))

    def _look_for_completions(self, complete: Complete, text: str, at: int) -> None:
        """Find what the word may become beside the keys: the first time, a whole library is counted for it."""

        def work() -> None:
            offered = complete(text, at)
            self.app.call_from_thread(self._offer, text, offered)

        self.run_worker(work, thread=True, exclusive=True, group="completions")

    def _offer(self, text: str, offered: Sequence[Completion]) -> None:
        """Show completions, if they are still for what the field holds."""
        if text == self._field.value:
            self._offered, self._offered_for, self._taken = offered, text, -1
            self._show_completions()

    def _show_completions(self) -> None:
        """The completions in a row, the next one to be taken first."""
        first = (self._taken + 1) % len(self._offered) if self._offered else 0
        shown = [*self._offered[first:], *self._offered[:first]]
        told = "   ".join(f"{each.text.strip()} {each.told}".strip() for each in shown)
        self._completions.update(Content(visible(f"⇥ {told}" if told else "")), layout=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report what was typed, and offer what the word may become."""
        event.stop()
        if self._complete is not None:
            self._look_for_completions(self._complete, event.value, self._field.cursor_position)
        self.post_message(PromptChanged(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Report an enter."""
        event.stop()
        self.post_message(PromptSubmitted(self, event.value))
