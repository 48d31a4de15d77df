"""Comparing: copies of a story that somebody edited, grouped; and what differs between two texts, or two revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError
from newstui.model import Article
from newstui.services.identity import Alike, Known, Likeness
from newstui.text.diffs import Piece, diff_words

if TYPE_CHECKING:
    from newstui.store import Store


class Comparing:
    """Finds near duplicates in one library; nothing is ever merged.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def alike(self, article_id: str) -> list[Alike]:
        """The articles with nearly the same text as one, the likest first."""
        return self._likeness().among(self._store.get(Article, article_id))

    def groups(self, cancelled: Callable[[], bool] | None = None) -> list[tuple[Article, ...]]:
        """Articles that are near duplicates of each other, directly or by way of others; each group oldest first.

        Args:
            cancelled: asked for each article; once true, what was found so far is the answer.
        """
        likeness = self._likeness()
        leaders: dict[str, str] = {}

        def leader(id_: str) -> str:
            while leaders.setdefault(id_, id_) != id_:
                id_ = leaders[id_]
            return id_

        for article in self._articles():
            if cancelled is not None and cancelled():
                break
            for each in likeness.among(article):
                leaders[leader(each.article.id)] = leader(article.id)
        groups: dict[str, list[Article]] = {}
        for id_ in leaders:
            groups.setdefault(leader(id_), []).append(self._store.get(Article, id_))
        ordered = [
            tuple(sorted(group, key=lambda each: (each.published, each.added, each.id))) for group in groups.values()
        ]
        return sorted((group for group in ordered if len(group) > 1), key=lambda group: group[0].id)

    def revision(self, article_id: str, back: int = 0) -> str:
        """The text of an article as it is, or as it was so many revisions ago.

        Raises:
            NotFoundError: it has not been changed so often.
        """
        article = self._store.get(Article, article_id)
        texts = (article.text, *article.earlier)
        if not 0 <= back < len(texts):
            raise NotFoundError(f"{article.title!r} has {len(article.earlier)} earlier revisions, not {back}.")
        return self._store.text(texts[back])

    def diff(self, old: str, new: str) -> list[Piece]:
        """What leads from one text to another."""
        return diff_words(old, new)

    def _articles(self) -> list[Article]:
        return [article for article in self._store.all(Article) if not article.deleted]

    def _likeness(self) -> Likeness:
        return Likeness(Known(self._store), self._articles())
