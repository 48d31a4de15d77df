"""What makes two imported articles one: the address, the text, or the file they are from; and what is much alike."""

from __future__ import annotations

import zlib
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.model import Article
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.ingest.article import ImportedArticle
    from newstui.store import Store

_TRACKING = frozenset("fbclid gclid msclkid mc_cid mc_eid igshid ref_src cmpid ocid ito".split())  # noqa: SIM905  # names
_SKETCH = 64
"""How many hashes of three-word runs stand for a text (bottom-k, Broder 1997)."""
_SHARED = 20
"""Of so many in common two texts are compared word by word; edited wire copies share 35 and more."""
_MOST_WORDS = 5_000
"""Words at the beginning of a text that are compared."""
_LEAST_WORDS = 40
"""Shorter texts are alike by chance."""
_MOST_COMPARED = 400
"""Of a large library so many articles, those nearest in length, are looked at for each new one."""
_MOST_READ = 12
"""Of the articles whose sketches are like that of one so many, the likest, are compared with it word by word."""
_LONGEST = 100_000
"""Code points of a text that are compared."""
ALIKE = 0.9
"""Two texts this similar (1 is the same) are near duplicates."""


def canonical_url(url: str) -> str:
    """A URL as an identity: https, no `www.`, no fragment, no tracking parameters, parameters sorted."""
    from urllib.parse import parse_qsl, urlencode, urlsplit

    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    )
    host = (parts.hostname or "").removeprefix("www.")
    return f"https://{host}{parts.path.rstrip('/')}{'?' + urlencode(kept) if kept else ''}"


class Known:
    """The articles of a library by what they can be known by, and those that are about to be written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changed: dict[str, Article] = {}
        self._bodies: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._by_origin: dict[str, list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        for article in store.all(Article):
            self._index(article)

    def put(self, article: Article, body: str | None = None) -> None:
        """An article is new, or has changed; `body` if its text has."""
        self._changed[article.id] = article
        if body is not None:
            self._bodies[article.text] = body
        self._index(article)

    def forget(self) -> None:
        """What was put is in the library now."""
        self._changed, self._bodies = {}, {}

    def get(self, id_: str) -> Article:
        """An article as it will be."""
        return self._changed.get(id_) or self._store.get(Article, id_)

    def body(self, article: Article) -> str:
        """Its text; empty if the library has lost it."""
        if article.text in self._bodies:
            return self._bodies[article.text]
        return text_or_nothing(self._store, article)

    def by_text(self, sha256: str) -> str | None:
        """The article with this very text."""
        return self._by_text.get(sha256)

    def find(self, fields: ImportedArticle, origin: str, sha256: str) -> str | None:
        """The article that this is: the one it says, the same URL, the same text, or much the same from the same file.

        What is only highlights is of the article with their title in which one of them stands.
        """
        if fields.known_as and (fields.known_as in self._changed or self._store.find(Article, fields.known_as)):
            return fields.known_as
        if fields.url:
            found = self._by_url.get(canonical_url(fields.url))
            if found is not None or not fields.partial:
                return found
        if fields.partial:
            return self._holder(fields)
        twin = self._by_text.get(sha256)
        if twin is not None and not self.get(twin).url:
            return twin
        return self._same_file(fields, origin)

    def _holder(self, fields: ImportedArticle) -> str | None:
        for id_ in self._by_title.get(fields.title.casefold(), ()):
            article = self.get(id_)
            if fields.url and article.url:
                continue
            if article.provenance.importer == fields.importer and article.author == fields.author:
                return id_
            from newstui.text.anchoring import find_quote

            body = self.body(article)
            if any(note.quote and find_quote(body, note.quote) for note in fields.notes):
                return id_
        return None

    def _same_file(self, fields: ImportedArticle, origin: str) -> str | None:
        from_here = [self.get(id_) for id_ in self._by_origin.get(origin, ())]
        for article in from_here:
            if article.title == fields.title:
                return article.id
        for article in from_here[-1:]:
            if _likeness(self.body(article), fields.text) >= 0.3:
                return article.id
        return None

    def _index(self, article: Article) -> None:
        if article.url:
            self._by_url[canonical_url(article.url)] = article.id
        self._by_text[article.text] = article.id
        if article.provenance.origin not in ("", "-"):
            _append(self._by_origin, article.provenance.origin, article.id)
        for other in article.also:
            if other.startswith(("http://", "https://")):
                self._by_url[canonical_url(other)] = article.id
            else:
                _append(self._by_origin, other, article.id)
        _append(self._by_title, article.title.casefold(), article.id)


def _append(lists: dict[str, list[str]], key: str, id_: str) -> None:
    known = lists.setdefault(key, [])
    if id_ not in known:
        known.append(id_)


def _likeness(one: str, other: str) -> float:
    """The share of three-word runs that two texts have in common (Jaccard)."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / max(1, len(first | second))


