"""How often tags were used, and which go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

from newstui.model import Annotation, Article
from newstui.services.tagging import is_within

if TYPE_CHECKING:
    from newstui.store import Store

Scope = Literal["passage", "article"]


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a tag was given: to passages and to whole articles, and in how many articles it occurs at all."""

    tag: str
    passages: int
    articles: int
    spread: int


@dataclass(frozen=True, slots=True)
class Together:
    """Tags and how often each two of them go together; the number of a tag with itself is its own."""

    tags: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def pairs(self) -> list[tuple[str, str, int]]:
        """Each two tags that go together, the most frequent first."""
        found = [
            (self.tags[a], self.tags[b], self.counts[a][b])
            for a, b in combinations(range(len(self.tags)), 2)
            if self.counts[a][b]
        ]
        return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


class Counting:
    """The use of tags in one library; articles in the trash do not count.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def frequencies(self, *, below: bool = True) -> list[Frequency]:
        """All tags that were given, the most used first.

        Args:
            below: a tag counts for its parents too, once for each passage.
        """
        passages: Counter[str] = Counter()
        whole: Counter[str] = Counter()
        spread: dict[str, set[str]] = {}
        for article, notes in self._annotated():
            own = _lineage(article.tags) if below else set(article.tags)
            whole.update(own)
            for note in notes:
                tags = _lineage(note.tags) if below else set(note.tags)
                passages.update(tags)
                own = own | tags
            for tag in own:
                spread.setdefault(tag, set()).add(article.id)
        found = [Frequency(tag, passages[tag], whole[tag], len(articles)) for tag, articles in spread.items()]
        return sorted(found, key=lambda each: (-each.passages - each.articles, each.tag.casefold()))

    def months(self, tag: str) -> list[tuple[str, int]]:
        """How many passages with a tag, or one below it, lie in articles of each month (`2016-08`), in order."""
        counts: Counter[str] = Counter()
        for article, notes in self._annotated():
            counts[article.published[:7] or "undated"] += sum(any(is_within(t, tag) for t in n.tags) for n in notes)
        return sorted((month, count) for month, count in counts.items() if count)

    def together(self, tags: Sequence[str] = (), *, scope: Scope = "passage", limit: int = 12) -> Together:
        """How often tags go together.

        Args:
            tags: these, each with those below it; else the ones used most.
            scope: on one passage or on passages that overlap, or in one article.
            limit: how many tags, if none are given.
        """
        used = [each for each in self.frequencies(below=False) if each.passages or scope == "article"]
        chosen = tuple(tags) or tuple(each.tag for each in used[:limit])
        counts = [[0] * len(chosen) for _ in chosen]

        def present(given: Iterable[str]) -> set[int]:
            return {n for n, tag in enumerate(chosen) if any(is_within(each, tag) for each in given)}

        for article, notes in self._annotated():
            if scope == "article":
                groups = [present({*article.tags}.union(*(note.tags for note in notes)))]
            else:
                groups = [present(note.tags) for note in notes]
                for one, other in overlapping(notes):
                    for a, b in product(groups[one] - groups[other], groups[other] - groups[one]):
                        counts[a][b] += 1
                        counts[b][a] += 1
            for group in groups:
                for a, b in product(group, group):
                    counts[a][b] += 1
        return Together(chosen, tuple(tuple(row) for row in counts))

    def _annotated(self) -> Iterable[tuple[Article, Sequence[Annotation]]]:
        for article in self._store.all(Article):
            if not article.deleted:
                yield article, self._store.annotations_of(article.id)


def _lineage(tags: Iterable[str]) -> set[str]:
    """Tags with all their parents."""
    found = set()
    for tag in tags:
        parts = tag.split("/")
        found |= {"/".join(parts[:size]) for size in range(1, len(parts) + 1)}
    return found


def overlapping(notes: Sequence[Annotation]) -> Iterator[tuple[int, int]]:
    """Each two of the passages of an article that share a word, by their numbers; they come in the order of starts."""
    begun: list[int] = []
    for number, note in enumerate(notes):
        begun = [other for other in begun if notes[other].span.end > note.span.start]
        yield from ((other, number) for other in begun)
        begun.append(number)
