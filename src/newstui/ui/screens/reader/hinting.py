"""Hints: letters on what can be gone to or opened on the screen, typed instead of moving there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newstui.text.links import iter_links, link_at
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.labeling import LETTERS
from newstui.ui.screens.reader.viewing import open_address

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen


@dataclass(frozen=True, slots=True)
class Target:
    """Something on the screen: where it begins, and what it is."""

    start: int
    kind: Literal["link", "place"]
    address: str = ""


def targets_in(screen: ReaderScreen, low: int, high: int) -> list[Target]:
    """Links, highlights and marked names that begin in a range, a link before what else begins there."""
    view = screen.view
    found = [Target(link.start, "link", link.slice(view.text)) for link in iter_links(view.text, low, high)]
    places = {mark.start for mark in view.highlights.marks_in(low, high)}
    if view.marks.show_mentions:
        places |= {start for start, _, _ in view.marks.mentions.overlapping(low, high)}
    taken = {target.start for target in found}
    found += [Target(start, "place") for start in places if low <= start < high and start not in taken]
    return sorted(found, key=lambda target: target.start)


@reader_commands("hints")
def show_hints(screen: ReaderScreen, stroke: Stroke) -> None:
    """Put letters on the links, highlights and names on the screen."""
    low, high = screen.view.offsets_shown()
    targets = targets_in(screen, low, high)[: len(LETTERS)]
    if not targets:
        screen.say("There is no link, highlight or name on the screen.")
        return
    screen.hints_open = dict(zip(LETTERS, targets, strict=False))
    show_letters(screen)
    screen.say("Type a letter: a link opens, the cursor goes to the rest; esc leaves.")


def show_letters(screen: ReaderScreen) -> None:
    """Draw the letters, or take them away when none are to be typed."""
    screen.view.marks.set_labels({target.start: letter for letter, target in screen.hints_open.items()})
    screen.view.remark()


def type_hint(screen: ReaderScreen, key: str) -> None:
    """Take the key after the letters were shown."""
    target = screen.hints_open.get(key)
    screen.hints_open = {}
    show_letters(screen)
    if target is None:
        screen.say("" if key == "escape" else f"Nothing on the screen has the letter {key}.")
    elif target.kind == "link":
        open_address(screen, target.address)
    else:
        screen.say("")
        screen.jump(target.start)


@reader_commands("open_link_under_cursor")
def open_link(screen: ReaderScreen, stroke: Stroke) -> None:
    """Open the address under the cursor."""
    link = link_at(screen.view.text, screen.view.cursor)
    if link is None:
        screen.say("There is no address under the cursor; f shows those on the screen.")
    else:
        open_address(screen, link.slice(screen.view.text))
