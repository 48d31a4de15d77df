"""A letter on every sentence in sight, so that any of them can be meant by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.model import Span
from newstui.text import motions
from newstui.ui.dispatch import Stroke
from newstui.ui.keymap import WILDCARD
from newstui.ui.screens.reader.annotating import create, open_editor
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.keymap import KeyTree
    from newstui.ui.screens.reader.screen import ReaderScreen

LETTERS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
LABELED = frozenset({"tag_by_letter", "highlight_by_letter", "goto_by_letter"})
"""Actions that take the letter of a sentence."""


def sentences_in_sight(screen: ReaderScreen) -> list[Span]:
    """The sentences of the rows that are shown, from the first that is not wholly above."""
    view = screen.view
    low, high = view.offsets_shown()
    found: list[Span] = []
    at: int | None = low
    while at is not None and at < high and len(found) < len(LETTERS):
        sentence = motions.object_at(view.text, at, "sentence")
        if sentence is not None and sentence.end > low and (not found or sentence.start > found[-1].start):
            found.append(sentence)
        following = motions.next_sentence(view.text, at)
        at = following if following > at else None
    return found


def show_labels(screen: ReaderScreen, tree: KeyTree, keys: tuple[str, ...]) -> None:
    """Draw the letters while one of them may follow the keys typed so far, and take them away after it."""
    wanted = bool(keys) and tree.action((*keys, WILDCARD)) in LABELED
    labels = {}
    if wanted:
        low, _ = screen.view.offsets_shown()
        spans = sentences_in_sight(screen)
        labels = {max(low, span.start): letter for span, letter in zip(spans, LETTERS, strict=False)}
    if labels != screen.view.marks.labels:
        screen.view.marks.set_labels(labels)
        screen.view.remark()


@reader_commands(*LABELED)
def act_on_label(screen: ReaderScreen, stroke: Stroke) -> None:
    """Tag or highlight the sentence with a letter, or put the cursor there."""
    spans = sentences_in_sight(screen)
    number = LETTERS.find(stroke.argument) if stroke.argument else -1
    if not 0 <= number < len(spans):
        letter = stroke.argument
        screen.say(f"No sentence in sight has the letter {letter}." if letter else "Type the letter after it.")
        return
    view, span = screen.view, spans[number]
    view.select(None)
    if stroke.action == "goto_by_letter":
        view.move_to(span.start)
    elif stroke.action == "highlight_by_letter":
        view.move_to(span.start)
        create(screen, span, (), "", screen.last_color)
    else:
        view.move_to(span.start)
        known = next(
            (mark.annotation for mark in view.marks_under if (mark.start, mark.end) == (span.start, span.end)), None
        )
        view.highlights.choose(known.id if known else "")
        if known is None:
            view.select(span)
        open_editor(screen, "tags")
