"""Libraries of any size to try newstui on: articles made of the sample library's words, notes on a tenth of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.store import new_id, now
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.store import Store

BATCH = 2000
"""Articles to one transaction."""
NOTES = 10
"""Highlights on each tenth article."""
_PLACES = ("Ankara", "Lisbon", "Geneva", "Nairobi", "Lima", "Oslo", "Hanoi", "Quebec", "Tbilisi", "Dakar")
_SOURCES = ("Harbor Gazette", "Northern Wire", "Evening Ledger", "Canal Press", "Union Telegraph")
_TAGS = ("wire", "trade", "trade/grain", "ceasefire", "election", "harbor", "telegraph", "claim/official", "to-check")


class Composer:
    """Makes sentences that never were, two words deciding the third (a Markov chain), from texts it has read.

    Args:
        texts: to learn from.
        seed: the same seed makes the same sentences.
    """

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # nobody's secret depends on it
        self._next: dict[tuple[str, str], list[str]] = {}
        self._first: list[tuple[str, str]] = []
        for text in texts:
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                words = sentence.split()
                if len(words) >= 4 and words[0][:1].isupper():
                    self._first.append((words[0], words[1]))
                    for one, two, three in zip(words, words[1:], words[2:], strict=False):
                        self._next.setdefault((one, two), []).append(three)
        self.sentences = [self._sentence() for _ in range(20_000)] if self._first else []

    def _sentence(self) -> str:
        words = list(self.random.choice(self._first))
        while len(words) < 40 and (following := self._next.get((words[-2], words[-1]))):
            words.append(self.random.choice(following))
        return " ".join(words).rstrip(",;:.?!") + "."

    def body(self) -> str:
        """Three to twelve paragraphs of two to five sentences."""
        choose = self.random
        return "\n\n".join(
            " ".join(choose.choices(self.sentences, k=choose.randint(2, 5))) for _ in range(choose.randint(3, 12))
        )


def build_library(
    store: Store, texts: Sequence[str], count: int, *, seed: int = 1, report: Callable[[int], None] | None = None
) -> None:
    """Fill a library with articles, and ten annotations on each tenth.

    Args:
        store: a new library.
        texts: what the articles are composed from.
        count: of articles.
        seed: the same seed makes the same texts, titles, dates and notes.
        report: called with the number of articles so far.

    Raises:
        NotSavedError: the disk is full; what was committed before is there.
    """
    composer = Composer(texts, seed)
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        bodies = [composer.body() for _ in numbers]
        articles = [
            _article(composer, number, body, sha256)
            for number, body, sha256 in zip(numbers, bodies, store.add_texts(bodies), strict=True)
        ]
        notes = [
            note
            for number, article, body in zip(numbers, articles, bodies, strict=True)
            if number % 10 == 0
            for note in _annotations(composer, article, body)
        ]
        store.commit(f"Add {counted(len(articles), 'made-up article')}", [*articles, *notes])
        store.tidy()
        if report is not None:
            report(numbers.stop)


def _article(composer: Composer, number: int, body: str, sha256: str) -> Article:
    choose = composer.random
    words = body[: body.find(".")].split()
    day = date(1990, 1, 1) + timedelta(choose.randrange(13_000))
    return Article(
        new_id(), " ".join(words[:9]), sha256, len(body.split()), now(),
        place=choose.choice(_PLACES), source=choose.choice(_SOURCES), published=day.isoformat(), language="en",
        url=f"https://wire.example/{day:%Y/%m}/{number}", tags=tuple(choose.sample(_TAGS, choose.randrange(3))),
    )  # fmt: skip


def _annotations(composer: Composer, article: Article, body: str) -> list[Annotation]:
    choose = composer.random
    ends = [found.end() for found in re.finditer(r"[.](?=\s|$)", body)]
    starts = [0, *(end + len(body[end:]) - len(body[end:].lstrip()) for end in ends[:-1])]
    made = []
    for _ in range(NOTES):
        at = choose.randrange(len(ends))
        note = choose.choice(composer.sentences) if choose.random() < 0.5 else ""
        made.append(
            Annotation(
                new_id(), build_target(article, body, Span(starts[at], ends[at])),
                tuple(choose.sample(_TAGS, choose.randint(0, 2))), note, choose.randint(1, 6), now(), now(),
            )
        )  # fmt: skip
    return made
