"""Where one is in an article, in figures and in words."""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.model import AnchorState, Annotation, ReadingState, Span
from newstui.store import now
from newstui.text import segmentation
from newstui.text.figures import counted, minutes

if TYPE_CHECKING:
    from newstui.text.wrapping import Lines
    from newstui.ui.screens.reader.screen import ReaderScreen

SAVE_SECONDS = 5.0
"""How often the place is saved while it changes."""
COUNTED = 20_000
"""Code points of a selection up to which its words are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """`figures` for the header (source, date, percent, minutes left), `words` for the status row."""

    figures: str
    words: str


class PlaceKeeper:
    """Knows where the reader was when an article was opened, and puts the place on the disk."""

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._opened: ReadingState | None = None
        self._unread_again = False
        self._paragraphs: tuple[Lines | None, list[int]] = (None, [])

    def open(self, article_id: str) -> ReadingState:
        """The place in an article that is being opened."""
        state = self._screen.desk.workspace.reading.place(article_id)
        self._opened = replace(state, opened=now())
        self._unread_again = False
        return state

    def state(self) -> ReadingState:
        """Where one is now, and how much was seen."""
        view = self._screen.view
        state = self._opened or ReadingState(self._screen.article_id)
        seen = max(state.progress, round(view.progress, 4))
        read = state.read or (seen >= 1.0 and not self._unread_again)
        return replace(state, offset=view.place, cursor=view.cursor, progress=seen, read=read)

    def set_read(self, read: bool) -> None:
        """Mark the article as read, or as unread until it is opened again."""
        self._unread_again = not read
        self._opened = replace(self._opened or ReadingState(self._screen.article_id), read=read)
        self.save()

    def save(self) -> None:
        """Put the place on the disk if it has changed."""
        reading = self._screen.desk.workspace.reading
        if self._opened is None:
            return
        state = self.state()
        known = reading.place(state.article)
        if state != replace(known, marks=state.marks):
            self._opened = state
            with contextlib.suppress(RuntimeError):  # the writing thread has ended: the program is being left
                self._screen.desk.write(lambda: reading.save_place(state))

    @property
    def paragraphs(self) -> list[int]:
        """Where the paragraphs begin."""
        lines = self._screen.view.lines
        if self._paragraphs[0] is not lines:
            self._paragraphs = (lines, lines.paragraphs())
        return self._paragraphs[1]


def place_of(screen: ReaderScreen) -> Place:
    """Where the reader is."""
    article, view = screen.article, screen.view
    progress = view.progress
    left = "" if progress >= 1 else f"{minutes(article.words * (1 - progress))} min left"
    figures = [article.source or article.site, _date(article.published), f"{int(progress * 100)}%", left]
    figures.append(_strays(len(view.highlights.orphans), len(view.highlights.strayed)))
    return Place(" · ".join(figure for figure in figures if figure), _words(screen))


def _strays(gone: int, strayed: int) -> str:
    """How many highlights are to be looked at since the text changed, and the key that lists them."""
    parts = [f"{gone:,} gone" if gone else "", f"{strayed:,} moved or changed" if strayed else ""]
    said = ", ".join(part for part in parts if part)
    return f"{said}: gm" if said else ""


def describe(annotation: Annotation, color_name: Callable[[int], str]) -> str:
    """An annotation in a few words: tags, color, how its note begins."""
    strayed = annotation.state.value if annotation.state is not AnchorState.SAME else ""
    parts = [strayed, " ".join(f"#{tag}" for tag in annotation.tags), color_name(annotation.color)]
    note = annotation.note.split("\n", 1)[0]
    return " · ".join(part for part in (*parts, note) if part)


def _words(screen: ReaderScreen) -> str:
    view = screen.view
    paragraphs = screen.keeper.paragraphs
    number = f"¶{max(1, bisect_right(paragraphs, view.cursor))}/{len(paragraphs)}"
    if view.selection is not None:
        unit = (
            "boundaries"
            if screen.editing_bounds is not None
            else _unit(view.text, view.selection.start, view.selection.end)
        )
        words = _words_in(view.selection, view.text)
        noted = view.highlights.noted_at(view.selection.start)
        inside = noted.raised if noted is not None else ""
        return " · ".join(
            part for part in (f"SELECT {unit}".rstrip(), words, inside and f"in {inside}", number) if part
        )
    marks = view.highlights.count
    notes = view.highlights.notes
    parts = [f"READ {number}", _count(marks, "highlight"), _count(notes, "note")]
    here, count = view.highlights.under(view.cursor)
    if here is not None and view.peeked is None:
        parts.append(describe(here.annotation, screen.desk.config.color_name))
    named = view.marks.mentions.at(view.cursor) if view.marks.show_mentions else []
    for _, _, mention in named[-1:]:
        parts.append(f"{mention.label} {mention.span.slice(view.text)}{view.marks.meant.get(mention.span, '')}")
        parts += ["new here"] if view.marks.is_new(mention.span) else []
    if count > 1:
        parts.append(f"one of {count:,}, zo shows the others")
    return " · ".join(part for part in parts if part)


def _words_in(span: Span, text: str) -> str:
    """How long a selection is; of a long one about, for it is said at every step."""
    if len(span) > COUNTED:
        return f"about {round(len(span) / 6, -3):,} words"
    return counted(segmentation.count_words(span.slice(text)), "word")


def _unit(text: str, start: int, end: int) -> str:
    if end - start > 5_000:
        return ""
    for name, at in (("word", segmentation.word_at), ("sentence", segmentation.sentence_at),
                     ("paragraph", segmentation.paragraph_at), ("quotation", segmentation.quotation_at)):  # fmt: skip
        found = at(text, start)
        if found is not None and (found.start, found.end) == (start, end):
            return name
    return ""


def _count(number: int, what: str) -> str:
    return counted(number, what) if number else ""


def _date(published: str) -> str:
    """A date of reduced precision as one writes it: `10 Aug 2016`."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    year, _, rest = published[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return published[:10]
    return " ".join(part for part in (day.lstrip("0"), months[int(month) - 1], year) if part)
