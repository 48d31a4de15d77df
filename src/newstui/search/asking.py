"""What of a query is ranked: words and phrases that a hit can be shown for, apart from the conditions on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newstui.search.query import And, Field, Node, Or, Query, Term, iter_fields

SCOPES = {
    "articles": frozenset({"title", "text"}),
    "quotes": frozenset({"quote"}),
    "notes": frozenset({"note"}),
    "entities": frozenset({"entity"}),
}
"""The fields that `in:` names."""
_FIELDS = frozenset({"title", "text", "note", "quote", "tag"})
_MOST = 4


@dataclass(frozen=True, slots=True)
class Probe:
    """Something a hit can be shown for: forgiving words, or a term as it is; in some fields, or in all if None."""

    text: str
    fields: frozenset[str] | None = None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query taken apart: what is looked for, on which conditions, and where (all fields if None)."""

    probes: tuple[Probe, ...]
    condition: Node | None
    fields: frozenset[str] | None


def take_apart(query: Query) -> Question:
    """Words side by side are forgiven misspelling; all else is a condition, and is shown where there are no words."""
    nodes = query.root.nodes if isinstance(query.root, And) else () if query.root is None else (query.root,)
    words = [node.text for node in nodes if isinstance(node, Term) and node.kind == "word"]
    rest = tuple(node for node in nodes if not (isinstance(node, Term) and node.kind == "word"))
    condition = None if not rest else rest[0] if len(rest) == 1 else And(rest)
    probes = (Probe(" ".join(words)),) if words else tuple(_iter_probes(condition))[:_MOST]
    return Question(probes, condition, scope_of(query))


def scope_of(query: Query) -> frozenset[str] | None:
    """The fields that `in:` asks for, all if None."""
    asked = [SCOPES.get(each.value.text.lower()) for each in iter_fields(query.root) if each.name == "in"]
    known = [each for each in asked if each is not None]
    return frozenset().union(*known) if known else None


def _iter_probes(node: Node | None) -> Iterator[Probe]:
    if isinstance(node, Term):
        yield Probe(node.text, None, node)
    elif isinstance(node, Field) and node.name in _FIELDS:
        yield Probe(node.value.text, frozenset({node.name}), node.value)
    elif isinstance(node, And | Or):
        for each in node.nodes:
            yield from _iter_probes(each)
