"""Thin adapters through which scoring tools outside the project call the product's own code."""

from collections.abc import Sequence
from pathlib import Path

from newstui.model import Span


def anchor(
    text: str, exact: str, prefix: str, suffix: str, start: int, end: int, old_text: str | None
) -> tuple[int, int] | None:
    """Where a passage stands in a changed text, None if it is gone."""
    from newstui.text.anchoring import anchor as find

    span: Span | None = find(text, exact, prefix, suffix, start, end, old_text)
    return None if span is None else (span.start, span.end)


class Search:
    """The product's index, as the search benchmark calls it."""

    def build(self, ids: list[str], full: list[str]) -> None:
        """Index texts."""
        from newstui.search.index import SearchIndex
        from newstui.search.segment import Unit

        self._texts = dict(zip(ids, full, strict=True))
        units = (Unit(id_, "text", text) for id_, text in self._texts.items())
        self._index = SearchIndex(units, lambda id_: self._texts[id_])

    def save(self, folder: str) -> None:
        """Keep the index in a folder."""
        import numpy as np

        from newstui.services.index_files import IndexFiles

        segment = self._index.join(0)
        IndexFiles(Path(folder)).save(segment, np.zeros((len(segment.article_ids), 2), np.uint64))

    def load(self, folder: str, ids: list[str], full: list[str]) -> None:
        """Map a kept index into memory."""
        from newstui.search.index import SearchIndex
        from newstui.services.index_files import IndexFiles

        self._texts = dict(zip(ids, full, strict=True))
        self._index = SearchIndex((), self._texts.__getitem__)
        for segment, _ in IndexFiles(Path(folder)).load(self._texts.__getitem__):
            self._index.add(segment)

    def add(self, id_: str, text: str) -> None:
        """Index one more text."""
        from newstui.search.segment import Unit

        self._texts[id_] = text
        self._index.replace({id_: [Unit(id_, "text", text)]})

    def search(self, query: str, limit: int) -> list[tuple[str, int, int, float]]:
        """The best places: id, start, end, score."""
        return [(hit.unit.article, hit.start, hit.end, hit.score) for hit in self._index.search(query, limit)]


def recognize(text: str) -> list[tuple[int, int, str]]:
    """Mentions of names in a text: start, end, label."""
    from newstui.entities.recognizers import default_recognizer

    return [(mention.start, mention.end, mention.label) for mention in default_recognizer().recognize(text)]


def cluster(names: Sequence[tuple[str, str]], text: str) -> list[int]:
    """Which names mean the same."""
    from newstui.entities.linking import cluster as group

    return group(names)
