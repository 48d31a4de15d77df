"""Heads of annotations from their lines, as columns, without reading the rest of each line."""

from __future__ import annotations

import re
from collections.abc import Callable

from newstui.model import AnchorState, Annotation, AnnotationHead, Heads, head_of
from newstui.store.packed import lines_of
from newstui.store.snapshot import Lines
from newstui.store.spots import HEAD, UNREAD, Spots

_TAG = re.compile(rb'\{"purpose": "tagging", "type": "TextualBody", "value": "([^"\\]*)"\}')


def read_heads(spots: Spots, lines: Lines, find: Callable[[str], Annotation]) -> Heads:
    """The heads of some annotations, in the order of the text.

    Args:
        spots: of the annotations, in the order of their ids.
        lines: of all annotations.
        find: reads one whole, for lines in another shape than newstui's.
    """
    rows = [row for row, color in enumerate(spots.colors) if color == UNREAD]
    names = [spots.ids[row] for row in rows]
    found = zip(names, lines_of(lines, names), strict=True)
    others = [_read_head(id_, line) or head_of(find(id_)) for id_, line in found]
    for row, head in zip(rows, others, strict=True):
        spots.starts[row], spots.ends[row], spots.colors[row] = head.start, head.end, head.color
    return Heads.in_order(spots.starts, spots.ends, spots.ids, spots.colors, others)


def _read_head(id_: str, line: bytes) -> AnnotationHead | None:
    """A head with what is in its bodies, or None where that is not certain."""
    found = HEAD.match(line)
    if found is None:
        return None
    body, color, state, end, start = found.groups()
    body = body or b""
    tags, notes = _TAG.findall(body), body.count(b'"purpose": "commenting"')
    if len(tags) + notes != body.count(b'"TextualBody"') or b'"value": ""' in body:
        return None
    known = AnchorState((state or b"same").decode())
    return AnnotationHead(
        int(start), int(end), id_, tuple(map(bytes.decode, tags)), notes > 0, known, int(color or b"0")
    )
