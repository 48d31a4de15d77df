"""What the line of a document says, read without the rest of it where that is certain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from sys import intern

_SOURCE = re.compile(rb'"source": "([0-9A-Za-z_.:-]+)"')
_INNER = (b'"provenance": {', b'"rev": {', b'"dots": {')
"""Objects inside a document none of whose members is asked for."""


def iter_articles(lines: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """The id of each annotation, and the article it is on; the same article is the same object."""
    known: dict[bytes, str] = {}
    for id_, line in lines:
        sources = _SOURCE.findall(line)
        article = known.get(sources[0]) if len(sources) == 1 else None
        if article is None:
            article = article_in(line)
            if len(sources) == 1:
                known[sources[0]] = article
        yield id_, article


def article_in(line: bytes) -> str:
    """The article an annotation is on."""
    found = _SOURCE.findall(line)
    if len(found) == 1:
        return str(found[0], "ascii")
    return str(json.loads(line)["target"]["source"])


def day_in(line: bytes) -> str:
    """When an article was published; where nobody knows, when it was imported, so that what is new is on top."""
    return member_in(line, "published") or member_in(line, "added") or ""


def member_in(line: bytes, member: str) -> str | None:
    """A member that is a text; None if there is none."""
    name = b'"%s"' % member.encode("ascii")
    at = line.find(name + b': "')
    if at < 0 and name not in line:
        return None
    if at >= 0 and line.count(b"{") == 1 + sum(inner in line for inner in _INNER):
        start = at + len(name) + 3
        value = line[start : line.find(b'"', start)]
        if value and b"\\" not in value:
            return intern(str(value, "utf-8"))
    document = json.loads(line)
    return str(document[member]) if member in document else None
