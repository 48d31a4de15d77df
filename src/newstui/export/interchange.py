"""Reading annotations in JSON-LD of the W3C Web Annotation Data Model, newstui's own and those of others."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from newstui.export.identifiers import from_uri
from newstui.export.lossless import build_article
from newstui.model import AnchorState, Annotation, Article, Link, Target, TextPositionSelector, TextQuoteSelector


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """An annotation read from JSON-LD.

    `annotation.target.source` is the id of an article of newstui, or empty; `source` is the URI it was made on and
    `title` a title to find the article by. `uri` is its own: `annotation.id` is empty if that is none of newstui's.
    """

    annotation: Annotation
    source: str = ""
    title: str = ""
    uri: str = ""


def iter_annotations(document: Any) -> Iterator[ForeignAnnotation]:
    """The annotations of a parsed JSON document: one, a list, a page or a collection; what is none is passed over.

    Bodies of other purposes and targets without a quote are left out: an annotation without words cannot be anchored.
    """
    if isinstance(document, list):
        for item in document:
            yield from iter_annotations(item)
    elif isinstance(document, Mapping):
        kinds = _as_list(document.get("type"))
        if "AnnotationCollection" in kinds:
            yield from iter_annotations(document.get("first"))
        elif "AnnotationPage" in kinds:
            yield from iter_annotations(document.get("items"))
            yield from iter_annotations(document.get("next"))
        else:
            found = _parse(document)
            if found is not None:
                yield found


def iter_articles(document: Any) -> Iterator[tuple[Article, str]]:
    """The articles with their texts that newstui adds to a page or a collection; what is none is passed over."""
    own = document.get("newstui") if isinstance(document, Mapping) else None
    for record in _as_list(own.get("articles")) if isinstance(own, Mapping) else []:
        with suppress(KeyError, TypeError, ValueError):
            yield build_article(record)


def _parse(item: Mapping[str, Any]) -> ForeignAnnotation | None:
    target = next((each for each in _as_list(item.get("target")) if isinstance(each, Mapping)), {})
    own = item.get("newstui")
    own = own if isinstance(own, Mapping) else {}
    position, quote = _selectors(target)
    if quote is None:
        return None
    bodies = [body for body in _as_list(item.get("body", item.get("bodyValue"))) if isinstance(body, Mapping | str)]
    notes = [_text(body) for body in bodies if isinstance(body, str) or "tagging" not in _as_list(body.get("purpose"))]
    tags = [_text(body) for body in bodies if isinstance(body, Mapping) and "tagging" in _as_list(body.get("purpose"))]
    state = own.get("state")
    annotation = Annotation(
        id=from_uri(_text(item.get("id"))),
        target=Target(_text(own.get("article")), _text(own.get("text")), position, quote),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        note="\n\n".join(note for note in notes if note),
        color=_whole(own.get("color"), 0),
        created=_text(item.get("created")),
        modified=_text(item.get("modified")),
        state=AnchorState(state) if state in set(AnchorState) else AnchorState.SAME,
        confidence=_number(own.get("confidence"), 1.0),
        anchored_from=_origin(own),
        links=tuple(_links(own)),
    )
    source = target.get("source")
    uri = source.get("id") if isinstance(source, Mapping) else source
    return ForeignAnnotation(annotation, _text(uri), _text(own.get("title")), _text(item.get("id")))


def _selectors(target: Mapping[str, Any]) -> tuple[TextPositionSelector, TextQuoteSelector | None]:
    position = TextPositionSelector(-1, -1)
    quote = None
    for selector in _as_list(target.get("selector")):
        if not isinstance(selector, Mapping):
            continue
        if selector.get("type") == "TextPositionSelector":
            position = TextPositionSelector(_whole(selector.get("start"), -1), _whole(selector.get("end"), -1))
        elif selector.get("type") == "TextQuoteSelector" and _text(selector.get("exact")):
            context = _text(selector.get("prefix")), _text(selector.get("suffix"))
            quote = TextQuoteSelector(_text(selector.get("exact")), *context)
    return position, quote


def _origin(own: Mapping[str, Any]) -> Target | None:
    origin = own.get("anchoredFrom")
    if not isinstance(origin, Mapping) or not _text(origin.get("exact")):
        return None
    position = TextPositionSelector(_whole(origin.get("start"), -1), _whole(origin.get("end"), -1))
    quote = TextQuoteSelector(_text(origin.get("exact")), _text(origin.get("prefix")), _text(origin.get("suffix")))
    return Target(_text(own.get("article")), _text(origin.get("text")), position, quote)


def _links(own: Mapping[str, Any]) -> Iterator[Link]:
    for link in _as_list(own.get("links")):
        if isinstance(link, Mapping) and _text(link.get("kind")) and _text(link.get("to")):
            yield Link(_text(link.get("kind")), _text(link.get("to")))


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def _whole(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _number(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else default
