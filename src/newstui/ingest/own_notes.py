"""A Markdown file that newstui exported comes back: whose notes it holds, and which of them its user changed there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportedNote, Source
from newstui.ingest.exports.records import build_stub
from newstui.ingest.front_matter import as_text, as_texts
from newstui.text.dates import parse_published
from newstui.text.markers import CLOSING, END, OPENING, block_hash, parse_end_line

_OWN_TAG = "newstui"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#x([0-9A-F]{1,6});|&#(91|93);")
_LINK = re.compile(r"\]\(newstui://|\[@[^\]]*¶|source:: newstui://")
_TAG = re.compile(r"(?<!\S)#([^\s·]+)")
_DIVISION = re.compile(r":::+ \{#nt-\S+ \.highlight(?: tags=\"([^\"]*)\")?\}")
_FOOTNOTE = re.compile(r"\[\^nt-([\w-]+)\]: (.*(?:\n(?: {4}.*|(?=\n {4})))*)")
_MARKED = re.compile(r"==((?:(?!==).)+)==\[\^nt-([\w-]+)\]", re.DOTALL)


def is_own(properties: Mapping[str, Any]) -> bool:
    """Whether front matter says that newstui wrote the file, and for which article."""
    return bool(properties.get("newstui")) and bool(as_text(properties.get("id")))


def read_own(properties: Mapping[str, Any], body: str, source: Source) -> ImportedArticle:
    """The article that a file of newstui is about, with the notes as they stand in it.

    Args:
        properties: its front matter.
        body: what follows, as it was decoded.
        source: the file.
    """
    notes: list[ImportedNote] = []
    text = ""
    for ref, written, content in _blocks(body):
        touched = block_hash(content) != written
        if ref == "text":
            text = _unescape(re.sub(r"==|\[\^nt-[\w-]+\]", "", _FOOTNOTE.sub("", content)).strip())
            notes += _footnotes(content, touched)
        else:
            notes.append(_note(ref, content, touched))
    origin = as_text(properties.get("source"))
    return build_stub(
        "newstui",
        as_text(properties.get("title")),
        notes,
        text=text,
        url=as_text(properties.get("url")) or source.url,
        author=as_texts(properties.get("author")),
        source=origin,
        published=parse_published(as_text(properties.get("published"))),
        tags=_added_tags(properties, body),
        known_as=as_text(properties.get("id")),
    )


def _blocks(body: str) -> Iterator[tuple[str, str, str]]:
    """The marked blocks: ref, hash as written, and what stands in them; one without an end is left out."""
    lines = body.split("\n")
    at = 0
    while at < len(lines):
        opening = OPENING.fullmatch(lines[at])
        at += 1
        if not opening:
            continue
        end = next((n for n in range(at, len(lines)) if CLOSING.fullmatch(lines[n]) or OPENING.fullmatch(lines[n])), 0)
        closing = CLOSING.fullmatch(lines[end]) if end else None
        if closing and closing[1] == opening[1]:
            yield opening[1], opening[2], "\n".join(line.removesuffix("\r") for line in lines[at:end])
            at = end + 1


def _note(ref: str, content: str, touched: bool) -> ImportedNote:
    """A block of any flavor but the full text: the quote, a line about it that leads back, and the note."""
    quote: list[str] = []
    note: list[str] = []
    tags: tuple[str, ...] = ()
    about = False
    for line in content.split("\n"):
        division = _DIVISION.match(line)
        stripped = line.strip()
        if division:
            tags = tuple((division[1] or "").split())
        elif stripped.startswith("tags:: "):
            tags = tuple(part.strip() for part in stripped[7:].split(","))
        elif about and stripped != ":::":
            note.append(line)
        elif _LINK.search(line):
            about = True
            tags = tags or _tags_in(line)
        elif stripped.removeprefix("- ").startswith(">") and not stripped.startswith("> [!quote"):
            quote.append(stripped.removeprefix("- ").removeprefix(">").strip())
    said = "\n".join(note)
    if said.startswith("\t- "):  # a bullet below the bullet, as Logseq has it
        said = "\n".join(line[3:] if line.startswith(("\t- ", "\t  ")) else line for line in note)
    return ImportedNote(_unescape("\n".join(quote)), note=_unescape(said).strip(), tags=tags, ref=ref, touched=touched)


def _footnotes(content: str, touched: bool) -> Iterator[ImportedNote]:
    """The notes of a full text: each footnote with the words that are marked before its sign."""
    quotes = {ref: words for words, ref in _MARKED.findall(content)}
    for ref, said in _FOOTNOTE.findall(content):
        about, _, note = said.partition("\n")
        words = "\n".join(line.removeprefix("    ") for line in note.split("\n"))
        yield ImportedNote(
            _unescape(quotes.get(ref, "")),
            note=_unescape(words).strip(),
            tags=_tags_in(about),
            ref=ref,
            touched=touched,
        )


def _tags_in(line: str) -> tuple[str, ...]:
    return tuple(_unescape(tag) for tag in _TAG.findall(line))


def _added_tags(properties: Mapping[str, Any], body: str) -> tuple[str, ...]:
    """The tags that were added to the front matter since it was written."""
    last = next((line for line in reversed(body.split("\n")) if END.fullmatch(line)), "")
    written = parse_end_line(last)
    known = {_OWN_TAG, *(written[1] if written else ())}
    return tuple(tag for tag in as_texts(properties.get("tags")) if tag not in known) if written else ()


def _unescape(text: str) -> str:
    """What an escaped text says; blanks at the ends of its lines go."""

    def said(found: re.Match[str]) -> str:
        code = int(found[2], 16) if found[2] else int(found[3] or 0)
        return found[1] or (chr(code) if code <= 0x10FFFF else found[0])

    return "\n".join(_ESCAPED.sub(said, line.rstrip()) for line in text.split("\n"))
