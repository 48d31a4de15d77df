"""What a query says: a tree, directives beside it, and what was not understood. Anything parses; see `parsing`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

TermKind = Literal["word", "prefix", "part", "exact", "phrase", "fuzzy", "near", "regex"]
Op = Literal[":", "=", ">", "<", ">=", "<="]


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood: where (code points of the query), one sentence, and what may have been meant."""

    offset: int
    length: int
    sentence: str
    replacement: str = ""

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found.

    `kind` is `word` (forgiving), `prefix`, `part` (middle of a word), `exact` (this word), `phrase`, `fuzzy` (a
    forgiving phrase), `near` (all within `distance` words) or `regex` (`ignore_case`).
    """

    kind: TermKind
    text: str
    distance: int = 0
    ignore_case: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a field, by its canonical name. `offset` says where it stands and is no part of its meaning."""

    name: str
    op: Op
    value: Term
    offset: int = field(default=0, compare=False)
    length: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of them at least."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What it does not hold for."""

    node: Node


Node = Term | Field | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: the condition (None: everything), directives such as `("sort", "-date")`, and problems."""

    root: Node | None
    directives: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    def directive(self, name: str) -> str:
        """The last value given for a directive, or nothing."""
        return next((value for known, value in reversed(self.directives) if known == name), "")


def join_and(nodes: list[Node]) -> Node | None:
    """All of these as one node, nested ones taken apart."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, And) else (node,))]
    return None if not flat else flat[0] if len(flat) == 1 else And(tuple(flat))


def join_or(nodes: list[Node]) -> Node | None:
    """One of these as one node, nested ones taken apart."""
    flat = [inner for node in nodes for inner in (node.nodes if isinstance(node, Or) else (node,))]
    return None if not flat else flat[0] if len(flat) == 1 else Or(tuple(flat))


def negate(node: Node) -> Node:
    """The opposite; a double negation is none."""
    return node.node if isinstance(node, Not) else Not(node)


def iter_fields(node: Node | None) -> Iterator[Field]:
    """All conditions on fields in a tree."""
    stack: list[Node] = [] if node is None else [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Field):
            yield top
        elif isinstance(top, Not):
            stack.append(top.node)
        elif isinstance(top, And | Or):
            stack.extend(reversed(top.nodes))


# -- printing


def print_query(query: Query) -> str:
    """The canonical form of a query, which parses to the same query again."""
    parts = [] if query.root is None else [_print(query.root)]
    parts += [f"{name}:{_raw_or_quoted(value)}" for name, value in query.directives]
    return " ".join(parts)


def _print(node: Node) -> str:
    if isinstance(node, And):
        return " ".join(_inside(each) if isinstance(each, Or) else _print(each) for each in node.nodes)
    if isinstance(node, Or):
        return " OR ".join(_inside(each) if isinstance(each, And) else _print(each) for each in node.nodes)
    if isinstance(node, Not):
        return "NOT " + (_inside(node.node) if isinstance(node.node, And | Or) else _print(node.node))
    if isinstance(node, Field):
        op = ":" if node.op == ":" else "=" if node.op == "=" else f":{node.op}"
        return f"{node.name}{op}{print_term(node.value)}"
    return print_term(node)


def _inside(node: Node) -> str:
    return f"({_print(node)})"


def quoted(text: str) -> str:
    """A phrase as it is typed."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def tag_query(tag: str) -> str:
    """The query for what has a tag or one below it, whatever signs the tag has."""
    plain = all(part.isalnum() for part in tag.replace("/", "-").split("-"))
    return f"tag:{tag if plain else quoted(tag)}"


def _raw_or_quoted(value: str) -> str:
    plain = value and value[0] not in "/~" and not any(char.isspace() or char in '()"|' for char in value)
    return value if plain else quoted(value)


def print_term(term: Term) -> str:
    """The canonical form of one term."""
    match term.kind:
        case "word":
            return term.text
        case "prefix":
            return f"{term.text}*"
        case "part":
            return f"*{term.text}*"
        case "exact":
            return f"={term.text}"
        case "phrase":
            return quoted(term.text)
        case "fuzzy":
            return f"~{quoted(term.text)}"
        case "near":
            return f"{quoted(term.text)}~{term.distance}"
        case "regex":
            return f"/{term.text}/{'i' if term.ignore_case else ''}"
