"""The screen all others build on: keys become commands, changes of the library go to the writing thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.css.query import NoMatches
from textual.screen import Screen

from newstui.errors import NewstuiError
from newstui.ui.actions import ACTIONS, describe_action, parse_steps
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, KeyBuffer, Miss, Pending, Stroke
from newstui.ui.messages import LibraryChanged, WriteSettled
from newstui.ui.widgets.article_view_cursor import show_terminal_cursor
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.services.exporting import Choice

T = TypeVar("T")
R = TypeVar("R")

PROMPT_HINTS = ("open_result", "next_result", "cancel", "help")
"""What the footer shows while a row is typed into."""
LEAST = (20, 6)
"""Columns and rows below which nothing can be shown."""
WHICH_KEY_AFTER = 0.4
"""Seconds after an unfinished sequence until what may follow is listed."""
MOST_REPEATS = 100
"""How often a macro is done at most, whatever its count."""
SIGNS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "↵", "escape": "esc", "space": "space",
    "pagedown": "pgdn", "pageup": "pgup", "backspace": "bksp", "<c>": "…",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as footer and help show it."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    return SIGNS.get(key, key)


def shown_keys(keys: Iterable[str]) -> str:
    """A sequence as footer and help show it: `g l` as `gl`."""
    return "".join(shown_key(key) for key in keys)


def key_name(event: events.Key) -> str:
    """A key as the keymap names it: the character it types, else Textual's name."""
    return event.character if event.is_printable and event.character not in (None, " ") else event.key


