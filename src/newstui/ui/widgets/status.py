"""The two rows at the bottom: where one is or what happened, and what can be done now."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from newstui.text.display import visible

MOST_ROWS = 3
"""Rows that a long error may take."""


class StatusLine(Widget):
    """One row: the place on the left, unfinished keys and the save mark on the right, a message over the place.

    A message stays until the next key. `tone` is `info`, `ok` or `error`; an error also begins with `!`, so that it is
    told apart without color.
    """

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $surface; color: $text-muted; }
    StatusLine.-error { color: $text-error; text-style: bold; }
    StatusLine.-ok { color: $foreground; }
    """

    rows = 1
    place: reactive[str] = reactive("", layout=False)
    message: reactive[str] = reactive("", layout=False)
    typed: reactive[str] = reactive("", layout=False)
    saved: reactive[str] = reactive("", layout=False)

    def say(self, message: str, tone: str = "info") -> None:
        """Show a sentence instead of the place until `hush`."""
        self.set_class(tone == "error", "-error")
        self.set_class(tone == "ok", "-ok")
        said = ("! " if tone == "error" and message else "") + message
        width = max(10, self.size.width - 2)
        self.rows = min(MOST_ROWS, max(1, -(-cell_len(said) // width))) if tone == "error" else 1
        if self.styles.height is None or self.styles.height.value != self.rows:
            self.styles.height = self.rows
        self.message = said

    def hush(self) -> None:
        """Show the place again."""
        if self.message:
            self.say("")

    def render(self) -> Content:
        """The row, cut to the width; an error has up to `MOST_ROWS`."""
        if self.rows > 1 and self.message:
            return Content(f" {visible(self.message)}")
        told = visible(self.message or self.place)
        fits = cell_len(told) + cell_len(f"{self.typed}  {self.saved}") + 4 <= self.size.width
        saved = self.saved if fits or self.saved != "saved" else ""  # an answer is worth more than that all is well
        right = "  ".join(part for part in (self.typed, saved) if part)
        room = max(0, self.size.width - 2 - (cell_len(right) + 2 if right else 0))
        left = set_cell_size(told, room)
        return Content(f" {left}{'  ' + visible(right) if right else ''} ")


class KeyHints(Widget):
    """One row of keys and words: what can be done now. A click on a hint does it."""

    DEFAULT_CSS = "KeyHints { height: 1; background: $panel; color: $text-muted; }"

    hints: reactive[tuple[tuple[str, str, str], ...]] = reactive((), layout=False)
    """Triples of keys as shown, word, and the name of the action a click does."""

    def render(self) -> Content:
        """As many whole hints as fit."""
        parts: list[Content] = []
        room = self.size.width - 1
        for keys, word, action in self.hints:
            width = cell_len(keys) + cell_len(word) + 3
            if width > room:
                break
            room -= width
            parts.append(Content.assemble((keys, "bold $foreground"), f" {word}").stylize_before(_click(action)))
        return Content(" ") + Content("  ").join(parts)


def _click(action: str) -> Style:
    return Style.from_meta({"@click": f"screen.do({action!r})"})
