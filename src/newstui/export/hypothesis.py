"""Highlights as the web annotator Hypothesis exports them (https://h.readthedocs.io/en/latest/api-reference/)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newstui.export.identifiers import to_uri
from newstui.export.sheet import Sheet, is_orphan, link_to
from newstui.model import Annotation

_USER = "acct:reader@newstui"
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def iter_file(sheets: Iterable[Sheet]) -> Iterator[str]:
    """A file of annotations in pieces, one annotation a line; `export_date` is when the newest was changed."""
    yield '{"export_userid": "' + _USER + '", "client_version": "newstui", "annotations": [\n'
    newest, separator = "", ""
    for sheet in sheets:
        for annotation in sheet.annotations:
            yield separator + _ENCODER.encode(build_annotation(annotation, sheet))
            newest, separator = max(newest, annotation.modified), ",\n"
    yield f'\n], "export_date": {_ENCODER.encode(newest)}}}\n'


def build_annotation(annotation: Annotation, sheet: Sheet) -> dict[str, Any]:
    """One annotation; its positions count UTF-16 units, as JavaScript does. An orphan has no position."""
    article, quote = sheet.article, annotation.target.quote
    uri = article.url or link_to(article.id)
    selectors: list[dict[str, Any]] = []
    if not is_orphan(annotation):
        start = _utf16_units(sheet.body[: annotation.span.start])
        end = start + _utf16_units(sheet.body[annotation.span.start : annotation.span.end])
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    selectors.append(
        {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    )
    return {
        "id": to_uri(annotation.id).rpartition(":")[2],
        "created": annotation.created,
        "updated": annotation.modified or annotation.created,
        "user": _USER,
        "uri": uri,
        "text": annotation.note,
        "tags": list(annotation.tags),
        "group": "__world__",
        "target": [{"source": uri, "selector": selectors}],
        "document": {"title": [article.title]},
        "references": [],
    }


def _utf16_units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
