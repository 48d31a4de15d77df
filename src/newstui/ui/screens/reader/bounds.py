"""Moving either end of a highlight or of a name: by a key at once, by any motion, or by dragging it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.model import Annotation, Mention, Span
from newstui.text import motions
from newstui.text.graphemes import cluster_at
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import annotation_here, deselect, settle, words_in
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.naming import mention_here

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

NONE_HERE = "There is no highlight here, and no name; ]a and ]e go to the next."
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
    """Move an end of the highlight here, or else of the name, by words or characters, and save it."""
    here = _thing_here(screen)
    if here is None:
        screen.say(NONE_HERE)
        return
    view = screen.view
    span = STEPS[stroke.action](view.text, here.span, stroke.times)
    if span == here.span:
        screen.say("It cannot be moved further that way.")
    else:
        _save(screen, here, span)


@reader_commands("edit_bounds")
def edit_bounds(screen: ReaderScreen, stroke: Stroke) -> None:
    """Select the highlight here, or else the name, so that its ends can be moved by any motion; enter saves them."""
    here = _thing_here(screen)
    if here is None:
        screen.say(NONE_HERE)
    else:
        move_ends(screen, here)


def move_ends(screen: ReaderScreen, thing: Annotation | Mention) -> None:
    """Select a highlight or a name, so that its ends can be moved."""
    screen.view.select(thing.span)
    screen.editing_bounds = thing
    more = ", M elsewhere too" if isinstance(thing, Mention) else ""
    screen.say(f"Move this end by any motion, o the other; enter saves{more}, esc leaves it.")


def _thing_here(screen: ReaderScreen) -> Annotation | Mention | None:
    return annotation_here(screen) or (mention_here(screen) if screen.view.selection is None else None)


def save_edited(screen: ReaderScreen) -> None:
    """Give the highlight or the name whose ends were moved the selection."""
    if screen.editing_bounds is not None and screen.view.selection is not None:
        _save(screen, screen.editing_bounds, screen.view.selection)


def _save(screen: ReaderScreen, thing: Annotation | Mention, span: Span) -> None:
    if isinstance(thing, Annotation):
        save(screen, thing, span)
    else:
        _save_name(screen, thing, span)


def _save_name(screen: ReaderScreen, mention: Mention, span: Span) -> None:
    """Give one mention of a name other ends; it is shown at once, for its names are looked up beside the keys."""
    if not span.overlaps(mention.span):
        screen.say("That is another place; a name keeps some of its own words.", "error")
        return
    view, correcting, article = screen.view, screen.desk.workspace.correcting, screen.article_id
    words = span.slice(view.text)
    again = deselect(screen)

    def then(_: object) -> None:
        view.marks.put_mention(Mention(span, mention.label, None, "user"))
        view.remark()
        if view.cursor not in span:
            view.move_to(span.start if view.cursor < span.start else span.end - 1)
        screen.say(f"The name is {words} here; u takes it back.", "ok")

    screen.save(lambda: correcting.correct_mention("bounds", article, span, label=mention.label), then, again)


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
