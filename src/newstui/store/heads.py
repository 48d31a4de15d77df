"""Heads of annotations from their lines, as columns, without reading the rest of each line."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable

from newstui.model import AnchorState, Annotation, AnnotationHead, Heads, head_of
from newstui.store.packed import lines_of
from newstui.store.snapshot import Lines

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_FLAT = rb'[^][{}"]*+(?:%b[^][{}"]*+)*+' % _STRING
_HEAD = re.compile(
    rb'\{(?:"body": (\[(?:\{%b\}(?:, )?)*+\]), )?' % _FLAT
    + rb'(?:"[a-rt-z][a-z]*+": (?:%b|[\d.]++|\{%b\}), )*+(?:"state": "([a-z]++)", )?' % (_STRING, _FLAT)
    + rb'"target": \{"selector": \[\{"end": (\d++), "start": (\d++), "type": "TextPositionSelector"\}'
)
"""The beginning of a line up to the position, every member of which is read as JSON so that no text passes for one."""
_TAG = re.compile(rb'\{"purpose": "tagging", "type": "TextualBody", "value": "([^"\\]*)"\}')


def read_heads(ids: Iterable[str], lines: Lines, find: Callable[[str], Annotation]) -> Heads:
    """The heads of some annotations, in the order of the text.

    Args:
        ids: of the annotations.
        lines: of all annotations.
        find: reads one whole, for lines in another shape than newstui's.
    """
    match = _HEAD.match
    ids = sorted(ids)
    starts, ends = array("Q"), array("Q")
    others: list[AnnotationHead] = []
    for id_, line in zip(ids, lines_of(lines, ids), strict=True):
        found = match(line)
        body, state, end, start = found.groups() if found else (None, None, b"0", b"0")
        head: AnnotationHead | None = None
        if found is None or body is not None or state is not None:
            head = _with_bodies(id_, int(start), int(end), body or b"", state) if found else None
            head = head or head_of(find(id_))
            others.append(head)
        starts.append(head.start if head else int(start))
        ends.append(head.end if head else int(end))
    return Heads.in_order(starts, ends, ids, others)


def _with_bodies(id_: str, start: int, end: int, body: bytes, state: bytes | None) -> AnnotationHead | None:
    """A head with what is in its bodies, or None where that is not certain."""
    tags, notes = _TAG.findall(body), body.count(b'"purpose": "commenting"')
    if len(tags) + notes != body.count(b'"TextualBody"') or b'"value": ""' in body:
        return None
    return AnnotationHead(
        start, end, id_, tuple(map(bytes.decode, tags)), notes > 0, AnchorState((state or b"same").decode())
    )
