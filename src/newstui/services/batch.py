"""Many queries at once, such as a list of names: which articles each holds for, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.model import Article
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.services.searching import Searching
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One query of a batch: the number of places in each article it holds for, by id, newest first.

    `problem` says what of it was not understood.
    """

    query: str
    places: Mapping[str, int]
    problem: str = ""


def iter_batch(store: Store, searching: Searching, lines: Iterable[str]) -> Iterator[BatchRow]:
    """Ask every line; empty ones and those that begin with `;` are left out.

    A line is a query: `Hakan Fidan` asks for both words, `"Hakan Fidan"` for them side by side. Places are counted for
    words and phrases; an article found by other conditions counts as one.
    """
    for line in lines:
        query = line.strip().lstrip("\ufeff")
        if not query or query.startswith(";"):
            continue
        try:
            yield _ask(store, searching, query)
        except Exception as error:  # whatever one line runs into must not lose the answers to the others
            yield BatchRow(query, {}, f"could not be asked ({type(error).__name__}: {error})")


def _ask(store: Store, searching: Searching, query: str) -> BatchRow:
    problems = searching.problems(query)
    found = [store.get(Article, id_) for id_ in searching.matches(query)]
    words = query.strip('"')
    places = {}
    for article in sorted(found, key=lambda each: (each.published, each.id), reverse=True):
        places[article.id] = max(1, len(searching.find_in(text_or_nothing(store, article), words)))
    return BatchRow(query, places, str(problems[0]) if problems else "")
