"""Names of articles that have just come in: looked for beside the keys, so that they are there when one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.model import Article
from newstui.ui.screens.looking import tell_progress

if TYPE_CHECKING:
    from newstui.store import Transaction
    from newstui.ui.screens.library.screen import LibraryScreen


def find_new_names(screen: LibraryScreen, transaction: Transaction) -> None:
    """Look for names on a worker if a change brought texts; what is under way for an earlier one goes on from there."""
    texts = {change.before.text for change in transaction.changes if isinstance(change.before, Article)}
    fresh = [each.after for each in transaction.changes if isinstance(each.after, Article) and not each.after.deleted]
    if not any(article.text not in texts for article in fresh):
        return
    workspace = screen.desk.workspace

    def work() -> None:
        from textual.worker import get_current_worker

        worker = get_current_worker()
        articles = sorted(workspace.store.all(Article), key=lambda article: article.added, reverse=True)
        workspace.recognition.run(
            [article for article in articles if not article.deleted],
            tell_progress(screen, "Looking for names"),
            lambda: worker.is_cancelled,
        )

    screen.run_worker(work, thread=True, exclusive=True, group="names", exit_on_error=False)
