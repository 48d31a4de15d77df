"""Re-anchoring: after an article's text has changed, its highlights find their passages again, in one undoable step."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newstui.errors import LibraryDamagedError, NotFoundError, UsageError
from newstui.model import AnchorState, Annotation, Article, Span, Target
from newstui.services.annotating import build_target
from newstui.text.anchoring import Anchor, Revision, find_quote

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

BUDGET = 20.0
"""Seconds that one article may take; what is not looked at by then stays as it is and is tried again."""


@dataclass(frozen=True, slots=True)
class Reanchored:
    """How the highlights of an article fared. `transaction` is None if nothing had to change."""

    article: str
    counts: Counter[AnchorState] = field(default_factory=Counter)
    left: int = 0
    transaction: Transaction | None = None

    @property
    def label(self) -> str:
        """A line for the history: `Text updated: 12 same, 1 changed, 1 orphan`."""
        parts = [f"{self.counts[state]} {state.value}" for state in AnchorState if self.counts[state]]
        return "Text updated: " + (", ".join(parts) or "no highlights")


class Reanchoring:
    """Re-anchors the highlights of one library.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def pending(self, article_id: str) -> list[Annotation]:
        """The highlights that were made on another revision and have not been looked for in this one."""
        text = self._store.get(Article, article_id).text
        return [
            each
            for each in self._store.annotations_of(article_id)
            if each.target.text != text and each.state is not AnchorState.ORPHAN
        ]

    def orphans(self, article_id: str | None = None) -> list[Annotation]:
        """The highlights whose passage is gone, of an article or of the library."""
        given: Iterable[Annotation]
        given = self._store.all(Annotation) if article_id is None else self._store.annotations_of(article_id)
        return [each for each in given if each.state is AnchorState.ORPHAN]

    def to_review(self, article_id: str | None = None) -> list[Annotation]:
        """The highlights that moved, changed or are gone, of an article or all but the trash; gone ones first."""
        given: Iterable[Annotation]
        given = self._store.all(Annotation) if article_id is None else self._store.annotations_of(article_id)
        order = (AnchorState.ORPHAN, AnchorState.CHANGED, AnchorState.MOVED)
        found = [each for each in given if each.state in order]
        if article_id is None:
            found = [each for each in found if not self._store.get(Article, each.article).deleted]
        return sorted(found, key=lambda each: (order.index(each.state), each.article, each.span.start, each.id))

    def suggest(self, annotation_id: str) -> list[Anchor]:
        """The passages of its article that an orphan may be, the likest first."""
        annotation = self._store.get(Annotation, annotation_id)
        body = self._store.text(self._store.get(Article, annotation.article).text)
        quote = annotation.target.quote
        return Revision(body).suggest(quote.exact, quote.prefix, quote.suffix)

    def reanchor(self, article_id: str, *, cancelled: Callable[[], bool] | None = None) -> Reanchored:
        """Look for every highlight of another revision in the article's text, orphans too, and write what was found.

        One transaction; nothing is written if nothing changes. An orphan keeps its last good selector.

        Args:
            article_id: the article.
            cancelled: asked between two highlights; once true, the rest stays as it is.
        """
        article = self._store.get(Article, article_id)
        result, changed = self.follow(article, self._store.text(article.text), cancelled=cancelled)
        if not changed:
            return result
        return replace(result, transaction=self._store.commit(result.label, put=changed))

    def follow(
        self,
        article: Article,
        body: str,
        also: Iterable[Annotation] = (),
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Reanchored, list[Annotation]]:
        """Look for the highlights of an article in a text of it, which need not be written yet; nothing is written.

        Args:
            article: with the sha256 of the text.
            body: the text.
            also: highlights that are not written yet either.
            cancelled: asked between two highlights; once true, the rest stays as it is.

        Returns:
            How they fared, and those that are to be written.
        """
        finder = _Finder(self._store, article, body)
        counts: Counter[AnchorState] = Counter()
        changed: list[Annotation] = []
        left = 0
        deadline = time.monotonic() + BUDGET
        for annotation in (*self._store.annotations_of(article.id), *also):
            if _is_settled(annotation, article):
                counts[annotation.state] += 1
                continue
            if time.monotonic() > deadline or (cancelled is not None and cancelled()):
                left += 1
                continue
            moved = finder.move(annotation)
            counts[moved.state] += 1
            if moved != annotation:
                changed.append(moved)
        return Reanchored(article.id, counts, left), changed

    def accept(self, annotation_ids: Sequence[str]) -> Transaction:
        """The user has seen where these highlights went: they count as the same from now on."""
        seen = [self._store.get(Annotation, annotation_id) for annotation_id in annotation_ids]
        for annotation in seen:
            if annotation.state is AnchorState.ORPHAN:
                raise UsageError("A passage that is gone cannot be accepted; attach it to other words first.")
        accepted = [replace(each, state=AnchorState.SAME, confidence=1.0) for each in seen]
        return self._store.commit("Accept new place", put=accepted)

    def detach(self, annotation_id: str) -> Transaction:
        """The words found are not the passage: the highlight becomes an orphan with the selector it was made with.

        Such an orphan has a confidence of 1, and only the very text it was made on brings it back.
        """
        annotation = self._store.get(Annotation, annotation_id)
        target = annotation.anchored_from or annotation.target
        orphan = replace(annotation, target=target, state=AnchorState.ORPHAN, confidence=1.0, anchored_from=None)
        return self._store.commit("Detach highlight", put=[orphan])

    def attach(self, annotation_id: str, span: Span) -> Transaction:
        """Attach a highlight by hand to a passage of its article's text."""
        annotation = self._store.get(Annotation, annotation_id)
        article = self._store.get(Article, annotation.article)
        target = build_target(article, self._store.text(article.text), span)
        origin = annotation.anchored_from or annotation.target
        attached = replace(annotation, target=target, state=AnchorState.SAME, confidence=1.0, anchored_from=origin)
        return self._store.commit("Attach highlight", put=[attached])

    def attach_to_words(self, annotation_id: str, words: str) -> Transaction:
        """Attach a highlight to words that occur once in its article's text.

        Raises:
            NotFoundError: they do not occur, or more than once.
        """
        annotation = self._store.get(Annotation, annotation_id)
        places = find_quote(self._store.text(self._store.get(Article, annotation.article).text), words)
        if len(places) != 1:
            where = "nowhere in the text" if not places else f"{len(places)} times in the text; give more of them"
            raise NotFoundError(f"The words {words!r} stand {where}.")
        return self.attach(annotation_id, places[0])


