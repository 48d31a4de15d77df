"""Selecting: by motions, by units of the text, by growing and shrinking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.model import Span
from newstui.text import motions
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.general import general_commands
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.viewing import set_zen

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

UNITS: dict[str, tuple[str, Callable[[str, int, str], Span | None]]] = {
    **{f"object_{unit}": (unit, motions.inner_at) for unit in ("word", "sentence", "paragraph", "quotation")},
    **{f"around_{unit}": (unit, motions.around_at) for unit in ("word", "sentence", "paragraph", "quotation")},
    "select_sentence": ("sentence", motions.object_at),
}
"""Which unit an action selects, and how it is found."""


@reader_commands("select_chars")
def start(screen: ReaderScreen, stroke: Stroke) -> None:
    """Begin to select at the cursor."""
    screen.grown.clear()
    screen.view.start_selecting()


@reader_commands(*UNITS)
def select_unit(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the unit at the cursor, and with a count so many of them."""
    view = screen.view
    unit, find = UNITS[stroke.action]
    span = find(view.text, view.cursor, unit)
    if span is None:
        screen.say(f"There is no {unit} here.")
        return
    for _ in range(stroke.times - 1):
        after = next_unit_after(view.text, span, unit, find)
        if after is None:
            break
        span = Span(span.start, after.end)
    screen.grown.clear()
    screen.unit = unit
    view.select(span)


def next_unit_after(
    text: str, span: Span, unit: str, find: Callable[[str, int, str], Span | None] = motions.object_at
) -> Span | None:
    """The unit that follows a range, or None at the end."""
    step = {"word": motions.word_forward, "sentence": motions.next_sentence}.get(unit, motions.next_paragraph)
    after = find(text, step(text, max(span.start, span.end - 1), 1), unit)
    return after if after is not None and after.end > span.end else None


@reader_commands("next_unit")
def extend_by_unit(screen: ReaderScreen, stroke: Stroke) -> None:
    """Take the next unit into the selection too: of the kind that was selected last."""
    view = screen.view
    for _ in range(stroke.times):
        before = view.selection
        after = next_unit_after(view.text, before, screen.unit) if before is not None else None
        if before is None or after is None:
            return
        view.select(Span(before.start, after.end))


@reader_commands("find_char", "repeat_find")
def to_char(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move to the next place of a character in the paragraph, or to the one after it."""
    screen.sought = stroke.argument or screen.sought
    if not screen.sought:
        screen.say("Type the character after f.")
        return
    view = screen.view
    reached = motions.find_char(view.text, view.cursor, screen.sought, stroke.times)
    if reached == view.cursor:
        screen.say(f"There is no {screen.sought} further on in this paragraph.")
    view.move_to(reached)


@reader_commands("object_entity", "around_entity")
def select_entity(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the marked name at the cursor, also with the blank round it."""
    found = screen.view.marks.mentions.at(screen.view.cursor)
    if not found:
        screen.say("There is no marked name here; ]e goes to the next.")
        return
    start, end, _ = found[-1]
    span = Span(start, end)
    screen.grown.clear()
    screen.view.select(motions.around(screen.view.text, span, "word") if stroke.action == "around_entity" else span)


@reader_commands("swap_end")
def swap(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move the other end from now on."""
    screen.view.swap_ends()


@reader_commands("expand_selection")
def grow(screen: ReaderScreen, stroke: Stroke) -> None:
    """Grow to word, sentence, quotation, paragraph, text."""
    view = screen.view
    for _ in range(stroke.times):
        before = view.selection
        if before is None:
            return
        after = motions.grow(view.text, before)
        if after == before:
            return
        screen.grown.append(before)
        view.select(after)


@reader_commands("shrink_selection")
def shrink(screen: ReaderScreen, stroke: Stroke) -> None:
    """Take back the last growth, or shrink to the next smaller unit."""
    view = screen.view
    for _ in range(stroke.times):
        if view.selection is None:
            return
        if screen.grown and view.selection.covers(screen.grown[-1]):
            view.select(screen.grown.pop())
        else:
            screen.grown.clear()
            view.select(motions.shrink(view.text, view.selection, view.cursor))


@reader_commands("cancel")
def cancel(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select nothing; else leave the find box, forget the hits, or leave zen."""
    view = screen.view
    if screen.finding.prompt is not None:
        screen.finding.cancel()
    elif view.selection is not None:
        if screen.every:
            screen.finding.forget()
        view.select(None)
    elif view.marks.hits:
        screen.finding.forget()
    elif view.zen:
        set_zen(screen, False)
    else:
        fallback = general_commands.find("cancel")
        if fallback is not None:
            fallback(screen, stroke)
