"""Moving either end of a highlight: by a key at once, by any motion, or by dragging it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.model import Annotation, Span
from newstui.text import motions
from newstui.text.graphemes import cluster_at
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import annotation_here, deselect, settle, words_in
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

NONE_HERE = "There is no highlight here; ]a goes to the next."
Step = Callable[[str, Span, int], Span]


def _end_forward(text: str, span: Span, count: int) -> Span:
    return Span(span.start, cluster_at(text, motions.word_end(text, span.end - 1, count))[1])


def _end_back(text: str, span: Span, count: int) -> Span:
    reached = span.end
    for _ in range(count):
        word = motions.word_backward(text, motions.left(text, reached))
        before = motions.object_at(text, motions.left(text, word), "word")
        if before is None or before.end <= span.start or word <= span.start:
            break
        reached = before.end
    return Span(span.start, reached)


def _start_back(text: str, span: Span, count: int) -> Span:
    return Span(motions.word_backward(text, span.start, count), span.end)


def _start_forward(text: str, span: Span, count: int) -> Span:
    reached = motions.word_forward(text, span.start, count)
    return Span(reached, span.end) if reached < span.end else span


def _end_right(text: str, span: Span, count: int) -> Span:
    return Span(span.start, cluster_at(text, motions.right(text, span.end - 1, count))[1])


def _end_left(text: str, span: Span, count: int) -> Span:
    last = motions.left(text, span.end - 1, count)
    return Span(span.start, cluster_at(text, last)[1]) if last >= span.start else span


STEPS: dict[str, Step] = {
    "end_word_later": _end_forward,
    "end_word_earlier": _end_back,
    "start_word_earlier": _start_back,
    "start_word_later": _start_forward,
    "end_later": _end_right,
    "end_earlier": _end_left,
}
"""From a text, the span of a highlight and a count to its new span, which is never empty."""


@reader_commands(*STEPS)
def step(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move an end of the highlight here by words or characters, and save it."""
    here = annotation_here(screen)
    if here is None:
        screen.say(NONE_HERE)
        return
    view = screen.view
    span = STEPS[stroke.action](view.text, here.span, stroke.times)
    if span == here.span:
        screen.say("The highlight cannot be moved further that way.")
    else:
        save(screen, here, span)


@reader_commands("edit_bounds")
def edit_bounds(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the highlight here, so that its ends can be moved by any motion; enter saves them."""
    here = annotation_here(screen)
    if here is None:
        screen.say(NONE_HERE)
        return
    screen.view.select(here.span)
    screen.editing_bounds = here.id
    screen.say("Move this end by any motion, o the other; enter saves, esc leaves it as it was.")


def save_edited(screen: ReaderScreen) -> None:
    """Give the highlight whose ends were moved the selection."""
    annotation = screen.desk.workspace.store.find(Annotation, screen.editing_bounds)
    if annotation is not None and screen.view.selection is not None:
        save(screen, annotation, screen.view.selection)


def save(screen: ReaderScreen, annotation: Annotation, span: Span) -> None:
    """Give a highlight other ends; the cursor stays in it, so that the next key is for it again."""
    annotating = screen.desk.workspace.annotating
    done = settle(screen, f"The highlight has {words_in(screen, span)} now.")
    again = deselect(screen)

    def then(changed: Annotation) -> None:
        done(changed)
        if screen.view.cursor not in changed.span:
            inside = changed.span.start if screen.view.cursor < changed.span.start else changed.span.end - 1
            screen.view.move_to(inside)

    screen.save(lambda: annotating.change(annotation.id, span=span), then, again)
