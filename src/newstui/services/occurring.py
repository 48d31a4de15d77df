"""Every occurrence of a word, a phrase or a name, in one article or in the library, to be looked at and annotated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.model import Article, Span
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.services.dossiers import Dossiers
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where something occurs; `highlighted` says that an annotation covers just these words already."""

    article: str
    span: Span
    highlighted: bool


class Occurring:
    """Finds occurrences in one library.

    Args:
        store: the library.
        dossiers: know which names mean the same.
    """

    def __init__(self, store: Store, dossiers: Dossiers) -> None:
        self._store = store
        self._dossiers = dossiers

    def words(
        self, words: str, article_ids: Iterable[str] | None = None, *, cancelled: Callable[[], bool] = lambda: False
    ) -> list[Occurrence]:
        """Where whole words stand, over any blanks and line breaks; a capital among them makes case matter.

        Args:
            words: a word or a phrase.
            article_ids: in these articles; None for all that are not in the trash.
            cancelled: asked between two articles.
        """
        pattern = build_pattern(words)
        found: list[Occurrence] = []
        for article in self._articles(article_ids):
            if cancelled() or pattern is None:
                break
            text = text_or_nothing(self._store, article)
            found += self._occurrences(article, (Span(*match.span()) for match in pattern.finditer(text)))
        return found

    def entity(
        self, key: str, article_ids: Iterable[str] | None = None, *, cancelled: Callable[[], bool] = lambda: False
    ) -> list[Occurrence]:
        """Where an entity is mentioned, under any of its names; `key` is that of `Entity`, the rest as for `words`."""
        found: list[Occurrence] = []
        for article in self._articles(article_ids):
            if cancelled():
                break
            for entity in self._dossiers.entities(article.id):
                if entity.key == key:
                    found += self._occurrences(article, (mention.span for mention in entity.mentions))
        return found

    def _articles(self, article_ids: Iterable[str] | None) -> list[Article]:
        if article_ids is not None:
            return [self._store.get(Article, id_) for id_ in article_ids]
        articles = [article for article in self._store.all(Article) if not article.deleted]
        return sorted(articles, key=lambda article: (article.published, article.id), reverse=True)

    def _occurrences(self, article: Article, spans: Iterable[Span]) -> Iterator[Occurrence]:
        marked = {note.span for note in self._store.annotations_of(article.id)}
        for span in spans:
            yield Occurrence(article.id, span, span in marked)


def build_pattern(words: str) -> re.Pattern[str] | None:
    """What finds these words as whole words, or None if there are none."""
    parts = words.split()
    if not parts:
        return None
    inside = r"\s+".join(re.escape(part) for part in parts)
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return re.compile(before + inside + after, 0 if any(char.isupper() for char in words) else re.IGNORECASE)
