"""Names: found after the first paint, beside the keys."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from newstui.model import Mention
    from newstui.ui.screens.reader.screen import ReaderScreen


@dataclass
class NamesFound(Message):
    """The recognizer is through with an article; `problem` says what kept it, or a part of it, from working."""

    article_id: str
    mentions: list[Mention]
    problem: str = ""


LATER, LONG = 1.0, 200_000
"""Seconds that the names of a text wait for its first screens, if it has more code points than this."""


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
        with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
            screen.post_message(found)

    Thread(target=work, name="newstui-names", daemon=True).start()
