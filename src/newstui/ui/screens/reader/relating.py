"""What goes beyond one passage: links to others, and every occurrence in the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.model import Annotation, Span
from newstui.services.linking import KINDS
from newstui.text import motions
from newstui.text.quoting import quoted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import annotation_here
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.services.occurring import Occurrence
    from newstui.ui.screens.reader.screen import ReaderScreen

SHOWN = 30
"""Code points of a quote that a sentence shows."""


def shortly(annotation: Annotation) -> str:
    """The beginning of a quote."""
    return quoted(annotation.quote, SHOWN)


@reader_commands("link_passage")
def link(screen: ReaderScreen, stroke: Stroke) -> None:
    """Begin a link at the highlight here, or end the one that was begun: it may lie in another article."""
    here = annotation_here(screen)
    desk = screen.desk
    begun = desk.workspace.store.find(Annotation, desk.link_from) if desk.link_from else None
    if here is None:
        screen.say("There is no highlight here; c1 highlights the sentence, ]a goes to the next.")
    elif begun is None or begun.id == here.id:
        desk.link_from = "" if begun else here.id
        said = f"Linking {shortly(here)}: go to the other highlight, in any article, and press the key again."
        screen.say("No link is begun any more." if begun else said)
    else:
        ask_kind(screen, begun, here)


def ask_kind(screen: ReaderScreen, begun: Annotation, here: Annotation) -> None:
    """Ask what one passage has to do with the other, and link them."""
    from newstui.ui.screens.asking import AskDialog

    linking = screen.desk.workspace.linking
    kinds = linking.kinds()[:9]
    listed = "   ".join(f"{number} {kind}" for number, kind in enumerate(kinds, 1))
    about = f"{shortly(begun)}\n… {shortly(here)}\n\n{listed}\nA number, or a word of your own."

    def done(answer: str | None) -> None:
        if not answer or not answer.strip():
            return
        typed = answer.strip()
        kind = kinds[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(kinds) else typed
        screen.desk.link_from = ""
        screen.save(
            lambda: linking.link(begun.id, here.id, kind),
            lambda _: screen.say(f"{shortly(begun)} {kind} {shortly(here)}; gk lists the links.", "ok"),
        )

    screen.app.push_screen(AskDialog(screen.desk, "Link passages", about, placeholder=KINDS[0]), done)


@reader_commands("show_links")
def show_links(screen: ReaderScreen, stroke: Stroke) -> None:
    """List the passages that the highlight here is linked to or from."""
    from newstui.ui.screens.notes import NotesScreen

    here = annotation_here(screen)
    found = screen.desk.workspace.linking.of(here.id) if here is not None else []
    if here is None or not found:
        screen.say("This highlight has no links; L begins one." if here else "There is no highlight here.")
        return
    relations = {linked.annotation.id: linked.words for linked in found}
    screen.app.push_screen(NotesScreen(screen.desk, None, only=relations, title=f"Links of {shortly(here)}"))


@reader_commands("list_overlap")
def list_overlap(screen: ReaderScreen, stroke: Stroke) -> None:
    """List every highlight under the cursor."""
    from newstui.ui.screens.notes import NotesScreen

    under = screen.view.marks_under
    if not under:
        screen.say("There is no highlight here; ]a goes to the next.")
        return
    screen.app.push_screen(
        NotesScreen(screen.desk, screen.article_id, only={mark.id: "" for mark in under}, title="Highlights here")
    )


@reader_commands("annotate_everywhere")
def annotate_everywhere(screen: ReaderScreen, stroke: Stroke) -> None:
    """List every occurrence in the library: of the selection, else of the name or the word under the cursor."""
    from newstui.ui.screens.occurrences import OccurrencesScreen

    view, occurring = screen.view, screen.desk.workspace.occurring
    named = view.marks.mentions.at(view.cursor) if view.selection is None and view.marks.show_mentions else []
    if named:
        start, end, _ = named[-1]
        what, find = _name(screen, Span(start, end))
    else:
        span = view.selection or motions.object_at(view.text, view.cursor, "word")
        if span is None:
            screen.say("There is no word here.")
            return
        words = span.slice(view.text)
        what = f"“{' '.join(words.split())[:SHOWN]}”"

        def find(cancelled: Callable[[], bool]) -> list[Occurrence]:
            return occurring.words(words, cancelled=cancelled)

    screen.app.push_screen(OccurrencesScreen(screen.desk, what, find))


def _name(screen: ReaderScreen, span: Span) -> tuple[str, Callable[[Callable[[], bool]], list[Occurrence]]]:
    """A marked name as it is said, and what finds it under all its spellings."""
    workspace, article_id = screen.desk.workspace, screen.article_id
    words = span.slice(screen.view.text)

    def find(cancelled: Callable[[], bool]) -> list[Occurrence]:
        for entity in workspace.dossiers.entities(article_id):
            if any(mention.span == span for mention in entity.mentions):
                return workspace.occurring.entity(entity.key, cancelled=cancelled)
        return workspace.occurring.words(words, cancelled=cancelled)

    return words, find
