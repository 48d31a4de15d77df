"""Which articles or annotations a query holds for: the strict answer filters, exports and bulk actions use."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from newstui.model import AnchorState, Annotation, Article
from newstui.search.fields import FIELDS, DateRange, parse_date, parse_number
from newstui.search.folding import fold, iter_words
from newstui.search.query import And, Field, Node, Not, Or, Term


class Records(Protocol):
    """Where articles and annotations are looked up that a condition asks for."""

    def article(self, article_id: str) -> Article:
        """An article."""

    def annotations_of(self, article_id: str) -> Sequence[Annotation]:
        """The annotations on an article."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a query is asked about: an article with its annotations, or an annotation with its article.

    `progress` is 0 to 1, `status` is `unread`, `started` or `read`, `opened` a UTC time or empty. `note` is the one
    annotation it stands for. Records are looked up when a condition asks for them: most queries ask for none.
    """

    id: str
    article_id: str
    records: Records
    note: Annotation | None = None
    progress: float = 0.0
    status: str = "unread"
    opened: str = ""

    @property
    def article(self) -> Article:
        """The article."""
        return self.records.article(self.article_id)

    @property
    def annotations(self) -> Sequence[Annotation]:
        """Its annotations, or the one."""
        return self.records.annotations_of(self.article_id) if self.note is None else (self.note,)


class TextLookup(Protocol):
    """Which items hold a term in some fields; all fields when they are None."""

    def __call__(self, term: Term, fields: frozenset[str] | None) -> set[str]:
        """The ids of the items."""


class Evaluator:
    """Answers queries over some items.

    Args:
        ids: of what there is.
        items: gives it, for conditions that look at each.
        lookup: finds terms.
        color_slot: the slot with a number or a user's name.
        named: the articles in which a name that a condition means occurs; any name for None.
        now: the moment relative dates count from.
    """

    def __init__(
        self,
        ids: AbstractSet[str],
        items: Callable[[], Iterable[Item]],
        lookup: TextLookup,
        color_slot: Callable[[str], int | None],
        named: Callable[[Field | None], Collection[str]],
        now: datetime.datetime,
    ) -> None:
        self.ids = ids
        self._items = items
        self._lookup = lookup
        self._color_slot = color_slot
        self._named = named
        self._now = now

    def evaluate(self, node: Node | None) -> set[str]:
        """The ids a condition holds for; without one, all of them."""
        if node is None:
            return set(self.ids)
        if isinstance(node, And):
            first, *rest = sorted(node.nodes, key=_cost)
            found = self.evaluate(first)
            for each in rest:
                if not found:
                    break
                found &= self.evaluate(each)
            return found
        if isinstance(node, Or):
            return set().union(*(self.evaluate(each) for each in node.nodes))
        if isinstance(node, Not):
            return set(self.ids) - self.evaluate(node.node)
        if isinstance(node, Term):
            return self._lookup(node, None)
        if FIELDS[node.name] == "text":
            return self._lookup(node.value, frozenset({node.name}))
        holds = self._condition(node)
        return {item.id for item in self._items() if holds(item)}

    def _condition(self, field: Field) -> Callable[[Item], bool]:
        match FIELDS[field.name]:
            case "tag":
                return lambda item: any(_is_tag(tag, field) for tag in _tags(item))
            case "entity":
                named = self._named(field)
                return lambda item: item.article_id in named
            case "name":
                meant = cache(lambda value: _is_name(value, field))  # a library has few sources, and many articles
                return lambda item: any(meant(value) for value in _names(item.article, field.name))
            case "slot":
                slot = self._color_slot(field.value.text)
                return lambda item: any((note.color or 1) == slot for note in item.annotations)
            case "date":
                return self._dated(field)
            case "number":
                return _numbered(field)
            case "state":
                return STATES.get(field.value.text.lower(), _always)
            case "presence":
                if field.value.text.lower() == "entity":
                    anyhow = self._named(None)
                    return lambda item: item.article_id in anyhow
                return PRESENCES.get(field.value.text.lower(), _always)
            case _:
                return _always

    def _dated(self, field: Field) -> Callable[[Item], bool]:
        found = parse_date(field.value.text, self._now)
        if found is None:
            return _always
        op = {"before": "<", "after": ">="}.get(field.name, field.op)

        def values(item: Item) -> Iterable[str]:
            match field.name:
                case "added":
                    return (item.article.added,)
                case "read":
                    return (item.opened,)
                case "annotated":
                    return [note.created for note in item.annotations]
                case _:
                    return (item.article.published,)

        return lambda item: any(value != "" and _compares(value, op, found) for value in values(item))


def _cost(node: Node) -> int:
    """Cheap conditions first, text last."""
    if isinstance(node, Term):
        return 3
    return 1 if isinstance(node, Field) and FIELDS[node.name] not in ("text", "entity") else 2


def _always(_: Item) -> bool:
    """A condition that was not understood is left out."""
    return True


def _tags(item: Item) -> Iterable[str]:
    yield from item.article.tags
    for note in item.annotations:
        yield from note.tags


def _is_tag(tag: str, field: Field) -> bool:
    have, wanted = fold(tag), fold(field.value.text)
    match field.value.kind:
        case "prefix":
            return have.startswith(wanted)
        case "part":
            return wanted in have
    if field.op == "=" or field.value.kind == "exact":
        return have == wanted
    return have == wanted or have.startswith(wanted + "/")


def _names(article: Article, name: str) -> Iterable[str]:
    match name:
        case "author":
            return article.author
        case "source":
            return (article.source, article.site)
        case "url":
            return (article.url, *article.also)
        case "collection":
            return article.collections
        case "lang":
            return (article.language,)
        case "id":
            return (article.id,)
        case _:
            return ()


def _is_name(value: str, field: Field) -> bool:
    have, wanted = fold(value), fold(field.value.text)
    if not have:
        return False
    if field.op == "=" or field.value.kind == "exact":
        return have == wanted
    if field.name == "id":
        return have.endswith(wanted)
    if field.name == "url" or field.value.kind == "part":
        return wanted in have
    return have.startswith(wanted) or any(have[word.start :].startswith(wanted) for word in iter_words(value))


def _compares(value: str, op: str, span: DateRange) -> bool:
    first, after = span
    match op:
        case ">":
            return value >= after
        case ">=":
            return value >= first
        case "<":
            return value < first
        case "<=":
            return value < after
        case _:
            return first <= value < after


def _numbered(field: Field) -> Callable[[Item], bool]:
    found = parse_number(field.value.text)
    if found is None:
        return _always
    low, high = found
    count = NUMBERS[field.name]

    def holds(item: Item) -> bool:
        value = count(item)
        match field.op:
            case ">":
                return value > low
            case ">=":
                return value >= low
            case "<":
                return value < low
            case "<=":
                return value <= low
            case _:
                return low <= value <= high

    return holds


NUMBERS: Mapping[str, Callable[[Item], float]] = {
    "words": lambda item: item.article.words,
    "progress": lambda item: round(item.progress * 100),
    "highlights": lambda item: len(item.annotations),
    "notes": lambda item: sum(bool(note.note) for note in item.annotations),
    "tags": lambda item: len(set(_tags(item))),
}


def _orphaned(item: Item) -> bool:
    return any(note.state is AnchorState.ORPHAN for note in item.annotations)


STATES: Mapping[str, Callable[[Item], bool]] = {
    "unread": lambda item: item.status == "unread",
    "new": lambda item: item.status == "unread",
    "reading": lambda item: item.status == "started",
    "read": lambda item: item.status == "read",
    "finished": lambda item: item.status == "read",
    "starred": lambda item: item.article.starred,
    "archived": lambda item: item.article.archived,
    "inbox": lambda item: not item.article.archived,
    "trashed": lambda item: bool(item.article.deleted),
    "annotated": lambda item: bool(item.annotations),
    "orphan": _orphaned,
    "tagged": lambda item: any(True for _ in _tags(item)),
}
PRESENCES: Mapping[str, Callable[[Item], bool]] = {
    "note": lambda item: any(note.note for note in item.annotations),
    "tag": STATES["tagged"],
    "highlight": STATES["annotated"],
    "url": lambda item: bool(item.article.url),
    "link": lambda item: bool(item.article.url),
    "date": lambda item: bool(item.article.published),
    "author": lambda item: bool(item.article.author),
    "bookmark": lambda item: item.article.starred,
    "orphan": _orphaned,
}
