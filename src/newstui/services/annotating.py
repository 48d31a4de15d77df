"""Annotating: highlights with tags, notes and colors, captured by offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, Heads, Link, Span, Target, TextPositionSelector
from newstui.services.tagging import change_tags, describe_change, unite_tags
from newstui.store import new_id, now
from newstui.text.figures import counted
from newstui.text.motions import whole_clusters
from newstui.text.selectors import capture

if TYPE_CHECKING:
    from newstui.store import Store, Transaction


def build_target(article: Article, text: str, span: Span) -> Target:
    """The W3C target of a passage: position, and the words with their surroundings.

    Raises:
        ValueError: the passage is empty or not within the text.
    """
    return Target(article.id, article.text, TextPositionSelector(span.start, span.end), capture(text, span))


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotation that is to be made."""

    article: str
    span: Span
    tags: tuple[str, ...] = ()
    note: str = ""
    color: int = 0
    links: tuple[Link, ...] = ()


class Annotating:
    """The annotations of one library; each method that changes something is one undo step."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def highlight(
        self, article_id: str, span: Span, *, tags: Iterable[str] = (), note: str = "", color: int = 0
    ) -> Annotation:
        """Annotate a passage.

        Raises:
            UsageError: the passage is empty or outside the text.
            NotSavedError: it did not reach the disk.
        """
        annotation = self._build(Draft(article_id, span, unite_tags(tags), note, color))
        self._store.commit(_label(annotation), [annotation])
        return annotation

    def highlight_quote(
        self,
        article_id: str,
        quote: str,
        *,
        every: bool = False,
        tags: Iterable[str] = (),
        note: str = "",
        color: int = 0,
    ) -> list[Annotation]:
        """Annotate the words as they stand in the text, where they first occur or everywhere.

        Raises:
            NotFoundError: they do not occur.
        """
        text = self._store.text(self._store.get(Article, article_id).text)
        spans = []
        start = text.find(quote) if quote else -1
        while start >= 0:
            spans.append(Span(start, start + len(quote)))
            start = text.find(quote, start + len(quote)) if every else -1
        if not spans:
            raise NotFoundError(f"The article does not hold the words {quote!r}; copy them as they are in the text.")
        given = unite_tags(tags)
        return self.highlight_all([Draft(article_id, span, given, note, color) for span in spans])

    def highlight_all(self, drafts: Sequence[Draft]) -> list[Annotation]:
        """Make several annotations, of any articles, in one step.

        Raises:
            UsageError: one of the passages is empty or outside its text; then none was made.
        """
        made = [self._build(replace(draft, tags=unite_tags(draft.tags))) for draft in drafts]
        if made:
            self._store.commit(_label_all(made), made)
        return made

    def highlight_new(self, drafts: Sequence[Draft]) -> tuple[list[Annotation], int]:
        """Make those of several annotations that are not there yet: a script may run twice.

        One that is there may have more tags, and a note or a color where the draft has none.

        Returns:
            All of them, in order, and how many were there.

        Raises:
            UsageError: one of the passages is empty or outside its text; then none was made.
        """
        there = [note for id_ in dict.fromkeys(draft.article for draft in drafts) for note in self.of_article(id_)]
        places: defaultdict[tuple[str, Span], list[Annotation]] = defaultdict(list)
        for note in there:
            places[note.article, note.span].append(note)
        found, made = [], []
        for draft in drafts:
            wanted = self._build(replace(draft, tags=unite_tags(draft.tags)))
            here = places[wanted.article, wanted.span]
            known = next((note for note in here if _says(note, wanted)), None)
            if known is None:
                made.append(wanted)
                here.append(wanted)
            found.append(known or wanted)
        if made:
            self._store.commit(_label_all(made), made)
        return found, len(found) - len(made)

    def change(
        self,
        annotation_id: str,
        *,
        tags: Iterable[str] | None = None,
        note: str | None = None,
        color: int | None = None,
        span: Span | None = None,
    ) -> Annotation:
        """Change what is given and keep the rest; no change is no undo step."""
        before = self._store.get(Annotation, annotation_id)
        after = before
        done = []
        if tags is not None and (given := unite_tags(tags)) != before.tags:
            after = replace(after, tags=given)
            done.append("tags")
        if note is not None and note != before.note:
            after = replace(after, note=note)
            done.append("note")
        if color is not None and color != before.color:
            after = replace(after, color=color)
            done.append("color")
        if span is not None and span != before.span:
            article, text, span = self._passage(before.article, span)
            if span != before.span:
                after = replace(after, target=build_target(article, text, span))
                done.append("boundaries")
        if not done:
            return before
        after = replace(after, modified=now())
        self._store.commit(f"Change {' and '.join(done)} of a highlight", [after])
        return after

    def retag(self, annotation_ids: Iterable[str], add: Iterable[str], drop: Iterable[str]) -> Transaction:
        """Give tags to several annotations and take others off, in one step."""
        return self._change_all("Tag", annotation_ids, tuple(add), tuple(drop))

    def change_all(
        self,
        annotation_ids: Iterable[str],
        *,
        add: Iterable[str] = (),
        drop: Iterable[str] = (),
        color: int | None = None,
    ) -> Transaction:
        """Give tags and a color to several annotations and take tags off, in one step."""
        return self._change_all("Change", annotation_ids, tuple(add), tuple(drop), color)

    def recolor(self, annotation_ids: Iterable[str], color: int) -> Transaction:
        """Give a color slot to several annotations in one step."""
        return self._change_all("Recolor", annotation_ids, (), (), color)

    def remove(self, annotation_ids: Iterable[str]) -> Transaction:
        """Delete annotations in one step; undo brings them back."""
        gone = [self._store.get(Annotation, id_) for id_ in annotation_ids]
        return self._store.commit(f"Delete {counted(len(gone), 'highlight')}", remove=gone)

    def of_article(self, article_id: str) -> Sequence[Annotation]:
        """The annotations of an article, in the order of the text."""
        return self._store.annotations_of(article_id)

    def heads_of(self, article_id: str) -> Heads:
        """Where the annotations of an article are, and what is on them, in the order of the text."""
        return self._store.heads_of(article_id)

    def find(self, annotation_id: str) -> Annotation | None:
        """One annotation, if it is there."""
        return self._store.find(Annotation, annotation_id)

    def at(self, article_id: str, offset: int) -> list[Annotation]:
        """The annotations over an offset, innermost first."""
        over = [note for note in self.of_article(article_id) if offset in note.span]
        return sorted(over, key=lambda note: (len(note.span), note.id))

    def all(self) -> Sequence[Annotation]:
        """All annotations of articles that are not in the trash, article by article in the order of the text."""
        articles = {article.id: article for article in self._store.all(Article) if not article.deleted}
        notes = [note for note in self._store.all(Annotation) if note.article in articles]
        return sorted(notes, key=lambda note: (note.article, note.target.position.start, note.id))

    def _change_all(
        self,
        verb: str,
        annotation_ids: Iterable[str],
        add: Sequence[str],
        drop: Sequence[str],
        color: int | None = None,
    ) -> Transaction:
        """Change what is not so already, in one step."""
        moment = now()
        changed = []
        count = 0
        for id_ in annotation_ids:
            before = self._store.get(Annotation, id_)
            tags, slot = change_tags(before.tags, add, drop), before.color if color is None else color
            if (tags, slot) != (before.tags, before.color):
                changed.append(replace(before, tags=tags, color=slot, modified=moment))
            count += 1
        colored = "in a color" if color is not None and verb != "Recolor" else ""
        words = (verb, counted(count, "highlight"), describe_change(add, drop), colored)
        return self._store.commit(" ".join(filter(None, words)), changed)

    def _passage(self, article_id: str, span: Span) -> tuple[Article, str, Span]:
        """The article, its text, and the range without line ends at its own ends, grown to whole graphemes."""
        article = self._store.get(Article, article_id)
        text = self._store.text(article.text)
        words = span.slice(text)
        if span.end > len(text) or not words.strip():
            raise UsageError("There is nothing to highlight there; select some words first.")
        start, end = span.start + len(words) - len(words.lstrip("\n")), span.end - len(words) + len(words.rstrip("\n"))
        return article, text, whole_clusters(text, Span(start, end))

    def _build(self, draft: Draft) -> Annotation:
        article, text, span = self._passage(draft.article, draft.span)
        moment = now()
        return Annotation(
            new_id(), build_target(article, text, span), draft.tags, draft.note, draft.color, moment, moment,
            links=draft.links,
        )  # fmt: skip


def _says(note: Annotation, wanted: Annotation) -> bool:
    """Whether an annotation of a passage has all that another one of it has."""
    same_note = wanted.note in ("", note.note)
    return set(wanted.tags) <= set(note.tags) and same_note and wanted.color in (0, note.color)


def _label_all(made: Sequence[Annotation]) -> str:
    return _label(made[0]) if len(made) == 1 else f"Highlight {len(made)} passages"


def _label(annotation: Annotation) -> str:
    if annotation.tags:
        return f"Tag passage {describe_change(annotation.tags, ())}"
    return "Write a note" if annotation.note else "Highlight passage"
