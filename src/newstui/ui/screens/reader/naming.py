"""Correcting the name under the cursor or the selection, and opening what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.errors import NewstuiError
from newstui.model import Mention, Span
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.annotating import deselect
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.services.name_words import Said
    from newstui.ui.screens.reader.screen import ReaderScreen


def mention_here(screen: ReaderScreen) -> Mention | None:
    """The marked name under the cursor."""
    found = screen.view.marks.mentions.at(screen.view.cursor)
    return found[-1][2] if found else None


@reader_commands("correct_name")
def correct_name(screen: ReaderScreen, stroke: Stroke) -> None:
    """Ask what is to be said of the selected words, or of the name under the cursor."""
    if isinstance(screen.editing_bounds, Mention):
        _ask_where(screen, screen.editing_bounds)
        return
    from newstui.services.name_words import HELP, WORDS
    from newstui.ui.screens.asking import AskDialog

    selection, mention = screen.view.selection, mention_here(screen)
    if selection is None and mention is None:
        screen.say("There is no marked name here; select words first (v), then M marks them.")
        return
    span = selection or (mention.span if mention is not None else Span(0, 1))
    words = span.slice(screen.view.text)
    title = words if len(words) <= 60 else words[:59] + "…"
    known = f" is marked as {mention.label}." if mention is not None and selection is None else " is ..."

    def done(typed: str | None) -> None:
        if typed is not None and typed.strip():
            _say(screen, span, typed, marks=selection is not None)

    screen.app.push_screen(AskDialog(screen.desk, title, f"{title}{known} Say {HELP}.", placeholder=WORDS), done)


def _ask_where(screen: ReaderScreen, mention: Mention) -> None:
    """Ask whether a name has the words that are selected now in one place, in the article, or in the library."""
    from newstui.services.name_words import SCOPES, parse_scope
    from newstui.ui.screens.asking import AskDialog
    from newstui.ui.screens.reader.bounds import save_edited

    text = screen.view.text
    old, new = mention.span.slice(text), (screen.view.selection or mention.span).slice(text)

    def done(typed: str | None) -> None:
        if typed is None or not typed.strip():
            return
        try:
            scope = parse_scope(typed)
        except NewstuiError as error:
            screen.say(str(error), "error")
            return
        if scope == "here":
            save_edited(screen)
            return
        correcting, article = screen.desk.workspace.correcting, screen.article_id if scope == "article" else ""

        def work() -> None:
            correcting.correct_name("bounds", old, label=mention.label, article_id=article, into=new)

        where = "in this article" if article else "in the library"
        again = deselect(screen)
        screen.save(work, lambda _: screen.say(f"{old} is {new} {where}; u takes it back.", "ok"), again)

    where = ", ".join(SCOPES)
    screen.app.push_screen(AskDialog(screen.desk, new, f"{old} is {new}. Say where: {where}.", placeholder=where), done)


def _say(screen: ReaderScreen, span: Span, typed: str, *, marks: bool) -> None:
    """Do what was typed, as one step."""
    from newstui.services.name_words import parse_said

    try:
        said = parse_said(typed)
    except NewstuiError as error:
        screen.say(str(error), "error")
        return
    if said.action == "bounds":
        from newstui.ui.screens.reader.bounds import move_ends

        mention = mention_here(screen)
        if marks or mention is None:
            screen.say("These words are selected as they are; name their kind, and they are marked so.")
        else:
            move_ends(screen, mention)
        return
    words = span.slice(screen.view.text)
    article_id, workspace = screen.article_id, screen.desk.workspace

    def work() -> None:
        if said.action == "alias":
            _alias(screen, span, said)
        elif said.scope == "here":
            workspace.correcting.correct_mention(said.action, article_id, span, label=said.label)
        else:
            action = "add" if marks and said.action == "retype" else said.action
            scope = article_id if said.scope == "article" else ""
            workspace.correcting.correct_name(action, words, label=said.label, article_id=scope)

    screen.view.select(None)
    where = {"here": "here", "article": "in this article", "library": "in the library"}[said.scope]
    what = f"is {said.name}" if said.name else f"is {said.label}" if said.label else "is no name"
    screen.save(work, lambda _: screen.say(f"{words} {what} {where}; u takes it back.", "ok"))


def _alias(screen: ReaderScreen, span: Span, said: Said) -> None:
    workspace = screen.desk.workspace
    entity = workspace.dossiers.find(said.name)
    place = span if said.scope == "here" else None
    article_id = "" if said.scope == "library" else screen.article_id
    words = span.slice(screen.view.text)
    workspace.correcting.alias(words, entity.key, name=entity.name, article_id=article_id, span=place)


@reader_commands("show_dossier")
def show_dossier(screen: ReaderScreen, stroke: Stroke) -> None:
    """Open the dossier of the name under the cursor."""
    from newstui.ui.screens.dossier import DossierScreen

    mention = mention_here(screen)
    if mention is None:
        screen.say("There is no marked name here; ]e goes to the next.")
        return
    entities = screen.desk.workspace.dossiers.entities(screen.article_id)
    entity = next((each for each in entities if mention.span in {one.span for one in each.mentions}), None)
    if entity is None:
        screen.say("A date or a sum has no dossier.")
        return
    screen.app.push_screen(DossierScreen(screen.desk, entity.key, entity.name))
