"""Searching one library: ranked hits for people, strict sets for filters, and finding in one text."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from newstui.config import Config
from newstui.model import Annotation, Article, Entity, Span
from newstui.search.query import And, Field, Node, Or, Problem, Query, Term, iter_fields

if TYPE_CHECKING:
    from newstui.search.evaluating import Evaluator, Item
    from newstui.search.index import Match, SearchIndex
    from newstui.search.segment import Unit
    from newstui.store import Store, Transaction

HitKind = Literal["title", "text", "quote", "note", "tag", "entity"]
SCOPES: tuple[HitKind, ...] = ("text", "quote", "note", "tag", "title", "entity")
"""Where a search looks, in the order the screen offers them."""
SNIPPET = 120
"""Code points of a snippet."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text on one line, and what of it is marked, in code points of `text`."""

    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `span` counts code points of the body for `text` and `quote`, else of the field itself. `why` says in a few words
    why it is a hit when the words are not there as typed.
    """

    kind: HitKind
    article_id: str
    annotation_id: str
    span: Span
    snippet: Snippet
    score: float
    tier: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, the best first; what was not understood; misspelled words with what was found instead."""

    hits: tuple[Hit, ...]
    problems: tuple[Problem, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


class Searching:
    """The search of one library; the index is built when it is first needed and follows every change.

    Args:
        store: the library.
        config: gives the names of colors.
        entities: the entities of an article.
    """

    def __init__(
        self, store: Store, config: Config | None = None, entities: Callable[[str], Sequence[Entity]] | None = None
    ) -> None:
        self._store = store
        self._config = config or Config()
        self._entities = entities or (lambda _: ())
        self._lock = threading.RLock()
        self._index: SearchIndex | None = None
        self._stale: set[str] = set()
        self._items: tuple[int, dict[str, Item]] = (-1, {})
        store.subscribe(self._note_changes)

    # -- what is asked

    def search(self, query: str, limit: int = 50, scopes: frozenset[HitKind] = frozenset(SCOPES)) -> SearchResult:
        """The best hits for a query: words are forgiven misspelling, all other conditions are strict."""
        from newstui.search.parsing import parse_query

        parsed = parse_query(query)
        words, conditions = _parted(parsed.root)
        if not words and conditions is None:
            return SearchResult((), parsed.problems)
        with self._lock:
            index = self._current_index()
            allowed = self._evaluator(parsed).evaluate(conditions)
            text = " ".join(words) or " ".join(_positive_words(conditions))
            if not text:
                hits = [self._article_hit(id_) for id_ in sorted(allowed, reverse=True)][:limit]
                return SearchResult(tuple(hits), parsed.problems)
            found = index.search(text, 3 * limit, fields=scopes, articles=allowed, unfinished=not query.endswith(" "))
            hits = self._hits(found)[:limit]
        read = {(key, written) for match in found[:limit] if match.tier == 3 for key, written in match.readings}
        return SearchResult(tuple(hits), parsed.problems, tuple(sorted(read))[:3])

    def matches(self, query: str) -> set[str]:
        """The ids of the articles a query holds for, strictly."""
        from newstui.search.parsing import parse_query

        parsed = parse_query(query)
        with self._lock:
            return self._evaluator(parsed).evaluate(parsed.root)

    def annotations(self, query: str) -> list[Annotation]:
        """The annotations a query holds for, article by article in the order of the text."""
        from newstui.search.parsing import parse_query

        parsed = parse_query(query)
        with self._lock:
            found = self._evaluator(parsed, of_annotations=True).evaluate(parsed.root)
        notes = [self._store.get(Annotation, id_) for id_ in found]
        return sorted(notes, key=lambda note: (note.article, note.target.position.start, note.id))

    def prepare(self) -> None:
        """Build the index now, so that the first search need not wait for it."""
        with self._lock:
            self._current_index()

    def problems(self, query: str) -> tuple[Problem, ...]:
        """What of a query is not understood."""
        from newstui.search.parsing import parse_query

        return parse_query(query).problems

    def find_in(self, text: str, needle: str) -> list[Span]:
        """All places of some words in a text: folded, over line breaks; if there is none, misspelled ones."""
        from newstui.search.finding import find_all

        return [Span(start, end) for start, end in find_all(text, needle)]

    # -- the index

    def _note_changes(self, transaction: Transaction) -> None:
        with self._lock:
            for change in transaction.changes:
                for record in (change.before, change.after):
                    if isinstance(record, Article):
                        self._stale.add(record.id)
                    elif isinstance(record, Annotation):
                        self._stale.add(record.article)

    def _current_index(self) -> SearchIndex:
        from newstui.search.index import SearchIndex

        if self._index is None:
            articles = self._store.all(Article)
            self._index = SearchIndex((unit for article in articles for unit in self._units(article)), self._body)
        elif self._stale:
            found = {id_: self._store.find(Article, id_) for id_ in self._stale}
            self._index.replace({id_: self._units(article) if article else [] for id_, article in found.items()})
        self._stale.clear()
        return self._index

    def _body(self, article_id: str) -> str:
        return self._store.text(self._store.get(Article, article_id).text)

    def _units(self, article: Article) -> list[Unit]:
        from newstui.search.segment import Unit

        units = [Unit(article.id, "title", f"{article.title}\n{article.subtitle}".strip())]
        units.append(Unit(article.id, "text", self._store.text(article.text)))
        units += [Unit(article.id, "tag", tag) for tag in article.tags]
        for note in self._store.annotations_of(article.id):
            units.append(Unit(article.id, "quote", note.target.quote.exact, note.id))
            if note.note:
                units.append(Unit(article.id, "note", note.note, note.id))
            units += [Unit(article.id, "tag", tag, note.id) for tag in note.tags]
        return units

    # -- conditions

    def _evaluator(self, query: Query, *, of_annotations: bool = False) -> Evaluator:
        from newstui.search.evaluating import Evaluator, Item

        trashed = any(each.name == "is" and each.value.text.lower() == "trashed" for each in iter_fields(query.root))
        items = {id_: item for id_, item in self._all_items().items() if trashed or not item.article.deleted}
        if of_annotations:
            items = {
                note.id: Item(note.id, item.article, (note,), item.progress, item.status, item.opened)
                for item in items.values()
                for note in item.annotations
            }
        moment = datetime.datetime.now(datetime.UTC)
        lookup = self._look_up_annotations if of_annotations else self._look_up_articles
        return Evaluator(items, lookup, self._config.color_slot, self._entities, moment)

    def _all_items(self) -> Mapping[str, Item]:
        from newstui.search.evaluating import Item

        if self._items[0] != self._store.version:
            readings = self._store.readings()
            items = {}
            for article in self._store.all(Article):
                place = readings.get(article.id)
                status = "read" if place and place.read else "started" if place and place.opened else "unread"
                notes = self._store.annotations_of(article.id)
                items[article.id] = Item(
                    article.id, article, notes, place.progress if place else 0, status, place.opened if place else ""
                )
            self._items = (self._store.version, items)
        return self._items[1]

    def _look_up_articles(self, term: Term, fields: frozenset[str] | None) -> set[str]:
        return {article for article, _ in self._current_index().units_with(term, fields)}

    def _look_up_annotations(self, term: Term, fields: frozenset[str] | None) -> set[str]:
        holding = list(self._current_index().units_with(term, fields))
        found = {annotation for _, annotation in holding if annotation}
        if fields is not None:
            of_articles = {article for article, annotation in holding if not annotation}
            found |= {note.id for id_ in of_articles for note in self._store.annotations_of(id_)}
        return found

    # -- hits

    def _article_hit(self, article_id: str) -> Hit:
        title = self._store.get(Article, article_id).title
        return Hit("title", article_id, "", Span(0, 0), Snippet(_one_line(title), ()), 0.0, 0)

    def _hits(self, matches: Sequence[Match]) -> list[Hit]:
        """Matches as hits; a text under a quote that is a hit itself, and a tag met before, are left out."""
        quoted: dict[str, list[Span]] = {}
        tags: set[str] = set()
        hits = []
        for match in matches:
            hit = self._hit(match)
            if hit.kind == "quote":
                quoted.setdefault(hit.article_id, []).append(hit.span)
            if hit.kind == "tag":
                if match.unit.text in tags:
                    continue
                tags.add(match.unit.text)
            hits.append(hit)
        return [
            hit
            for hit in hits
            if hit.kind != "text" or not any(span.overlaps(hit.span) for span in quoted.get(hit.article_id, ()))
        ]

    def _hit(self, match: Match) -> Hit:
        unit, base = match.unit, 0
        if unit.field == "quote":
            base = self._store.get(Annotation, unit.annotation).target.position.start
        snippet = build_snippet(unit.text, Span(match.start, match.end))
        span = Span(base + match.start, base + match.end)
        why = "; ".join(f"{typed} → {written}" for typed, written in match.readings) if match.tier else ""
        if match.missed:
            said = "missing" if match.absent else "further off"
            why = f"{match.missed} {'word' if match.missed == 1 else 'words'} {said}" + (f"; {why}" if why else "")
        kind = cast(HitKind, unit.field)
        return Hit(kind, unit.article, unit.annotation, span, snippet, match.score, match.tier, why)


def build_snippet(text: str, span: Span, width: int = SNIPPET) -> Snippet:
    """A piece of a text around a range, on one line, cut at blanks, with the range marked.

    Args:
        text: the whole.
        span: what is to be seen and marked.
        width: code points of the piece, about.
    """
    end = min(span.end, span.start + width)
    before = max(0, (width - (end - span.start)) // 3)
    first = max(0, span.start - before)
    if first:
        blank = max(text.find(" ", first, span.start), text.find("\n", first, span.start))
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), max(end, first + width))
    if last < len(text):
        blank = max(text.rfind(" ", end, last), text.rfind("\n", end, last))
        last = blank if blank > 0 else last
    lead = "…" if first else ""
    piece = lead + _one_line(text[first:last]) + ("…" if last < len(text) else "")
    shift = len(lead) - first
    return Snippet(piece, (Span(span.start + shift, end + shift),))


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _parted(root: Node | None) -> tuple[list[str], Node | None]:
    """The words that are forgiven, and the conditions that are not."""
    if root is None:
        return [], None
    nodes = root.nodes if isinstance(root, And) else (root,)
    words = [node.text for node in nodes if isinstance(node, Term) and node.kind == "word"]
    rest = tuple(node for node in nodes if not (isinstance(node, Term) and node.kind == "word"))
    return words, None if not rest else rest[0] if len(rest) == 1 else And(rest)


def _positive_words(node: Node | None) -> list[str]:
    """The words of a condition that a hit can be shown for."""
    if isinstance(node, Term):
        return [] if node.kind == "regex" else [node.text]
    if isinstance(node, Field):
        return [node.value.text] if node.name in ("title", "text", "note", "quote", "tag") else []
    if isinstance(node, And | Or):
        return [word for each in node.nodes for word in _positive_words(each)]
    return []
