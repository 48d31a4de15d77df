"""Markdown: properties, then the words of the text with its headings, quotations and lists as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.body import Body
from newstui.ingest.decoding import decode, refuse_binary
from newstui.ingest.front_matter import as_text, as_texts, split_front_matter
from newstui.ingest.own_notes import is_own, read_own
from newstui.ingest.plain import title_of
from newstui.ingest.wire import read_wire
from newstui.model import Block
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line, clean_text
from newstui.text.languages import detect_language

if TYPE_CHECKING:
    from markdown_it.token import Token

_WIKI = re.compile(r"!?\[\[([^\]|\n]+)(?:\|([^\]\n]+))?\]\]")
_MARKED = re.compile(r"==(\S(?:[^=\n]*\S)?)==")
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+\Z")
_HTML = re.compile(r"<[^>]*>")
_CLIPPED = re.compile(r"\A\s*# (?P<title>[^\n]+)\n+> ## Excerpt\n(?:>[^\n]*\n)+\s*---\n")


class MarkdownImporter:
    """CommonMark, with the wiki links and properties of note-taking tools."""

    name = "markdown"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a Markdown file."""
        refuse_binary(source.data, source.name)
        text, warnings = decode(source.data, source.charset)
        properties, body, _ = split_front_matter(text)
        if is_own(properties):
            yield read_own(properties, body, source)
            return
        yield read_markdown(clean_text(text), source, warnings)


def read_markdown(text: str, source: Source, warnings: list[str]) -> ImportedArticle:
    """A cleaned Markdown text as an article.

    Raises:
        ImportFailedError: there is neither a text nor a title in it.
    """
    properties, body, doubts = split_front_matter(text)
    clipped = _CLIPPED.match(body)
    title = clean_line(as_text(properties.get("title")))
    if clipped:
        title, body = title or clean_line(clipped.group("title")), body[clipped.end() :]
    built = build_body(body)
    paragraphs = built.parts
    first = built.blocks[0] if built.blocks else None
    if paragraphs and first and first.kind == "heading" and first.level == 1 and first.start == 0:
        heading = paragraphs[0]
        if not title or clean_line(title).casefold() == clean_line(heading).casefold():
            title, built = title or heading, _without_first(built)
    if not built.parts and not title:
        raise ImportFailedError(f"{source.name}: there is no text in it, so it was left out.")
    if not built.parts:
        built.add(title)
    return _article(properties, title, built, source, [*warnings, *doubts])


def _article(
    properties: Mapping[str, Any], title: str, body: Body, source: Source, warnings: list[str]
) -> ImportedArticle:
    origin = as_text(properties.get("source"))
    url = next((value for name in ("url", "link", "source") if _is_url(value := as_text(properties.get(name)))), "")
    place = as_text(properties.get("place") or properties.get("location"))
    published = ""
    for name in ("published", "date", "publishedat", "date_published", "pubdate"):
        published = published or parse_published(as_text(properties.get(name)))
    head = read_wire(body.parts[:1], titled=True) if body.parts and not _is_url(origin) else None
    if head and head.place and not place and not any(block.start == 0 for block in body.blocks):
        place = head.place
        body = _without_head(body, head.paragraphs[0])
    text = body.text
    authors = as_texts(properties.get("author") or properties.get("authors") or properties.get("by"))
    return ImportedArticle(
        title=title or title_of(source, text),
        text=text,
        subtitle=as_text(properties.get("subtitle")),
        author=authors,
        source="" if _is_url(origin) else origin or as_text(properties.get("publisher")),
        site=as_text(properties.get("site") or properties.get("domain")),
        place=place,
        published=published,
        url=url or source.url,
        language=as_text(properties.get("language") or properties.get("lang")) or detect_language(text),
        tags=as_texts(properties.get("tags") or properties.get("tag")),
        collections=as_texts(properties.get("collection") or properties.get("collections")),
        blocks=tuple(body.blocks),
        importer="markdown",
        warnings=tuple(warnings),
    )


def _is_url(value: str) -> bool:
    return value.lower().startswith(("http://", "https://"))


def _without_first(body: Body) -> Body:
    """The body without its first paragraph."""
    shift = len(body.parts[0]) + 2
    blocks = [Block(b.kind, b.start - shift, b.end - shift, b.level) for b in body.blocks if b.start >= shift]
    return Body(body.parts[1:], blocks, max(0, body.length - shift))


def _without_head(body: Body, first: str) -> Body:
    """The body with another, shorter first paragraph."""
    shift = len(body.parts[0]) - len(first)
    blocks = [Block(b.kind, b.start - shift, b.end - shift, b.level) for b in body.blocks]
    return Body([first, *body.parts[1:]], blocks, body.length - shift)


def build_body(markdown: str) -> Body:
    """The words of a Markdown text, paragraph by paragraph, with its blocks."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    builder = _Builder()
    for token in parser.parse(_COMMENT.sub("", markdown)):
        builder.take(token)
    return builder.body


class _Builder:
    """Turns the tokens of a Markdown text into its body."""

    def __init__(self) -> None:
        self.body = Body()
        self._quoted = 0
        self._numbers: list[int | None] = []
        self._row: list[str] | None = None
        self._kind, self._level = "", 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self._quoted += token.nesting
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "ordered_list_close" | "bullet_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._kind = "item"
            case "heading_open":
                self._kind, self._level = "heading", int(token.tag[1:])
            case "tr_open" | "tr_close":
                self._take_row()
            case _:
                self._take_text(token)

    def _take_row(self) -> None:
        if self._row is not None:
            self.body.add(" | ".join(cell for cell in self._row if cell))
        self._row = [] if self._row is None else None

    def _take_text(self, token: Token) -> None:
        match token.type:
            case "inline" if self._row is not None:
                self._row.append(_words(token))
            case "inline":
                self._add(_words(token))
                self._kind, self._level = "", 0
            case "fence" | "code_block":
                self.body.add(token.content, "code")
            case "html_block":
                self.body.add(" ".join(_HTML.sub(" ", token.content).split()))

    def _add(self, words: str) -> None:
        if self._kind == "item" and self._numbers:
            number = self._numbers[-1]
            self.body.add(f"• {words}" if number is None else f"{number}. {words}", "item", len(self._numbers))
            if number is not None:
                self._numbers[-1] = number + 1
        elif self._kind == "heading":
            self.body.add(words, "heading", self._level)
        else:
            self.body.add(words, "quote" if self._quoted > 0 else "")


def _words(token: Token) -> str:
    """The text of an inline token on one line, without its markup."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    text = _WIKI.sub(lambda match: match.group(2) or match.group(1), "".join(parts))
    text = _BLOCK_ID.sub("", _MARKED.sub(r"\1", text))
    return " ".join(text.split())
