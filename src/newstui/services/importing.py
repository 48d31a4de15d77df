"""Importing: what is new comes in, what changed becomes a revision, what is there already changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from newstui.errors import UsageError
from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.model import Article, Provenance
from newstui.services.tagging import normalize_tag, unite_tags
from newstui.store import new_id, now
from newstui.text.segmentation import count_words

if TYPE_CHECKING:
    from newstui.services.reanchoring import Reanchoring
    from newstui.store import Store

Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]
BATCH = 200
"""Articles written in one transaction."""
_TRACKING = frozenset("fbclid gclid msclkid mc_cid mc_eid igshid ref_src cmpid ocid ito".split())  # noqa: SIM905  # names


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: tags to give, a format to insist on, a title or URL to use, or only to look."""

    tags: tuple[str, ...] = ()
    format: str = ""
    title: str = ""
    url: str = ""
    dry_run: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article of one source; `message` is a sentence where it failed."""

    status: Status
    origin: str
    article: Article | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()
    fields: ImportedArticle | None = None


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many articles fared how; `stopped` if it was cancelled."""

    counts: dict[Status, int]
    failures: tuple[Outcome, ...] = ()
    stopped: bool = False

    def __str__(self) -> str:
        parts = [f"{count} {status}" for status, count in self.counts.items() if count]
        return ", ".join(parts) or "nothing"


def canonical_url(url: str) -> str:
    """A URL as an identity: https, no `www.`, no fragment, no tracking parameters, parameters sorted."""
    parts = urlsplit(url)
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    )
    host = (parts.hostname or "").removeprefix("www.")
    return f"https://{host}{parts.path.rstrip('/')}{'?' + urlencode(kept) if kept else ''}"


