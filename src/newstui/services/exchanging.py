"""Taking in what an export gave out: annotations in JSON-LD, newstui's and those of others, and JSON Lines.

An annotation keeps its id, so that taking it in twice changes nothing, and its place, if its article has the very text
it was made on; else it is looked for. An article that is not there comes with the file, or is made of its quotes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newstui.errors import LibraryDamagedError, UsageError
from newstui.export.interchange import ForeignAnnotation, iter_annotations, iter_articles
from newstui.export.lossless import parse_lines
from newstui.model import (
    AnchorState,
    Annotation,
    Article,
    Link,
    Record,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from newstui.model.ulid import encode_ulid, is_ulid
from newstui.services.annotating import build_target
from newstui.services.identity import canonical_url
from newstui.services.tagging import normalize_tag
from newstui.store import new_id, now
from newstui.text.figures import counted
from newstui.text.hygiene import clean_line, clean_text
from newstui.text.segmentation import count_words
from newstui.text.selectors import CONTEXT

if TYPE_CHECKING:
    from newstui.store import Store

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MAX_WORDS = 100_000
"""Characters of a note, or of a quote, from outside that are kept."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a file holds: articles with their texts, earlier texts, and annotations."""

    articles: tuple[tuple[Article, str], ...] = ()
    texts: tuple[str, ...] = ()
    annotations: tuple[ForeignAnnotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one article of a file: was it there, and how its highlights fared (new, updated, same, kept)."""

    article: Article
    added: bool
    counts: Counter[str] = field(default_factory=Counter)


def parse_package(text: str, where: str) -> Package:
    """Read JSON-LD, or JSON Lines as newstui writes them.

    Raises:
        UsageError: it is neither, or holds nothing; the sentence says where.
    """
    if text.removeprefix("\ufeff").lstrip().startswith('{"newstui":'):
        loaded = parse_lines(text, where)
        return Package(loaded.articles, loaded.texts, tuple(map(ForeignAnnotation, loaded.annotations)))
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise UsageError(f"{where} is nested too deeply to be annotations.") from error
    except ValueError as error:
        raise UsageError(f"{where} is not JSON ({error}).") from error
    found = Package(tuple(iter_articles(document)), (), tuple(iter_annotations(document)))
    if not found.annotations and not found.articles:
        raise UsageError(f"{where} holds no annotations of words in a text.")
    return found


class Exchanging:
    """Takes annotations into one library.

    Args:
        store: the library.
        reanchor: finds the passages of an article's annotations that were made on another text.
    """

    def __init__(self, store: Store, reanchor: Callable[[str], object]) -> None:
        self._store = store
        self._reanchor = reanchor

    def take_in(
        self, package: Package, *, tags: Sequence[str] = (), collections: Sequence[str] = (), dry_run: bool = False
    ) -> list[Taken]:
        """Take in a package in one transaction, then look for what has no place yet.

        Args:
            package: what was read.
            tags: given to articles that are new.
            collections: they are put into.
            dry_run: only say what would become of it.

        Raises:
            NotSavedError: nothing was changed.
        """
        incoming = _Incoming(self._store, tuple(tags), tuple(collections))
        incoming.add_articles(package.articles, package.texts)
        incoming.add_annotations(package.annotations)
        if not dry_run:
            for body in incoming.bodies.values():
                self._store.add_text(body)
            puts: list[Record] = [*incoming.articles.values(), *incoming.annotations.values()]
            if puts:
                self._store.commit(f"Import {counted(len(incoming.annotations), 'highlight')}", puts)
            for article_id in incoming.pending:
                self._reanchor(article_id)
        return [
            Taken(incoming.article(id_), id_ in incoming.articles, incoming.counts[id_]) for id_ in incoming.touched
        ]


class _Incoming:
    """What a package means for a library: the records and texts to write."""

    def __init__(self, store: Store, tags: tuple[str, ...], collections: tuple[str, ...]) -> None:
        self._store = store
        self._tags = tags
        self._collections = collections
        self.articles: dict[str, Article] = {}
        self.annotations: dict[str, Annotation] = {}
        self.bodies: dict[str, str] = {}
        self.touched: dict[str, None] = {}
        self.pending: dict[str, None] = {}
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._renamed: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        for article in store.all(Article):
            self._know(article)

    def article(self, id_: str) -> Article:
        """An article as it will be."""
        return self.articles.get(id_) or self._store.get(Article, id_)

    def _know(self, article: Article) -> None:
        if article.url:
            self._by_url.setdefault(_identity(article.url), article.id)
        for sha256 in (article.text, *article.earlier):
            self._by_text.setdefault(sha256, article.id)

    # -- articles

    def add_articles(self, articles: Iterable[tuple[Article, str]], texts: Iterable[str]) -> None:
        """Decide about each article: it is there, under its own id or another, or it is new."""
        earlier = {_sha256(body): body for body in map(clean_text, texts)}
        for given, raw in articles:
            article, body = _cleaned(given, raw)
            same = self._known(article)
            if same is not None:
                self._renamed[given.id] = same
            else:
                article = replace(
                    article,
                    id=given.id if is_ulid(given.id) else new_id(),
                    tags=tuple(dict.fromkeys((*article.tags, *self._tags))),
                    collections=tuple(dict.fromkeys((*article.collections, *self._collections))),
                    earlier=tuple(sha for sha in article.earlier if sha in earlier or self._has_text(sha)),
                )
                self._renamed[given.id] = article.id
                self._put(article, body)
                self.bodies.update((sha, earlier[sha]) for sha in article.earlier if sha in earlier)
            self.touched[self._renamed[given.id]] = None

    def _known(self, article: Article) -> str | None:
        if self._store.find(Article, article.id) is not None or article.id in self.articles:
            return article.id
        found = self._by_url.get(_identity(article.url)) if article.url else None
        return found or self._by_text.get(article.text)

    def _put(self, article: Article, body: str) -> None:
        self.articles[article.id] = article
        self.bodies[article.text] = body
        self._know(article)

    def _has_text(self, sha256: str) -> bool:
        try:
            self._store.text(sha256)
        except LibraryDamagedError:
            return False
        return True

    # -- annotations

    def add_annotations(self, annotations: Iterable[ForeignAnnotation]) -> None:
        """Decide about each annotation, and make articles for those whose article nobody knows."""
        homeless: dict[tuple[str, str, str], list[ForeignAnnotation]] = defaultdict(list)
        for given in annotations:
            each = replace(given, annotation=_tidied(given))
            home = self._home(each)
            if home is None:
                homeless[each.annotation.article, each.source, each.title].append(each)
            else:
                self._add(each, home)
        for key, group in homeless.items():
            home = self._make_article(*key, group)
            for each in group:
                self._add(each, home)

    def _home(self, each: ForeignAnnotation) -> str | None:
        target = each.annotation.target
        named = self._renamed.get(target.source, target.source)
        if named and (named in self.articles or self._store.find(Article, named) is not None):
            return named
        by_url = self._by_url.get(_identity(each.source)) if _is_web(each.source) else None
        return by_url or self._by_text.get(target.text)

    def _make_article(self, id_: str, source: str, title: str, group: Sequence[ForeignAnnotation]) -> str:
        """An article of which nothing is known but what was marked in it: its text are the quotes."""
        ordered = sorted(group, key=lambda each: each.annotation.span)
        body = clean_text("\n\n".join(dict.fromkeys(each.annotation.quote for each in ordered))).strip("\n") + "\n"
        url = clean_line(source) if _is_web(source) else ""
        named = clean_line(title)[:500] or url or "Highlights without an article"
        made = Article(
            id_ if is_ulid(id_) else new_id(),
            named,
            _sha256(body),
            count_words(body),
            now(),
            url=url,
            tags=self._tags,
            collections=self._collections,
        )
        self._put(made, body)
        return made.id

    def _add(self, each: ForeignAnnotation, home: str) -> None:
        article = self.article(home)
        given = self._placed(each.annotation, article)
        self.touched[home] = None
        before = self.annotations.get(given.id) or self._store.find(Annotation, given.id)
        if before is None:
            status = "new"
        elif _says_the_same(before, given):
            status = "same"
        elif before.modified > given.modified:
            status = "kept"
        else:
            status = "updated"
            if before.target.text == article.text:
                given = replace(
                    given,
                    target=before.target,
                    state=before.state,
                    confidence=before.confidence,
                    anchored_from=before.anchored_from,
                )
            given = replace(given, links=given.links or before.links)  # other tools do not hand them back  # fmt: skip
        self.counts[home][status] += 1
        if status in ("new", "updated"):
            self.annotations[given.id] = given
            if given.target.text != article.text and given.state is not AnchorState.ORPHAN:
                self.pending[home] = None

    def _placed(self, annotation: Annotation, article: Article) -> Annotation:
        """The annotation on its article: at its place if the words stand there, else without a text, to be found."""
        target = replace(annotation.target, source=article.id)
        origin = annotation.anchored_from and replace(annotation.anchored_from, source=article.id)
        if annotation.state is not AnchorState.ORPHAN:
            body = self._body(article)
            span = target.span
            if not 0 <= span.start < span.end <= len(body) or span.slice(body) != target.quote.exact:
                text = "" if target.text == article.text else target.text
                target = replace(target, text=text)
            elif target.text != article.text:
                target = build_target(article, body, span)
        return replace(annotation, target=target, anchored_from=origin)

    def _body(self, article: Article) -> str:
        if article.text not in self._texts:
            known = self.bodies.get(article.text)
            self._texts[article.text] = self._store.text(article.text) if known is None else known
        return self._texts[article.text]


def _cleaned(given: Article, raw: str) -> tuple[Article, str]:
    """An article from outside, and its text, as an import would have made them."""
    body = clean_text(raw)
    blocks = tuple(each for each in given.blocks if 0 <= each.start < each.end <= len(body)) if body == raw else ()
    return replace(
        given,
        title=clean_line(given.title)[:500] or "Untitled",
        subtitle=clean_line(given.subtitle)[:500],
        source=clean_line(given.source)[:500],
        site=clean_line(given.site)[:500],
        place=clean_line(given.place)[:500],
        text=_sha256(body),
        words=count_words(body) if body != raw else given.words,
        added=given.added if _TIME.fullmatch(given.added) else now(),
        author=tuple(name for name in (clean_line(each)[:200] for each in given.author) if name),
        published=clean_line(given.published)[:30],
        url=clean_line(given.url) if _is_web(given.url) else "",
        language=clean_line(given.language)[:30],
        tags=_tags(given.tags),
        collections=tuple(name for name in (clean_line(each)[:200] for each in given.collections) if name),
        also=tuple(clean_line(each)[:2000] for each in given.also),
        blocks=blocks,
        deleted="",
    ), body


def _tidied(each: ForeignAnnotation) -> Annotation:
    """An annotation from outside with an id, times and words as newstui makes them."""
    given = each.annotation
    id_ = given.id if is_ulid(given.id) else _derived_id(each)
    created = given.created if _TIME.fullmatch(given.created) else ""
    origin = given.anchored_from
    return replace(
        given,
        id=id_,
        target=_tidied_target(given.target),
        anchored_from=None if origin is None else _tidied_target(origin),
        tags=_tags(given.tags),
        note=clean_text(given.note)[:MAX_WORDS],
        color=given.color if 0 <= given.color <= 6 else 0,
        created=created,
        modified=given.modified if _TIME.fullmatch(given.modified) else created,
        links=_links(given.links),
    )


def _tidied_target(given: Target) -> Target:
    """A target whose range is one, in words without controls; a range that is none is at the beginning and empty."""
    start, end = given.position.start, given.position.end
    position = given.position if 0 <= start <= end else TextPositionSelector(0, 0)
    quote = given.quote
    words = TextQuoteSelector(
        clean_text(quote.exact)[:MAX_WORDS], clean_text(quote.prefix)[-CONTEXT:], clean_text(quote.suffix)[:CONTEXT]
    )
    return Target(given.source, given.text, position, words)


def _links(given: Iterable[Link]) -> tuple[Link, ...]:
    """Links without controls, of kinds that have a name, to what can be an annotation."""
    named = (Link(clean_line(link.kind)[:200], link.to) for link in given if is_ulid(link.to))
    return tuple(dict.fromkeys(link for link in named if link.kind))


def _derived_id(each: ForeignAnnotation) -> str:
    """The same id for the same annotation of somebody else each time it comes."""
    target = each.annotation.target
    place = f"{target.position.start}:{target.quote.prefix}:{target.quote.exact}:{target.quote.suffix}"
    key = each.uri or f"{each.source}\n{place}\n{each.annotation.note}"
    number = int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:16], "big") >> 1
    return encode_ulid(number)


def _tags(given: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in given:
        try:
            found[normalize_tag(clean_line(name)[:200])] = None
        except UsageError:
            continue  # a tag without a letter says nothing
    return tuple(found)


def _says_the_same(before: Annotation, given: Annotation) -> bool:
    """Whether an annotation that is there has the words, tags and color of one that comes; its place may differ."""
    names = ("tags", "note", "color", "created", "modified")
    return all(getattr(before, name) == getattr(given, name) for name in names)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _identity(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return url


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))
