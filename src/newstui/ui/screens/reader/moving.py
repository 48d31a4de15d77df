"""Moving the cursor and the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.text import motions
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

MOTIONS: dict[str, Callable[[str, int, int], int]] = {
    "left": motions.left,
    "right": motions.right,
    "word_forward": motions.word_forward,
    "word_backward": motions.word_backward,
    "word_end": motions.word_end,
    "next_sentence": motions.next_sentence,
    "previous_sentence": motions.previous_sentence,
    "next_paragraph": motions.next_paragraph,
    "previous_paragraph": motions.previous_paragraph,
}
"""Motions through the text: from a text, an offset and a count to an offset."""


@reader_commands(*MOTIONS)
def move(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move by characters, words, sentences or paragraphs."""
    view = screen.view
    view.move_to(MOTIONS[stroke.action](view.text, view.cursor, stroke.times))


@reader_commands("down", "up")
def move_rows(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move by rows."""
    screen.view.move_rows(stroke.times if stroke.action == "down" else -stroke.times)


@reader_commands("page_down", "page_up")
def move_pages(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move by windows; two rows stay in sight."""
    screen.view.page_by(stroke.times if stroke.action == "page_down" else -stroke.times)


@reader_commands("half_page_down", "half_page_up")
def move_half_pages(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move by half windows."""
    screen.view.page_by(stroke.times if stroke.action == "half_page_down" else -stroke.times, half=True)


@reader_commands("scroll_line_down", "scroll_line_up")
def scroll_rows(screen: ReaderScreen, stroke: Stroke) -> None:
    """Scroll by rows; the cursor moves only to stay in sight."""
    screen.view.scroll_by(stroke.times if stroke.action == "scroll_line_down" else -stroke.times)


@reader_commands("line_start", "line_end")
def move_to_edge(screen: ReaderScreen, stroke: Stroke) -> None:
    """Move to the edge of the row."""
    screen.view.move_to(screen.view.line_edge(end=stroke.action == "line_end"))


@reader_commands("top")
def move_to_top(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the beginning, or with a count to that paragraph."""
    view = screen.view
    if stroke.count is not None:
        screen.jump(motions.next_paragraph(view.text, 0, stroke.count - 1) if stroke.count > 1 else 0)
        return
    screen.jump(0)
    view.scroll_to_row(0)


@reader_commands("bottom")
def move_to_bottom(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the end, or with a count to that paragraph."""
    if stroke.count is not None:
        move_to_top(screen, stroke)
        return
    screen.jump(len(screen.view.text))
    screen.view.scroll_to_row(screen.view.page.row_count)


@reader_commands("goto_percent")
def go_to_percent(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to a percentage of the text."""
    if stroke.count is None:
        screen.say("Type the percentage first: 40% goes there.")
        return
    screen.jump(len(screen.view.text) * min(stroke.count, 100) // 100)


@reader_commands("cursor_to_middle", "cursor_to_top", "cursor_to_bottom")
def put_row(screen: ReaderScreen, stroke: Stroke) -> None:
    """Put the cursor's row in the middle, at the top or at the bottom."""
    screen.view.put_row({"cursor_to_middle": 0.5, "cursor_to_top": 0.0, "cursor_to_bottom": 1.0}[stroke.action])


@reader_commands("next_section", "previous_section")
def move_to_section(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the next or previous heading."""
    headings = [block.start for block in screen.article.blocks if block.kind == "heading"]
    if not headings:
        screen.say("This article has no headings; } and { go by paragraphs, O lists them.")
        return
    cursor = screen.view.cursor
    if stroke.action == "next_section":
        ahead = [start for start in headings if start > cursor]
        target = ahead[min(stroke.times, len(ahead)) - 1] if ahead else len(screen.view.text)
    else:
        behind = [start for start in headings if start < cursor]
        target = behind[-min(stroke.times, len(behind))] if behind else 0
    screen.jump(target)
