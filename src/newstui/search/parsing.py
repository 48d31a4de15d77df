"""Reading a query: any string is one, and what is not syntax is text to be found."""

from __future__ import annotations

import datetime
import re
import warnings
from typing import cast

from newstui.search.fields import ALIASES, CHOICES, FIELDS, parse_date, parse_number
from newstui.search.query import (
    And,
    Field,
    Node,
    Not,
    Op,
    Or,
    Problem,
    Query,
    Term,
    iter_fields,
    join_and,
    join_or,
    negate,
    print_term,
)

MAX_DEPTH = 100
_BLANK = re.compile(r"\s+")
_RAW = re.compile(r'[^\s()"|]+')
_NAMED = re.compile(r"([A-Za-z][A-Za-z_]*)(:|!=|>=|<=|>|<|=|~)")
_PHRASE = re.compile(r'"((?:[^"\\]|\\.|\\\Z)*)("?)', re.DOTALL)
_NEAR = re.compile(r"~(\d{1,4})(?=[\s()|]|\Z)")
_REGEX = re.compile(r"/((?:[^/\\\n]|\\[^\n])+)/(i?)(?=[\s()|]|\Z)")
_ESCAPE = re.compile(r'\\(["\\])')
_COMPARISON = re.compile(r">=|<=|>|<")
_ORDERED = ("date", "number")


def parse_query(text: str) -> Query:
    """Parse a query; never raises. Linear in the length; parentheses nest up to `MAX_DEPTH`."""
    parser = _Parser(text)
    root = parser.parse()
    problems = [*parser.problems, *_check(root)]
    return Query(root, tuple(parser.directives), tuple(sorted(problems, key=lambda problem: problem.offset)))