class KeyedScreen(Screen[R]):
    """A screen whose keys come from the keymap.

    A subclass gives its `key_context`, names its `commands` and the actions its footer shows (`hints`), and composes a
    `StatusLine` and a `KeyHints` if it has rows for them.
    """

    DEFAULT_CSS = """
    KeyedScreen { layers: default popup; }
    KeyedScreen > #too-small { display: none; }
    KeyedScreen.-tiny > * { display: none; }
    KeyedScreen.-tiny > #too-small { display: block; height: 1fr; }
    """
    commands: ClassVar[Commands[Any]]
    hints: ClassVar[tuple[str, ...]] = ()
    waiting_groups: ClassVar[frozenset[str]] = frozenset({"mark", "list", "article"})
    """Groups of actions that wait until the change before them is on the disk and shown: they are for what it made."""
    BINDINGS: ClassVar[list[object]] = []  # type: ignore[assignment]  # all keys come from the keymap

    def __init__(self, desk: Desk, context: str) -> None:
        super().__init__()
        self.desk = desk
        self._key_context = context
        self._buffer = KeyBuffer(desk.keymap.tree(context), typing=context in desk.keymap.typing)
        self._waiting = 0
        self._progress = ""
        self.saving = 0
        """How many changes are on their way to the disk."""
        self._ahead: list[Stroke] = []
        """What waits for them, and what was typed behind that."""

    # -- keys

    @property
    def key_context(self) -> str:
        """The context of the keymap that holds now."""
        return self._key_context

    @key_context.setter
    def key_context(self, context: str) -> None:
        if context == self._key_context:
            return
        self._key_context = context
        self._buffer = KeyBuffer(self.desk.keymap.tree(context), typing=context in self.desk.keymap.typing)
        self.show_hints()

    def on_key(self, event: events.Key) -> None:
        """Feed the key to the buffer, and do what it completes."""
        answer = self._buffer.feed(key_name(event))
        if isinstance(answer, Miss) and not answer.typed:
            if event.character is not None and event.is_printable and self.type_ahead(event.character):
                event.stop()
                event.prevent_default()
            return
        event.stop()
        event.prevent_default()
        status = self.status
        if status is not None:
            status.hush()
            status.typed = answer.typed if isinstance(answer, Pending) else ""
        self._show_following(isinstance(answer, Pending))
        if isinstance(answer, Stroke):
            self.do_stroke(answer)
        elif isinstance(answer, Miss):
            self.say(f"{answer.typed} is bound to nothing here; ? lists all keys.")

    def only_moves(self, event: events.Key) -> bool:
        """Whether a key that comes now only moves something, so that it opens and closes no screen."""
        action = None if self._buffer.typed else self._buffer.tree.action((key_name(event),))
        return action in ACTIONS and ACTIONS[action].group == "move"

    def type_ahead(self, character: str) -> bool:
        """Give a character that no field has taken yet to the prompt that is opening; whether there is one."""
        for prompt in self.query("PromptRow"):
            prompt.type_ahead(character)  # type: ignore[attr-defined]  # imported when it is opened
            return True
        return False

    def _show_following(self, pending: bool) -> None:
        """After a moment, list what may follow the keys typed so far; close the list when they are complete."""
        self._waiting += 1
        for pane in self.query("WhichKey"):
            pane.remove()
        keys = self._buffer.keys
        if pending and keys:
            waiting = self._waiting
            self.set_timer(WHICH_KEY_AFTER, lambda: self._open_which_key(waiting, keys))

    def _open_which_key(self, waiting: int, keys: tuple[str, ...]) -> None:
        if waiting != self._waiting or self._buffer.keys != keys:
            return
        from newstui.ui.widgets.which_key import WhichKey

        following = self._buffer.tree.following(keys)
        self.mount(WhichKey([(shown_keys(rest), describe_action(action).short) for rest, action in following]))

    def do_stroke(self, stroke: Stroke) -> None:
        """Run a command now or after the change before it; an error a user can help becomes a sentence."""
        if self._ahead or (self.saving and describe_action(stroke.action).group in self.waiting_groups):
            self._ahead.append(stroke)
        else:
            self.run_stroke(stroke)

    @property
    def is_waiting(self) -> bool:
        """Whether a command waits for the change before it."""
        return bool(self._ahead)

    def run_stroke(self, stroke: Stroke) -> None:
        """Run a command at once."""
        if stroke.action not in ACTIONS:
            self._do_macro(stroke)
            return
        handler = self.commands.find(stroke.action)
        if handler is None:
            self.say(f"{ACTIONS[stroke.action].title}: not on this screen.")
            return
        try:
            handler(self, stroke)
        except NewstuiError as error:
            self.say(str(error), "error")

    def _do_macro(self, stroke: Stroke) -> None:
        """Do the steps of a macro, as often as the count says; the steps are a user's own, so they may be wrong."""
        steps = parse_steps(stroke.action)
        unknown = [step.action for step in steps if step.action not in ACTIONS]
        if unknown:
            self.say(f"There is no command {unknown[0]!r}.", "error")
            return
        for _ in range(min(stroke.times, MOST_REPEATS)):
            for step in steps:
                self.do_stroke(Stroke(step.action, step.count, step.argument))

    def action_do(self, name: str) -> None:
        """Run a command by name: for clicks on hints, and the palette."""
        self.do_stroke(Stroke(name))

    # -- the rows at the bottom

    @property
    def status(self) -> StatusLine | None:
        """The status row, if this screen has one."""
        try:
            return self.query_one(StatusLine)
        except NoMatches:
            return None

    def say(self, message: str, tone: str = "info") -> None:
        """Show a sentence in the status row, until the next key."""
        if self.status is not None:
            self.status.say(message, tone)

    def say_progress(self, words: str) -> None:
        """Show how far a worker is, or that it has done with ""; never over something else that was said."""
        status = self.status
        if status is not None and status.message in ("", self._progress):
            status.say(words)
            self._progress = words

    def tell(self, sentence: str | None) -> None:
        """Show what a dialog that was closed has to say."""
        if sentence:
            self.say(sentence, "ok")

    def to_export(self) -> dict[str, Choice]:
        """What an export from here may be for, by what it is called, the likeliest first."""
        return {}

    def to_pipe(self) -> dict[str, str]:
        """The texts that can be handed to a command from here, by what they are called, the likeliest first."""
        return {}

    def show_hints(self) -> None:
        """Fill the footer from the keymap: the first binding of each action in `hints`."""
        tree = self.desk.keymap.tree(self.key_context)
        rows = []
        for action in self.footer_actions():
            bound = tree.keys_for(action)
            if bound:
                rows.append((shown_keys(bound[0]), describe_action(action).short, action))
        for footer in self.query(KeyHints):
            footer.hints = tuple(rows)

    def footer_actions(self) -> Iterable[str]:
        """The actions to show now; may depend on `key_context`."""
        return PROMPT_HINTS if self.key_context == "filterbox" else self.hints

    def on_resize(self, event: events.Resize) -> None:
        """Below `LEAST` one line says that this is too small."""
        tiny = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if tiny and not self.query("#too-small"):
            from textual.widgets import Static

            self.mount(Static(f"Too small: newstui needs {LEAST[0]}x{LEAST[1]}.", id="too-small", markup=False))
        self.set_class(tiny, "-tiny")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The real cursor stands in the field that is typed into, for those who follow it by ear or by touch."""
        field = event.widget

        def place() -> None:
            offset = getattr(field, "cursor_screen_offset", None)  # what a line and an area to type into both have
            if offset is not None and field.has_focus:
                self.app.cursor_position = offset
                show_terminal_cursor(self.app, True)
                field.refresh()

        if hasattr(field, "cursor_screen_offset"):
            self.call_after_refresh(place)

    def on_mount(self) -> None:
        """Show the footer; nothing blinks."""
        self.show_hints()
        for field in self.query("Input, TextArea"):
            field.cursor_blink = False  # type: ignore[attr-defined]  # both kinds of field have it

    # -- changes

    def save(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Change the library on the writing thread; show `saving`, then `saved` or why not.

        Args:
            work: runs on the writing thread; touches services only.
            then: runs on this thread with the result, after it is on the disk.
            failed: runs on this thread if it did not get there, to give back what was typed or selected.
        """
        self.saving += 1
        if self.status is not None:
            self.status.saved = "saving"
        future = self.desk.write(work)
        future.add_done_callback(lambda done: self.post_message(WriteSettled(done, then, failed)))

    def on_write_settled(self, message: WriteSettled) -> None:
        """Show that the change is on the disk, or why it is not."""
        try:
            self._report_write(message)
        finally:
            self.saving -= 1
            waiting, self._ahead = self._ahead, []
            for stroke in waiting:
                self.do_stroke(stroke)

    def _report_write(self, message: WriteSettled) -> None:
        error = message.done.exception()
        if error is None:
            if self.status is not None:
                self.status.saved = "saved"
            if message.then is not None:
                message.then(message.done.result())
            return
        if not isinstance(error, NewstuiError):
            raise error
        if self.status is not None:
            self.status.saved = "NOT SAVED"
        if message.failed is not None:
            message.failed()
        self.say(str(error), "error")

    def on_library_changed(self, message: LibraryChanged) -> None:
        """Show what changed; screens that show library data override it."""
