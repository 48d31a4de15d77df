"""Collections: named folders of articles; an article may lie in several, and one that is empty is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article
from newstui.text.display import is_harmless
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.store import Store, Transaction


def normalize_collection(name: str) -> str:
    """The name of a collection as it is kept: without outer and doubled blanks.

    Raises:
        UsageError: nothing is left, or a character of it could act on a terminal.
    """
    kept = " ".join(name.split())
    if not kept:
        raise UsageError("A collection needs a name.")
    if not is_harmless(kept):
        raise UsageError(f"The name {kept!r} holds a control character; type it without.")
    return kept


def normalize_collections(store: Store, names: Iterable[str]) -> list[str]:
    """The names of collections as they are kept; one that is there already is spelled as it is there.

    Raises:
        UsageError: one is no name.
    """
    wanted = list(dict.fromkeys(map(normalize_collection, names)))
    if not wanted:
        return []
    known = {name.casefold(): name for article in store.having(Article, "collections") for name in article.collections}
    return [known.get(name.casefold(), name) for name in wanted]


class Collecting:
    """The collections of one library.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def counts(self) -> dict[str, int]:
        """Each collection with the number of its articles, by name; what is in the trash does not count."""
        counts: Counter[str] = Counter()
        for article in self._store.having(Article, "collections"):
            counts.update(() if article.deleted else article.collections)
        return dict(sorted(counts.items(), key=lambda pair: pair[0].casefold()))

    def change(self, article_ids: Iterable[str], add: Iterable[str] = (), drop: Iterable[str] = ()) -> Transaction:
        """Put articles into collections and take them out of others."""
        added, dropped = normalize_collections(self._store, add), normalize_collections(self._store, drop)
        articles = [self._store.get(Article, id_) for id_ in article_ids]
        changed = [
            replace(
                article,
                collections=tuple(
                    name for name in dict.fromkeys((*article.collections, *added)) if name not in dropped
                ),
            )
            for article in articles
        ]
        said = [*(f"into {name}" for name in added), *(f"out of {name}" for name in dropped)]
        return self._store.commit(f"Put {counted(len(articles), 'article')} {', '.join(said)}", changed)

    def rename(self, old: str, new: str) -> Transaction:
        """Give a collection another name; one that is there already takes both.

        Raises:
            NotFoundError: there is no such collection.
        """
        members = self._members(old)
        wanted = normalize_collection(new)
        changed = [
            replace(
                each, collections=tuple(dict.fromkeys(wanted if name == old else name for name in each.collections))
            )
            for each in members
        ]
        return self._store.commit(f"Rename collection {old} to {wanted}", changed)

    def dissolve(self, name: str) -> Transaction:
        """Take everything out of a collection; the articles stay.

        Raises:
            NotFoundError: there is no such collection.
        """
        return self.change([each.id for each in self._members(name)], drop=[name])

    def _members(self, name: str) -> list[Article]:
        members = [each for each in self._store.having(Article, "collections") if name in each.collections]
        if not members:
            raise NotFoundError(f"There is no collection {name!r}; `newstui collections` lists those there are.")
        return members
