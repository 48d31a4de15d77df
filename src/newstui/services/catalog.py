"""The catalog: the articles of a library as rows, references to them, and what is done to whole articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, ReadingState
from newstui.services.tagging import normalize_tag, unite_tags
from newstui.store import now

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

Status = Literal["unread", "started", "read"]
T = TypeVar("T", Article, Annotation)
Matches = Callable[[str], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list: counts of its highlights and notes, all tags on it and its passages, progress 0 to 1."""

    article: Article
    highlights: int
    notes: int
    tags: tuple[str, ...]
    progress: float
    status: Status
    opened: str


SORT_KEYS: dict[str, Callable[[Row], Any]] = {
    "date": lambda row: row.article.published,
    "added": lambda row: row.article.id,
    "title": lambda row: row.article.title.casefold(),
    "source": lambda row: row.article.source.casefold(),
    "progress": lambda row: row.progress,
    "highlights": lambda row: row.highlights,
    "read": lambda row: row.opened,
}
"""What a list can be sorted by."""


class Catalog:
    """The list of articles.

    Args:
        store: the library.
        matches: the ids of the articles a query finds.
    """

    def __init__(self, store: Store, matches: Matches) -> None:
        self._store = store
        self._matches = matches
        self._rows: tuple[int, list[Row]] = (-1, [])
        self._built: dict[str, tuple[Row, ReadingState | None]] = {}
        self._stale: set[str] = set()
        store.subscribe(self._note_changes)

    # -- looking

    def rows(self, query: str = "", sort: str = "-date") -> list[Row]:
        """The articles a query finds, sorted.

        Args:
            query: in the query language; `is:trashed` shows the trash, which is left out otherwise.
            sort: names of `SORT_KEYS` parted by blanks, `-` before one reverses it.

        Raises:
            UsageError: there is no such key.
        """
        if query.strip():
            found = self._matches(query)
            rows = [row for row in self._all() if row.article.id in found]
        else:
            rows = [row for row in self._all() if not row.article.deleted]
        for key in reversed(sort.split()):
            by = SORT_KEYS.get(key.lstrip("-"))
            if by is None:
                raise UsageError(f"Articles cannot be sorted by {key!r}; take one of {', '.join(SORT_KEYS)}.")
            rows = sorted(rows, key=by, reverse=key.startswith("-"))
        return rows

    def row(self, article_id: str) -> Row:
        """One article as a row."""
        return self._build(self._store.get(Article, article_id), self._store.reading(article_id))

    def article(self, reference: str) -> Article:
        """The article with this id, or whose id ends so.

        Raises:
            NotFoundError: there is none, or more than one.
        """
        found = self._store.find(Article, reference)
        return found or _only(reference, self._store.all(Article), "article")

    def annotation(self, reference: str) -> Annotation:
        """The annotation meant by the end of its id, or by `z9x7#p1xd`: the end of the article's id before it."""
        article, hash_, ending = reference.rpartition("#")
        if not hash_:
            return self._store.find(Annotation, ending) or _only(ending, self._store.all(Annotation), "highlight")
        return _only(ending, self._store.annotations_of(self.article(article).id), "highlight")

    def short_ref(self, id_: str) -> str:
        """The shortest unique end of an id, of at least 4 characters."""
        kind: type[Article] | type[Annotation] = Article if self._store.find(Article, id_) else Annotation
        others = [record.id for record in self._store.all(kind) if record.id != id_]
        for length in range(4, len(id_)):
            if not any(other.endswith(id_[-length:]) for other in others):
                return id_[-length:]
        return id_

    # -- changing

    def star(self, article_ids: Iterable[str], starred: bool) -> Transaction:
        """Star or unstar articles."""
        return self._change("Star" if starred else "Unstar", article_ids, starred=starred)

    def archive(self, article_ids: Iterable[str], archived: bool) -> Transaction:
        """Put articles into the archive or take them out."""
        return self._change("Archive" if archived else "Take out of the archive", article_ids, archived=archived)

    def trash(self, article_ids: Iterable[str]) -> Transaction:
        """Put articles into the trash."""
        return self._change("Delete", article_ids, deleted=now())

    def restore(self, article_ids: Iterable[str]) -> Transaction:
        """Take articles out of the trash."""
        return self._change("Restore", article_ids, deleted="")

    def tag(self, article_ids: Iterable[str], add: Iterable[str] = (), drop: Iterable[str] = ()) -> Transaction:
        """Give tags to articles and take others off."""
        added, dropped = unite_tags(add), {normalize_tag(tag) for tag in drop}
        articles = [self._store.get(Article, id_) for id_ in article_ids]
        changed = [
            replace(article, tags=tuple(tag for tag in unite_tags(article.tags, added) if tag not in dropped))
            for article in articles
        ]
        names = " ".join([*(f"#{tag}" for tag in added), *(f"-#{tag}" for tag in sorted(dropped))])
        return self._store.commit(f"Tag {_count(articles)} {names}", changed)

    def _change(self, verb: str, article_ids: Iterable[str], **members: Any) -> Transaction:
        articles = [self._store.get(Article, id_) for id_ in article_ids]
        return self._store.commit(f"{verb} {_count(articles)}", [replace(article, **members) for article in articles])

    def _all(self) -> list[Row]:
        if self._rows[0] != self._store.version:
            readings = self._store.readings()
            version, stale = self._store.version, self._stale
            self._stale = set()
            built: dict[str, tuple[Row, ReadingState | None]] = {}
            for article in self._store.all(Article):
                state, known = readings.get(article.id), self._built.get(article.id)
                if known and known[0].article is article and known[1] is state and article.id not in stale:
                    built[article.id] = known
                else:
                    built[article.id] = (self._build(article, state), state)
            self._built = built
            self._rows = (version, [row for row, _ in built.values()])
        return self._rows[1]

    def _note_changes(self, transaction: Transaction) -> None:
        """Articles whose highlights changed are counted anew."""
        for change in transaction.changes:
            for record in (change.before, change.after):
                if isinstance(record, Annotation):
                    self._stale.add(record.article)

    def _build(self, article: Article, state: ReadingState | None) -> Row:
        notes = self._store.annotations_of(article.id)
        tags = tuple(dict.fromkeys([*article.tags, *(tag for note in notes for tag in note.tags)]))
        progress = state.progress if state else 0.0
        status: Status = "read" if state and state.read else "started" if state and state.opened else "unread"
        return Row(
            article, len(notes), sum(bool(note.note) for note in notes), tags, progress, status,
            state.opened if state else "",
        )  # fmt: skip


def _count(articles: Sequence[Article]) -> str:
    return "1 article" if len(articles) == 1 else f"{len(articles)} articles"


def _only(ending: str, records: Sequence[T], what: str) -> T:
    found = [record for record in records if record.id.endswith(ending.lower())] if ending else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(f"No {what} has an id that ends in {ending!r}; `newstui list` shows what there is.")
    raise NotFoundError(f"{len(found)} {what}s have an id that ends in {ending!r}; type more of it.")
