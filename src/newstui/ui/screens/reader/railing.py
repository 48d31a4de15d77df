"""The rail of the reader: articles near this one, its sections, tags and names, and what a click on one does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal

from newstui.search.query import tag_query
from newstui.services.catalog import STATUS_SIGNS
from newstui.ui.dispatch import Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.library.panes import RAIL, RAIL_LIMITS
from newstui.ui.screens.looking import Cancelled, look
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.going import article_order
from newstui.ui.widgets.pane_edge import EdgeMoved, SidePane
from newstui.ui.widgets.rail import Rail, RailRow
from newstui.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

RAIL_FROM = 140
"""Columns from which the rail stands beside the text."""
BEFORE, AFTER = 2, 5
"""Articles of the list before and after this one."""
MOST = 9
"""Sections, tags and names at most; the rest is behind their keys."""


class Spread(Horizontal):
    """The rail and the text beside each other."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.rail = Rail(id="rail")
        self.side = SidePane(self.rail)
        self.side.display = False
        super().__init__(self.side, screen.view)
        self._reader = screen

    def on_resize(self, event: events.Resize) -> None:
        """Show the rail where there is room for it."""
        lay_out(self._reader, event.size.width)

    def on_edge_moved(self, message: EdgeMoved) -> None:
        """Make the rail as wide as its border was dragged to, here and before the list."""
        message.stop()
        sizes, (least, most) = self._reader.desk.panes, RAIL_LIMITS
        sizes.put("rail", max(least, min(message.column + 1, most)))
        self.side.styles.width = sizes.get("rail", RAIL)
        if message.done:
            sizes.save()

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Go to what was clicked."""
        message.stop()
        open_row(self._reader, message.item)


def lay_out(screen: ReaderScreen, width: int) -> None:
    """Show the rail where there is room, unless it is not wanted."""
    wanted = width >= RAIL_FROM and screen.desk.rail and not screen.view.zen and not screen.desk.config.plain
    side = screen.spread.side
    side.styles.width = screen.desk.panes.get("rail", RAIL)
    if wanted != side.display:
        side.display = wanted
        refresh(screen)


def refresh(screen: ReaderScreen) -> None:
    """Fill the rail, if it is seen, on a worker; the names come to it when they are found."""
    spread = screen.spread
    if not spread.side.display:
        return
    order, here = article_order(screen), screen.article_id

    def find(cancelled: Cancelled) -> list[RailRow]:
        rows = [*_articles(screen, order, here), *_sections(screen), *_tags(screen)]
        return [*rows, *_names(screen)] if screen.mentions and not cancelled() else rows

    look(screen, "rail", find, spread.rail.show)


def _section(title: str, rows: Sequence[RailRow]) -> list[RailRow]:
    return [RailRow(title), *rows, RailRow("")] if rows else []


def _articles(screen: ReaderScreen, order: Sequence[str], here: str) -> list[RailRow]:
    at = order.index(here) if here in order else 0
    catalog = screen.desk.workspace.catalog
    rows = []
    for id_ in order[max(0, at - BEFORE) : at + AFTER + 1]:
        row = catalog.row(id_)
        rows.append(RailRow(f"{STATUS_SIGNS[row.status]} {row.article.title}", "article", id_, here=id_ == here))
    return _section("ARTICLES", rows)


def _sections(screen: ReaderScreen) -> list[RailRow]:
    headings = [block for block in screen.article.blocks if block.kind == "heading"]
    text = screen.view.text
    rows = [RailRow(text[block.start : block.end].strip(), "passage", str(block.start)) for block in headings[:MOST]]
    return _section("SECTIONS", rows)


def _tags(screen: ReaderScreen) -> list[RailRow]:
    heads = screen.desk.workspace.annotating.heads_of(screen.article_id)
    counts = Counter(tag for head in heads.others.values() for tag in head.tags)
    rows = [RailRow(f"#{tag}", "tag", tag, f"{count:,}") for tag, count in counts.most_common(MOST)]
    return _section("TAGS HERE", rows)


def _names(screen: ReaderScreen) -> list[RailRow]:
    workspace = screen.desk.workspace
    found = sorted(workspace.dossiers.entities(screen.article_id), key=lambda each: -len(each.mentions))
    new = {each.key for each in workspace.novelty.first_named(screen.article_id) or ()}
    rows = [
        RailRow(each.name, "passage", str(each.mentions[0].span.start), _figure(len(each.mentions), each.key in new))
        for each in found
        if each.label in screen.desk.config.layers
    ]
    return _section("NAMES HERE", rows[:MOST])


def _figure(count: int, new: bool) -> str:
    return f"{'●' if new else ' '}{count:>4,}"


def open_row(screen: ReaderScreen, row: RailRow) -> None:
    """Go to what was clicked."""
    if row.action == "article":
        screen.post_message(OpenPassage(row.target))
    elif row.action == "passage":
        screen.jump(int(row.target))
        screen.show_place()
    elif row.action == "tag":
        from newstui.ui.screens.notes import NotesScreen

        notes = NotesScreen(screen.desk, None)
        notes.query_text = tag_query(row.target)
        screen.app.push_screen(notes)


@reader_commands("toggle_rail")
def toggle_rail(screen: ReaderScreen, stroke: Stroke) -> None:
    """Hide the rail, or show it."""
    screen.desk.rail = not screen.desk.rail
    lay_out(screen, screen.size.width)
    if screen.size.width < RAIL_FROM:
        screen.say(f"Articles, tags and names stand beside the text from {RAIL_FROM} columns on.")
    elif not screen.desk.rail:
        screen.say("The pane is hidden; zv shows it.")
