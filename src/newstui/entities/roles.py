"""Role nouns that mean a person: `the Turkish president`, where one person only was introduced so in the document.

They are no names, so they are kept apart from the mentions. Two who may be meant are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from newstui.entities.linking import country_of
from newstui.model import Entity, Span

_OFFICES = (
    "president|prime minister|minister|chancellor|premier|senator|governor|mayor|ambassador|pope|king|queen|secretary"
    "|chairman|chairwoman|director|commissioner|spokesman|spokeswoman|general|judge|attorney|coach"
)
_OFFICE = re.compile(rf"(?:((?:[A-Z][\w-]+|[A-Z]\.[A-Z]\.)) )?((?:[\w-]+ )?(?:{_OFFICES}))\s+\Z", re.IGNORECASE)
_ROLE = re.compile(
    rf"\b[Tt]he ((?:[A-Z][\w-]+|[A-Z]\.[A-Z]\.) )?((?:[a-z]+ )?(?:{_OFFICES}))\b(?!\s+(?:[A-Z]|of\b)|['’-])"
)
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun with its article, and the key of the person it means."""

    span: Span
    key: str


def find_roles(text: str, entities: Sequence[Entity]) -> list[Role]:
    """The role nouns of a text whose person is sure, in text order.

    Args:
        text: of a document.
        entities: of the document.
    """
    introduced: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    begins: dict[str, int] = {}
    for entity in entities:
        for mention in entity.mentions if entity.label == "PERSON" else ():
            found = _OFFICE.search(text[max(0, mention.start - _BEFORE) : mention.start])
            if found:
                country = country_of(found[1]) if found[1] else ""
                *kind, office = found[2].lower().split()
                introduced[office].add((country, " ".join(kind), entity.key))
                begins[entity.key] = min(begins.get(entity.key, mention.start), mention.start)
    roles = []
    for match in _ROLE.finditer(text):
        country = country_of(match[1].strip()) if match[1] else ""
        if match[1] and not country:
            continue
        *kind, office = match[2].split()
        known = introduced.get(office, set())
        meant = {key for where, what, key in known if country in ("", where) and " ".join(kind) in ("", what)}
        if len(meant) == 1 and begins[next(iter(meant))] < match.start():
            roles.append(Role(Span(*match.span()), next(iter(meant))))
    return roles
