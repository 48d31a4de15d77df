"""Make a library with numbered annotations, for judging the store from outside.

    python tests/benchmarks/seed_library.py DIR N

DIR becomes a library with N annotations, numbered -1, -2, ... -N in their notes; it must be missing or empty.
"""

import sys
from pathlib import Path

from newstui.model import Annotation, Article, Span
from newstui.services.annotating import build_target
from newstui.store import Store, new_id, now

SENTENCE = "the wire was silent that night and the clerk wrote down what he had heard before the line went dead"
WORDS = SENTENCE.split()
PER_ARTICLE = 1000


def passage(number: int) -> Span:
    """The passage an annotation with this number is on: the same for everyone who asks."""
    start = abs(number) * 7 % 4000
    return Span(start, start + 5 + abs(number) % 40)


def note(number: int) -> str:
    """The words of the note with this number."""
    return f"annotation {number}: {' '.join(WORDS[abs(number) % 11 :][: 3 + abs(number) % 5])}"


def tags(number: int) -> tuple[str, ...]:
    """The tags of the annotation with this number."""
    return (f"bench/{number % 7}",)


def make_article(store: Store, number: int) -> Article:
    """An article with enough text for every passage."""
    body = f"Report {number}. " + " ".join(WORDS * 60)
    return Article(new_id(), f"Report {number}", store.add_text(body), len(body.split()), now())


def make_annotation(article: Article, body: str, number: int) -> Annotation:
    """The annotation with this number."""
    moment = now()
    target = build_target(article, body, passage(number))
    return Annotation(new_id(), target, tags(number), note(number), 1 + abs(number) % 6, moment, moment)


def main(folder: str, count: int) -> None:
    """Seed a library."""
    with Store.open(Path(folder), create=True) as store:
        articles = [make_article(store, number) for number in range(1 + count // PER_ARTICLE)]
        notes = []
        for number in range(1, count + 1):
            article = articles[number // PER_ARTICLE]
            notes.append(make_annotation(article, store.text(article.text), -number))
        store.commit(f"Seed {count} annotations", [*articles, *notes])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
