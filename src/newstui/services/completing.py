"""Completing a query: what the library has for each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newstui.config import Config
from newstui.model import Article
from newstui.services.names import LABELS

if TYPE_CHECKING:
    from newstui.search.completing import Completion, Value
    from newstui.search.fields import Kind
    from newstui.services.names import NameIndex
    from newstui.services.tagging import Tagging
    from newstui.store import Store


class Completing:
    """What may be meant by a word of a query.

    Args:
        store: the library.
        config: gives the names of colors.
        tagging: knows the tags.
        names: knows people, organizations and places.
    """

    def __init__(self, store: Store, config: Config, tagging: Tagging, names: NameIndex) -> None:
        self._store = store
        self._config = config
        self._tagging = tagging
        self._names = names
        self._counted: tuple[int, dict[str, Sequence[Value]]] = (-1, {})

    def complete(self, query: str, at: int) -> list[Completion]:
        """What the word before the cursor may become, the likeliest first."""
        from newstui.search.completing import complete_query

        return complete_query(query, at, self._values)

    def _values(self, kind: Kind, field: str) -> Iterable[Value]:
        from newstui.search.completing import Value

        match kind:
            case "tag":
                return [Value(use.name, use.count) for use in self._tagging.uses()]
            case "entity":
                labels = LABELS.get(field, "").split()
                counts = self._names.counts
                return [Value(each.name, each.mentions) for each in counts if not labels or each.label in labels]
            case "slot":
                return [Value(name) for name in self._config.colors]
            case "name":
                return self._names_of_articles(field)
            case _:
                return ()

    def _names_of_articles(self, field: str) -> Sequence[Value]:
        """Sources, authors and languages with the number of articles, counted once for each state of the library."""
        from newstui.search.completing import Value

        if self._counted[0] != self._store.version:
            self._counted = (self._store.version, {})
        known = self._counted[1]
        if field not in known:
            counts: Counter[str] = Counter()
            for article in self._store.all(Article):
                counts.update(_named(article, field) if not article.deleted else ())
            known[field] = [Value(name, count) for name, count in counts.most_common() if name]
        return known[field]


def _named(article: Article, field: str) -> Iterable[str]:
    match field:
        case "author":
            return article.author
        case "source":
            return (article.source or article.site,)
        case "lang":
            return (article.language,)
        case "collection":
            return article.collections
        case _:
            return ()
