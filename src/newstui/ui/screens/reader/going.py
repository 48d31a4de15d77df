"""Going places: the jump list, marks and names, other articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newstui.model import Span
from newstui.text import motions
from newstui.text.spans import SpanIndex
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

Place = tuple[str, int]
"""An article and an offset in it."""


class Jumps:
    """Where jumps began, as a list with a position in it, like that of a browser."""

    KEPT = 100

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = 0

    def push(self, article_id: str, offset: int) -> None:
        """Remember where a jump began; what lay ahead is dropped."""
        place = (article_id, offset)
        earlier = [known for known in self._places[: self._at] if known != place]
        self._places = [*earlier[-self.KEPT :], place]
        self._at = len(self._places)

    def back(self, here: Place) -> Place | None:
        """Where the last jump began, or None."""
        if self._at == 0:
            return None
        if self._at == len(self._places):
            self._places.append(here)
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Where `back` came from, or None."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]


@reader_commands("jump_back", "jump_forward")
def travel(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go back to where the last jump began, or forward again."""
    for _ in range(stroke.times):
        here = (screen.article_id, screen.view.cursor)
        place = screen.jumps.back(here) if stroke.action == "jump_back" else screen.jumps.forward()
        if place is None:
            screen.say("There is no earlier place." if stroke.action == "jump_back" else "There is no later place.")
            return
        article_id, offset = place
        if article_id != screen.article_id:
            screen.open_article(article_id)
        screen.view.move_to(offset)


def step_through(screen: ReaderScreen, spans: SpanIndex[Any], count: int, what: str) -> None:
    """Go to the next or previous of some ranges."""
    starts = spans.starts
    offset = screen.view.cursor
    reached = None
    for _ in range(abs(count)):
        number = spans.after(offset) if count > 0 else spans.before(offset)
        if number is None:
            break
        reached = offset = starts[number]
    if reached is None:
        screen.say(f"There is no {what} {'below' if count > 0 else 'above'}.")
        return
    screen.jump(reached)


@reader_commands("next_annotation", "previous_annotation")
def next_annotation(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the next or previous highlight."""
    count = stroke.times if stroke.action == "next_annotation" else -stroke.times
    step_through(screen, screen.view.highlights.spans, count, "highlight")


@reader_commands("next_entity", "previous_entity")
def next_entity(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the next or previous marked name."""
    count = stroke.times if stroke.action == "next_entity" else -stroke.times
    step_through(screen, screen.view.marks.mentions, count, "marked name")


def article_order(screen: ReaderScreen) -> list[str]:
    """The ids of the articles in the order of the list below, else of the catalog."""
    for other in screen.app.screen_stack:
        order = getattr(other, "article_order", None)
        if order is not None:
            return list(order())
    return screen.desk.workspace.catalog.rows().ids


@reader_commands("next_article", "previous_article")
def next_article(screen: ReaderScreen, stroke: Stroke) -> None:
    """Open another article of the list the reader was opened from."""
    order = article_order(screen)
    step = stroke.times if stroke.action == "next_article" else -stroke.times
    here = order.index(screen.article_id) if screen.article_id in order else -1 if step > 0 else len(order)
    number = here + step
    if not 0 <= number < len(order):
        screen.say("This is the last article of the list." if step > 0 else "This is the first article of the list.")
        return
    screen.jumps.push(screen.article_id, screen.view.cursor)
    screen.open_article(order[number])


@reader_commands("article_notes")
def list_notes(screen: ReaderScreen, stroke: Stroke) -> None:
    """List the highlights and notes of this article."""
    from newstui.ui.screens.notes import NotesScreen

    screen.app.push_screen(NotesScreen(screen.desk, screen.article_id))


@reader_commands("set_mark")
def set_mark(screen: ReaderScreen, stroke: Stroke) -> None:
    """Remember this place under a letter; a capital is one place in the library."""
    workspace = screen.desk.workspace
    workspace.marks.put(stroke.argument, screen.article_id, screen.view.cursor)
    screen.desk.write(workspace.store.readings.flush)
    screen.say(f"Marked this place; '{stroke.argument} goes here{' from anywhere' * stroke.argument.isupper()}.", "ok")


@reader_commands("goto_mark")
def go_to_mark(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the place remembered under a letter; the sign itself again goes to where the last jump began."""
    if stroke.argument in ("'", "`"):
        travel(screen, Stroke("jump_back"))
        return
    mark = screen.desk.workspace.marks.find(stroke.argument, screen.article_id)
    screen.jumps.push(screen.article_id, screen.view.cursor)
    if mark.article != screen.article_id:
        screen.open_article(mark.article)
    screen.view.move_to(mark.offset)


@reader_commands("search_word_or_entity")
def find_this(screen: ReaderScreen, stroke: Stroke) -> None:
    """Find the name under the cursor in this article, else the word."""
    view = screen.view
    names = view.marks.mentions.at(view.cursor) if view.marks.show_mentions else []
    word = motions.object_at(view.text, view.cursor, "word")
    span = Span(names[-1][0], names[-1][1]) if names else word
    if span is None:
        screen.say("There is no word here.")
        return
    screen.jumps.push(screen.article_id, view.cursor)
    screen.finding.look_for(span.slice(view.text), start=span.end)
