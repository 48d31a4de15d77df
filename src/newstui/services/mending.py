"""Mending: sentences that lost the blank between them get it back, as a revision that can be seen and undone."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.ingest.plain import find_glued
from newstui.model import Article, Block
from newstui.services.reanchoring import Reanchoring
from newstui.text.figures import counted
from newstui.text.segmentation import count_words

if TYPE_CHECKING:
    from newstui.store import Store, Transaction


class Mending:
    """Mends the texts of one library, only when asked to; the text as it came stays as the earlier revision.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def preview(self, article_id: str) -> str:
        """The text as it would be."""
        text = self._store.text(self._store.get(Article, article_id).text)
        return _insert_blanks(text, find_glued(text))

    def mend(self, article_id: str) -> Transaction | None:
        """Put blanks between glued sentences; highlights follow. None if there is nothing to mend.

        Raises:
            NotSavedError: nothing was changed.
        """
        article = self._store.get(Article, article_id)
        text = self._store.text(article.text)
        places = find_glued(text)
        if not places:
            return None
        body = _insert_blanks(text, places)
        mended = replace(
            article,
            text=self._store.add_text(body),
            words=count_words(body),
            blocks=tuple(_shift(block, places) for block in article.blocks),
            earlier=(article.text, *article.earlier),
        )
        _, followed = Reanchoring(self._store).follow(mended, body)
        return self._store.commit(f"Mend {counted(len(places), 'glued sentence')}", [mended, *followed])


def _insert_blanks(text: str, places: list[int]) -> str:
    parts = []
    start = 0
    for place in places:
        parts.append(text[start:place])
        start = place
    return " ".join([*parts, text[start:]])


def _shift(block: Block, places: list[int]) -> Block:
    """A block behind the blanks that were put in before it."""
    start, end = (offset + bisect_left(places, offset) for offset in (block.start, block.end))
    return replace(block, start=start, end=end)