def _shingles(text: str) -> set[str]:
    words = text.casefold().split()[:_MOST_WORDS]
    return {" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)}


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's three-word runs; the share two texts have in common is that of their words."""
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in text.casefold().split()[:_MOST_WORDS]]
    runs = zip(words, words[1:], words[2:], strict=False)
    hashes = {(one * 0x9E3779B1 ^ two * 0x85EBCA77 ^ three * 0xC2B2AE3D) & 0xFFFFFFFF for one, two, three in runs}
    return frozenset(sorted(hashes)[:_SKETCH])


@dataclass(frozen=True, slots=True)
class Alike:
    """An article that is nearly another one, and how nearly (0.9 to 1)."""

    article: Article
    likeness: float


class Likeness:
    """Finds articles with nearly the same text: copies of a wire story that somebody edited.

    Args:
        known: gives the texts.
        articles: those that may be alike; more come with `add`.
    """

    def __init__(self, known: Known, articles: Iterable[Article]) -> None:
        self._known = known
        self._by_length = sorted((article.words, article.id) for article in articles)
        self._sketches: dict[str, frozenset[int]] = {}
        self._holders: dict[int, list[str]] = {}
        """Which of the articles looked at so far hold a hash."""

    def add(self, article: Article) -> None:
        """One more article."""
        insort(self._by_length, (article.words, article.id))

    def among(self, article: Article) -> list[Alike]:
        """The near duplicates of an article, the likest first; the very same text is none.

        Of a large library only the articles nearest in length are looked at, a bounded number for each call.
        """
        if article.words < _LEAST_WORDS:
            return []
        for _, id_ in self._near(article.words):
            if id_ not in self._sketches:
                self._look_at(self._known.get(id_))
        shared = Counter(id_ for each in self._look_at(article) for id_ in self._holders[each])
        del shared[article.id]
        likely = [id_ for id_, count in shared.most_common(_MOST_READ) if count >= _SHARED]
        found = [self._compare(article, self._known.get(id_)) for id_ in likely]
        return sorted(filter(None, found), key=lambda each: (-each.likeness, each.article.id))

    def _near(self, words: int) -> list[tuple[int, str]]:
        low = bisect_left(self._by_length, (round(words * 0.6), ""))
        high = bisect_left(self._by_length, (round(words * 1.67), ""))
        if high - low > _MOST_COMPARED:
            middle = bisect_left(self._by_length, (words, ""))
            low = min(max(low, middle - _MOST_COMPARED // 2), high - _MOST_COMPARED)
            high = low + _MOST_COMPARED
        return self._by_length[low:high]

    def _look_at(self, article: Article) -> frozenset[int]:
        hashes = self._sketches.get(article.id)
        if hashes is None:
            hashes = self._sketches[article.id] = sketch(self._known.body(article))
            for each in hashes:
                self._holders.setdefault(each, []).append(article.id)
        return hashes

    def _compare(self, article: Article, other: Article) -> Alike | None:
        from rapidfuzz.distance import Indel

        if article.text == other.text:
            return None
        one, two = (" ".join(self._known.body(each).split())[:_LONGEST] for each in (article, other))
        likeness = Indel.normalized_similarity(one, two, score_cutoff=ALIKE)
        return Alike(other, round(likeness, 3)) if likeness >= ALIKE else None
