"""Selecting: by motions, by units of the text, by growing and shrinking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.model import Span
from newstui.text import motions
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.general import general_commands
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.viewing import set_zen

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

UNIT_NAMES = {
    "object_word": "word",
    "object_sentence": "sentence",
    "object_paragraph": "paragraph",
    "object_quotation": "quotation",
    "select_sentence": "sentence",
}


@reader_commands("select_chars")
def start(screen: ReaderScreen, stroke: Stroke) -> None:
    """Begin to select at the cursor."""
    screen.grown.clear()
    screen.view.start_selecting()


@reader_commands(*UNIT_NAMES)
def select_unit(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the unit at the cursor, and with a count so many of them."""
    view = screen.view
    unit = UNIT_NAMES[stroke.action]
    span = motions.object_at(view.text, view.cursor, unit)
    if span is None:
        screen.say(f"There is no {unit} here.")
        return
    for _ in range(stroke.times - 1):
        following = motions.next_sentence if unit == "sentence" else motions.next_paragraph
        step = motions.word_forward if unit == "word" else following
        after = motions.object_at(view.text, step(view.text, max(span.start, span.end - 1), 1), unit)
        if after is None or after.end <= span.end:
            break
        span = Span(span.start, after.end)
    screen.grown.clear()
    view.select(span)


@reader_commands("object_entity")
def select_entity(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the marked name at the cursor."""
    found = screen.view.marks.mentions.at(screen.view.cursor)
    if not found:
        screen.say("There is no marked name here; ]e goes to the next.")
        return
    start, end, _ = found[-1]
    screen.grown.clear()
    screen.view.select(Span(start, end))


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