def _is_settled(annotation: Annotation, article: Article) -> bool:
    """Whether there is nothing to look for: it stands in this text, or its user said that it is gone."""
    if annotation.state is not AnchorState.ORPHAN:
        return annotation.target.text == article.text
    return annotation.confidence == 1.0 and annotation.target.text != article.text


class _Finder:
    """Finds highlights in one text; each earlier revision is compared with it once."""

    def __init__(self, store: Store, article: Article, body: str) -> None:
        self._store = store
        self._article = article
        self._body = body
        self._revisions: dict[str, Revision] = {}

    def move(self, annotation: Annotation) -> Annotation:
        """The highlight at its place in the text, or as an orphan."""
        origin = annotation.anchored_from
        if annotation.target.text == self._article.text:
            return replace(annotation, state=AnchorState.SAME, confidence=1.0)
        if origin is not None and origin.text == self._article.text:
            return replace(annotation, target=origin, state=AnchorState.SAME, confidence=1.0, anchored_from=None)
        found = self._find(annotation.target)
        if origin is not None and found.state in (AnchorState.CHANGED, AnchorState.ORPHAN):
            other = self._find(origin)
            if other.span is not None and other.confidence > found.confidence:
                found = other
        if found.span is None:
            return replace(annotation, state=AnchorState.ORPHAN, confidence=0.0)
        state = found.state
        if origin is not None and state is AnchorState.SAME and annotation.state is not AnchorState.ORPHAN:
            state = annotation.state  # what the user has not seen yet stays marked
        return replace(
            annotation,
            target=build_target(self._article, self._body, found.span),
            state=state,
            confidence=found.confidence,
            anchored_from=origin or annotation.target,
        )

    def _find(self, target: Target) -> Anchor:
        if target.text not in self._revisions:
            self._revisions[target.text] = Revision(self._body, self._text(target.text))
        quote, position = target.quote, target.position
        revision = self._revisions[target.text]
        return revision.find(quote.exact, quote.prefix, quote.suffix, position.start, position.end)

    def _text(self, sha256: str) -> str | None:
        try:
            return self._store.text(sha256) if sha256 else None
        except (LibraryDamagedError, NotFoundError):
            return None  # a selector can do without
