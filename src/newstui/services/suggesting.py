"""Which tags a passage may want, learned from the user's own use of tags; offline, and never from anyone else's.

Complement naive Bayes (Rennie et al., Tackling the poor assumptions of naive Bayes text classifiers, 2003):
a tag scores by how much rarer the words of the passage are in all passages without the tag. Marks count as words, for a
question and a quotation are told by them. A tag also scores by its own name standing in the passage, by being used in
the same article, and by going with the tags that are given already. On the sample library the tag that was left out is
among the first three in 12 of 15 cases, on 6,000 short texts sorted by hand into 42 classes in 70 of 100 (by the most
used tags alone: 2 of 15 and 26 of 100). `tests/benchmarks/suggestions.py` counts both.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article, Span
from newstui.search.folding import fold
from newstui.text.selectors import CONTEXT

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

STEM = 6
"""Code points of a word that count: enough to tell words apart, few enough for their endings not to."""
WHOLE = 1000
"""Weight that the words of a passage share by the root of their number, an integer so that it can be taken back."""
SMOOTHING = 0.6 * WHOLE
"""Weight that every word has in passages nobody has seen."""
LOOKS = 20_000
"""Pairs of a word and a tag that are looked at for one passage, the words with the fewest tags first."""
NEARBY = 0.15
"""How much a word beside the passage weighs against one in it."""
NAMED = 3.0
"""Weight of the name of a tag in the passage, until its uses say more than its name."""
KNOWN = 4
"""Uses of a tag that say as much as its name."""
SAME_ARTICLE = 0.5
"""Weight of the tag being used in the article already, for each doubling about."""
TOGETHER = 0.5
"""Weight of a tag that always goes with one that is given."""
FEW = 200
"""Changed passages that are learned from while a key waits."""
_PART = re.compile(r"\w+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class _Passage:
    article: str
    words: frozenset[str]
    tags: tuple[str, ...]

    @property
    def weight(self) -> int:
        """What each of its words weighs."""
        return round(WHOLE / sqrt(len(self.words) or 1))


def _stems(text: str) -> frozenset[str]:
    return frozenset(part[:STEM] for part in _PART.findall(fold(text)))


class Suggesting:
    """What the tags of one library were used for; takes in what changed when it is asked.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._changed: dict[str, None] = {}
        self._passages: dict[str, _Passage] = {}
        self._tags_of_word: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._words: Counter[str] = Counter()
        self._tags: Counter[str] = Counter()
        self._weights: Counter[str] = Counter()
        """What the words of all passages with a tag weigh; under no name, those of all passages."""
        self._company: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._tags_of_article: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, frozenset[str]] = {}
        self._built = False
        store.subscribe(self._follow)

    @property
    def is_behind(self) -> bool:
        """Whether so much was changed since it was prepared that no key should wait for it."""
        return len(self._changed) > FEW

    def prepare(self) -> None:
        """Learn from all passages that were not learned from; seconds for 50,000, so on a worker."""
        with self._lock:
            if not self._built:
                self._built = True
                self._changed.clear()
                for note in self._store.iter_tagged():
                    self._learn(note)
            while self._changed:
                id_, _ = self._changed.popitem()
                self._forget(id_)
                note_now = self._store.find(Annotation, id_)
                if note_now is not None:
                    self._learn(note_now)

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
            if wait or (self._built and not self.is_behind):
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
        scores = self._alike(dict.fromkeys(beside, NEARBY) | dict.fromkeys(inside, 1.0))
        for tag, count in self._tags_of_article[article_id].items():
            scores[tag] += SAME_ARTICLE * log(1 + count)
        for word in inside:
            for tag in self._names.get(word, ()):
                scores[tag] += NAMED / (1 + self._tags[tag] / KNOWN)
        for other in given:
            for tag, count in self._company[other].items():
                scores[tag] += TOGETHER * count / self._tags[other]
        for tag in given:
            scores.pop(tag, None)
        return sorted(scores, key=lambda tag: (-scores[tag], -self._tags[tag], tag))

    def _alike(self, words: dict[str, float]) -> defaultdict[str, float]:
        """How well the words fit each tag, in the mean of a word."""
        known = sorted((len(self._tags_of_word[word]), word) for word in words if word in self._words)
        scores: defaultdict[str, float] = defaultdict(float)
        looks = 0
        shares = 0.0
        for tags, word in known:
            looks += tags
            if looks > LOOKS:
                break
            all_ = self._words[word] + SMOOTHING
            log_all = log(all_)
            shares += words[word]
            for tag, weight in self._tags_of_word[word].items():
                scores[tag] += words[word] * (log_all - log(all_ - weight))
        total = self._weights[""] + SMOOTHING * len(self._words)
        root = sqrt(shares) or 1.0
        for tag in scores:
            scores[tag] = (scores[tag] + shares * log(1 - self._weights[tag] / total)) / root
        return scores

    # -- learning

    def _forget(self, id_: str) -> None:
        passage = self._passages.pop(id_, None)
        if passage is not None:
            self._count(passage, -1)

    def _learn(self, note: Annotation) -> None:
        if not note.tags:
            return
        quote = note.target.quote
        words = _stems(quote.exact)
        self._passages[note.id] = passage = _Passage(note.article, words, note.tags)
        self._count(passage, 1)

    def _count(self, passage: _Passage, sign: int) -> None:
        weight = sign * passage.weight
        for word in passage.words:
            _bump(self._words, word, weight)
            for tag in passage.tags:
                _bump(self._tags_of_word[word], tag, weight)
        for tag in passage.tags:
            _bump(self._tags_of_article[passage.article], tag, sign)
            _bump(self._weights, tag, weight * len(passage.words))
            for other in passage.tags:
                if other != tag:
                    _bump(self._company[tag], other, sign)
            before = tag in self._tags
            _bump(self._tags, tag, sign)
            if before != (tag in self._tags):
                for word in _stems(tag):
                    self._names[word] = self._names.get(word, frozenset()) ^ {tag}
        _bump(self._weights, "", weight * len(passage.words))

    def _follow(self, transaction: Transaction) -> None:
        """Remember what changed; to learn from it waits until somebody asks."""
        self._changed.update((change.id, None) for change in transaction.changes if change.kind is Annotation)


def _bump(counter: Counter[str], key: str, by: int) -> None:
    counter[key] += by
    if not counter[key]:
        del counter[key]
