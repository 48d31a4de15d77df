"""One row of choices of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from newstui.text.display import visible


class ChoiceRow(Widget, can_focus=True):
    """A label and some words; arrows, `h`, `l` and clicks choose, and the chosen one stands in brackets."""

    DEFAULT_CSS = """
    ChoiceRow { height: 1; color: $text-muted; }
    ChoiceRow:focus { background: $panel; color: $foreground; }
    ChoiceRow > .choice-row--chosen { color: $foreground; text-style: bold; }
    """
    COMPONENT_CLASSES = {"choice-row--chosen"}  # noqa: RUF012  # Textual's own name and type

    chosen: reactive[int] = reactive(0, layout=False)

    class Changed(Message):
        """Another one holds."""

    def __init__(self, label: str, choices: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._label = label
        self.choices = choices

    @property
    def value(self) -> str:
        """The word that holds."""
        return self.choices[self.chosen]

    def render(self) -> Content:
        """The row."""
        style = self.get_visual_style("choice-row--chosen")
        parts = [Content(f"{self._label:<10} ")]
        for number, word in enumerate(map(visible, self.choices)):
            parts.append(Content.styled(f"[{word}]", style) if number == self.chosen else Content(f" {word} "))
        return Content("").join(parts)

    def _choose(self, number: int) -> None:
        number = max(0, min(len(self.choices) - 1, number))
        if number != self.chosen:
            self.chosen = number
            self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Arrows."""
        step = {"left": -1, "h": -1, "right": 1, "l": 1, "space": 1}.get(event.key)
        if step is not None:
            event.stop()
            event.prevent_default()
            self._choose(self.chosen + step)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        at = 11
        for number, word in enumerate(self.choices):
            if at <= event.x < at + len(word) + 2:
                self._choose(number)
            at += len(word) + 2
