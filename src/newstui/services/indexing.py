"""The index of one library: loaded, brought up to date, followed, and kept for the next time."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article
from newstui.services.index_files import IndexFiles
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.search.index import SearchIndex
    from newstui.search.packing import Fingerprints
    from newstui.search.segment import Segment, Unit
    from newstui.store import Store, Transaction

BATCH = 250
"""Articles that are indexed between two looks at who else wants the index."""
PARTS = 8
"""Files a large index is written into while it grows; in the end they become one."""
FEW = 400
"""Articles that are indexed at once when they have changed; more are left to `complete`."""
SHORT = 300_000
"""Words that are indexed at once, for a long text takes as long as many articles."""
WORTH_SAVING = 0.05
"""The share of articles that must be new before the file is written anew."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How far an index has come, in articles."""

    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether everything can be found."""
        return self.done >= self.total


Report = Callable[[Growth, Path | None], None]
"""Called with how far the index is, and with a file that was just written."""
Cancelled = Callable[[], bool]


class LibraryIndex:
    """What can be found in a library, now.

    Changes of the library are taken in before each search. `lock` is held while the index is searched or changed;
    the thread that writes to the library never waits for it. `message` tells the user that a kept index was of no use.
    `aside` says that a large index grows beside the program that searches it, which makes do with what is there.

    Args:
        store: the library.
        folder: where the index is kept; None keeps nothing.
    """

    def __init__(self, store: Store, folder: Path | None) -> None:
        self.lock = threading.RLock()
        self.message = ""
        self.aside = False
        self._files = IndexFiles(folder) if folder is not None else None
        self._store = store
        self._index: SearchIndex | None = None
        self._fingerprints: dict[str, tuple[int, int]] = {}
        """Of each article that was indexed: what changes with what is found of it, and with anything about it."""
        self._kept: list[tuple[Sequence[str], Fingerprints, frozenset[str]]] = []
        """The same of articles in files that were loaded, where they need no memory; not of some of them."""
        self._missing: dict[str, None] = {}
        self._changed: deque[str] = deque()
        store.subscribe(self._note_changes)

    # -- what is asked

    @property
    def growth(self) -> Growth:
        """How many articles can be found, of how many; none while nothing is loaded. Waits for nothing."""
        total = self._store.count(Article)
        return Growth(total - len(self._missing) if self._index is not None else 0, total)

    def current(self) -> SearchIndex:
        """The index with all changes taken in; hold `lock` while it is used.

        What is missing is indexed first, unless it is much and `aside` says that somebody else sees to it.
        """
        with self.lock:
            index = self._followed()
            if self._missing and not (self.aside and self.lacks_much):
                self.complete()
            return index

    @property
    def lacks_much(self) -> bool:
        """Whether what is missing takes seconds to index."""
        missing = list(self._missing)
        if len(missing) > FEW:
            return True
        articles = (self._store.find(Article, id_) for id_ in missing)
        return sum(article.words for article in articles if article is not None) > SHORT

    def complete(self, report: Report | None = None, cancelled: Cancelled | None = None) -> None:
        """Index what is missing, and keep the index for the next time if that was much."""
        with self.lock:
            index = self._followed()
        missing = len(self._missing)
        each = max(BATCH, -(-missing // PARTS))
        while self._missing and not (cancelled is not None and cancelled()):
            joined = self._index_part(index, list(self._missing)[:each], report, cancelled)
            if missing > each and self._files is not None:
                path = self._files.save(joined, self._prints_of(joined))
                if report is not None:
                    report(self.growth, path)
        if not self._missing and missing > WORTH_SAVING * self.growth.total:
            with self.lock:
                whole = index.join(0)
            path = self._files.save(whole, self._prints_of(whole), instead=True) if self._files is not None else None
            if report is not None:
                report(self.growth, path)

    def take_file(self, path: Path) -> None:
        """Take in what another process has written: a part beside what is there, or all of it instead."""
        loaded = self._files.load_one(path, self.body) if self._files is not None else None
        if loaded is None:
            return
        with self.lock:
            index = self._loaded()
            if len(loaded[1]) > self._store.count(Article) // 2:
                index.clear()
                self._kept = []
                self._missing = dict.fromkeys(self._store.ids(Article))
            self._add(index, *loaded, self._store.article_prints())

    # -- loading

    def _followed(self) -> SearchIndex:
        """The index with all changes taken in, as far as it has grown."""
        index = self._loaded()
        changed: dict[str, None] = {}
        while self._changed:
            changed[self._changed.popleft()] = None
        if changed:
            self._take_in(index, changed)
        return index

    def _loaded(self) -> SearchIndex:
        from newstui.search.index import SearchIndex

        if self._index is None:
            self._changed.clear()
            prints = self._store.article_prints()
            self._missing = dict.fromkeys(prints)
            index = SearchIndex((), self.body)
            if self._files is not None:
                for segment, fingerprints in self._files.load(self.body):
                    self._add(index, segment, fingerprints, prints)
                if self._files.problem:
                    self.message = f"The search index was {self._files.problem}; it is built anew."
            self._index = index
        return self._index

    def _add(self, index: SearchIndex, segment: Segment, fingerprints: Fingerprints, prints: Mapping[str, int]) -> None:
        """Add a loaded segment, without articles that have changed since or are found already.

        Args:
            index: takes it.
            segment: what was loaded.
            fingerprints: of its articles, as they were when it was made.
            prints: of all articles as they are now; only one that has another is read.
        """
        useless = []
        for id_, fingerprint, known in _iter_kept(segment.article_ids, fingerprints):
            now = prints.get(id_)
            if id_ in self._missing and fingerprint and now and (now == known or self._is_now(id_, fingerprint)):
                del self._missing[id_]
                if now != known:
                    self._fingerprints[id_] = fingerprint, now
            else:
                useless.append(id_)
        self._kept.append((segment.article_ids, fingerprints, frozenset(useless)))
        index.add(segment, without=useless)

    def _is_now(self, article_id: str, fingerprint: int) -> bool:
        article = self._store.find(Article, article_id)
        return article is not None and self._fingerprint(article) == fingerprint

    # -- changing

    def _note_changes(self, transaction: Transaction) -> None:
        """Remember which articles changed; called on the thread that wrote, which must not wait for a search."""
        for change in transaction.changes:
            for record in (change.before, change.after):
                if isinstance(record, Article):
                    self._changed.append(record.id)
                elif isinstance(record, Annotation):
                    self._changed.append(record.article)

    def _take_in(self, index: SearchIndex, ids: Iterable[str]) -> None:
        """Index articles as they are now; what is more than a few waits for `complete`."""
        units: dict[str, Sequence[Unit]] = {}
        for id_ in ids:
            known = self._store.article_print(id_)  # before what it tells of: a change in between is seen then
            article = self._store.find(Article, id_)
            self._missing.pop(id_, None)
            units[id_] = ()
            if article is None:
                self._fingerprints.pop(id_, None)
                continue
            self._fingerprints[id_] = self._fingerprint(article), known
            if len(units) <= FEW:
                units[id_] = self._units(article)
            else:
                self._missing[id_] = None
        index.replace(units)

    def _index_part(
        self, index: SearchIndex, ids: Sequence[str], report: Report | None, cancelled: Cancelled | None
    ) -> Segment:
        """Index some articles, a batch at a time, and make one segment of them; texts are read without the lock."""
        from newstui.search.building import build_segment

        first = len(index.large)
        for at in range(0, len(ids), BATCH):
            batch = ids[at : at + BATCH]
            known = {id_: self._store.article_print(id_) for id_ in batch}  # before what they tell of
            found = [article for id_ in batch if (article := self._store.find(Article, id_)) is not None]
            prints: dict[str, int] = {}
            segment = build_segment(self._iter_units(found, prints), self.body)
            with self.lock:
                index.add(segment, without=[id_ for id_ in batch if id_ not in self._missing])
                for id_ in batch:
                    self._missing.pop(id_, None)
                self._fingerprints |= {id_: (fingerprint, known[id_]) for id_, fingerprint in prints.items()}
            if report is not None:
                report(self.growth, None)
            if cancelled is not None and cancelled():
                break
        with self.lock:
            return index.join(first)

    def _iter_units(self, articles: Iterable[Article], prints: dict[str, int]) -> Iterator[Unit]:
        """The units of articles, and into `prints` what tells whether they have changed since."""
        for article in articles:
            fingerprint, units = self._fingerprint(article), self._units(article)
            has_text = any(unit.field == "text" and unit.text for unit in units)
            prints[article.id] = fingerprint if has_text else 0  # what was lost may be back the next time
            yield from units

    def _prints_of(self, segment: Segment) -> Fingerprints:
        import numpy as np

        known = {
            id_: (one, other)
            for ids, fingerprints, useless in self._kept
            for id_, one, other in _iter_kept(ids, fingerprints)
            if id_ not in useless
        }
        known |= self._fingerprints
        return np.array([known.get(id_, (0, 0)) for id_ in segment.article_ids], np.uint64).reshape(-1, 2)

    # -- articles

    def body(self, article_id: str) -> str:
        """The text of an article; empty if the library has lost it."""
        return text_or_nothing(self._store, self._store.get(Article, article_id))

    def _fingerprint(self, article: Article) -> int:
        """A number that changes with all that is found of an article."""
        told = [article.title, article.subtitle, article.text, *article.tags]
        data = "\0".join(told).encode("utf-8", "surrogatepass") + self._store.print_of_annotations(article.id)
        return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")

    def _units(self, article: Article) -> list[Unit]:
        from newstui.search.segment import Unit

        units = [Unit(article.id, "title", f"{article.title}\n{article.subtitle}".strip())]
        units.append(Unit(article.id, "text", self.body(article.id)))
        units += [Unit(article.id, "tag", tag) for tag in article.tags]
        for note in self._store.iter_annotations(article.id):
            units.append(Unit(article.id, "quote", note.target.quote.exact, note.id))
            if note.note:
                units.append(Unit(article.id, "note", note.note, note.id))
            units += [Unit(article.id, "tag", tag, note.id) for tag in note.tags]
        return units


def _iter_kept(ids: Sequence[str], fingerprints: Fingerprints) -> Iterator[tuple[str, int, int]]:
    """Each id with its two numbers; a few at a time, for as objects all of them are many times as large."""
    for first in range(0, len(ids), BATCH):
        for id_, (one, other) in zip(
            ids[first : first + BATCH], fingerprints[first : first + BATCH].tolist(), strict=True
        ):
            yield id_, one, other
