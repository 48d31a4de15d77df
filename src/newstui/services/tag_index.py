"""Which records carry which tags, kept up to date with every change, so that a key need not count a library."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article, Tag

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

Tagged = Annotation | Article
"""What can carry tags."""
Key = tuple[type[Tagged], str]
"""A record by kind and id."""


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag, how many passages and articles carry it, and when one was last given it (UTC); `folded` is for finding."""

    name: str
    count: int
    last_used: str
    folded: str


@dataclass(slots=True)
class _Carriers:
    """Who carries a tag, articles in the trash apart; `last` is the time of a record that was the newest once."""

    keys: set[Key] = field(default_factory=set)
    trashed: set[Key] = field(default_factory=set)
    last: str = ""
    described: bool = False
    use: TagUse | None = None
    """How it is listed, if it is."""

    def place(self) -> tuple[int, str, str]:
        """Where it is listed: the most used first."""
        assert self.use is not None
        return -self.use.count, self.use.folded, self.use.name


class TagIndex:
    """The tags of one library and their records; safe to use from several threads.

    Args:
        store: the library; it is read at the first question, and followed from then on.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._tags: dict[str, _Carriers] = {}
        self._order: list[tuple[int, str, str]] = []
        self._uses: list[TagUse] | None = None
        self._read = False
        store.subscribe(self._follow)

    def uses(self) -> list[TagUse]:
        """All tags in use or described, the most used first."""
        with self._lock:
            self._ensure()
            if self._uses is None:
                self._uses = [use for _, _, name in self._order if (use := self._tags[name].use)]
            return self._uses

    def tree(self) -> list[tuple[TagUse, int]]:
        """All tags and all their parents, each before what lies below it, with how many records carry it or one below.

        A parent that was never given itself has a count of 0.
        """
        with self._lock:
            uses = {use.name: use for use in self.uses()}
            keys: dict[str, set[Key]] = {}
            last: dict[str, str] = {}
            for use in uses.values():
                parts = use.name.split("/")
                for size in range(1, len(parts) + 1):
                    name = "/".join(parts[:size])
                    keys.setdefault(name, set()).update(self._tags[use.name].keys)
                    last[name] = max(last.get(name, ""), use.last_used)
        rows = [uses.get(name) or TagUse(name, 0, last[name], name.casefold()) for name in keys]
        rows.sort(key=lambda use: (use.folded.split("/"), use.name))
        return [(use, len(keys[use.name])) for use in rows]

    def names(self) -> list[str]:
        """All tags, also those that only articles in the trash carry."""
        with self._lock:
            self._ensure()
            return list(self._tags)

    def carriers(self, names: Iterable[str]) -> list[Tagged]:
        """The records that carry one of these tags, articles in the trash too, each once, in the order of their ids."""
        with self._lock:
            self._ensure()
            known = [self._tags[name] for name in names if name in self._tags]
            keys = set().union(*(tag.keys | tag.trashed for tag in known))
        found = (self._store.find(kind, id_) for kind, id_ in sorted(keys, key=itemgetter(1)))
        return [record for record in found if record is not None]

    # -- keeping up

    def _ensure(self) -> None:
        if self._read:
            return
        self._read = True
        for note in self._store.iter_tagged():
            self._add(note)
        for article in self._store.all(Article):
            self._add(article)
        for described in self._store.all(Tag):
            self._tags.setdefault(described.name, _Carriers()).described = True
        self._list(list(self._tags))

    def _follow(self, transaction: Transaction) -> None:
        with self._lock:
            if not self._read:
                return
            touched: dict[str, None] = {}
            for change in transaction.changes:
                for record, work in ((change.before, self._drop), (change.after, self._add)):
                    if isinstance(record, Annotation | Article):
                        work(record)
                        touched |= dict.fromkeys(record.tags)
                    elif isinstance(record, Tag):
                        self._tags.setdefault(record.name, _Carriers()).described = record is change.after
                        touched[record.name] = None
            self._list(touched)

    def _add(self, record: Tagged) -> None:
        time = record.modified if isinstance(record, Annotation) else record.added
        for name in record.tags:
            tag = self._tags.setdefault(name, _Carriers())
            trashed = isinstance(record, Article) and record.deleted
            (tag.trashed if trashed else tag.keys).add((type(record), record.id))
            tag.last = max(tag.last, time)

    def _drop(self, record: Tagged) -> None:
        for name in record.tags:
            for keys in (self._tags[name].keys, self._tags[name].trashed):
                keys.discard((type(record), record.id))

    def _list(self, names: Iterable[str]) -> None:
        """List these tags anew, or no more."""
        self._uses = None
        for name in names:
            tag = self._tags[name]
            if tag.use is not None:
                del self._order[bisect_left(self._order, tag.place())]
                tag.use = None
            if tag.keys or tag.described:
                tag.use = TagUse(name, len(tag.keys), tag.last, name.casefold())
                insort(self._order, tag.place())
            elif not tag.trashed:
                del self._tags[name]
