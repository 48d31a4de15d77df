"""The dossier of one entity: where it is named, with whom, when, what it said, and what the user made of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from newstui.entities.calendar import normalize
from newstui.entities.company import log_likelihood
from newstui.entities.linking import fold_name
from newstui.entities.quotations import attribute
from newstui.entities.roles import find_roles
from newstui.model import (
    Annotation,
    Article,
    Company,
    Dossier,
    Entity,
    EntityCount,
    Mention,
    NearDate,
    Passage,
    Span,
)
from newstui.text.segmentation import paragraph_at, sentence_at

if TYPE_CHECKING:
    from newstui.store import Store

CONTEXT = 60
"""Code points shown on either side of a mention."""
_FUTURE = re.compile(r"\b(?:will|shall|is to|are to|going to|plans? to|planned|expected|scheduled|due)\b")


class DossierBuilder:
    """Gathers what is known of one entity, article by article.

    Args:
        store: the library.
        entities: the entities of an article by its id.
        mentions: the corrected mentions of an article by its id.
    """

    def __init__(
        self,
        store: Store,
        entities: Callable[[str], Sequence[Entity]],
        mentions: Callable[[str], Sequence[Mention]],
    ) -> None:
        self._store = store
        self._entities = entities
        self._mentions = mentions
        self._passages: list[Passage] = []
        self._said: list[Passage] = []
        self._roles: list[Passage] = []
        self._dates: list[NearDate] = []
        self._articles: Counter[str] = Counter()
        self._paragraphs: Counter[str] = Counter()

    def build(self, entity: EntityCount, index: Sequence[EntityCount]) -> Dossier:
        """The dossier of an entity of an index."""
        articles = [self._store.get(Article, article_id) for article_id in entity.articles]
        for article in articles:
            self._add(entity, article)
        return Dossier(
            entity,
            {article.id: (article.title, article.published) for article in articles},
            tuple(self._passages),
            tuple(self._said),
            tuple(sorted(self._dates, key=lambda near: near.iso)),
            tuple(self._company(entity, index)),
            tuple(self._highlights(entity)),
            tuple(self._roles),
        )

    def _add(self, entity: EntityCount, article: Article) -> None:
        text = self._store.text(article.text)
        entities = self._entities(article.id)
        mine = next((each for each in entities if each.key == entity.key), None)
        if mine is None:
            return
        paragraphs = list(dict.fromkeys(paragraph_at(text, mention.start) for mention in mine.mentions))
        self._passages += [passage_of(article.id, text, mention.span) for mention in mine.mentions]
        for quotation in attribute(text, entities):
            if quotation.speaker == entity.key:
                self._said.append(passage_of(article.id, text, quotation.span))
        self._roles += [
            passage_of(article.id, text, role.span) for role in find_roles(text, entities) if role.key == entity.key
        ]
        for mention in self._mentions(article.id):
            if mention.label == "DATE" and _lies_in(mention.span, paragraphs):
                self._add_date(article, text, mention)
        for other in entities:
            if other.key != entity.key:
                self._articles[other.key] += 1
                held = {paragraph_at(text, mention.start) for mention in other.mentions}
                self._paragraphs[other.key] += len(held.intersection(paragraphs))

    def _add_date(self, article: Article, text: str, mention: Mention) -> None:
        sentence = sentence_at(text, mention.start).slice(text)
        future = _FUTURE.search(sentence) is not None
        iso = normalize(mention.span.slice(text), published_on(article), future=future)
        if iso:
            self._dates.append(NearDate(iso, passage_of(article.id, text, mention.span)))

    def _company(self, entity: EntityCount, index: Sequence[EntityCount]) -> list[Company]:
        """Who is named with it, first those who belong together by more than chance."""
        known = {each.key: each for each in index}
        total = len({article for each in index for article in each.articles})
        found = []
        for key, both in self._articles.items():
            other = known.get(key)
            if other is None:
                continue
            surprise = log_likelihood(both, len(entity.articles), len(other.articles), total)
            company = Company(key, other.label, other.name, both, self._paragraphs[key])
            found.append((-surprise, -company.paragraphs, -both, other.name, company))
        return [company for *_, company in sorted(found, key=lambda each: each[:4])]

    def _highlights(self, entity: EntityCount) -> Iterable[Annotation]:
        """The user's own highlights that overlap a mention, or carry its name as a tag."""
        places: dict[str, list[Span]] = defaultdict(list)
        for passage in self._passages:
            places[passage.article].append(passage.span)
        names = {fold_name(name) for name in (entity.name, *entity.aliases)}
        for annotation in self._store.all(Annotation):
            tagged = any(
                fold_name(part.replace("-", " ")) in names for tag in annotation.tags for part in tag.split("/")
            )
            if tagged or any(annotation.span.overlaps(span) for span in places.get(annotation.article, ())):
                yield annotation


def published_on(article: Article) -> date | None:
    """The day an article appeared, if it is known to the day."""
    try:
        return date.fromisoformat(article.published[:10])
    except ValueError:
        return None


def passage_of(article_id: str, text: str, span: Span) -> Passage:
    """A range with the words around it in its paragraph, on one line."""
    paragraph = paragraph_at(text, span.start)
    low = max(min(paragraph.start, span.start), span.start - CONTEXT)
    high = min(max(paragraph.end, span.end), span.end + CONTEXT)
    before, after = text[low : span.start], text[span.end : high]
    if low > paragraph.start:
        before = "…" + before.partition(" ")[2]
    if high < paragraph.end:
        after = after.rpartition(" ")[0] + "…"
    return Passage(article_id, span, _on_a_line(before), _on_a_line(span.slice(text)), _on_a_line(after))


def _on_a_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _lies_in(span: Span, paragraphs: Sequence[Span]) -> bool:
    return any(paragraph.covers(span) for paragraph in paragraphs)
