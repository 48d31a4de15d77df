"""Two versions of one document, made on two devices: which is later, and what becomes of both.

Every document carries `rev`, a version vector (how often each device has changed it), the `device` that did so last,
and when (`changed`; an undo is a change too). Of two versions the one that has seen the other wins. Where neither has,
tags and notes are merged as an add-wins set without tombstones (Bieniusa et al., An optimized conflict-free replicated
set, 2012): an element that was added after a document was made has dots in `dots`, the device and its count then, more
than one if devices added the same apart. A dot that is missing on one side was removed there if that side has seen it,
and is new to it if not; an element lives while it has a dot. All other members are taken from the version that was
changed last. With the version both began from, members that only one side changed are taken from that side.

A deleted document leaves a tombstone in the table `deleted`. It deletes what it has seen, and nothing that was changed
without knowing of it; what is merely absent was never deleted. The life of a document is such a set too: of the changes
that no deletion had seen, which are in `alive` where they are more than the last one.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
Vector = dict[str, int]

_BOOKKEEPING = ("rev", "device", "changed", "dots", "alive")
_LISTS = {"tags": "tag:", "collections": "collection:"}
_SETS = ("body", *_LISTS)
_MADE = ""
"""The dot of what a document was made with; everybody has seen it."""


def stamp(document: Document, known: Mapping[str, Any] | None, device: str, moment: str) -> Document:
    """A document as this device changes it now.

    Args:
        document: its new content; bookkeeping in it is replaced.
        known: the version or the tombstone it follows; None if it is new.
        device: of this machine.
        moment: now, UTC to the second; never earlier than the version before, whatever the clock says.
    """
    known = known or {}
    vector = _vector(known)
    rev = {**vector, device: vector.get(device, 0) + 1}
    stamped = content(document) or {}
    stamped |= {"rev": rev, "device": device, "changed": _later(moment, known, device)}
    before = _dots(known)
    dots = {name: before.get(name, {f"{device}.{rev[device]}"} if known else {_MADE}) for name in elements(document)}
    return stamped | _dump_dots(dots)


def content(document: Mapping[str, Any] | None) -> Document | None:
    """A document without its bookkeeping; None stays None."""
    if document is None:
        return None
    return {name: value for name, value in document.items() if name not in _BOOKKEEPING}


def bury(table: str, known: Mapping[str, Any], device: str, moment: str) -> Document:
    """The tombstone of a document that this device deletes now."""
    rev = {**_vector(known), device: _vector(known).get(device, 0) + 1}
    return {"table": table, "rev": rev, "device": device, "changed": _later(moment, known, device)}


def is_grave(document: Mapping[str, Any]) -> bool:
    """Whether this is a tombstone: a table and bookkeeping, no content."""
    return "table" in document and not document.keys() - {"table", *_BOOKKEEPING}


def elements(document: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a document that are merged one by one: tags, notes, and other bodies, by their words."""
    found: dict[str, Any] = {}
    for body in _listed(document, "body"):
        whole = not isinstance(body, dict) or "value" not in body
        value = json.dumps(body, sort_keys=True) if whole else body["value"]
        found[f"{'' if whole else body.get('purpose', '')}:{value}"] = body
    for member, prefix in _LISTS.items():
        found.update((f"{prefix}{value}", value) for value in _listed(document, member))
    return found


