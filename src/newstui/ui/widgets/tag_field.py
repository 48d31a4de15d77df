"""One line of tags: those given, as chips, and a field for the next, with suggestions below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from newstui.services.tagging import Suggestion
from newstui.text.display import visible
from newstui.ui.widgets.virtual_list import fit

REASONS = {
    "alike": "similar passages",
    "recent": "used last",
    "fuzzy": "similar",
    "within": "holds it",
    "new tag": "new tag",
}


class TagsChanged(Message):
    """Tags were given or taken, or something was typed."""


class SuggestionClicked(Message):
    """A suggestion was clicked; it is the chosen one now."""


class _Next(Input):
    """The field for the next tag; backspace on the empty field takes the last tag back into it."""

    def action_delete_left(self) -> None:
        """Delete a letter, or take the last tag."""
        field = self.parent.parent if self.parent is not None else None
        if not self.value and isinstance(field, TagField) and field.tags:
            field.take_back()
        else:
            super().action_delete_left()


class Suggestions(Widget):
    """The tags that may be meant; one of them is chosen."""

    DEFAULT_CSS = """
    Suggestions { height: 5; margin: 0 0 0 7; color: $text-muted; }
    Suggestions > .suggestions--chosen { background: $cursor-row; color: $foreground; }
    """
    COMPONENT_CLASSES = {"suggestions--chosen"}  # noqa: RUF012  # Textual's own name and type

    items: reactive[tuple[Suggestion, ...]] = reactive((), layout=False)
    chosen: reactive[int] = reactive(-1, layout=False)

    def render(self) -> Content:
        """A row each; the chosen one has a sign before it."""
        width = self.size.width
        chosen_style = self.get_visual_style("suggestions--chosen")
        rows = []
        for number, item in list(enumerate(self.items))[self.first_shown : self.first_shown + 5]:
            sign = "▌" if number == self.chosen else " "
            why = REASONS.get(item.reason, "")
            name = f"+ “{item.name}”" if item.reason == "new tag" else f"#{item.name}"
            count = "" if item.reason == "new tag" else f"{item.count:>5}"
            row = f"{sign}{fit(name, max(8, width - 22))} {count}  {why}"
            rows.append(Content.styled(fit(row, width), chosen_style if number == self.chosen else ""))
        return Content("\n").join(rows)

    @property
    def first_shown(self) -> int:
        """The number of the suggestion in the first row."""
        return max(0, min(self.chosen - 4, len(self.items) - 5))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked, and give it."""
        event.stop()
        number = self.first_shown + event.y
        if number < len(self.items):
            self.chosen = number
            self.post_message(SuggestionClicked())


class TagField(Widget):
    """Chips, field and suggestions.

    Args:
        tags: given at first.
        suggest: tags that may be meant by what is typed, given those there are.
        normalize: a tag as it is kept; raises `UsageError` for none.
    """

    DEFAULT_CSS = """
    TagField { height: auto; }
    TagField > Horizontal { height: 1; }
    TagField .tag-field--label { width: 7; height: 1; color: $text-muted; }
    TagField .tag-field--chips { width: auto; max-width: 60%; height: 1; color: $text-secondary; text-style: bold; }
    TagField _Next, TagField _Next:focus { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
    """

    def __init__(
        self,
        tags: Sequence[str],
        suggest: Callable[[str, Sequence[str]], Sequence[Suggestion]],
        normalize: Callable[[str], str],
    ) -> None:
        super().__init__()
        self.tags: list[str] = list(tags)
        self._suggest = suggest
        self._normalize = normalize
        self.chips = Static("", markup=False, classes="tag-field--chips")
        self.next = _Next(placeholder="type a tag, enter adds it", compact=True, select_on_focus=False)
        self.suggestions = Suggestions()

    def compose(self) -> ComposeResult:
        """One row of label, chips and field, then the suggestions."""
        yield Horizontal(Static("Tags", classes="tag-field--label"), self.chips, self.next)
        yield self.suggestions

    def on_mount(self) -> None:
        """Show what is given and what may come."""
        self._show()

    # -- tags

    def add(self) -> bool:
        """Give the chosen suggestion or what is typed; whether there was something to give.

        Raises:
            UsageError: what is typed is no tag.
        """
        chosen = self.suggestions.chosen
        typed = self.next.value.strip()
        if 0 <= chosen < len(self.suggestions.items):
            name = self.suggestions.items[chosen].name
        elif typed:
            name = typed
        else:
            return False
        tag = self._normalize(name)
        if tag not in self.tags:
            self.tags.append(tag)
        self.next.value = ""
        self._show()
        return True

    def take_back(self) -> None:
        """Put the last tag into the field again."""
        self.next.value = self.tags.pop()
        self.next.cursor_position = len(self.next.value)
        self._show()

    def choose(self, step: int) -> None:
        """Choose the next suggestion; before the first there is none chosen."""
        count = len(self.suggestions.items)
        self.suggestions.chosen = max(-1, min(count - 1, self.suggestions.chosen + step))

    def _show(self) -> None:
        room = max(10, int((self.size.width or 60) * 0.55))
        first, used = len(self.tags), 2
        while first and used + cell_len(visible(self.tags[first - 1])) + 3 <= room:
            first -= 1
            used += cell_len(visible(self.tags[first])) + 3
        chips = [
            Content(f"#{visible(tag)}×").stylize(Style.from_meta({"@click": f"screen.remove_tag({number})"}))
            for number, tag in list(enumerate(self.tags))[first:]
        ]
        self.chips.update(Content(" ").join([*([Content("…")] if first else []), *chips, Content("")]))
        self._look()

    def take_off(self, number: int) -> None:
        """Take a tag off."""
        del self.tags[number]
        self._show()

    def _look(self) -> None:
        typed = self.next.value.strip()
        items = tuple(self._suggest(typed, self.tags))
        self.suggestions.items = items
        exact = [n for n, item in enumerate(items) if item.reason == "exact"]
        first_prefix = bool(typed) and bool(items) and items[0].reason == "prefix"
        self.suggestions.chosen = exact[0] if exact else 0 if first_prefix else -1

    def on_suggestion_clicked(self, message: SuggestionClicked) -> None:
        """Give the suggestion that was clicked."""
        message.stop()
        self.add()
        self.next.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what may be meant; a comma gives the tag before it."""
        event.stop()
        if event.value.endswith(",") and event.value.strip(", "):
            self.next.value = event.value.rstrip(", ")
            self.suggestions.chosen = -1
            self.add()
        else:
            self._look()
        self.post_message(TagsChanged())
