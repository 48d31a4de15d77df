"""HTML that is an article already (a chapter, an entry of a feed, a stored page): its words, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newstui.ingest.body import Body
from newstui.text.hygiene import clean_line, clean_text

_GONE = frozenset(("script", "style", "head", "template"))
_INLINE = frozenset((
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em",
    "embed", "font", "i", "img", "input", "ins", "kbd", "label", "map", "mark", "meter", "object", "output",
    "picture", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "select", "small", "source", "span", "strike",
    "strong", "sub", "sup", "svg", "textarea", "time", "track", "tt", "u", "var", "video", "wbr",
))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"blockquote": "quote", "pre": "code", "li": "item", **dict.fromkeys(_HEADINGS, "heading")}


def read_markup(markup: str) -> Body:
    """The words of a piece of HTML with its headings, quotations, items and code as blocks.

    A block element is a paragraph, as is what stands between two `<br>`; line breaks of the source are blanks, except
    in `<pre>`. What is no HTML at all is text, one paragraph a line.
    """
    body = Body()
    if "<" not in markup:
        from html import unescape

        for line in unescape(markup).split("\n"):
            body.add(clean_line(line))
        return body
    from lxml import html

    try:
        tree: Any = html.fragment_fromstring(clean_text(markup), create_parent="div")
    except (ValueError, TypeError, html.etree.LxmlError):
        return body
    for words, kind, level in _Walk().paragraphs(tree):
        body.add(words, kind, level)
    return body


class _Walk:
    """Goes through a tree and gathers words until a block begins or ends."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._open: list[str] = []
        self._item = False

    def paragraphs(self, tree: Any) -> Iterator[tuple[str, str, int]]:
        """The paragraphs: words, kind and level of each."""
        from lxml import etree

        gone = 0
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            hidden = not tag or tag in _GONE
            if event == "start":
                gone += hidden
                if not gone:
                    yield from self._begin(tag)
                    self._words.append(element.text or "")
            else:
                if not gone:
                    yield from self._end(tag)
                gone -= hidden
                if not gone and element is not tree:
                    self._words.append(element.tail or "")
        yield from self._flush()

    def _begin(self, tag: str) -> Iterator[tuple[str, str, int]]:
        if tag == "br" and "pre" in self._open:
            self._words.append("\n")
        elif tag not in _INLINE:
            yield from self._flush()
        self._item = self._item or tag == "li"
        if tag in _KINDS:
            self._open.append(tag)

    def _end(self, tag: str) -> Iterator[tuple[str, str, int]]:
        if tag not in _INLINE and tag != "br":
            yield from self._flush()
        if tag in _KINDS and tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag)]

    def _flush(self) -> Iterator[tuple[str, str, int]]:
        text, self._words = "".join(self._words), []
        if "pre" in self._open:
            if text.strip():
                yield clean_text(text).strip("\n"), "code", 0
            return
        words = clean_line(text)
        if not words:
            return
        heading = next((tag for tag in reversed(self._open) if tag in _HEADINGS), "")
        if heading:
            yield words, "heading", _HEADINGS[heading]
        elif "li" in self._open and self._item:
            yield f"• {words}", "item", self._open.count("li")
        else:
            yield words, "quote" if "blockquote" in self._open else "", 0
        self._item = False
