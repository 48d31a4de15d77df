"""Codebooks as other programs read them: CSV, JSON Lines, and the REFI-QDA exchange format (.qdc).

REFI-QDA (https://www.qdasoftware.org) is what QualCoder, ATLAS.ti, MAXQDA and NVivo exchange codes in: a tree of codes
with a name, a color and a description. A nested tag is a code below its parent; parents that are no tags of their own
are written as codes that cannot be given.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newstui.errors import UsageError

FORMATS = ("csv", "json", "qdc")
QDC = "urn:QDA-XML:codebook:1.0"
COLORS = ("#e0b000", "#2f7fd0", "#2f9f57", "#d0507a", "#8a5fd0", "#808080")
"""What the six slots are written as where a format wants a color; a slot's own color is the theme's."""
_SPACE = uuid.UUID("6f3c6e0e-5d5c-4c0c-9d43-6e0c8f0d7b7a")
"""Ids of codes are made of their names, so that two exports of one codebook name the same codes."""


@dataclass(frozen=True, slots=True)
class Code:
    """A tag as a codebook has it: `color` is a slot from 1 to 6 (0: none), `count` how often it was given."""

    tag: str
    description: str = ""
    color: int = 0
    count: int = 0


def dump_codebook(codes: Sequence[Code], form: str) -> str:
    """A codebook in one of `FORMATS`."""
    if form == "json":
        return "".join(json.dumps(asdict(code), ensure_ascii=False) + "\n" for code in codes)
    if form == "csv":
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["tag", "description", "color", "count"])
        rows.writerows(
            [_harmless(code.tag), _harmless(code.description), code.color or "", code.count] for code in codes
        )
        return out.getvalue()
    return _dump_qdc(codes)


def parse_codebook(text: str, form: str) -> list[Code]:
    """The codes of a codebook.

    Raises:
        UsageError: it is not in this format; the message says where.
    """
    try:
        if form == "json":
            return [_code(json.loads(line)) for line in text.split("\n") if line.strip()]
        if form == "csv":
            rows = csv.DictReader(io.StringIO(text))
            return [_code({name: _without_guard(value or "") for name, value in row.items() if name}) for row in rows]
        return _parse_qdc(text)
    except (ValueError, TypeError, AttributeError, KeyError, csv.Error) as error:
        raise UsageError(f"This is not a codebook in the format {form} ({error}); nothing was changed.") from error


def _code(row: dict[str, Any]) -> Code:
    tag = str(row.get("tag") or "")
    if not tag.strip():
        raise ValueError("a row without a tag")
    color = str(row.get("color") or "0").strip()
    slot = int(color) if color.isdecimal() and int(color) <= len(COLORS) else 0
    return Code(tag, str(row.get("description") or ""), slot)


def _harmless(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "'", "\t", "\r") else value


def _without_guard(value: str) -> str:
    return value[1:] if value[:1] == "'" and _harmless(value[1:]) == value else value


# -- REFI-QDA


def _dump_qdc(codes: Sequence[Code]) -> str:
    known = {code.tag: code for code in codes}
    names = {"/".join(tag.split("/")[:size]) for tag in known for size in range(1, tag.count("/") + 2)}
    below: dict[str, list[str]] = {}
    for name in sorted(names, key=str.casefold):
        below.setdefault(name.rpartition("/")[0], []).append(name)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<CodeBook xmlns="{QDC}" origin="newstui">', "<Codes>"]

    def write(name: str) -> None:
        code = known.get(name)
        color = f' color="{COLORS[code.color - 1]}"' if code and code.color else ""
        guid = str(uuid.uuid5(_SPACE, name)).upper()
        last = quoteattr(_xml(name.rpartition("/")[2]))
        lines.append(f'<Code guid="{guid}" name={last} isCodable="{"true" if code else "false"}"{color}>')
        if code and code.description:
            lines.append(f"<Description>{escape(_xml(code.description))}</Description>")
        for child in below.get(name, ()):
            write(child)
        lines.append("</Code>")

    for root in below.get("", ()):
        write(root)
    return "\n".join([*lines, "</Codes>", "</CodeBook>", ""])


def _xml(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(char if char >= " " or char in "\n\t" else "\ufffd" for char in text)


def _parse_qdc(text: str) -> list[Code]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if etree.QName(root).localname != "CodeBook":
        raise ValueError(f"its root is {etree.QName(root).localname}, not CodeBook")
    return list(_iter_qdc(root, ""))


def _iter_qdc(parent: Any, above: str) -> Iterable[Code]:
    for element in parent:
        kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if kind == "Codes":
            yield from _iter_qdc(element, above)
        if kind != "Code":
            continue
        tag = above + (element.get("name") or "").replace("/", "∕")
        said = next((child.text or "" for child in element if str(child.tag).endswith("Description")), "")
        color = (element.get("color") or "").lower()
        if element.get("isCodable", "true") != "false" or said:
            yield Code(tag, said, COLORS.index(color) + 1 if color in COLORS else 0)
        yield from _iter_qdc(element, tag + "/")
