"""Between the frozen model and the documents on disk; members newstui does not know survive a rewrite.

Annotations are stored in the words of the W3C Web Annotation Data Model, the rest by the names of their fields. What
equals its default is not written.
"""

import dataclasses
from collections.abc import Callable, Mapping
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


_CONVERTED: dict[str, Callable[[Any], Any]] = {
    "author": _texts,
    "tags": _texts,
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
    selectors = {selector["type"]: selector for selector in document["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return Target(
        str(document["source"]),
        str(document.get("text", "")),
        TextPositionSelector(int(position["start"]), int(position["end"])),
        TextQuoteSelector(str(quote["exact"]), str(quote.get("prefix", "")), str(quote.get("suffix", ""))),
    )


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


def _decode_annotation(id_: str, document: Mapping[str, Any]) -> Annotation:
    bodies = document.get("body", [])
    notes = [str(body["value"]) for body in bodies if body.get("purpose") == "commenting"]
    earlier = document.get("anchored_from")
    return Annotation(
        id=id_,
        target=_decode_target(document["target"]),
        tags=tuple(str(body["value"]) for body in bodies if body.get("purpose") == "tagging"),
        note="\n\n".join(notes),
        color=int(document.get("color", 0)),
        created=str(document.get("created", "")),
        modified=str(document.get("modified", "")),
        state=AnchorState(document.get("state", "same")),
        confidence=float(document.get("confidence", 1.0)),
        anchored_from=None if earlier is None else _decode_target(earlier),
        links=tuple(Link(str(kind), str(to)) for kind, to in document.get("links", ())),
    )
