"""Markdown as the tools that read it like it: Obsidian, Logseq, Pandoc."""

import re

from newstui.export.citations import citation_keys
from newstui.export.documents import Document
from newstui.export.escaping import block_quote, escape, escape_inline, obsidian_tag, prefix_lines
from newstui.export.fulltext import build_full
from newstui.export.identifiers import to_uri
from newstui.export.markdown import (
    BlockWriter,
    MarkdownOptions,
    about_line,
    block_text,
    build_document,
    headings_of,
    link_lines,
    note_text,
)
from newstui.export.sheet import Sheet, link_to
from newstui.model import Annotation, Article

FLAVORS = ("plain", "obsidian", "logseq", "pandoc", "full")


def build_flavor(sheet: Sheet, options: MarkdownOptions) -> Document:
    """One article's file in the flavor that the options name.

    Raises:
        KeyError: there is no such flavor.
    """
    return (
        build_full(sheet, options)
        if options.flavor == "full"
        else build_document(sheet, options, _WRITERS[options.flavor])
    )


def obsidian_block(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
    """A callout; all its lines are marked, for a callout loses what comes after a bare line break."""
    color = re.sub(r"[^\w-]+", "-", sheet.color_name(annotation)).strip("-")
    opening = f"> [!quote|{color}]" if color else "> [!quote]"
    quote = block_quote(annotation.quote, headings=headings_of(sheet))
    about = [about_line(sheet, annotation, ref), *link_lines(sheet, annotation)]
    parts = [f"{opening}\n{quote}", f"^nt-{ref}", *about]
    note = note_text(sheet, annotation, options)
    return "\n\n".join([*parts, note] if note else parts)


def logseq_block(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
    """A bullet with properties, the note as its child; brackets as references: escaped ones open LaTeX there."""
    quote = _logseq(block_quote(annotation.quote, headings=headings_of(sheet)))
    lines = ["- " + prefix_lines(quote, "  ")[2:], f"  id:: {to_uri(annotation.id).rpartition(':')[2]}"]
    if annotation.tags:
        lines.append("  tags:: " + ", ".join(map(obsidian_tag, annotation.tags)))
    lines.append("  source:: " + link_to(sheet.article.id, ref))
    lines += ["\t" + _logseq(line) for part in link_lines(sheet, annotation) for line in part.split("\n")]
    note = note_text(sheet, annotation, options)
    if note:
        note = note if options.raw_notes else _logseq(note)
        lines.append("\t- " + prefix_lines(note, "\t  ")[3:])
    return "\n".join(lines)


def _logseq(markdown: str) -> str:
    brackets = {"\\[": "&#91;", "\\]": "&#93;"}
    return re.sub(r"\\.", lambda escaped: brackets.get(escaped[0], escaped[0]), markdown)


def pandoc_block(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
    """A division with attributes, and a citation of the article."""
    tags = " ".join(map(obsidian_tag, annotation.tags))
    attributes = f'#nt-{ref} .highlight tags="{tags}"' if tags else f"#nt-{ref} .highlight"
    key = sheet.key or citation_keys([sheet.article])[sheet.article.id]
    where = f"[@{key}, ¶{sheet.paragraph_at(annotation.span.start)}]"
    quote = block_quote(annotation.quote, headings=headings_of(sheet))
    parts = [f"::: {{{attributes}}}", quote, where, *link_lines(sheet, annotation)]
    note = note_text(sheet, annotation, options)
    return "\n\n".join([*parts, note, ":::"] if note else [*parts, ":::"])


_WRITERS: dict[str, BlockWriter] = {
    "plain": block_text,
    "obsidian": obsidian_block,
    "logseq": logseq_block,
    "pandoc": pandoc_block,
}


def passage_markdown(article: Article, annotation: Annotation) -> str:
    """One highlight for the clipboard: the quote, where it is from, and the note; no markers."""
    source = ", ".join(part for part in (*article.author, article.source, article.published) if part)
    title = escape_inline(article.title) or "Untitled"
    parts = [
        block_quote(annotation.quote),
        f"[{title}]({article.url or link_to(article.id)})" + (f", {escape_inline(source)}" if source else ""),
    ]
    note = escape(annotation.note)
    return "\n\n".join([*parts, note] if note else parts) + "\n"
