"""Highlights that were made in another tool: they find their words in the article, or are kept as orphans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newstui.export.escaping import obsidian_tag
from newstui.model import AnchorState, Annotation, Article, Span, Target, TextPositionSelector, TextQuoteSelector
from newstui.services.annotating import build_target
from newstui.services.tagging import harmless_tags
from newstui.store import new_id, now
from newstui.text.anchoring import CONTEXT, Anchor, Revision, find_quote

if TYPE_CHECKING:
    from newstui.ingest.article import ImportedNote

_SLOTS = {
    "yellow": 1, "gold": 1, "orange": 1, "blue": 2, "cyan": 2, "green": 3, "olive": 3, "red": 4, "pink": 4, "rose": 4,
    "purple": 5, "violet": 5, "magenta": 5, "gray": 6, "grey": 6,
}  # fmt: skip
"""The highlight slots of the colors that other tools know."""


def build_annotations(
    article: Article, body: str, notes: Iterable[ImportedNote], before: Sequence[Annotation]
) -> list[Annotation]:
    """Annotations for those highlights that are not among the ones there are, and those that were changed elsewhere.

    Args:
        article: whose they are.
        body: its text.
        notes: the highlights.
        before: its annotations.
    """
    known = {key for each in before for key in _keys(each)}
    revision = Revision(body)
    made: list[Annotation] = []
    for note in notes:
        own = next((each for each in before if len(note.ref) >= 8 and each.id.endswith(note.ref)), None)
        if own is not None:
            made += _taken_back(own, note)
            continue
        built = _build(article, body, revision, note)
        keys = _keys(built)
        if not known.isdisjoint(keys):
            continue
        known.update(keys)
        made.append(built)
    return made


def _taken_back(own: Annotation, note: ImportedNote) -> list[Annotation]:
    """A highlight with the note and the tags that its user wrote into an exported file, if that changes anything."""
    if not note.touched:
        return []
    known = {obsidian_tag(tag): tag for tag in own.tags}
    tags = tuple(dict.fromkeys(known.get(tag, tag) for tag in harmless_tags(note.tags)))
    tags = own.tags if set(tags) == set(own.tags) else tags
    same = note.note.split() == own.note.split() and tags == own.tags
    return [] if same else [replace(own, note=note.note, tags=tags, modified=now())]


def _keys(annotation: Annotation) -> set[tuple[str, str]]:
    """What an annotation is known by: its words as they are and as they were given, with its note or its time."""
    quotes = {annotation.quote, annotation.anchored_from.quote.exact if annotation.anchored_from else annotation.quote}
    folded = {" ".join(quote.split()) for quote in quotes}
    return {(quote, said) for quote in folded for said in (f"note {annotation.note}", f"time {annotation.created}")}


def _build(article: Article, body: str, revision: Revision, note: ImportedNote) -> Annotation:
    found = locate(body, revision, note)
    given = Target(
        article.id,
        "",
        TextPositionSelector(0, 0),
        TextQuoteSelector(note.quote, note.prefix[-CONTEXT:], note.suffix[:CONTEXT]),
    )
    moment = now()
    annotation = Annotation(
        new_id(),
        given,
        harmless_tags(note.tags),
        note.note,
        _SLOTS.get(note.color.casefold(), 0),
        note.created or moment,
        moment,
        AnchorState.ORPHAN,
        0.0,
    )
    if not found.span:  # none, or one of a text without words
        return annotation
    target = build_target(article, body, found.span)
    changed = target.quote.exact != note.quote and bool(note.quote)
    state = AnchorState.CHANGED if found.state is AnchorState.CHANGED else AnchorState.SAME
    return replace(
        annotation,
        target=target,
        state=state,
        confidence=found.confidence,
        anchored_from=given if changed else None,
    )


def locate(body: str, revision: Revision, note: ImportedNote) -> Anchor:
    """Where a foreign highlight stands; what has no words of its own is about the first paragraph."""
    quote = note.quote
    if not quote:
        end = body.find("\n\n")
        return Anchor(Span(0, end if end > 0 else len(body)), AnchorState.SAME, 1.0)
    places = find_quote(body, quote)
    if len(places) > 1:  # in a text that is made of highlights, one may stand within another
        whole = [place for place in places if _is_paragraph(body, place)]
        places = whole if len(whole) == 1 else places
    if len(places) == 1:
        return Anchor(places[0], AnchorState.SAME, 1.0)
    return revision.find(quote, note.prefix, note.suffix)


def _is_paragraph(body: str, span: Span) -> bool:
    before, after = body[max(0, span.start - 2) : span.start], body[span.end : span.end + 2]
    return before in ("", "\n\n") and after in ("", "\n\n")
