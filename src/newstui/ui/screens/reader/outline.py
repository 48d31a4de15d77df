"""The outline of an article: its headings, or how its paragraphs begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from newstui.model import Article
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.listing import list_commands
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

SHOWN = 200
"""Code points of a paragraph that are enough for a row."""

outline_commands: Commands[OutlineScreen] = Commands(list_commands)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading or a paragraph: where it begins, how deep it lies, its words, and how many highlights begin in it."""

    start: int
    level: int
    words: str
    highlights: int


def build_outline(article: Article, text: str, paragraphs: Sequence[int], highlights: Sequence[int]) -> list[Entry]:
    """The headings of an article, or its paragraphs if it has none.

    Args:
        article: its blocks name the headings.
        text: the body.
        paragraphs: where the paragraphs begin, ascending.
        highlights: where the highlights begin, ascending.
    """
    headings = [block for block in article.blocks if block.kind == "heading"]
    places = [(block.start, block.level) for block in headings] or [(start, 1) for start in paragraphs]
    entries = []
    at = 0
    for number, (start, level) in enumerate(places):
        after = places[number + 1][0] if number + 1 < len(places) else len(text) + 1
        before = at
        while at < len(highlights) and highlights[at] < after:
            at += 1
        words = " ".join(text[start : min(after, start + SHOWN)].split("\n\n", 1)[0].split())
        entries.append(Entry(start, max(1, level), words, at - before))
    return entries


def paint_entry(entry: Entry, width: int) -> Sequence[Sequence[Piece]]:
    """An entry as one row."""
    count = f"{entry.highlights:>4}" if entry.highlights else "   ·"
    return [[(count + "  ", "muted"), ("  " * (entry.level - 1) + entry.words, "")]]


class OutlineScreen(KeyedScreen[int | None]):
    """Lists an outline; dismisses with the offset that was chosen.

    Args:
        desk: what it works with.
        title: of the article.
        entries: the outline.
        cursor: the offset to begin at.
    """

    commands: ClassVar[Commands[Any]] = outline_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "back", "help")

    def __init__(self, desk: Desk, title: str, entries: Sequence[Entry], cursor: int) -> None:
        super().__init__(desk, "tags")
        self.entries = entries
        self.cursor = cursor
        self.header = HeaderRow(f"Outline · {title}", f"{len(entries):,}")
        self.list: VirtualList[Entry] = VirtualList(paint_entry, key=lambda entry: entry.start)

    def compose(self) -> ComposeResult:
        """Header, entries, status, hints."""
        yield self.header
        yield self.list
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin at the cursor."""
        super().on_mount()
        self.list.set_items(self.entries)
        self.list.focus()
        self.list.move_to(max(0, sum(entry.start <= self.cursor for entry in self.entries) - 1))
        if self.status is not None:
            self.status.place = "The number counts the highlights that begin there."

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Go there."""
        self.dismiss(message.item.start)


@outline_commands("cancel", "back", "close_or_quit")
def leave(screen: OutlineScreen, stroke: Stroke) -> None:
    """Go back to the text."""
    screen.dismiss(None)


@reader_commands("outline")
def show_outline(screen: ReaderScreen, stroke: Stroke) -> None:
    """List the headings or paragraphs, and go where one of them begins."""
    view = screen.view
    entries = build_outline(screen.article, view.text, screen.keeper.paragraphs, list(view.highlights.spans.starts))

    def go(start: int | None) -> None:
        if start is not None:
            screen.jump(start)

    screen.app.push_screen(OutlineScreen(screen.desk, screen.article.title, entries, view.cursor), go)