class _Parser:
    """A recursive descent over one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.problems: list[Problem] = []
        self.directives: list[tuple[str, str]] = []

    def parse(self) -> Node | None:
        nodes: list[Node] = []
        while True:
            node = self._or(0)
            if node is not None:
                nodes.append(node)
            if self.at >= len(self.text):
                return join_and(nodes)
            self._problem(self.at, 1, "There is no ( for this ).")
            self.at += 1

    # -- operators

    def _or(self, depth: int) -> Node | None:
        """Up to an unmatched `)` or the end."""
        alternatives: list[Node] = []
        conjunction: list[Node] = []
        while True:
            word = self._peek()
            if word in ("", ")"):
                break
            if word in ("|", "OR"):
                self.at += len(word)
                found = join_and(conjunction)
                if found is not None:
                    alternatives.append(found)
                conjunction = []
            elif word in ("AND", "&&"):
                self.at += len(word)
            else:
                node = self._unary(depth)
                if node is not None:
                    conjunction.append(node)
        found = join_and(conjunction)
        return join_or(alternatives + ([] if found is None else [found]))

    def _peek(self) -> str:
        """Skip blanks, and say what begins here: nothing, a sign of one character, or a raw word."""
        blank = _BLANK.match(self.text, self.at)
        if blank:
            self.at = blank.end()
        if self.at >= len(self.text):
            return ""
        char = self.text[self.at]
        if char in '()"|':
            return char
        raw = _RAW.match(self.text, self.at)
        return raw.group() if raw else char

    def _unary(self, depth: int) -> Node | None:
        negative = False
        while True:
            word = self._peek()
            if word == "NOT":
                length, signs = 3, 1
            else:
                length = signs = self._signs(word)
            if not signs:
                break
            self.at += length
            negative ^= signs % 2 == 1
        if word in ("", ")", "|", "OR", "AND", "&&"):
            return None
        node = self._primary(word, depth)
        return negate(node) if negative and node is not None else node

    def _signs(self, word: str) -> int:
        """How many signs of negation a word begins with; all at once, for there may be thousands."""
        signs = len(word) - len(word.lstrip("-!"))
        return signs if not signs or self._goes_on(self.at + signs) else signs - 1

    def _goes_on(self, at: int) -> bool:
        return at < len(self.text) and not self.text[at].isspace() and self.text[at] not in ")|"

    # -- what is not an operator

    def _primary(self, word: str, depth: int) -> Node | None:
        start = self.at
        if word == "(":
            return self._group(depth)
        if word[0] in "#@" and self._goes_on(start + 1) and self.text[start + 1] != "(":
            self.at += 1
            return self._field("tag" if word[0] == "#" else "entity", ":", start, depth)
        named = _NAMED.match(self.text, start)
        if named and word[0].isalpha():
            name = named.group(1).lower()
            known = ALIASES.get(name, name)
            follows = self.text[named.end() : named.end() + 2]
            if known in FIELDS and follows != "//" and self._takes(known, named.group(2)):
                self.at = named.end()
                return self._named(name, known, named.group(2), start, depth)
            if named.group(2) == ":" and len(word) > named.end() - start:
                return self._unknown(word, name, follows)
        return self._term()

    @staticmethod
    def _takes(name: str, op: str) -> bool:
        return op not in (">", "<", ">=", "<=") or FIELDS[name] in _ORDERED

    def _group(self, depth: int) -> Node | None:
        start = self.at
        self.at += 1
        if depth >= MAX_DEPTH:
            self._problem(start, 1, f"Parentheses nest deeper than {MAX_DEPTH}, so this one was left out.")
            return None
        node = self._or(depth + 1)
        if self._peek() == ")":
            self.at += 1
        else:
            self._problem(start, 1, "The ) for this ( is missing.")
        return node

    def _unknown(self, word: str, name: str, follows: str) -> Node:
        if follows != "//":
            near = _nearest(name, (*FIELDS, *ALIASES))
            hint = f"; did you mean {near}:?" if near else "; f1 lists them."
            self._problem(
                self.at, len(word), f"There is no field {name!r}{hint}", f"{near}{word[len(name) :]}" if near else ""
            )
        self.at += len(word)
        return Term("fuzzy", word)

    def _named(self, typed: str, name: str, op: str, start: int, depth: int) -> Node | None:
        kind = FIELDS[name]
        negative = op == "!="
        plain: Op = "=" if op in ("=", "!=") else ":" if op == "~" else cast(Op, op)
        if plain == ":" and kind in _ORDERED:
            compared = _COMPARISON.match(self.text, self.at)
            if compared:
                plain = cast(Op, compared.group())
                self.at = compared.end()
        if typed == "until" and plain == ":":
            plain = "<="
        if kind == "directive":
            self._directive(name, start)
            return None
        node = self._field(name, plain, start, depth)
        return negate(node) if negative and node is not None else node

    def _directive(self, name: str, start: int) -> None:
        value = self._value()
        if value is None:
            self._problem(start, self.at - start, f"{name}: needs a value.")
        elif name == "limit" and not value.text.isdecimal():
            self._problem(start, self.at - start, "limit: takes a number, such as limit:20.")
        else:
            self.directives.append((name, value.text + ("*" if value.kind == "prefix" else "")))

    def _field(self, name: str, op: Op, start: int, depth: int) -> Node | None:
        if self.text[self.at : self.at + 1] == "(":
            group = self._group(depth)
            return None if group is None else _distributed(group, name, op, start, self.at - start)
        value = self._value()
        if value is None:
            self._problem(start, max(1, self.at - start), f"{self.text[start : self.at]} needs a value.")
            return None
        return Field(name, op, value, start, self.at - start)

    def _value(self) -> Term | None:
        """One term right here, without a blank before it."""
        if not self._goes_on(self.at) or self.text[self.at] == "(":
            return None
        return self._term()

    def _term(self) -> Term | None:
        """A phrase, a regular expression or a raw word; None for an empty phrase. Moves on in any case."""
        start = self.at
        fuzzy = self.text.startswith('~"', start)
        if fuzzy or self.text[start] == '"':
            return self._phrase(fuzzy)
        regex = _REGEX.match(self.text, start)
        if regex:
            self.at = regex.end()
            reason = _why_not(regex.group(1))
            if reason:
                self._problem(start, self.at - start, f"This is no regular expression ({reason}), so it is text.")
                return Term("fuzzy", regex.group())
            return Term("regex", regex.group(1), ignore_case=bool(regex.group(2)))
        raw = _RAW.match(self.text, start)
        if raw is None:
            self.at += 1
            return None
        self.at = raw.end()
        return _classified(raw.group())

    def _phrase(self, fuzzy: bool) -> Term | None:
        start = self.at
        match = _PHRASE.match(self.text, start + fuzzy)
        assert match is not None
        self.at = match.end()
        words = _ESCAPE.sub(r"\1", match.group(1))
        if not match.group(2):
            self._problem(start, self.at - start, "The closing quote is missing.", self.text[start : self.at] + '"')
        near = None if fuzzy else _NEAR.match(self.text, self.at)
        if near:
            self.at = near.end()
        if not words.strip():
            return None
        if near:
            return Term("near", words, int(near.group(1)))
        return Term("fuzzy" if fuzzy else "phrase", words)

    def _problem(self, offset: int, length: int, sentence: str, replacement: str = "") -> None:
        self.problems.append(Problem(offset, length, sentence, replacement))


def _distributed(node: Node, name: str, op: Op, start: int, length: int) -> Node:
    """`tag:(a OR b)` as `tag:a OR tag:b`."""
    if isinstance(node, Term):
        compared = (
            _COMPARISON.match(node.text) if op == ":" and FIELDS[name] in _ORDERED and node.kind == "word" else None
        )
        if compared:
            rest = node.text[compared.end() :]
            if rest:
                return Field(name, cast(Op, compared.group()), _classified(rest), start, length)
            node = Term("fuzzy", node.text)
        elif op in ("<", ">") and print_term(node).startswith("="):  # else it would be read as <= or >=
            node = Term("fuzzy", print_term(node))
        return Field(name, op, node, start, length)
    if isinstance(node, Not):
        return negate(_distributed(node.node, name, op, start, length))
    if isinstance(node, And | Or):
        return type(node)(tuple(_distributed(each, name, op, start, length) for each in node.nodes))
    return node


def _classified(raw: str) -> Term:
    inner = raw[1:-1]
    if len(raw) > 2 and raw[0] == raw[-1] == "*" and "*" not in inner:
        return Term("part", inner)
    if raw[0] == "/":
        return Term("fuzzy", raw)
    if raw[0] == "=" and len(raw) > 1:
        return Term("exact", raw[1:])
    if len(raw) > 1 and raw[-1] == "*" and "*" not in raw[:-1]:
        return Term("prefix", raw[:-1])
    return Term("word", raw)


def _why_not(pattern: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except re.error as error:
            return str(error)
        except (RecursionError, OverflowError, ValueError):
            return "it is too large"
    return ""


def _check(root: Node | None) -> list[Problem]:
    """Values that their fields cannot take."""
    problems = []
    today = datetime.datetime.now(datetime.UTC)
    for each in iter_fields(root):
        kind, value = FIELDS[each.name], each.value.text
        choices = CHOICES.get(kind, ())
        sentence = replacement = ""
        if choices and value.lower() not in choices:
            near = _nearest(value.lower(), choices)
            replacement = f"{each.name}:{near}" if near else ""
            hint = f"did you mean {replacement}?" if near else f"there are {', '.join(choices)}."
            sentence = f"{each.name}:{value} says nothing; {hint}"
        elif kind == "date" and parse_date(value, today) is None:
            sentence = f"{value!r} is no date; write it like 2016-08-10, 2016-08, 2016, 7d or 2016..2017."
        elif kind == "number" and parse_number(value) is None:
            sentence = f"{value!r} is no number; write {each.name}:>300 or {each.name}:3..7."
        if sentence:
            problems.append(Problem(each.offset, each.length, sentence, replacement))
    return problems


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=70)
    if found is not None:
        return found[0]
    swapped = process.extractOne(name, known, scorer=OSA.distance, score_cutoff=1)  # `tga`: two letters changed places
    return swapped[0] if swapped is not None else ""
