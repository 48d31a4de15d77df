"""Decides what an imported article is to a library: new, a revision, the same, or a duplicate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from newstui.model import AnchorState, Annotation, Article, Provenance
from newstui.model.ulid import is_ulid
from newstui.services.identity import Alike, Known, Likeness
from newstui.services.tagging import harmless_tags, unite_tags
from newstui.store import new_id, now
from newstui.text.segmentation import count_words

if TYPE_CHECKING:
    from newstui.ingest.article import ImportedArticle
    from newstui.store import Store

Duplicates = Literal["skip", "link", "keep"]
Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article of one source.

    Attributes:
        status: what it is to the library.
        origin: the path, the URL or `-`.
        article: as it is in the library now.
        message: a sentence, where it failed.
        warnings: sentences about what is doubtful.
        fields: what was read.
        notes: how many highlights came with it that were not there.
        orphans: how many of these did not find their words.
        alike: articles of the library with nearly the same text.
    """

    status: Status
    origin: str
    article: Article | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()
    fields: ImportedArticle | None = None
    notes: int = 0
    orphans: int = 0
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written for a number of outcomes: bodies first, then articles and annotations.

    `revised` are the articles that have another text now, with it; their highlights are to follow.
    """

    outcomes: tuple[Outcome, ...]
    bodies: tuple[str, ...]
    articles: tuple[Article, ...]
    annotations: tuple[Annotation, ...]
    revised: tuple[tuple[Article, str], ...]


class Incoming:
    """Takes articles one by one, against the library and those before it, and gives what is to be written.

    Args:
        store: the library; only read here.
        tags: for every article.
        update: whether a changed text becomes a revision.
        collections: to put every article into.
        duplicates: what a text does that is there under another address: `skip`, `link` or `keep`.
    """

    def __init__(
        self,
        store: Store,
        tags: tuple[str, ...],
        collections: tuple[str, ...] = (),
        *,
        update: bool = True,
        duplicates: Duplicates = "skip",
    ) -> None:
        self._store = store
        self._tags = tags
        self._collections = collections
        self._update = update
        self._duplicates = duplicates
        self._known = Known(store)
        self._likeness = Likeness(self._known, store.all(Article))
        self._articles: dict[str, Article] = {}
        self._bodies: dict[str, str] = {}
        self._annotations: list[Annotation] = []
        self._revised: dict[str, tuple[Article, str]] = {}
        self._outcomes: list[Outcome] = []

    def __len__(self) -> int:
        return len(self._outcomes)

    def fail(self, origin: str, message: str) -> None:
        """A source that gave nothing, or not all."""
        self._outcomes.append(Outcome("failed", origin, message=message))

    def add(self, fields: ImportedArticle, about: Provenance) -> None:
        """Decide about one article."""
        sha = hashlib.sha256(fields.text.encode("utf-8")).hexdigest()
        tags = unite_tags(harmless_tags(fields.tags), self._tags)
        filed = tuple(dict.fromkeys((*fields.collections, *self._collections)))
        id_ = self._known.find(fields, about.origin, sha)
        distinct = id_ is not None or fields.partial or self._duplicates == "keep"
        twin = None if distinct else self._known.by_text(sha)
        if twin is not None:
            before = self._known.get(twin)
            after = _unite(before, tags, filed)
            if self._duplicates == "link":
                place = fields.url or about.origin
                after = replace(after, also=after.also if place in (*after.also, "-") else (*after.also, place))
            self._report("duplicate", fields, about, before, after)
        elif id_ is None:
            article = replace(
                _build(fields.known_as if is_ulid(fields.known_as) else new_id(), fields, sha, tags, about),
                collections=filed,
            )
            self._bodies[sha] = fields.text
            self._known.put(article, fields.text)
            alike = () if fields.partial else tuple(self._likeness.among(article))
            self._likeness.add(article)
            self._report("added", fields, about, None, article, alike)
        else:
            before = self._known.get(id_)
            if self._is_revision(before, fields, sha, about):
                after = _unite(_revise(before, fields, sha, about), tags, filed)
                self._bodies[sha] = fields.text
                self._known.put(after, fields.text)
                self._revised[after.id] = after, fields.text
                self._report("updated", fields, about, before, after)
            else:
                after = _unite(before, tags, filed)
                self._report("unchanged", fields, about, before, after)

    def _is_revision(self, before: Article, fields: ImportedArticle, sha: str, about: Provenance) -> bool:
        """Whether the text replaces the one there is; what only stands for a text replaces nothing but its like.

        The very text the article was made of, or mended from, comes again with the same bytes and changes nothing.
        """
        if before.text == sha or not self._update:
            return False
        if sha in before.earlier and about.sha256 == before.provenance.sha256:
            return False
        return not fields.partial or before.provenance.importer == fields.importer

    def _report(
        self,
        status: Status,
        fields: ImportedArticle,
        about: Provenance,
        before: Article | None,
        after: Article,
        alike: tuple[Alike, ...] = (),
    ) -> None:
        made = self._annotate(after, fields) if fields.notes else []
        if status == "unchanged" and made:
            status = "updated"
        if after != before:
            self._articles[after.id] = after
            self._known.put(after)
        orphans = sum(each.state is AnchorState.ORPHAN for each in made)
        self._outcomes.append(
            Outcome(status, about.origin, after, "", fields.warnings, fields, len(made), orphans, alike)
        )

    def _annotate(self, article: Article, fields: ImportedArticle) -> list[Annotation]:
        from newstui.services.foreign import build_annotations

        before = [
            *self._store.annotations_of(article.id),
            *(each for each in self._annotations if each.article == article.id),
        ]
        made = build_annotations(article, self._known.body(article), fields.notes, before)
        self._annotations += made
        return made

    def take(self) -> Changes:
        """The outcomes so far and what is to be written for them; the next ones begin anew."""
        changes = Changes(
            tuple(self._outcomes),
            tuple(self._bodies.values()),
            tuple(self._articles.values()),
            tuple(self._annotations),
            tuple(self._revised.values()),
        )
        self._outcomes, self._bodies, self._articles, self._annotations, self._revised = [], {}, {}, [], {}
        return changes

    def written(self) -> None:
        """What was taken is in the library."""
        self._known.forget()


def _build(id_: str, fields: ImportedArticle, sha: str, tags: tuple[str, ...], about: Provenance) -> Article:
    return Article(
        id_,
        fields.title,
        sha,
        count_words(fields.text),
        fields.added or now(),
        fields.subtitle,
        fields.author,
        fields.source,
        fields.site,
        fields.place,
        fields.published,
        fields.url,
        fields.language,
        tags,
        fields.blocks,
        fields.starred,
        fields.archived,
        provenance=about,
    )


def _unite(before: Article, tags: Iterable[str], collections: Iterable[str]) -> Article:
    """The article with more tags, in more collections, and out of the trash."""
    filed = tuple(dict.fromkeys((*before.collections, *collections)))
    return replace(before, tags=unite_tags(before.tags, tags), collections=filed, deleted="")


def _revise(before: Article, fields: ImportedArticle, sha: str, about: Provenance) -> Article:
    """The article with another text; what the user did to it stays."""
    revised = _build(before.id, fields, sha, before.tags, about)
    return replace(
        revised,
        added=before.added,
        starred=before.starred,
        archived=before.archived,
        collections=before.collections,
        also=before.also,
        earlier=(before.text, *(text for text in before.earlier if text != before.text)),
    )