def merge(ours: Document, theirs: Document, base: Mapping[str, Any] | None = None, *, table: str = "") -> Document:
    """One document of two versions; the same whichever is whose, however often, and in whatever order of three.

    Args:
        ours: a document or a tombstone.
        theirs: one with the same id.
        base: the version both began from, if it is known.
        table: where the document is, for the tombstone of one whose every change some deletion has seen.
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
    last, other = sorted((ours, theirs), key=_recency, reverse=True)
    alive = _unite(_alive(ours), b, _alive(theirs), a)
    graves = [one for one in (last, other) if is_grave(one)]
    if len(graves) == 2 or not (alive or unstamped):
        buried = graves[0]["table"] if graves else table
        return {"table": buried, "rev": rev, "device": last.get("device", ""), "changed": last.get("changed", "")}
    merged = dict(other if last in graves else last) if graves else _merge_living(last, other, base)
    merged.pop("alive", None)
    if rev:
        merged["rev"] = rev
    if alive and alive != _alive(merged):
        merged["alive"] = sorted(alive)
    return merged


def _merge_living(last: Document, other: Document, base: Mapping[str, Any] | None) -> Document:
    merged = dict(last)
    if base is not None:
        for name in {*last, *other} - {*_BOOKKEEPING, *_SETS}:
            if last.get(name) == base.get(name):
                _take(merged, name, other)
    _merge_sets(merged, last, other, base)
    return merged


def has_seen(vector: Vector, other: Vector) -> bool:
    """Whether everything that led to the other version led to this one too."""
    return all(vector.get(device, 0) >= count for device, count in other.items())


def _merge_sets(merged: Document, one: Document, two: Document, base: Mapping[str, Any] | None) -> None:
    parts = elements(one), elements(two)
    dots = _dots(one), _dots(two)
    vectors = _vector(one), _vector(two)
    kept: dict[str, Any] = {}
    kept_dots: dict[str, set[str]] = {}
    for name in sorted({*parts[0], *parts[1]}):
        found = [part[name] for part in parts if name in part]
        mine, theirs = (side.get(name, set()) for side in dots)
        left = _unite(mine, vectors[1], theirs, vectors[0])
        if len(found) == 2 or not _is_telling(*vectors):
            left = left or mine | theirs
        if base is not None and len(found) == 1 and (name in elements(base) or _MADE in mine | theirs):
            left = set() if name in elements(base) else mine | theirs
        if left:
            kept[name] = max(found, key=lambda value: json.dumps(value, sort_keys=True))
            kept_dots[name] = left
    for member in _SETS:
        values = {name: value for name, value in kept.items() if _home(name) == member}
        order = elements({member: merged.get(member, ())})
        if not values:
            if _listed(merged, member):
                del merged[member]
        elif base is not None and values.keys() == order.keys():  # for one user, not for convergence
            merged[member] = [values[name] for name in order]
        else:
            merged[member] = list(values.values())
    merged.pop("dots", None)
    merged |= _dump_dots(kept_dots)


def _home(name: str) -> str:
    """The member that an element is of."""
    return next((member for member, prefix in _LISTS.items() if name.startswith(prefix)), "body")


def _listed(document: Mapping[str, Any], member: str) -> list[Any]:
    """A list member; what is no list, in a member of the same name that is not newstui's, counts as one value."""
    found = document.get(member)
    return found if isinstance(found, list) else []


def _unite(mine: set[str], theirs_seen: Vector, theirs: set[str], mine_seen: Vector) -> set[str]:
    """The dots that both sides have, and those that one side has and the other has never seen."""
    return (mine & theirs) | {
        dot
        for dots, seen in ((mine - theirs, theirs_seen), (theirs - mine, mine_seen))
        for dot in dots
        if not _is_seen(dot, seen)
    }


def _is_seen(dot: str, vector: Vector) -> bool:
    device, _, count = dot.rpartition(".")
    return not count.isdecimal() or vector.get(device, 0) >= int(count)


def _is_telling(one: Vector, two: Vector) -> bool:
    """Whether what one version lacks was removed there, and not just never told by a program without revisions."""
    return one != two and bool(one) and bool(two)


def _dots(document: Mapping[str, Any]) -> dict[str, set[str]]:
    """The dots of every element."""
    said = document.get("dots")
    said = said if isinstance(said, dict) else {}
    return {name: set(str(said[name]).split()) if name in said else {_MADE} for name in elements(document)}


def _dump_dots(dots: Mapping[str, set[str]]) -> Document:
    """The member that holds dots, if there are any but those of the beginning."""
    said = {name: " ".join(sorted(found - {_MADE})) for name, found in dots.items() if found - {_MADE}}
    return {"dots": said} if said else {}


def _alive(document: Mapping[str, Any]) -> set[str]:
    """The changes that a document lives by: the last one, unless it was merged."""
    if is_grave(document):
        return set()
    device = str(document.get("device", ""))
    said = document.get("alive")
    return set(map(str, said)) if isinstance(said, list) else {f"{device}.{_vector(document).get(device, 0)}"}


def _take(merged: Document, name: str, source: Mapping[str, Any]) -> None:
    if name in source:
        merged[name] = source[name]
    else:
        merged.pop(name, None)


def _vector(document: Mapping[str, Any]) -> Vector:
    found = document.get("rev")
    return {name: n for name, n in found.items() if isinstance(n, int)} if isinstance(found, dict) else {}


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
