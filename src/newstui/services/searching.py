"""Searching one library: ranked hits for people, strict sets for filters, and finding in one text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from newstui.config import Config
from newstui.errors import UsageError
from newstui.model import Annotation, Article, Span
from newstui.search.fields import FIELDS
from newstui.search.query import Problem, Query, Term, iter_fields, tag_query
from newstui.services.hits import SCOPES, Hit, HitKind, SearchResult, Snippet, article_hit, build_snippet, iter_hits
from newstui.services.indexing import LibraryIndex
from newstui.services.names import NameIndex

if TYPE_CHECKING:
    from newstui.search.asking import Probe
    from newstui.search.conditions import Patience
    from newstui.search.evaluating import Evaluator, Item
    from newstui.search.index import Match, SearchIndex, Where
    from newstui.store import Store

Cancelled = Callable[[], bool]
SEARCH_SECONDS = 2.0
"""How long a search reads texts for a regular expression, and for the places of what it finds."""
_TOO_LONG = "The regular expression takes too long, so not all texts were looked through."
_SORTS = ("date", "title", "source", "added")
_OF_NAMES = ("entity", "entities")
"""Values of `has:` and `in:` that ask for names."""


@dataclass(frozen=True, slots=True)
class Directives:
    """What a query says beside its conditions; an empty text or None is what it does not say."""

    sort: str
    limit: int | None
    group: str


class Searching:
    """The search of one library.

    Args:
        store: the library.
        config: gives the names of colors.
        names: the names in the library; none if it is None.
        index: what is searched; an index that is not kept, if it is None.
    """

    def __init__(
        self,
        store: Store,
        config: Config | None = None,
        names: NameIndex | None = None,
        index: LibraryIndex | None = None,
    ) -> None:
        self._store = store
        self._config = config or Config()
        self.names = names or NameIndex(store, lambda _: ())
        self.index = index or LibraryIndex(store, None)
        self._items: tuple[int, Sequence[Item]] = (-1, ())
        self._ids: tuple[int, frozenset[str]] = (-1, frozenset())

    # -- what is asked

    def search(
        self,
        query: str,
        limit: int = 50,
        scopes: frozenset[HitKind] = frozenset(SCOPES),
        cancelled: Callable[[], bool] | None = None,
    ) -> SearchResult:
        """The best hits for a query: words are forgiven misspelling, all other conditions are strict.

        Args:
            query: in the query language.
            limit: how many hits at most; `limit:` in the query may ask for fewer.
            scopes: only hits of these kinds.
            cancelled: asked before and while texts are read; the result is empty then, or not whole.
        """
        from newstui.search.asking import take_apart
        from newstui.search.conditions import Patience
        from newstui.search.folding import fold
        from newstui.search.index import Where
        from newstui.search.parsing import parse_query

        parsed = parse_query(query)
        question = take_apart(parsed)
        asked = parsed.directive("limit")
        limit = min(limit, int(asked)) if asked.isdecimal() else limit
        self._count_names(parsed, cancelled)
        if parsed.root is None or (cancelled is not None and cancelled()):
            return SearchResult((), parsed.problems)
        with self.index.lock:
            index = self.index.current()
            kinds = frozenset(scopes) if question.fields is None else question.fields & scopes
            allowed = None
            patience, shown = Patience(cancelled, SEARCH_SECONDS), Patience(cancelled, SEARCH_SECONDS)
            if question.condition is not None:
                allowed = self._evaluator(parsed, patience).evaluate(question.condition)
            where = Where(kinds, allowed, self._trashed() if allowed is None else ())
            found = [
                match for probe in question.probes for match in _found(index, probe, where, query, 3 * limit, shown)
            ]
            growth = self.index.growth
        if "entity" in kinds and allowed is None:
            found = _with_names(found, self.names, question.probes, unfinished=not query.endswith(" "))
        if found or question.probes:
            hits = list(iter_hits(self._store, found, self.names))
        else:
            hits = [article_hit(self._store, id_) for id_ in sorted(allowed or (), reverse=True)[:limit]]
        order = parsed.directive("sort")
        hits = (self._sorted(hits, order) if order else hits)[:limit]
        read: dict[tuple[str, str], str] = {}  # ERDOGAN, Erdogan and Erdoğan are one word
        for key, written in (each for match in found[:limit] if match.tier == 3 for each in match.readings):
            if read.setdefault((key, fold(written)), written).isupper():
                read[key, fold(written)] = written
        corrections = tuple(sorted((key, written) for (key, _), written in read.items()))[:3]
        partly = None if growth.complete else growth
        late = (Problem(0, len(query), _TOO_LONG),) if patience.ran_out or shown.ran_out else ()
        if order and order.lstrip("-") not in _SORTS:
            unsorted = f"Hits cannot be sorted by {order.lstrip('-')!r}; take one of {', '.join(_SORTS)}."
            late = (*late, Problem(0, len(query), unsorted))
        return SearchResult(tuple(hits), parsed.problems + late, corrections, partly)

    def _count_names(self, query: Query, cancelled: Cancelled | None = None) -> None:
        """Where a query asks for names, know them; before the index is locked, for it may take long."""
        fields = list(iter_fields(query.root))
        if any(FIELDS[each.name] == "entity" or each.value.text.lower() in _OF_NAMES for each in fields):
            self.names.refresh(cancelled)

    def _sorted(self, hits: Sequence[Hit], order: str) -> list[Hit]:
        """Hits by a visible order: `date`, `title`, with a minus the other way round; else the best first."""
        key = order.lstrip("-")
        if key not in _SORTS:
            return list(hits)

        def rank(hit: Hit) -> str:
            article = self._store.get(Article, hit.article_id)
            return str((article.published or article.added) if key == "date" else getattr(article, key))

        return sorted(hits, key=rank, reverse=order.startswith("-"))

    def around(self, hit: Hit, width: int) -> Snippet:
        """The text around a hit, with more of it than the hit shows."""
        if hit.kind not in ("text", "quote"):
            return hit.snippet
        return build_snippet(self.index.body(hit.article_id), hit.span, width)

    def matches(self, query: str, cancelled: Cancelled | None = None) -> set[str]:
        """The ids of the articles a query holds for, strictly.

        Args:
            query: in the query language.
            cancelled: asked before and while texts are read; what is found then is not whole.

        Raises:
            UsageError: a regular expression runs away, so that nobody knows what it holds for.
        """
        from newstui.search.conditions import Patience
        from newstui.search.parsing import parse_query

        patience = Patience(cancelled)
        parsed = parse_query(query)
        self._count_names(parsed, cancelled)
        with self.index.lock:
            if cancelled is not None and cancelled():
                return set()
            return _whole(self._evaluator(parsed, patience).evaluate(parsed.root), patience)

    def annotations(self, query: str) -> list[Annotation]:
        """The annotations a query holds for, article by article in the order of the text.

        Raises:
            UsageError: a regular expression runs away, so that nobody knows what it holds for.
        """
        from newstui.search.conditions import Patience
        from newstui.search.parsing import parse_query

        patience = Patience()
        parsed = parse_query(query)
        self._count_names(parsed)
        with self.index.lock:
            found = _whole(self._evaluator(parsed, patience, of_annotations=True).evaluate(parsed.root), patience)
        notes = [self._store.get(Annotation, id_) for id_ in found]
        return sorted(notes, key=lambda note: (note.article, note.target.position.start, note.id))

    def tagged(self, tag: str, query: str) -> list[str]:
        """The ids of the annotations with a tag, or one below it, that a query holds for."""
        found = {note.id for note in self.annotations(query)}
        return [note.id for note in self.annotations(tag_query(tag)) if note.id in found]

    def directives(self, query: str) -> Directives:
        """What a query says about order, number and grouping."""
        from newstui.search.parsing import parse_query

        parsed = parse_query(query)
        limit = parsed.directive("limit")
        sort = " ".join(value for name, value in parsed.directives if name == "sort")
        return Directives(sort, int(limit) if limit.isdecimal() else None, parsed.directive("group"))

    def problems(self, query: str) -> tuple[Problem, ...]:
        """What of a query is not understood."""
        from newstui.search.parsing import parse_query

        return parse_query(query).problems

    def check(self, query: str) -> None:
        """Refuse a query that was not wholly understood: what changes data must not act on half of one.

        Raises:
            UsageError: with the first problem of the query.
        """
        for problem in self.problems(query):
            raise UsageError(f"The query {query!r} was not understood: {problem}")

    def find_in(self, text: str, needle: str) -> list[Span]:
        """All places of some words in a text: folded, over line breaks; if there is none, misspelled ones."""
        from newstui.search.finding import find_all

        return [Span(start, end) for start, end in find_all(text, needle)]

    # -- conditions

    def _evaluator(self, query: Query, patience: Patience, *, of_annotations: bool = False) -> Evaluator:
        from newstui.search.evaluating import Evaluator

        trashed = any(each.name == "is" and each.value.text.lower() == "trashed" for each in iter_fields(query.root))
        gone = frozenset() if trashed else self._trashed()

        def items() -> list[Item]:
            return [item for item in self._all_items() if item.article_id not in gone]

        ids = self._all_ids() if not gone else self._all_ids() - gone
        if of_annotations:
            found = [replace(item, id=note.id, note=note) for item in items() for note in item.annotations]
            ids, items = frozenset(item.id for item in found), lambda: found
        moment = datetime.datetime.now(datetime.UTC)

        def lookup(term: Term, fields: frozenset[str] | None) -> set[str]:
            if of_annotations:
                return self._look_up_annotations(term, fields, patience) & ids
            found = self._look_up_articles(term, fields, patience)
            return found - gone if gone else found

        return Evaluator(ids, items, lookup, self._config.color_slot, self.names.articles_with, moment)

    def _trashed(self) -> frozenset[str]:
        """The articles in the trash, which are not found unless they are asked for."""
        deleted = self._store.column(Article, "deleted")
        return frozenset(id_ for id_, moment in deleted.items() if moment) if deleted else frozenset()

    def _all_ids(self) -> frozenset[str]:
        """The ids of all articles."""
        if self._ids[0] != self._store.version:
            self._ids = (self._store.version, frozenset(self._store.ids(Article)))
        return self._ids[1]

    def _all_items(self) -> Sequence[Item]:
        from newstui.search.evaluating import Item

        if self._items[0] != self._store.version:
            readings, records = self._store.readings.all(), _Known(self._store)
            items = []
            for id_ in self._store.ids(Article):
                place = readings.get(id_)
                status = "read" if place and place.read else "started" if place and place.opened else "unread"
                progress, opened = (place.progress, place.opened) if place else (0.0, "")
                items.append(Item(id_, id_, records, None, progress, status, opened))
            self._items = (self._store.version, items)
        return self._items[1]

    def _look_up_articles(self, term: Term, fields: frozenset[str] | None, patience: Patience) -> set[str]:
        return self.index.current().articles_with(term, fields, patience)

    def _look_up_annotations(self, term: Term, fields: frozenset[str] | None, patience: Patience) -> set[str]:
        holding = list(self.index.current().units_with(term, fields, patience))
        found = {annotation for _, annotation in holding if annotation}
        if fields is not None:
            of_articles = {article for article, annotation in holding if not annotation}
            found |= {note.id for id_ in of_articles for note in self._store.annotations_of(id_)}
        return found


class _Known:
    """The records of a library as they are now; all articles are read at once, when the first is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.annotations_of = store.annotations_of

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.id: article for article in self._store.all(Article)}

    def article(self, article_id: str) -> Article:
        """An article."""
        return self._articles[article_id]


def _whole(found: set[str], patience: Patience) -> set[str]:
    """What was found, if all was looked at.

    Raises:
        UsageError: it was not.
    """
    if patience.ran_out:
        raise UsageError(_TOO_LONG)
    return found


def _found(index: SearchIndex, probe: Probe, where: Where, query: str, limit: int, patience: Patience) -> list[Match]:
    """The best places for words, or the places of a term as it is."""
    if probe.fields is not None and where.fields is not None:
        where = replace(where, fields=frozenset(where.fields) & probe.fields)
    if probe.term is None or probe.term.kind == "word":
        return index.search(probe.text, limit, where, unfinished=not query.endswith(" "))
    return index.places_of(probe.term, limit, where, patience)


def _with_names(found: list[Match], names: NameIndex, probes: Sequence[Probe], *, unfinished: bool) -> list[Match]:
    """Matches and the names that may be meant, together in their order."""
    from newstui.search.index import order_of

    called = [
        match
        for probe in probes
        if probe.fields is None
        for match in names.search(probe.text, 10, unfinished=unfinished)
        if not match.missed
    ]
    return sorted([*found, *called], key=order_of)
