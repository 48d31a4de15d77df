"""Annotations as JSON-LD of the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/).

What the model has no word for (color, state, the revision, links, and the articles themselves) rides in the member
`newstui`, which others pass over. `newstui.export.interchange` reads it back.
"""

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from newstui import __version__
from newstui.export.identifiers import to_uri
from newstui.export.sheet import Sheet
from newstui.model import AnchorState, Annotation, Article, Target

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GENERATOR = {"id": "urn:newstui:software", "type": "Software", "name": f"newstui {__version__}"}
Form = Literal["annotation", "page", "collection"]
Json = dict[str, Any]

_URI = re.compile(r"""[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>"{}|\\^`]+""")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def build_annotation(annotation: Annotation, article: Article) -> Json:
    """One annotation as a JSON object that stands by itself.

    The target is a SpecificResource whose position and quote are alternatives for the same passage, counted in code
    points. There is a TextualBody for the note and one for each tag; without either there is no `body`.
    """
    return {"@context": CONTEXT, **_members(annotation, article)}


def _members(annotation: Annotation, article: Article) -> Json:
    found: Json = {"id": to_uri(annotation.id), "type": "Annotation", "motivation": "highlighting"}
    for key, time in (("created", annotation.created), ("modified", annotation.modified)):
        if _TIME.fullmatch(time):
            found[key] = time
    found["generator"] = GENERATOR
    bodies = _bodies(annotation)
    if bodies:
        found["body"] = bodies
    found["target"] = _target(annotation.target, article, found.get("created", ""))
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
    if annotation.links:
        own["links"] = [{"kind": link.kind, "to": link.to} for link in annotation.links]
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


def iter_document(sheets: Iterable[Sheet], form: Form, label: str, *, texts: bool = True) -> Iterator[str]:
    """A JSON-LD document in pieces, one annotation a line, so that a diff shows annotations and memory stays flat.

    Args:
        sheets: the articles; gone through twice if their texts are wanted.
        form: `annotation` (the first one alone), a `page`, or a `collection` with one embedded page.
        label: what a collection is called.
        texts: add the articles, so that the annotations can be read in a library that does not have them.
    """
    if form == "annotation":
        alone = next((build_annotation(each, sheet.article) for sheet in sheets for each in sheet.annotations), None)
        yield json.dumps(alone, ensure_ascii=False, indent=1) + "\n" if alone else ""
        return
    start = f'"@context": "{CONTEXT}", '
    page = '"id": "urn:newstui:page:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
    named = f'"id": "urn:newstui:collection", "type": "AnnotationCollection", "label": {_ENCODER.encode(label)}, '
    yield "{" + start + (page if form == "page" else f'{named}"first": {{{page}')
    total = 0
    for sheet in sheets:
        for annotation in sheet.annotations:
            yield (",\n" if total else "\n") + _ENCODER.encode(_members(annotation, sheet.article))
            total += 1
    yield "\n]" if form == "page" else f'\n]}}, "total": {total}'
    if texts:
        yield ', "newstui": {"articles": ['
        separator = "\n"
        for sheet in sheets:
            yield separator + _ENCODER.encode({**dataclasses.asdict(sheet.article), "body": sheet.body})
            separator = ",\n"
        yield "\n]}"
    yield "}\n"
