"""Many queries at once, such as a list of names: which articles each holds for, and how often."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.export.tables import guard_cell
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


def batch_table(rows: Sequence[BatchRow], titles: Mapping[str, str]) -> str:
    """CSV: a row a query, a column an article that any of them is in, in each cell the number of places.

    Args:
        rows: the answers.
        titles: what the column of each article is called, by its id.
    """
    columns = list(dict.fromkeys(id_ for row in rows for id_ in row.places))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["", *(guard_cell(titles[id_]) for id_ in columns)])
    writer.writerows([guard_cell(row.query), *(row.places.get(id_, 0) for id_ in columns)] for row in rows)
    return table.getvalue()


def _ask(store: Store, searching: Searching, query: str) -> BatchRow:
    problems = searching.problems(query)
    ids = searching.matches(query)
    if problems and len(ids) == len(searching.matches("")):
        ids = set()  # no condition was left that says anything, and a list of all articles is no answer
    found = [store.get(Article, id_) for id_ in ids]
    words = query.strip('"')
    places = {}
    for article in sorted(found, key=lambda each: (each.published, each.id), reverse=True):
        places[article.id] = max(1, len(searching.find_in(text_or_nothing(store, article), words)))
    return BatchRow(query, places, str(problems[0]) if problems else "")
