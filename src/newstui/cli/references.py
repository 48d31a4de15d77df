"""References on the command line: unique endings of ids, and queries where no reference fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article

if TYPE_CHECKING:
    from newstui.workspace import Workspace


def short_refs(ids: Iterable[str]) -> dict[str, str]:
    """Id -> its shortest unique ending of at least 4 characters, for a whole list at once."""
    refs: dict[str, str] = {}
    left = list(ids)
    length = 4
    while left:
        counts = Counter(id_[-length:] for id_ in left)
        refs.update({id_: id_[-length:] for id_ in left if counts[id_[-length:]] == 1 or len(id_) <= length})
        left = [id_ for id_ in left if id_ not in refs]
        length += 1
    return refs


def article_refs(workspace: Workspace) -> dict[str, str]:
    """The short references of all articles by id; no article is read for it."""
    return short_refs(workspace.store.ids(Article))


def note_refs(workspace: Workspace) -> dict[str, str]:
    """The short references of all highlights by id, each to be put behind that of its article."""
    return short_refs(workspace.store.ids(Annotation))


def select_articles(workspace: Workspace, words: Sequence[str]) -> list[Article]:
    """The articles that references name, or those that the words find as a query, newest first unless it says `sort:`.

    Raises:
        NotFoundError: there is none.
    """
    named = _referenced(workspace, words)
    if named is not None:
        return named
    query = " ".join(words)
    asked = workspace.searching.directives(query)
    rows = workspace.catalog.rows(query, asked.sort) if asked.sort else workspace.catalog.rows(query)
    found = [row.article for row in rows[: asked.limit]]
    if not found:
        raise NotFoundError(f"Nothing is found by {query!r}; `newstui list` shows what there is.")
    return found


def _referenced(workspace: Workspace, words: Sequence[str]) -> list[Article] | None:
    """The articles named, if each word is a reference."""
    articles: dict[str, Article] = {}
    for word in words:
        if len(word) < 4 or not word.isalnum():
            return None
        try:
            article = workspace.catalog.article(word)
        except NotFoundError:
            return None
        articles[article.id] = article
    return list(articles.values()) if words else None


def is_reference(word: str) -> bool:
    """Whether a word looks like the end of an id, or like `z9x7#p1xd`."""
    article, hash_, passage = word.rpartition("#")
    return all(len(part) >= 4 and part.isalnum() for part in ((article, passage) if hash_ and article else (passage,)))
