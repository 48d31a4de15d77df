"""Two versions of one document, made on two devices: which is later, and what becomes of both.

Every document carries `rev`, a version vector (how often each device has changed it), the `device` that did so last,
and when (`changed`; an undo is a change too). Of two versions the one that has seen the other wins. Where neither has,
tags and notes are merged as an add-wins set without tombstones (Bieniusa et al., An optimized conflict-free replicated
set, 2012): an element that
was added after a document was made has a dot in `dots`, the device and its count then, so an element that is missing
on one side was removed there if that side has seen its dot, and is new to it if not. All other members are taken
from the version that was changed last. With the version both began from, members that only one side changed are
taken from that side.

A deleted document leaves a tombstone in the table `deleted`. It deletes what it has seen, and nothing that was changed
without knowing of it; what is merely absent was never deleted.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
Vector = dict[str, int]

_BOOKKEEPING = ("rev", "device", "changed", "dots")
_SETS = ("body", "tags")


def stamp(document: Document, known: Mapping[str, Any] | None, device: str, moment: str) -> Document:
    """A document as this device changes it now.

    Args:
        document: its new content; bookkeeping in it is replaced.
        known: the version or the tombstone it follows; None if it is new.
        device: of this machine.
        moment: now, UTC to the second; never earlier than the version before, whatever the clock says.
    """
    known = known or {}
    rev = {**_vector(known), device: _vector(known).get(device, 0) + 1}
    stamped = content(document) or {}
    stamped |= {"rev": rev, "device": device, "changed": _later(moment, known, device)}
    before = elements(known)
    dots = {name: dot for name, dot in known.get("dots", {}).items() if name in elements(document)}
    if known and "table" not in known:
        dots |= {name: f"{device}.{rev[device]}" for name in elements(document) if name not in before}
    if dots:
        stamped["dots"] = dots
    return stamped


def content(document: Mapping[str, Any] | None) -> Document | None:
    """A document without its bookkeeping; None stays None."""
    if document is None:
        return None
    return {name: value for name, value in document.items() if name not in _BOOKKEEPING}


def bury(table: str, known: Mapping[str, Any], device: str, moment: str) -> Document:
    """The tombstone of a document that this device deletes now."""
    rev = {**_vector(known), device: _vector(known).get(device, 0) + 1}
    return {"table": table, "rev": rev, "device": device, "changed": _later(moment, known, device)}


def elements(document: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a document that are merged one by one: tags, notes, and other bodies, by their words."""
    found: dict[str, Any] = {}
    for body in document.get("body", ()):
        value = body["value"] if "value" in body else json.dumps(body, sort_keys=True)
        found[f"{body.get('purpose', '')}:{value}"] = body
    for tag in document.get("tags", ()):
        found[f"tag:{tag}"] = tag
    return found


def merge(ours: Document, theirs: Document, base: Mapping[str, Any] | None = None) -> Document:
    """One document of two versions; the same whichever is whose, however often, and in whatever order of three.

    Args:
        ours: a document or a tombstone.
        theirs: one with the same id.
        base: the version both began from, if it is known.
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    a, b = _vector(ours), _vector(theirs)
    unstamped = base is not None and _vector(base) in (a, b)  # edited by another program, which knows no revisions
    if a != b and not unstamped:
        if has_seen(a, b):
            return ours
        if has_seen(b, a):
            return theirs
    rev = {device: max(a.get(device, 0), b.get(device, 0)) for device in sorted({*a, *b})}
    if ("table" in ours) != ("table" in theirs):
        living = theirs if "table" in ours else ours
        return {**living, "rev": rev}
    last, other = sorted((ours, theirs), key=_recency, reverse=True)
    merged = dict(last)
    if base is not None:
        for name in {*last, *other} - {*_BOOKKEEPING, *_SETS}:
            if last.get(name) == base.get(name):
                _take(merged, name, other)
    _merge_sets(merged, ours, theirs, base)
    if rev:
        merged["rev"] = rev
    return merged


def has_seen(vector: Vector, other: Vector) -> bool:
    """Whether everything that led to the other version led to this one too."""
    return all(vector.get(device, 0) >= count for device, count in other.items())


def _merge_sets(
    merged: Document, ours: Mapping[str, Any], theirs: Mapping[str, Any], base: Mapping[str, Any] | None
) -> None:
    mine, other = elements(ours), elements(theirs)
    kept = {}
    for name in sorted({*mine, *other}):
        if name in mine and name in other:
            kept[name] = max(mine[name], other[name], key=lambda value: json.dumps(value, sort_keys=True))
        elif name in mine and not _was_removed(name, ours, theirs, base):
            kept[name] = mine[name]
        elif name in other and not _was_removed(name, theirs, ours, base):
            kept[name] = other[name]
    for member in _SETS:
        found = {name: value for name, value in kept.items() if isinstance(value, dict) == (member == "body")}
        order = elements({member: merged.get(member, ())})
        if not found:
            merged.pop(member, None)
        elif found.keys() == order.keys():  # the order of the later version, if it has them all
            merged[member] = [found[name] for name in order]
        else:
            merged[member] = list(found.values())
    dots: dict[str, str] = {}
    for side in (ours, theirs):
        for name, dot in side.get("dots", {}).items():
            if name in kept:
                dots[name] = max(dot, dots.get(name, ""))
    merged.pop("dots", None)
    if dots:
        merged["dots"] = dots


def _was_removed(
    name: str, holder: Mapping[str, Any], other: Mapping[str, Any], base: Mapping[str, Any] | None
) -> bool:
    """Whether the other side had an element that only the holder has now."""
    if base is not None and name in elements(base):
        return True
    dot = holder.get("dots", {}).get(name)
    seen, mine = _vector(other), _vector(holder)
    if dot is None:
        return base is None and bool(seen) and seen != mine
    device, _, count = str(dot).rpartition(".")
    return seen.get(device, 0) >= int(count)


def _take(merged: Document, name: str, source: Mapping[str, Any]) -> None:
    if name in source:
        merged[name] = source[name]
    else:
        merged.pop(name, None)


def _vector(document: Mapping[str, Any]) -> Vector:
    found = document.get("rev")
    return dict(found) if isinstance(found, dict) else {}


def _recency(document: Mapping[str, Any]) -> tuple[str, str, int, str]:
    device = str(document.get("device", ""))
    count = _vector(document).get(device, 0)
    return str(document.get("changed", "")), device, count, json.dumps(document, sort_keys=True)


def _later(moment: str, known: Mapping[str, Any], device: str) -> str:
    """The moment, or just after a version of another device that is dated later than now."""
    before = str(known.get("changed", ""))
    if moment > before or (moment == before and known.get("device") in (device, None)):
        return moment
    if known.get("device") in (device, None):
        return before
    try:
        last = datetime.datetime.fromisoformat(before)
    except ValueError:
        return moment
    return (last + datetime.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
