"""Addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newstui.model import Span

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+|(?<![\w@.])www\.[^\s<>\"“”«»]+\.[^\s<>\"“”«»]+")
_TRAILING = ".,;:!?'’…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def iter_links(text: str, low: int = 0, high: int | None = None) -> Iterator[Span]:
    """The addresses of pages that begin in a range, without the punctuation that ends their sentence.

    A closing bracket belongs to an address only if it was opened there.
    """
    for match in _ADDRESS.finditer(text, low, len(text) if high is None else high):
        address = match.group()
        while address:
            last = address[-1]
            if last in _TRAILING or (last in _PAIRS and address.count(_PAIRS[last]) < address.count(last)):
                address = address[:-1]
            else:
                break
        if address.partition("://")[2] or address.startswith("www."):
            yield Span(match.start(), match.start() + len(address))


def link_at(text: str, offset: int) -> Span | None:
    """The address that holds an offset."""
    low = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset)) + 1
    end = text.find("\n", offset)
    return next((link for link in iter_links(text, low, None if end < 0 else end) if offset in link), None)
