"""Importing: what is new comes in, what changed becomes a revision, what is there already changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from newstui.errors import NewstuiError, UsageError
from newstui.ingest.article import ImportFailedError, Limits, Source
from newstui.ingest.sniffing import is_package
from newstui.model import Provenance
from newstui.services.collecting import normalize_collections
from newstui.services.history import label_part
from newstui.services.identity import canonical_url
from newstui.services.incoming import Duplicates, Incoming, Outcome, Status
from newstui.services.tagging import normalize_tag
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.ingest.pool import Load, Read
    from newstui.services.reanchoring import Reanchoring
    from newstui.store import Store

__all__ = ["Given", "ImportOptions", "ImportSummary", "Importing", "Outcome", "canonical_url"]

BATCH = 200
"""Articles written in one transaction."""
Given = str | Path | Source
"""A path, a URL, or bytes that are at hand."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    Attributes:
        tags: to give to every article.
        collections: to put every article into.
        format: to insist on.
        title: to use.
        url: where it is from.
        dry_run: only look.
        update: make a changed text a revision.
        duplicates: what a text does that is there under another address: give its tags (`skip`), leave its address
            too (`link`), or become an article of its own (`keep`).
        jobs: processes that read at the same time.
        allow_local: fetch addresses inside the user's own network too.
        limits: of a document.
    """

    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    format: str = ""
    title: str = ""
    url: str = ""
    dry_run: bool = False
    update: bool = True
    duplicates: Duplicates = "skip"
    jobs: int = 1
    allow_local: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many articles fared how; how many highlights came and are orphans; `stopped` if it was cancelled."""

    counts: dict[Status, int]
    failures: tuple[Outcome, ...] = ()
    stopped: bool = False
    notes: int = 0
    orphans: int = 0
    alike: int = 0

    def __str__(self) -> str:
        parts = [f"{self.counts[status]:,} {status}" for status in get_args(Status) if self.counts.get(status)]
        if self.notes:
            lost = f" ({self.orphans} without their words)" if self.orphans else ""
            parts.append(f"{counted(self.notes, 'highlight')}{lost}")
        if self.alike:
            parts.append(f"{self.alike} much like another")
        return ", ".join(parts) or "nothing"


