"""Annotations as JSON-LD of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/), and back.

What the model has no word for (color, state, the revision) rides in the member `newstui`, which others pass over.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newstui import __version__
from newstui.export.identifiers import from_uri, to_uri
from newstui.export.sheet import Sheet
from newstui.model import AnchorState, Annotation, Article, Target, TextPositionSelector, TextQuoteSelector

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GENERATOR = {"id": "urn:newstui:software", "type": "Software", "name": f"newstui {__version__}"}
Json = dict[str, Any]

_URI = re.compile(r"""[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>"{}|\\^`]+""")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def build_annotation(annotation: Annotation, article: Article) -> Json:
    """One annotation as a JSON object.

    The target is a SpecificResource whose position and quote are alternatives for the same passage, counted in code
    points. There is a TextualBody for the note and one for each tag; without either there is no `body`.
    """
    found: Json = {
        "@context": CONTEXT,
        "id": to_uri(annotation.id),
        "type": "Annotation",
        "motivation": "highlighting",
    }
    times = (("created", annotation.created), ("modified", annotation.modified))
    found.update({key: time for key, time in times if _TIME.fullmatch(time)})
    found["generator"] = GENERATOR
    bodies = _bodies(annotation)
    if bodies:
        found["body"] = bodies
    found["target"] = _target(annotation.target, article, annotation.created)
    found["newstui"] = _own(annotation, article)
    return found


def _bodies(annotation: Annotation) -> list[Json]:
    bodies: list[Json] = []
    if annotation.note:
        note = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": annotation.note}
        bodies.append(note)
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in annotation.tags]
    return bodies


def _target(target: Target, article: Article, created: str) -> Json:
    source: Json = {"id": article.url if _URI.fullmatch(article.url) else to_uri(article.id), "type": "Text"}
    source["format"] = "text/plain"
    if article.language:
        source["language"] = article.language
    found: Json = {
        "type": "SpecificResource",
        "source": source,
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
    if _TIME.fullmatch(created):
        found["state"] = {"type": "TimeState", "sourceDate": created}
    return found


def _own(annotation: Annotation, article: Article) -> Json:
    own: Json = {"article": annotation.article, "title": article.title, "text": annotation.target.text}
    if annotation.color:
        own["color"] = annotation.color
    if annotation.state is not AnchorState.SAME or annotation.confidence != 1.0:
        own.update(state=annotation.state.value, confidence=annotation.confidence)
    if annotation.anchored_from is not None:
        origin = annotation.anchored_from
        own["anchoredFrom"] = {
            "text": origin.text,
            "start": origin.position.start,
            "end": origin.position.end,
            "exact": origin.quote.exact,
            "prefix": origin.quote.prefix,
            "suffix": origin.quote.suffix,
        }
    return own


def build_collection(sheets: Iterable[Sheet], label: str) -> Json:
    """All annotations of some articles as an AnnotationCollection with one embedded AnnotationPage."""
    items = [build_annotation(annotation, sheet.article) for sheet in sheets for annotation in sheet.annotations]
    for item in items:
        del item["@context"]
    page = {"id": "urn:newstui:page:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": "urn:newstui:collection",
        "type": "AnnotationCollection",
        "label": label,
        "total": len(items),
        "first": page,
    }


def render_collection(sheets: Iterable[Sheet], label: str) -> str:
    """The collection as JSON text with one annotation a line, so that a diff shows annotations."""
    collection = build_collection(sheets, label)
    items = collection["first"].pop("items")
    rest = json.dumps(collection, ensure_ascii=False)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{rest.removesuffix("}}")}, "items": [\n{lines}\n]}}}}\n'


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """An annotation read from JSON-LD.

    `annotation.target.source` is the id of an article of newstui, or empty; `source` is the URI it was made on and
    `title` a title to find the article by.
    """

    annotation: Annotation
    source: str
    title: str


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
        else:
            found = _parse(document)
            if found is not None:
                yield found


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
    )
    source = target.get("source")
    uri = source.get("id") if isinstance(source, Mapping) else source
    return ForeignAnnotation(annotation, _text(uri), _text(own.get("title")))


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
