"""What an article names for the first time in its library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.model import Article

if TYPE_CHECKING:
    from newstui.model import Entity
    from newstui.services.dossiers import Dossiers
    from newstui.services.names import NameIndex
    from newstui.store import Store

COUNTED_HERE = 300
"""Articles of a library up to which its names are counted for this; else those that were counted for the search do."""


class Novelty:
    """Which names of an article are new, as far as one can tell without a long search.

    Args:
        store: the library.
        names: the names of the library, as they were counted last.
        dossiers: who is named in an article.
    """

    def __init__(self, store: Store, names: NameIndex, dossiers: Dossiers) -> None:
        self._store, self._names, self._dossiers = store, names, dossiers

    def first_named(self, article_id: str, cancelled: Callable[[], bool] | None = None) -> list[Entity] | None:
        """The entities that no article names which was added before; None as long as the names are not counted."""
        if not self._names.is_current:
            articles = [article for article in self._store.all(Article) if not article.deleted]
            if len(articles) > COUNTED_HERE or self._dossiers.recognition.pending(articles):
                return None
            self._names.refresh(cancelled)
        new = self._dossiers.first_named(article_id, self._names.counts)
        return new if self._names.is_current else None
