"""Between the frozen model and the documents on disk; members newstui does not know survive a rewrite.

Annotations are stored in the words of the W3C Web Annotation Data Model, the rest by the names of their fields. What
equals its default is not written.
"""

import dataclasses
from collections.abc import Callable, Mapping
from sys import intern
from typing import Any

from newstui.model import (
    AnchorState,
    Annotation,
    Article,
    Block,
    Correction,
    Link,
    Provenance,
    ReadingState,
    Record,
    SavedSearch,
    Tag,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

Document = dict[str, Any]

TABLES: dict[type[Any], tuple[str, str]] = {
    Article: ("articles.json", "articles"),
    Annotation: ("annotations.json", "annotations"),
    Tag: ("annotations.json", "tags"),
    SavedSearch: ("annotations.json", "searches"),
    Correction: ("annotations.json", "entities"),
}
"""Where each kind of record is kept: file and table."""
KIND_OF_TABLE = {table: kind for kind, (_, table) in TABLES.items()}


def encode(record: Record | ReadingState, known: Mapping[str, Any] | None = None) -> Document:
    """The document of a record.

    Args:
        record: what to write.
        known: the document it had; members that are not newstui's stay as they were.
    """
    document = _encode_annotation(record) if isinstance(record, Annotation) else _encode_plain(record)
    if known is not None:
        ours = _MEMBERS[type(record)]
        document |= {name: value for name, value in known.items() if name not in ours}
    return document


def decode(kind: type[Any], id_: str, document: Mapping[str, Any]) -> Any:
    """The record of a document.

    Raises:
        KeyError, TypeError, ValueError: the document is not of this kind.
    """
    if kind is Annotation:
        return _decode_annotation(id_, document)
    members = _MEMBERS[kind]
    values = {
        name: _CONVERTED[name](value) if name in _CONVERTED else value
        for name, value in document.items()
        if name in members
    }
    values[_KEYS.get(kind, "id")] = id_
    return kind(**values)


_KEYS: dict[type[Any], str] = {ReadingState: "article"}
_MEMBERS: dict[type[Any], frozenset[str]] = {
    kind: frozenset(field.name for field in dataclasses.fields(kind)) - {_KEYS.get(kind, "id")}
    for kind in (Article, Tag, SavedSearch, Correction, ReadingState)
} | {
    Annotation: frozenset(
        {
            "type",
            "motivation",
            "created",
            "modified",
            "body",
            "target",
            "color",
            "state",
            "confidence",
            "anchored_from",
            "links",
        }
    )
}
"""The members newstui writes for each kind; all others belong to somebody else."""


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(str, values)) if values else ()


_CONVERTED: dict[str, Callable[[Any], Any]] = dict.fromkeys(
    ("source", "site", "place", "language", "added", "published"),
    intern,  # thousands of articles share them
) | {
    "author": _texts,
    "tags": _texts,
    "collections": _texts,
    "also": _texts,
    "earlier": _texts,
    "blocks": lambda blocks: tuple(Block(*block) for block in blocks),
    "provenance": lambda found: Provenance(**found),
    "marks": lambda marks: tuple((str(name), int(offset)) for name, offset in marks),
    "target": lambda target: None if target is None else _decode_target(target),
}
"""What becomes of the members that JSON cannot hold as they are."""


def _encode_plain(record: Any) -> Document:
    document: Document = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name == ("article" if isinstance(record, ReadingState) else "id") or value == field.default:
            continue
        document[field.name] = _encode_value(field.name, value)
    return document


def _encode_value(name: str, value: Any) -> Any:
    if name == "blocks":
        return [list(dataclasses.astuple(block)) for block in value]
    if isinstance(value, Target):
        return _encode_target(value)
    if isinstance(value, Provenance):
        return {key: item for key, item in dataclasses.asdict(value).items() if item}
    if name == "marks":
        return [list(mark) for mark in value]
    return list(value) if isinstance(value, tuple) else value


def _encode_target(target: Target) -> Document:
    return {
        "source": target.source,
        "text": target.text,
        "selector": [
            {"type": "TextPositionSelector", "start": target.position.start, "end": target.position.end},
            {
                "type": "TextQuoteSelector",
                "exact": target.quote.exact,
                "prefix": target.quote.prefix,
                "suffix": target.quote.suffix,
            },
        ],
    }


def _decode_target(document: Mapping[str, Any]) -> Target:
    position = quote = None
    for selector in document["selector"]:
        if selector["type"] == "TextPositionSelector":
            position = TextPositionSelector(int(selector["start"]), int(selector["end"]))
        elif selector["type"] == "TextQuoteSelector":
            quote = TextQuoteSelector(
                str(selector["exact"]), str(selector.get("prefix", "")), str(selector.get("suffix", ""))
            )
    if position is None or quote is None:
        raise KeyError("selector")
    return Target(str(document["source"]), str(document.get("text", "")), position, quote)


def _encode_annotation(annotation: Annotation) -> Document:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in annotation.tags]
    if annotation.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": annotation.note})
    document: Document = {
        "type": "Annotation",
        "motivation": "highlighting",
        "target": _encode_target(annotation.target),
        "created": annotation.created,
        "modified": annotation.modified,
    }
    if body:
        document["body"] = body
    if annotation.color:
        document["color"] = annotation.color
    if annotation.state is not AnchorState.SAME:
        document["state"] = annotation.state.value
    if annotation.confidence != 1.0:
        document["confidence"] = annotation.confidence
    if annotation.anchored_from is not None:
        document["anchored_from"] = _encode_target(annotation.anchored_from)
    if annotation.links:
        document["links"] = [[link.kind, link.to] for link in annotation.links]
    return document


_STATES = {state.value: state for state in AnchorState}


def _decode_annotation(id_: str, document: Mapping[str, Any]) -> Annotation:
    tags, notes = [], []
    for body in document.get("body", ()):
        purpose = body.get("purpose")
        if purpose == "tagging":
            tags.append(str(body["value"]))
        elif purpose == "commenting":
            notes.append(str(body["value"]))
    earlier, links = document.get("anchored_from"), document.get("links")
    return Annotation(
        id_,
        _decode_target(document["target"]),
        tuple(tags),
        "\n\n".join(notes),
        int(document.get("color", 0)),
        str(document.get("created", "")),
        str(document.get("modified", "")),
        _STATES[document.get("state", "same")],
        float(document.get("confidence", 1.0)),
        None if earlier is None else _decode_target(earlier),
        tuple(Link(str(kind), str(to)) for kind, to in links) if links else (),
    )
