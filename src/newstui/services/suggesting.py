"""Which tags a passage may want, learned from the user's own use of tags; offline, and never from anyone else's.

A tag scores by the words that passages with it share with this one, rare words more, frequent tags less; by its own
name standing in the passage; and by being used in the same article. On the sample library the tag that was left out is
among the first three in 12 of 15 cases, on 6,000 short texts sorted by hand into 42 classes in 59 of 100 (by the most
used tags alone: 2 of 15 and 26 of 100). `tests/benchmarks/suggestions.py` counts both.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article, Span
from newstui.search.folding import fold
from newstui.text.selectors import CONTEXT

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

STEM = 6
"""Code points of a word that count: enough to tell words apart, few enough for their endings not to."""
RAREST = 24
"""Words of a passage that are looked at; the others are in so many passages that they say little."""
MANY_TAGS = 600
"""A word that goes with more tags than this says nothing about which is meant."""
NEARBY = 0.3
"""How much a word beside the passage weighs against one in it."""
NAMED = 6.0
"""Weight of the tag's own name in the passage."""
SAME_ARTICLE = 2.0
"""Weight of the tag being used in the article already, for each doubling about."""
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class _Passage:
    article: str
    words: frozenset[str]
    tags: tuple[str, ...]


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(fold(text)))


class Suggesting:
    """What the tags of one library were used for; follows every change once it was built.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._passages: dict[str, _Passage] = {}
        self._tags_of_word: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._words: Counter[str] = Counter()
        self._tags: Counter[str] = Counter()
        self._tags_of_article: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, frozenset[str]] = {}
        self._built = False
        store.subscribe(self._follow)

    def prepare(self) -> None:
        """Learn from all passages now; seconds for 50,000, so on a worker."""
        with self._lock:
            if not self._built:
                self._built = True
                for note in self._store.all(Annotation):
                    self._learn(note)

    def tags_for(
        self, article_id: str, span: Span, *, given: Collection[str] = (), limit: int = 3, wait: bool = True
    ) -> list[str]:
        """The tags that fit a passage, the best first.

        Args:
            article_id: the article.
            span: the passage.
            given: tags that it has already.
            limit: how many at most.
            wait: learn first if that was not done; else there are none until `prepare` is through.
        """
        if not self._lock.acquire(blocking=wait):
            return []
        try:
            if wait:
                self.prepare()
            text = self._store.text(self._store.get(Article, article_id).text)
            inside = _stems(span.slice(text))
            beside = _stems(text[max(0, span.start - CONTEXT) : span.start] + " " + text[span.end : span.end + CONTEXT])
            return self._ranked(article_id, inside, beside - inside, given)[:limit]
        finally:
            self._lock.release()

    def _ranked(
        self, article_id: str, inside: frozenset[str], beside: frozenset[str], given: Collection[str]
    ) -> list[str]:
        known = [word for word in (*inside, *beside) if 0 < len(self._tags_of_word.get(word, ())) <= MANY_TAGS]
        scores: defaultdict[str, float] = defaultdict(float)
        for word in sorted(known, key=lambda word: (self._words[word], word))[:RAREST]:
            seen = self._words[word]
            weight = log(1 + len(self._passages) / seen) / (seen + 3) * (1.0 if word in inside else NEARBY)
            for tag, count in self._tags_of_word[word].items():
                scores[tag] += weight * count / self._tags[tag] ** 0.35
        for tag, count in self._tags_of_article[article_id].items():
            scores[tag] += SAME_ARTICLE * log(1 + count)
        for word in inside:
            for tag in self._names.get(word, ()):
                scores[tag] += NAMED
        for tag in given:
            scores.pop(tag, None)
        return sorted(scores, key=lambda tag: (-scores[tag], -self._tags[tag], tag))

    # -- learning

    def _learn(self, note: Annotation) -> None:
        if not note.tags:
            return
        quote = note.target.quote
        words = _stems(quote.exact) | _stems(f"{quote.prefix} {quote.suffix}")
        self._passages[note.id] = passage = _Passage(note.article, words, note.tags)
        self._count(passage, 1)

    def _count(self, passage: _Passage, sign: int) -> None:
        for word in passage.words:
            _bump(self._words, word, sign)
            for tag in passage.tags:
                _bump(self._tags_of_word[word], tag, sign)
        for tag in passage.tags:
            _bump(self._tags_of_article[passage.article], tag, sign)
            before = tag in self._tags
            _bump(self._tags, tag, sign)
            if before != (tag in self._tags):
                for word in _stems(tag):
                    self._names[word] = self._names.get(word, frozenset()) ^ {tag}

    def _follow(self, transaction: Transaction) -> None:
        with self._lock:
            if not self._built:
                return
            for change in transaction.changes:
                if change.kind is not Annotation:
                    continue
                passage = self._passages.pop(change.id, None)
                if passage is not None:
                    self._count(passage, -1)
                if isinstance(change.after, Annotation):
                    self._learn(change.after)


def _bump(counter: Counter[str], key: str, sign: int) -> None:
    counter[key] += sign
    if not counter[key]:
        del counter[key]
