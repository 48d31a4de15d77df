"""What a search shows: hits with snippets, in which field, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from newstui.model import Annotation, Article, Span
from newstui.search.query import Problem
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.model import EntityCount
    from newstui.search.index import Match
    from newstui.services.indexing import Growth
    from newstui.services.names import NameIndex
    from newstui.store import Store

HitKind = Literal["title", "text", "quote", "note", "tag", "entity"]
SCOPES: tuple[HitKind, ...] = ("title", "quote", "note", "tag", "entity", "text")
"""Where a search looks, in the order hits are grouped."""
SNIPPET = 120
"""Code points of a snippet."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text on one line, and what of it is marked, in code points of `text`."""

    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `span` counts code points of the body for `text` and `quote`, else of the field itself. `why` says in a few words
    why it is a hit when the words are not there as typed. For an entity `annotation_id` is its key.
    """

    kind: HitKind
    article_id: str
    annotation_id: str
    span: Span
    snippet: Snippet
    score: float
    tier: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, the best first; what was not understood; misspelled words with what was found instead; what was searched.

    `growth` is None where everything could be searched.
    """

    hits: tuple[Hit, ...]
    problems: tuple[Problem, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    growth: Growth | None = None


def iter_hits(store: Store, matches: Sequence[Match], names: NameIndex) -> Iterator[Hit]:
    """Matches as hits; a text under a quote that is a hit itself, and a tag or entity met before, are left out."""
    quoted: dict[str, list[Span]] = {}
    met: set[tuple[str, str]] = set()
    hits = [_hit(store, match, names) for match in matches]
    for hit in hits:
        if hit.kind == "quote":
            quoted.setdefault(hit.article_id, []).append(hit.span)
    for match, hit in zip(matches, hits, strict=True):
        if hit.kind in ("tag", "entity"):
            known = (hit.kind, hit.annotation_id if hit.kind == "entity" else match.unit.text)
            if known in met:
                continue
            met.add(known)
        if hit.kind != "text" or not any(span.overlaps(hit.span) for span in quoted.get(hit.article_id, ())):
            yield hit


def article_hit(store: Store, article_id: str) -> Hit:
    """An article that was found without any words to show."""
    title = store.get(Article, article_id).title
    return Hit("title", article_id, "", Span(0, 0), Snippet(_one_line(title), ()), 0.0, 0)


def _hit(store: Store, match: Match, names: NameIndex) -> Hit:
    unit, base = match.unit, 0
    if unit.field == "quote":
        base = store.get(Annotation, unit.annotation).target.position.start
    text = unit.text
    if unit.field == "entity":
        text = _told(text, names.by_key(unit.annotation))
    snippet = build_snippet(text, Span(match.start, match.end))
    span = Span(base + match.start, base + match.end)
    why = "; ".join(dict.fromkeys(f"{typed} → {written}" for typed, written in match.readings)) if match.tier else ""
    if match.missed:
        said = "missing" if match.absent else "further off"
        why = f"{match.missed} {'word' if match.missed == 1 else 'words'} {said}" + (f"; {why}" if why else "")
    kind = cast(HitKind, unit.field)
    return Hit(kind, unit.article, unit.annotation, span, snippet, match.score, match.tier, why)


def _told(name: str, count: EntityCount | None) -> str:
    """A name, what it is another spelling of, its kind, and how often it is there."""
    if count is None:
        return name
    known = "" if count.name == name else f" = {count.name}"
    return f"{name}{known}  {count.label}  {count.mentions:,} in {counted(len(count.articles), 'article')}"


def build_snippet(text: str, span: Span, width: int = SNIPPET) -> Snippet:
    """A piece of a text around a range, on one line, cut at blanks, with the range marked.

    Args:
        text: the whole.
        span: what is to be seen and marked.
        width: code points of the piece, about.
    """
    end = min(span.end, span.start + width)
    before = max(0, (width - (end - span.start)) // 3)
    first = max(0, span.start - before)
    if first:
        blank = max(text.find(" ", first, span.start), text.find("\n", first, span.start))
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), max(end, first + width))
    if last < len(text):
        blank = max(text.rfind(" ", end, last), text.rfind("\n", end, last))
        last = blank if blank > 0 else last
    lead = "…" if first else ""
    piece = lead + _one_line(text[first:last]) + ("…" if last < len(text) else "")
    shift = len(lead) - first
    return Snippet(piece, (Span(span.start + shift, end + shift),))


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