class Importing:
    """Takes articles into one library.

    Args:
        store: the library.
        reanchoring: gives what finds highlights again when a text has changed; asked for when it is needed.
    """

    def __init__(self, store: Store, reanchoring: Callable[[], Reanchoring]) -> None:
        self._store = store
        self._reanchoring = reanchoring

    def run(
        self,
        sources: Sequence[Given],
        options: ImportOptions | None = None,
        report: Callable[[Outcome], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> ImportSummary:
        """Import paths, folders, addresses and bytes; one that fails never stops the others.

        Args:
            sources: what to import.
            options: how.
            report: called with each outcome, once it is on the disk.
            cancelled: asked all the time; once true, what was read by then is kept.
            progress: called with each origin when it has been read.

        Raises:
            NotSavedError: nothing more can be written.
            UsageError: a tag or a collection is none.
        """
        options = options or ImportOptions()
        tags = tuple(normalize_tag(tag) for tag in options.tags)
        filed = tuple(normalize_collections(self._store, options.collections))
        incoming = Incoming(self._store, tags, filed, update=options.update, duplicates=options.duplicates)
        tally = _Tally(report)
        packages, others = _split_packages(sources, options)
        for package in packages:
            for outcome in self._take_in(package, tags, filed, options):
                tally.count(outcome)
        for read in _read_all(others, options, cancelled):
            if progress is not None:
                progress(read.origin)
            for article in read.articles:
                titled = replace(article, title=options.title) if options.title else article
                incoming.add(titled, Provenance(article.importer, read.origin, read.sha256))
            if read.error:
                incoming.fail(read.origin, read.error)
            if len(incoming) >= BATCH:
                self._write(incoming, tally, dry_run=options.dry_run)
        self._write(incoming, tally, dry_run=options.dry_run)
        return replace(tally.summary(), stopped=cancelled is not None and cancelled())

    def _take_in(
        self, source: Path | Source, tags: tuple[str, ...], filed: tuple[str, ...], options: ImportOptions
    ) -> Iterator[Outcome]:
        """Annotations, or a whole library, that an export wrote: what became of each article."""
        from newstui.ingest.sources import load_source
        from newstui.services.exchanging import Exchanging, parse_package

        origin = source.origin if isinstance(source, Source) else str(source)
        try:
            loaded = source if isinstance(source, Source) else load_source(source, options.limits)
            exchanging = Exchanging(self._store, self._reanchoring().reanchor)
            package = parse_package(loaded.data.decode("utf-8", "replace"), origin)
            found = exchanging.take_in(package, tags=tags, collections=filed, dry_run=options.dry_run)
        except (ImportFailedError, UsageError) as error:
            yield Outcome("failed", origin, message=str(error))
            return
        for each in found:
            changed = each.counts["new"] + each.counts["updated"]
            said = ", ".join(f"{count} {name}" for name, count in each.counts.items())
            status: Status = "added" if each.added else "updated" if changed else "unchanged"
            yield Outcome(status, origin, each.article, warnings=(f"highlights: {said}",) if said else ())

    def _write(self, incoming: Incoming, tally: _Tally, *, dry_run: bool) -> None:
        """Bodies first, then everything else in one transaction: an article is wholly there or not at all.

        The highlights of a revised article follow its text in the same transaction, so that no moment shows them on
        other words, and undo takes both back.
        """
        changes = incoming.take()
        said: dict[str, str] = {}
        if not dry_run and (changes.articles or changes.annotations):
            annotations = {each.id: each for each in changes.annotations}
            for article, body in changes.revised:
                fresh = [each for each in changes.annotations if each.article == article.id]
                result, followed = self._reanchoring().follow(article, body, fresh)
                annotations.update((each.id, each) for each in followed)
                said[article.id] = f"{result.label}." if followed else ""
            self._store.add_texts(changes.bodies)
            count = sum(outcome.status in ("added", "updated") for outcome in changes.outcomes)
            tally.parts += 1
            self._store.commit(label_part(count, tally.parts), [*changes.articles, *annotations.values()])
            incoming.written()
        for outcome in changes.outcomes:
            remark = said.get(outcome.article.id, "") if outcome.article and outcome.status == "updated" else ""
            tally.count(replace(outcome, warnings=(*outcome.warnings, remark)) if remark else outcome)


class _Tally:
    """Counts outcomes and passes them on."""

    def __init__(self, report: Callable[[Outcome], None] | None) -> None:
        self._report = report
        self.parts = 0
        """How many times something was written."""
        self._counts: Counter[Status] = Counter()
        self._failures: list[Outcome] = []
        self._notes = self._orphans = self._alike = 0

    def count(self, outcome: Outcome) -> None:
        """Take one in."""
        self._counts[outcome.status] += 1
        self._notes += outcome.notes
        self._orphans += outcome.orphans
        self._alike += bool(outcome.alike)
        if outcome.status == "failed":
            self._failures.append(outcome)
        if self._report is not None:
            self._report(outcome)

    def summary(self) -> ImportSummary:
        """What came in."""
        return ImportSummary(dict(self._counts), tuple(self._failures), False, self._notes, self._orphans, self._alike)


def _split_packages(sources: Sequence[Given], options: ImportOptions) -> tuple[list[Path | Source], list[Given]]:
    """The sources that hold annotations or whole libraries, and the others."""
    packages: list[Path | Source] = []
    others: list[Given] = []
    for given in sources:
        source = given if isinstance(given, Source) else Path(given)
        if is_package(source, options.format):
            packages.append(source)
        else:
            others.append(given)
    return packages, others


def _read_all(given: Iterable[Given], options: ImportOptions, cancelled: Callable[[], bool] | None) -> Iterator[Read]:
    """What became of every source, in order."""
    from newstui.ingest.pool import Readers

    with Readers(options.limits, options.jobs, options.format, cancelled) as readers:
        yield from readers.read(_iter_loads(given, options))


def _iter_loads(given: Iterable[Given], options: ImportOptions) -> Iterator[tuple[str, Load]]:
    """Each file, address or text with its origin, and how to get its bytes when its turn comes."""
    from newstui.ingest.sources import is_url, iter_paths, load_source

    def placed(load: Load) -> Source:
        source = load()
        return replace(source, url=options.url) if options.url else source

    for each in given:
        if isinstance(each, Source):
            yield each.origin, partial(placed, partial(_given, each))
        elif isinstance(each, str) and (is_url(each) or ("://" in each and not Path(each).exists())):
            from newstui.ingest.fetching import fetch

            yield each, partial(placed, partial(fetch, each, options.limits, allow_local=options.allow_local))
        else:
            try:
                for path in iter_paths(Path(each)):
                    yield str(path.absolute()), partial(placed, partial(load_source, path, options.limits))
            except ImportFailedError as error:
                yield str(each), partial(_refuse, error)


def _given(source: Source) -> Source:
    return source


def _refuse(error: NewstuiError) -> Source:
    raise error
