"""From the layout of an older newstui to that of this one: ordered steps, each a pure function of one document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Document = dict[str, Any]
Step = Callable[[str, Document], Document]


def _say_when(_table: str, document: Document) -> Document:
    """Schema 2 compares versions by when they were changed, so each document says it."""
    moment = document.get("modified") or document.get("created") or document.get("added")
    return {**document, "changed": moment} if moment else document


MIGRATIONS: tuple[tuple[int, Step], ...] = ((2, _say_when),)
"""To which schema, and how; in order."""
SCHEMA = MIGRATIONS[-1][0]
"""The newest layout that this newstui knows, and the one it writes."""


def migrate(table: str, document: Document, schema: int) -> Document:
    """A document of an older schema as one of this."""
    for newer, step in MIGRATIONS:
        if schema < newer:
            document = step(table, document)
    return document


def migrate_tables(
    tables: Mapping[str, Mapping[str, Document | None]], schema: int
) -> dict[str, dict[str, Document | None]]:
    """The documents of a transaction of an older schema as those of this; None stays None."""
    if schema >= SCHEMA:
        return {table: dict(documents) for table, documents in tables.items()}
    return {
        table: {id_: None if found is None else migrate(table, found, schema) for id_, found in documents.items()}
        for table, documents in tables.items()
    }
