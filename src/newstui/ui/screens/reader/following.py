"""What becomes of the article that is open when the library changes, here or in another program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article, Correction
from newstui.text.figures import within
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.reader import railing
from newstui.ui.screens.reader.names import find_names

if TYPE_CHECKING:
    from newstui.store import Change, Transaction
    from newstui.ui.screens.reader.screen import ReaderScreen

FEW = 200
"""Changed annotations up to which each is drawn by itself; more are read from the library again."""


def follow(screen: ReaderScreen, transaction: Transaction) -> None:
    """Show what a change has made of the article that is open, its annotations and its names."""
    _follow_annotations(screen, transaction.changes)
    railing.refresh(screen)
    changed = [change.after or change.before for change in transaction.changes]
    if any(isinstance(record, Correction) for record in changed):
        find_names(screen, screen.article_id)
    if any(isinstance(record, Article) and record.id == screen.article_id for record in changed):
        found = screen.desk.workspace.store.find(Article, screen.article_id)
        if found is None:
            _leave_gone(screen, transaction)
            return
        changed_text = found.text != screen.article.text
        screen.article = found
        if changed_text:
            screen.open_article(screen.article_id)


def show_annotations(screen: ReaderScreen) -> None:
    """Show the annotations as the library has them now."""
    annotating = screen.desk.workspace.annotating
    screen.view.annotate(annotating.heads_of(screen.article_id), annotating.find)


def _follow_annotations(screen: ReaderScreen, changes: Sequence[Change]) -> None:
    """Show what became of the annotations of this article; many at once are read anew."""
    sides = [(_of_article(screen, change.before), _of_article(screen, change.after)) for change in changes]
    mine = [(before, after) for before, after in sides if before is not None or after is not None]
    if 0 < len(mine) <= FEW:
        screen.view.follow(mine)
    elif mine:
        show_annotations(screen)


def _of_article(screen: ReaderScreen, record: object) -> Annotation | None:
    """The record if it is an annotation of this article; one may have come from another or gone there."""
    return record if isinstance(record, Annotation) and record.article == screen.article_id else None


def _leave_gone(screen: ReaderScreen, transaction: Transaction) -> None:
    """Close, for the article is in the library no more; the screen below says what took it away."""
    stack = screen.app.screen_stack
    screen.dismiss()
    if stack[-1] is screen and isinstance(stack[-2], KeyedScreen):
        what = within(transaction.label)
        stack[-2].say(f"Undid: {what}" if transaction.undoes is not None else f"The article is gone: {what}", "ok")
