"""The catalog: the articles of a library as rows, references to them, and what is done to whole articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, ReadingState
from newstui.store import now
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

Status = Literal["unread", "started", "read"]
STATUS_SIGNS: Mapping[Status, str] = {"unread": "●", "started": "◐", "read": "○"}
T = TypeVar("T", Article, Annotation)
Cancelled = Callable[[], bool]
Matches = Callable[[str, Cancelled | None], AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the list: counts of its highlights and notes, all tags on it and its passages, progress 0 to 1.

    `orphans` counts the highlights that have lost their words.
    """

    article: Article
    highlights: int
    notes: int
    tags: tuple[str, ...]
    progress: float
    status: Status
    opened: str
    orphans: int = 0


class Rows(Sequence[Row]):
    """Articles in an order, each made a row when it is looked at, so that a list of any length is there at once.

    Args:
        ids: of the articles.
        build: makes the row of one.
    """

    def __init__(self, ids: list[str], build: Callable[[str], Row]) -> None:
        self.ids = ids
        self._build = build
        self._built: dict[str, Row] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Rows: ...

    def __getitem__(self, at: int | slice) -> Row | Rows:
        """One row, or some of them."""
        if isinstance(at, slice):
            return Rows(self.ids[at], self._build)
        id_ = self.ids[at]
        if id_ not in self._built:
            self._built[id_] = self._build(id_)
        return self._built[id_]