class Importing:
    """Takes articles into one library.

    Args:
        store: the library.
        reanchoring: finds highlights again when a text has changed.
    """

    def __init__(self, store: Store, reanchoring: Reanchoring) -> None:
        self._store = store
        self._reanchoring = reanchoring

    def run(
        self,
        sources: Sequence[str | Path | Source],
        options: ImportOptions | None = None,
        report: Callable[[Outcome], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportSummary:
        """Import paths, folders and bytes; one that fails never stops the others.

        Args:
            sources: paths, or sources that were read already.
            options: how.
            report: called with each outcome, once it is on the disk.
            cancelled: asked between two sources; what was done stays.

        Raises:
            NotSavedError: nothing more can be written.
            UsageError: a tag is none.
        """
        options = options or ImportOptions()
        tags = tuple(normalize_tag(tag) for tag in options.tags)
        batch = _Batch(self._store, tags)
        counts: Counter[Status] = Counter()
        failures: list[Outcome] = []
        stopped = False

        def tell(outcomes: Iterable[Outcome]) -> None:
            for outcome in outcomes:
                counts[outcome.status] += 1
                if outcome.status == "failed":
                    failures.append(outcome)
                if report is not None:
                    report(outcome)

        def finish() -> None:
            tell(self._write(batch, dry_run=options.dry_run))

        packages, sources = _split_packages(sources, options)
        for package in packages:
            tell(self._take_in(package, tags, options))
        for outcome in _read_all(sources, options):
            if cancelled is not None and cancelled():
                stopped = True
                break
            batch.add(outcome)
            if len(batch.outcomes) >= BATCH:
                finish()
        finish()
        return ImportSummary(dict(counts), tuple(failures), stopped)

    def _take_in(self, source: Path | Source, tags: tuple[str, ...], options: ImportOptions) -> Iterator[Outcome]:
        """Annotations, or a whole library, that an export wrote: what became of each article."""
        from newstui.ingest.sources import load_source
        from newstui.services.exchanging import Exchanging, parse_package

        origin = source.origin if isinstance(source, Source) else str(source)
        try:
            loaded = source if isinstance(source, Source) else load_source(source, options.limits)
            package = parse_package(loaded.data.decode("utf-8", "replace"), origin)
            found = Exchanging(self._store, self._reanchoring).take_in(package, tags=tags, dry_run=options.dry_run)
        except (ImportFailedError, UsageError) as error:
            yield Outcome("failed", origin, message=str(error))
            return
        for each in found:
            changed = each.counts["new"] + each.counts["updated"]
            said = ", ".join(f"{count} {name}" for name, count in each.counts.items())
            status: Status = "added" if each.added else "updated" if changed else "unchanged"
            yield Outcome(status, origin, each.article, warnings=(f"highlights: {said}",) if said else ())

    def _write(self, batch: _Batch, *, dry_run: bool) -> list[Outcome]:
        outcomes, puts = batch.take()
        if dry_run or not puts:
            return outcomes
        for body in batch.take_bodies():
            self._store.add_text(body)
        count = sum(outcome.status in ("added", "updated") for outcome in outcomes)
        self._store.commit(f"Import {count} {'article' if count == 1 else 'articles'}", puts)
        for outcome in outcomes:
            if outcome.status == "updated" and outcome.article is not None:
                self._reanchoring.reanchor(outcome.article.id)
        return outcomes


def _split_packages(
    sources: Sequence[str | Path | Source], options: ImportOptions
) -> tuple[list[Path | Source], list[str | Path | Source]]:
    """The sources that hold annotations, and the others."""
    from newstui.services.exchanging import is_package

    packages: list[Path | Source] = []
    others: list[str | Path | Source] = []
    for given in sources:
        source = given if isinstance(given, Source) else Path(given)
        if is_package(source, options.format):
            packages.append(source)
        else:
            others.append(given)
    return packages, others


def _read_all(sources: Iterable[str | Path | Source], options: ImportOptions) -> Iterator[Outcome]:
    """Each article that was read, as an outcome without a status yet (`added`), or a failure."""
    from newstui.ingest.registry import find_importer
    from newstui.ingest.sources import iter_paths, load_source

    for given in sources:
        try:
            paths: Iterable[Path | Source] = [given] if isinstance(given, Source) else iter_paths(Path(given))
            for path in paths:
                origin = path.origin if isinstance(path, Source) else str(path)
                try:
                    source = path if isinstance(path, Source) else load_source(path, options.limits)
                    if options.url:
                        source = replace(source, url=options.url)
                    for article in find_importer(source, options.format).read(source, options.limits):
                        titled = replace(article, title=options.title) if options.title else article
                        digest = hashlib.sha256(source.data).hexdigest()
                        about = Provenance(article.importer, source.origin, digest)
                        found = Article("", titled.title, "", provenance=about)
                        yield Outcome("added", source.origin, found, warnings=titled.warnings, fields=titled)
                except ImportFailedError as error:
                    yield Outcome("failed", origin, message=str(error))
        except ImportFailedError as error:
            yield Outcome("failed", str(given), message=str(error))


class _Batch:
    """Decides what each article is, against the library and against those before it."""

    def __init__(self, store: Store, tags: tuple[str, ...]) -> None:
        self._store = store
        self._tags = tags
        self._puts: dict[str, Article] = {}
        self._bodies: dict[str, str] = {}
        self.outcomes: list[Outcome] = []
        self._by_url: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._by_origin: dict[str, str] = {}
        for article in store.all(Article):
            self._know(article)

    def add(self, outcome: Outcome) -> None:
        """Decide about one article."""
        fields, found = outcome.fields, outcome.article
        if fields is None or found is None:
            self.outcomes.append(outcome)
            return
        sha = hashlib.sha256(fields.text.encode("utf-8")).hexdigest()
        tags = unite_tags(fields.tags, self._tags)
        same = self._identical(fields, found.provenance, sha)
        if same is None:
            twin = self._by_text.get(sha)
            if twin is not None:
                article = self._get(twin)
                self._put(replace(article, tags=unite_tags(article.tags, tags), deleted=""))
                self._report(outcome, "duplicate", self._get(twin))
                return
            article = _build(new_id(), fields, sha, tags, found.provenance)
            self._bodies[sha] = fields.text
            self._put(article)
            self._report(outcome, "added", article)
            return
        before = self._get(same)
        if before.text == sha:
            kept = replace(before, tags=unite_tags(before.tags, tags), deleted="")
            status: Status = "unchanged"
        else:
            kept = _revise(before, fields, sha, unite_tags(before.tags, tags), found.provenance)
            self._bodies[sha] = fields.text
            status = "updated"
        if kept != before:
            self._put(kept)
        self._report(outcome, status, kept)

    def take(self) -> tuple[list[Outcome], list[Article]]:
        """The outcomes and the articles to write; the batch is empty then."""
        outcomes, puts = self.outcomes, list(self._puts.values())
        self.outcomes, self._puts = [], {}
        return outcomes, puts

    def take_bodies(self) -> list[str]:
        """The bodies to write."""
        bodies = list(self._bodies.values())
        self._bodies = {}
        return bodies

    def _report(self, outcome: Outcome, status: Status, article: Article) -> None:
        self.outcomes.append(replace(outcome, status=status, article=article))

    def _know(self, article: Article) -> None:
        if article.url:
            self._by_url[canonical_url(article.url)] = article.id
        self._by_text[article.text] = article.id
        if article.provenance.origin not in ("", "-"):
            self._by_origin[article.provenance.origin] = article.id

    def _put(self, article: Article) -> None:
        self._puts[article.id] = article
        self._know(article)

    def _get(self, id_: str) -> Article:
        return self._puts.get(id_) or self._store.get(Article, id_)

    def _identical(self, fields: ImportedArticle, about: Provenance, sha: str) -> str | None:
        """The article that this is, by its URL, else by the file it is from if it is much the same text."""
        if fields.url:
            return self._by_url.get(canonical_url(fields.url))
        twin = self._by_text.get(sha)
        if twin is not None and not self._get(twin).url:
            return twin
        origin = self._by_origin.get(about.origin)
        if origin is None:
            return None
        before = self._get(origin)
        if before.title == fields.title:
            return origin
        known = self._bodies.get(before.text) or self._store.text(before.text)
        return origin if _likeness(known, fields.text) >= 0.3 else None


def _likeness(one: str, other: str) -> float:
    """The share of three-word runs that two texts have in common (Jaccard)."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / max(1, len(first | second))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()[:5000]
    return set(zip(words, words[1:], words[2:], strict=False))


def _build(id_: str, fields: ImportedArticle, sha: str, tags: tuple[str, ...], about: Provenance) -> Article:
    return Article(
        id_,
        fields.title,
        sha,
        count_words(fields.text),
        now(),
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
        provenance=about,
    )


def _revise(before: Article, fields: ImportedArticle, sha: str, tags: tuple[str, ...], about: Provenance) -> Article:
    """The article with another text; what the user did to it stays."""
    revised = _build(before.id, fields, sha, tags, about)
    return replace(
        revised,
        added=before.added,
        starred=before.starred,
        archived=before.archived,
        earlier=(before.text, *(text for text in before.earlier if text != before.text)),
    )
