"""Where one is in an article, in figures and in words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.text import segmentation

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert (2019), https://doi.org/10.1016/j.jml.2019.104047."""


@dataclass(frozen=True, slots=True)
class Place:
    """`figures` for the header (source, date, percent, minutes left), `words` for the status row."""

    figures: str
    words: str


def place_of(screen: ReaderScreen) -> Place:
    """Where the reader is."""
    article, view = screen.article, screen.view
    progress = view.progress
    left = article.words * (1 - progress) / WORDS_A_MINUTE
    minutes = "" if progress >= 1 else f"{max(1, round(left))} min left"
    figures = [article.source or article.site, _date(article.published), f"{int(progress * 100)}%", minutes]
    return Place(" · ".join(figure for figure in figures if figure), _words(screen))


def _words(screen: ReaderScreen) -> str:
    view = screen.view
    paragraphs = screen.paragraphs
    number = f"¶{max(1, bisect_right(paragraphs, view.cursor))}/{len(paragraphs)}"
    if view.selection is not None:
        unit = "boundaries" if screen.editing_bounds else _unit(view.text, view.selection.start, view.selection.end)
        count = segmentation.count_words(view.selection.slice(view.text))
        words = "1 word" if count == 1 else f"{count:,} words"
        inside = next((mark.raised for mark in view.marks.marks_at(view.selection.start) if mark.raised), "")
        return "  ".join(part for part in (f"SELECT {unit}".rstrip(), words, inside and f"in {inside}", number) if part)
    marks = view.marks.count
    notes = view.marks.notes
    parts = [f"READ {number}", _count(marks, "highlight"), _count(notes, "note")]
    here = view.marks.marks_at(view.cursor)
    if here:
        parts.append(screen.describe(here[0].annotation) + (f" (1 of {len(here)}: zo)" if len(here) > 1 else ""))
    return " · ".join(part for part in parts if part)


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
    return "" if not number else f"{number:,} {what}{'' if number == 1 else 's'}"


def _date(published: str) -> str:
    """A date of reduced precision as one writes it: `10 Aug 2016`."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    year, _, rest = published[:10].partition("-")
    month, _, day = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return published[:10]
    return " ".join(part for part in (day.lstrip("0"), months[int(month) - 1], year) if part)
