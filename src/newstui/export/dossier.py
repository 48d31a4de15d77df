"""A dossier as Markdown: one page about one thing."""

from __future__ import annotations

from collections.abc import Iterator

from newstui.export.escaping import block_quote, escape_cell, escape_heading, escape_inline
from newstui.model import Dossier, Passage
from newstui.text.figures import counted

MOST = 500
"""Lines of a list; a page of more is no page."""


def render_dossier(dossier: Dossier) -> str:
    """The Markdown of a dossier; every name and passage is escaped, so none of them becomes markup."""
    return "\n".join(_iter_lines(dossier)).rstrip("\n") + "\n"


def _iter_lines(dossier: Dossier) -> Iterator[str]:
    entity = dossier.entity
    yield f"# {escape_heading(entity.name)}"
    yield ""
    country = f" ({entity.country})" if entity.country else ""
    counts = f"{counted(entity.mentions, 'mention')} in {counted(len(entity.articles), 'article')}"
    yield f"{entity.label}{country}: {counts}."
    if entity.aliases:
        yield f"Also: {', '.join(escape_inline(alias) for alias in entity.aliases)}."
    if entity.first_seen:
        yield f"First seen in {_source(dossier, entity.first_seen)}."
    yield from _iter_trend(dossier)
    yield from _iter_notes(dossier)
    if dossier.said:
        yield from ("", "## Said", "")
        for passage in dossier.said[:MOST]:
            yield f"- {escape_inline(passage.words)} — {_source(dossier, passage.article)}"
    if dossier.company:
        yield from ("", "## Named together with", "", "| name | kind | articles | paragraphs |", "|---|---|---:|---:|")
        for company in dossier.company[:MOST]:
            yield f"| {escape_cell(company.name)} | {company.label} | {company.articles} | {company.paragraphs} |"
    if dossier.dates:
        yield from ("", "## Dates", "")
        for near in dossier.dates[:MOST]:
            yield f"- {near.iso}: {_line(near.passage)} — {_source(dossier, near.passage.article)}"
    for title, passages in (("Meant without the name", dossier.roles), ("Mentions", dossier.mentions)):
        if passages:
            yield from ("", f"## {title}", "")
            yield from (f"- {_line(passage)} — {_source(dossier, passage.article)}" for passage in passages[:MOST])


def _iter_notes(dossier: Dossier) -> Iterator[str]:
    if dossier.highlights:
        yield from ("", "## Highlights and notes", "")
        for note in dossier.highlights[:MOST]:
            yield block_quote(note.target.quote.exact)
            tags = " ".join(f"#{escape_inline(tag)}" for tag in note.tags)
            yield from ("", *(part for part in (escape_inline(note.note), tags) if part), "")


def _iter_trend(dossier: Dossier) -> Iterator[str]:
    if len(dossier.entity.trend) > 1:
        yield from ("", "## Over time", "", "| month | mentions |", "|---|---:|")
        for month, count in dossier.entity.trend:
            yield f"| {month} | {count} |"


def _line(passage: Passage) -> str:
    before, words, after = (escape_inline(part) for part in (passage.before, passage.words, passage.after))
    ahead = "" if passage.before and not passage.before[-1].isspace() else " "
    behind = "" if passage.after and not passage.after[0].isspace() else " "
    return f"{before}{ahead}**{words}**{behind}{after}".strip()


def _source(dossier: Dossier, article_id: str) -> str:
    title, published = dossier.titles.get(article_id, ("", ""))
    return f"{escape_inline(title)}{f' ({published})' if published else ''}"