SORT_KEYS = ("date", "added", "title", "source", "progress", "highlights", "notes", "words", "read", "starred")
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
        self._folded: dict[str, tuple[int, dict[str, str]]] = {}

    # -- looking

    def rows(self, query: str = "", sort: str = "-date", cancelled: Cancelled | None = None) -> Rows:
        """The articles a query finds, sorted.

        Args:
            query: in the query language; `is:trashed` shows the trash, which is left out otherwise.
            sort: names of `SORT_KEYS` parted by blanks, `-` before one reverses it.
            cancelled: asked while texts are read; what is found then is not whole.

        Raises:
            UsageError: there is no such key.
        """
        keys = sort.split()
        ids = self._store.newest() if keys[-1:] == ["-date"] else self._store.ids(Article)
        if query.strip():
            holds = self._plain_condition(query.strip())
            if holds is None:
                found = self._matches(query, cancelled)
                holds = found.__contains__
            ids = [id_ for id_ in ids if holds(id_)]
        else:
            deleted = self._column("deleted")
            ids = [id_ for id_ in ids if not deleted.get(id_)] if deleted else ids
        for key in reversed(keys[:-1] if keys[-1:] == ["-date"] else keys):
            ids.sort(key=self._sort_key(key.lstrip("-")), reverse=key.startswith("-"))
        return Rows(ids, self.row)

    def _plain_condition(self, query: str) -> Callable[[str], bool] | None:
        """What the views that are always there ask for; they are counted often, and need neither records nor search."""
        if query not in ("is:starred", "is:archived", "-is:archived", "is:unread", "is:trashed"):
            return None
        gone = {article.id for article in self._store.having(Article, "deleted") if article.deleted}
        if query == "is:trashed":
            return gone.__contains__
        if query == "is:unread":
            begun = {id_ for id_, state in self._store.readings.all().items() if state.read or state.opened}
            return lambda id_: id_ not in begun and id_ not in gone
        member = "starred" if query == "is:starred" else "archived"
        have = {article.id for article in self._store.having(Article, member) if getattr(article, member)}
        if query == "-is:archived":
            return lambda id_: id_ not in have and id_ not in gone
        return (have - gone).__contains__

    def unread(self, ids: Sequence[str]) -> int:
        """How many of these articles were never opened and not marked as read."""
        begun = {id_ for id_, state in self._store.readings.all().items() if state.read or state.opened}
        return len(ids) - (sum(id_ in begun for id_ in ids) if begun else 0)

    def row(self, article_id: str) -> Row:
        """One article as a row."""
        article, state = self._store.get(Article, article_id), self._store.readings.find(article_id)
        heads = self._store.heads_of(article_id)
        tags = tuple(dict.fromkeys([*article.tags, *(tag for head in heads.others.values() for tag in head.tags)]))
        progress = state.progress if state else 0.0
        status: Status = "read" if state and state.read else "started" if state and state.opened else "unread"
        opened = state.opened if state else ""
        return Row(article, len(heads), heads.notes, tags, progress, status, opened, heads.orphans)

    def article(self, reference: str) -> Article:
        """The article with this id, or whose id ends so.

        Raises:
            NotFoundError: there is none, or more than one.
        """
        found = self._store.find(Article, reference)
        return found or self._only(Article, reference, self._store.ids(Article))

    def annotation(self, reference: str) -> Annotation:
        """The annotation meant by the end of its id, or by `z9x7#p1xd`: the end of the article's id before it."""
        article, hash_, ending = reference.rpartition("#")
        if not hash_:
            found = self._store.find(Annotation, ending)
            return found or self._only(Annotation, ending, self._store.ids(Annotation))
        return self._only(Annotation, ending, self._store.heads_of(self.article(article).id).ids)

    def short_ref(self, id_: str) -> str:
        """The shortest unique end of an id, of at least 4 characters."""
        kind: type[Article] | type[Annotation] = Article if self._store.find(Article, id_) else Annotation
        others = [other for other in self._store.ids(kind) if other != id_]
        for length in range(4, len(id_)):
            if not any(other.endswith(id_[-length:]) for other in others):
                return id_[-length:]
        return id_

    def _only(self, kind: type[T], ending: str, ids: Sequence[str]) -> T:
        """The record whose id ends so, among some; none of the others is read for it."""
        what = "article" if kind is Article else "highlight"
        found = [id_ for id_ in ids if id_.endswith(ending.lower())] if ending else []
        if len(found) == 1:
            return self._store.get(kind, found[0])
        if not found:
            raise NotFoundError(f"No {what} has an id that ends in {ending!r}; `newstui list` shows what there is.")
        raise NotFoundError(f"{len(found)} {what}s have an id that ends in {ending!r}; type more of it.")

    def are_all(self, article_ids: Iterable[str], member: Literal["starred", "archived", "deleted"]) -> bool:
        """Whether all of these articles are starred, in the archive or in the trash."""
        return all(getattr(self._store.get(Article, id_), member) for id_ in article_ids)

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
        from newstui.services.tagging import change_tags, describe_change

        add, drop = tuple(add), tuple(drop)
        articles = [self._store.get(Article, id_) for id_ in article_ids]
        changed = [replace(article, tags=change_tags(article.tags, add, drop)) for article in articles]
        return self._store.commit(
            f"Tag {counted(len(articles), 'article')} {describe_change(add, drop)}".rstrip(), changed
        )

    def _change(self, verb: str, article_ids: Iterable[str], **members: Any) -> Transaction:
        articles = [self._store.get(Article, id_) for id_ in article_ids]
        return self._store.commit(
            f"{verb} {counted(len(articles), 'article')}", [replace(article, **members) for article in articles]
        )

    def _sort_key(self, name: str) -> Callable[[str], Any]:
        """What to sort ids by; asks for no more than it needs of each article."""
        store = self._store
        readings = store.readings.all()
        if name == "added":
            return lambda id_: id_
        if name in ("progress", "read"):
            blank = ReadingState("")
            member = attrgetter({"progress": "progress", "read": "opened"}[name])
            return lambda id_: member(readings.get(id_, blank))
        if name == "highlights":
            counts = store.count_annotations()
            return lambda id_: counts.get(id_, 0)
        if name == "notes":
            return lambda id_: store.heads_of(id_).notes
        if name in ("words", "starred"):
            member = attrgetter(name)
            return lambda id_: member(store.get(Article, id_))
        if name == "date":
            return self._date_of()
        if name in SORT_KEYS:
            column = self._column(name)
            return lambda id_: column.get(id_, "")
        raise UsageError(f"Articles cannot be sorted by {name!r}; take one of {', '.join(SORT_KEYS)}.")

    def _date_of(self) -> Callable[[str], str]:
        """When an article was published; where nobody knows, when it was imported, so that what is new is on top."""
        published = self._column("published")
        if len(published) == len(self._store.ids(Article)):
            return lambda id_: published.get(id_, "")
        added = self._column("added")
        return lambda id_: published.get(id_) or added.get(id_, "")

    def _column(self, name: str) -> Mapping[str, str]:
        """One member of every article, as it is sorted by."""
        column = self._store.column(Article, name)
        if name not in ("title", "source"):
            return column
        version, folded = self._folded.get(name, (-1, {}))
        if version != self._store.version:
            version, folded = self._store.version, {id_: value.casefold() for id_, value in column.items()}
            self._folded[name] = version, folded
        return folded
