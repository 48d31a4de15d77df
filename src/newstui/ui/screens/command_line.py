"""The line to type a command into, at the bottom of the screen that it is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from newstui.errors import UsageError
from newstui.search.completing import Completion
from newstui.services.catalog import SORT_KEYS
from newstui.ui.actions import ACTIONS, Action
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.dialog import DialogScreen
from newstui.ui.typed_commands import Offer, offer_commands, offer_values, parse_command
from newstui.ui.widgets.prompt import PromptRow
from newstui.ui.widgets.status import KeyHints, StatusLine

line_commands: Commands[CommandLine] = Commands()


def commands_of(screen: KeyedScreen[Any]) -> dict[str, Action]:
    """What can be done on a screen, by name; the keys of fields are not commands."""
    return {
        name: action
        for name, action in ACTIONS.items()
        if action.group != "field" and screen.commands.find(name) is not None and name != "command_line"
    }


class CommandLine(DialogScreen[Stroke | None]):
    """Asks for a command and dismisses with it, or with None.

    Args:
        desk: what the screens work with.
        known: the commands of the screen that it is for.
        line: typed already.
    """

    DEFAULT_CSS = """
    CommandLine { align: left bottom; background: transparent; }
    """
    commands = line_commands
    hints: ClassVar[tuple[str, ...]] = ("open_result", "complete_query", "next_result", "cancel", "help")

    def __init__(self, desk: Desk, known: Mapping[str, Action], line: str = "") -> None:
        super().__init__(desk, "filterbox")
        self.known = known
        self.recalled = -1
        self.prompt = PromptRow(":", line, placeholder="a command, 42, 40%", complete=self._complete)

    def compose(self) -> ComposeResult:
        """What was said, the line, the keys."""
        yield StatusLine()
        yield self.prompt
        yield KeyHints()

    def footer_actions(self) -> Iterable[str]:
        """The keys of the line."""
        return self.hints

    def _complete(self, line: str, at: int) -> Sequence[Completion]:
        """Names of commands, then what the command takes."""
        name, blank, argument = line[:at].lstrip().partition(" ")
        start = at - len(name)
        if not blank:
            return [Completion(start, at, each.text, each.told) for each in offer_commands(name, self.known)]
        try:
            takes = self.known[parse_command(name, self.known).action].takes
        except (UsageError, KeyError):
            return []
        start = at - len(argument)
        if takes == "query":
            found = self.desk.workspace.completing.complete(argument, len(argument))
            return [Completion(start + each.start, start + each.end, each.text, each.told) for each in found]
        if takes == "tags":
            start = at - len(argument.rpartition(",")[2].lstrip().lstrip("-"))
        return [Completion(start, at, each.text, each.told) for each in self._values(takes, line[start:at])]

    def _values(self, takes: str, typed: str) -> Sequence[Offer]:
        if takes == "theme":
            return offer_values(typed, [Offer(name, "") for name in sorted(self.desk.themes.files)])
        if takes == "order":
            words, _, last = typed.rpartition(" ")
            minus, keys = "-" if last.startswith("-") else "", [key for key in SORT_KEYS if key not in words]
            offers = offer_values(last.lstrip("-"), [Offer(key, "") for key in keys])
            return [Offer(f"{words} {minus}{each.text}".strip(), each.told) for each in offers]
        if takes == "tags":
            return [Offer(tag.name, f"{tag.count or 'new'}") for tag in self.desk.workspace.tagging.suggest(typed)]
        return []

    def on_prompt_submitted(self) -> None:
        """Enter gives the command, also where the keymap leaves it to the field."""
        give(self, Stroke("open_result"))


@line_commands("open_result")
def give(screen: CommandLine, stroke: Stroke) -> None:
    """Give the command; what is not understood is said, and can be mended."""
    line = screen.prompt.text
    if not line.strip():
        screen.dismiss(None)
        return
    try:
        command = parse_command(line, screen.known)
    except UsageError as error:
        screen.say(str(error), "error")
        return
    screen.desk.workspace.command_history.add(line)
    screen.dismiss(command)


@line_commands("complete_query")
def complete(screen: CommandLine, stroke: Stroke) -> None:
    """Complete the word that is being typed."""
    screen.prompt.take_completion()


@line_commands("previous_result", "next_result")
def recall(screen: CommandLine, stroke: Stroke) -> None:
    """Take the command before the one shown, or the one after it."""
    lines = screen.desk.workspace.command_history.all()
    if not lines:
        screen.say("No command was given yet.")
        return
    step = 1 if stroke.action == "previous_result" else -1
    screen.recalled = max(-1, min(screen.recalled + step, len(lines) - 1))
    screen.prompt.text = lines[screen.recalled] if screen.recalled >= 0 else ""


@line_commands("cancel", "close_or_quit")
def leave(screen: CommandLine, stroke: Stroke) -> None:
    """Give none."""
    screen.dismiss(None)


@line_commands("help")
def list_commands(screen: CommandLine, stroke: Stroke) -> None:
    """List what can be typed here."""
    begun = screen.prompt.text.split(" ")[0]
    offers = offer_commands(begun, screen.known, limit=len(screen.known))
    screen.say(", ".join(offer.text for offer in offers) or f"No command holds {begun!r}.")


def ask_command(screen: KeyedScreen[Any]) -> None:
    """Open the line over a screen, and do there what is typed into it."""

    def done(command: Stroke | None) -> None:
        if command is not None:
            screen.do_stroke(command)

    screen.app.push_screen(CommandLine(screen.desk, commands_of(screen)), done)
