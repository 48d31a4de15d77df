"""How the text is shown: width, zen, layers; and what is done with the article as a whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from newstui.errors import NewstuiError
from newstui.text import motions
from newstui.text.justifying import load_hyphenator
from newstui.ui.clipboard import copy_text
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import words_in
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.railing import lay_out
from newstui.ui.widgets.article_view_layout import MARGIN_FROM
from newstui.ui.widgets.status import KeyHints

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

NARROWEST, WIDEST, STEP = 45, 100, 4


@reader_commands("wider", "narrower")
def widen(screen: ReaderScreen, stroke: Stroke) -> None:
    """Make the text wider or narrower."""
    step = STEP * stroke.times * (1 if stroke.action == "wider" else -1)
    set_measure(screen, max(NARROWEST, min(screen.view.measure + step, WIDEST)))


@reader_commands("reset_width")
def reset_width(screen: ReaderScreen, stroke: Stroke) -> None:
    """Make the text as wide as the settings say."""
    set_measure(screen, screen.desk.config.measure)


def set_measure(screen: ReaderScreen, measure: int) -> None:
    """Set the width of the text, and say what it is."""
    screen.view.set_measure(measure)
    shown = screen.view.columns.measure
    screen.say(f"{measure} columns" + ("" if shown == measure else f"; there is room for {shown}"))


@reader_commands("toggle_justify")
def toggle_justify(screen: ReaderScreen, stroke: Stroke) -> None:
    """Make the rows equally long, or leave their ends ragged."""
    screen.view.set_justify(not screen.view.justify)
    if not screen.view.justify:
        screen.say("The ends of the rows are ragged.")
    elif load_hyphenator(screen.article.language) is None:
        screen.say("Rows are equally long; with the package pyphen words are hyphenated too.")
    else:
        screen.say("Rows are equally long; hyphens are drawn, and never copied.")


@reader_commands("zen")
def toggle_zen(screen: ReaderScreen, stroke: Stroke) -> None:
    """Show nothing but the text, or everything again."""
    set_zen(screen, not screen.view.zen)


def set_zen(screen: ReaderScreen, zen: bool) -> None:
    """Leave nothing but the text and a row for messages, or show everything again."""
    screen.view.set_zen(zen)
    screen.header.display = not zen
    lay_out(screen, screen.size.width)
    for hints in screen.query(KeyHints):
        hints.display = not zen


@reader_commands("toggle_entities_layer", "toggle_annotations_layer")
def toggle_layer(screen: ReaderScreen, stroke: Stroke) -> None:
    """Show or hide marked names, or highlights."""
    view = screen.view
    if stroke.action == "toggle_entities_layer":
        view.marks.show_layers(mentions=not view.marks.show_mentions)
        screen.say("Names are marked." if view.marks.show_mentions else "Names are not marked; ze marks them.")
    else:
        view.marks.show_layers(marks=not view.highlights.shown)
        screen.say("Highlights are shown." if view.highlights.shown else "Highlights are hidden; za shows them.")
    view.remark()


@reader_commands("choose_layers")
def choose_layers(screen: ReaderScreen, stroke: Stroke) -> None:
    """Ask which kinds of names are marked."""
    from newstui.model.entity import LABELS
    from newstui.services.name_words import parse_kinds
    from newstui.ui.screens.asking import AskDialog
    from newstui.ui.screens.reader.names import mark_kinds

    def done(typed: str | None) -> None:
        if typed is None:
            return
        try:
            mark_kinds(screen, parse_kinds(typed))
        except NewstuiError as error:
            screen.say(str(error), "error")

    known = ", ".join(LABELS).lower()
    now = " ".join(screen.desk.config.layers).lower()
    screen.app.push_screen(
        AskDialog(screen.desk, "Kinds of names", f"Which are marked, of {known}; all is all of them.", text=now), done
    )


@reader_commands("toggle_notes_margin")
def toggle_margin(screen: ReaderScreen, stroke: Stroke) -> None:
    """Show notes beside the text where there is room, or below it only."""
    view = screen.view
    view.margin_wanted = not view.margin_wanted
    view.remark()
    if view.columns.width < MARGIN_FROM:
        screen.say(f"Notes stand beside the text from {MARGIN_FROM} columns on.")
    else:
        screen.say("Notes stand beside the text." if view.margin_wanted else "Notes show below, under the cursor.")


@reader_commands("open_source_url")
def open_source(screen: ReaderScreen, stroke: Stroke) -> None:
    """Open the article's page in the browser; without a desktop copy its address."""
    url = screen.article.url
    if url:
        open_address(screen, url)
    else:
        screen.say("It is not known where this article came from.")


def open_address(screen: ReaderScreen, address: str) -> None:
    """Open a page in the browser; without a desktop copy its address."""
    url = f"https://{address}" if address.startswith("www.") else address
    if not url.startswith(("https://", "http://")):
        screen.say(f"{url} is no web page.")
    elif any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or sys.platform in ("darwin", "win32"):
        screen.app.open_url(url)
        screen.say(f"Opening {url}")
    else:
        screen.say(f"Copied {url} {copy_text(screen.app, url)}.", "ok")


@reader_commands("copy", "copy_with_citation")
def copy(screen: ReaderScreen, stroke: Stroke) -> None:
    """Copy the selection or the sentence, as it is stored."""
    view = screen.view
    span = view.selection or motions.object_at(view.text, view.cursor, "sentence")
    if span is None:
        screen.say("There are no words here to copy.")
        return
    words, what = span.slice(view.text), words_in(screen, span)
    if stroke.action == "copy_with_citation":
        words, what = screen.desk.workspace.exporting.citation(screen.article_id, words), f"{what} with their source"
    way = copy_text(screen.app, words)
    view.select(None)
    screen.say(f"Copied {what} {way}.", "ok")


@reader_commands("toggle_read")
def toggle_read(screen: ReaderScreen, stroke: Stroke) -> None:
    """Mark the article as read or unread."""
    read = not screen.keeper.state().read
    screen.keeper.set_read(read)
    screen.say("Marked as read." if read else "Marked as unread.", "ok")


@reader_commands("toggle_star", "toggle_archive")
def toggle_flag(screen: ReaderScreen, stroke: Stroke) -> None:
    """Star or archive the article, or not any more."""
    catalog, article = screen.desk.workspace.catalog, screen.article
    if stroke.action == "toggle_star":
        said = "Not starred any more." if article.starred else "Starred."
        screen.save(lambda: catalog.star([article.id], not article.starred), lambda _: screen.say(said, "ok"))
    else:
        said = "Taken out of the archive." if article.archived else "Archived."
        screen.save(lambda: catalog.archive([article.id], not article.archived), lambda _: screen.say(said, "ok"))


@reader_commands("info")
def show_info(screen: ReaderScreen, stroke: Stroke) -> None:
    """Show what is known about the article."""
    from newstui.ui.screens.info import InfoDialog

    screen.app.push_screen(InfoDialog(screen.desk, screen.article_id))
