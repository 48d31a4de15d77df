"""Names: found after the first paint, beside the keys."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

from textual.message import Message

from newstui import paths
from newstui.config import save_setting
from newstui.errors import NewstuiError

if TYPE_CHECKING:
    from newstui.model import Mention, Span
    from newstui.ui.screens.reader.screen import ReaderScreen


@dataclass
class NamesFound(Message):
    """The recognizer is through with an article; `problem` says what kept it, or a part of it, from working."""

    article_id: str
    mentions: list[Mention]
    problem: str = ""


@dataclass
class NamesLinked(Message):
    """What the names of an article mean: by its range the full name of each, where it is another, and its count."""

    article_id: str
    meant: dict[Span, str]


@dataclass
class NewNamesFound(Message):
    """Where the names begin that no earlier article of the library has; None as long as not all of them are counted."""

    article_id: str
    spans: list[Span] | None


AGAIN = 4.0
"""Seconds after which one looks again whether the names of the library are counted."""
LINKED = 100_000
"""Code points of a text up to which its names are linked as it is opened: that of a book would hold up keys."""
LATER, LONG = 1.0, 200_000
"""Seconds that the names of a text wait for its first screens, if it has more code points than this."""


def mark_kinds(screen: ReaderScreen, kinds: tuple[str, ...]) -> None:
    """Mark these kinds of names only, and keep that in the settings."""
    desk = screen.desk
    desk.config = replace(desk.config, layers=kinds)
    screen.view.marks.show_layers(mentions=True)
    screen.show_mentions()
    file = paths.config_dir() / "config.toml"
    words = ", ".join(kinds).lower()

    def work() -> str:
        try:
            save_setting(file, "layers", kinds)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            return f"Marked until you quit: {words}; {file} could not be changed ({reason})."
        return f"Marked, also from now on: {words}."

    screen.save(work, lambda said: screen.say(said, "ok"))


def find_names_later(screen: ReaderScreen, article_id: str) -> None:
    """Look for the names after the first paint; those of a long text when there was time to begin reading."""

    def begin() -> None:
        if screen.is_mounted and screen.article_id == article_id:
            find_names(screen, article_id)

    screen.view.set_timer(LATER, begin) if len(screen.view.text) > LONG else screen.view.call_after_refresh(begin)


def learn_tags(screen: ReaderScreen) -> None:
    """Count the tags and learn what they were used for on a thread, so that the first tag line need not."""
    workspace = screen.desk.workspace

    def work() -> None:
        workspace.tagging.uses()
        workspace.suggesting.prepare()

    Thread(target=work, name="newstui-tags", daemon=True).start()


def find_names(screen: ReaderScreen, article_id: str) -> None:
    """Look for the names of an article on a thread that does not hold up quitting; `NamesFound` follows."""

    def work() -> None:
        try:
            dossiers = screen.desk.workspace.dossiers
            mentions = list(dossiers.mentions(article_id))
            found = NamesFound(article_id, mentions, " ".join(dossiers.recognition.problems))
        except Exception as error:  # whatever fails here must cost the names alone, not the reading
            found = NamesFound(article_id, [], f"No names are marked: {error}")
        with contextlib.suppress(RuntimeError, OSError, NewstuiError):  # the program has ended meanwhile
            screen.post_message(found)
            if len(screen.view.text) > LINKED:
                return
            screen.post_message(NamesLinked(article_id, _meant(screen, article_id)))
            screen.post_message(NewNamesFound(article_id, _new_names(screen, article_id)))

    Thread(target=work, name="newstui-names", daemon=True).start()


def find_new_names_later(screen: ReaderScreen, article_id: str) -> None:
    """Look again for what is new in an article when the names of the library may be counted; it takes a moment."""

    def look() -> None:
        if screen.is_mounted and screen.article_id == article_id:
            screen.run_worker(work, thread=True, exclusive=True, group="new names")

    def work() -> None:
        spans = _new_names(screen, article_id)
        with contextlib.suppress(RuntimeError):
            screen.post_message(NewNamesFound(article_id, spans))

    screen.set_timer(AGAIN, look)


def _meant(screen: ReaderScreen, article_id: str) -> dict[Span, str]:
    """What is to be said of each mention besides its own words."""
    text = screen.desk.workspace.reading.text(article_id)
    meant = {}
    for entity in screen.desk.workspace.dossiers.entities(article_id):
        count = len(entity.mentions)
        for mention in entity.mentions:
            full = f" = {entity.name}" if mention.span.slice(text) != entity.name else ""
            meant[mention.span] = full + (f" · {count} here" if count > 1 else "")
    return meant


def _new_names(screen: ReaderScreen, article_id: str) -> list[Span] | None:
    new = screen.desk.workspace.novelty.first_named(article_id, lambda: not screen.is_attached)
    return None if new is None else [entity.mentions[0].span for entity in new]
