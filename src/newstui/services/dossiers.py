"""Who and what the articles are about: mentions with the user's corrections, entities, and where each one occurs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newstui import paths
from newstui.errors import UsageError
from newstui.model import Article, Correction, Entity, Mention, Span
from newstui.model.entity import LABELS
from newstui.store import new_id, now

if TYPE_CHECKING:
    from newstui.entities.protocol import Recognizer
    from newstui.store import Store, Transaction

KEPT = 64
"""Texts whose mentions are kept in memory."""
APART = 200_000
"""Code points from which a text is looked through in a process of its own: it takes a second or more."""


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity of the library: how often it is mentioned, in which articles (ids, newest first), under which names."""

    key: str
    label: str
    name: str
    aliases: tuple[str, ...]
    mentions: int
    articles: tuple[str, ...]


class Dossiers:
    """The names in one library.

    What a recognizer finds depends on the text alone, so it is kept in the cache folder under the hash of the text and
    the version of the recognizer; corrections are applied afterwards, and never change what is kept.

    Args:
        store: the library.
        recognizer: finds names; newstui's own if it is None.
        cache: a folder that can be deleted at any time.
    """

    def __init__(self, store: Store, recognizer: Recognizer | None = None, cache: Path | None = None) -> None:
        self._store = store
        self._recognizer = recognizer
        self._own = recognizer is None
        self._cache = cache
        self._found: OrderedDict[str, list[Mention]] = OrderedDict()

    @property
    def recognizer(self) -> Recognizer:
        """What finds names, loaded at the first text."""
        if self._recognizer is None:
            from newstui.entities.recognizers import default_recognizer

            self._recognizer = default_recognizer()
        return self._recognizer

    def mentions(self, article_id: str) -> Sequence[Mention]:
        """The names in an article, corrected, in text order; takes milliseconds for a known text, else a worker."""
        article = self._store.get(Article, article_id)
        text = self._store.text(article.text)
        return self._corrected(article, text, self._recognized(article.text, text))

    def entities(self, article_id: str) -> Sequence[Entity]:
        """What the names in an article mean, the most mentioned first."""
        from newstui.entities.linking import link

        article = self._store.get(Article, article_id)
        return link(self.mentions(article_id), self._store.text(article.text))

    def index(
        self, article_ids: Iterable[str] | None = None, *, cancelled: Callable[[], bool] | None = None
    ) -> list[EntityCount]:
        """The entities of articles, of all that are not in the trash if none are given, the most mentioned first."""
        articles = [article for article in self._store.all(Article) if not article.deleted]
        if article_ids is not None:
            wanted = set(article_ids)
            articles = [article for article in articles if article.id in wanted]
        groups: dict[str, list[tuple[Article, Entity]]] = defaultdict(list)
        for article in sorted(articles, key=lambda each: (each.published, each.id), reverse=True):
            if cancelled is not None and cancelled():
                break
            for entity in self.entities(article.id):
                groups[entity.key].append((article, entity))
        counts = [_count(key, found) for key, found in groups.items()]
        return sorted(counts, key=lambda count: (-count.mentions, count.name))

    # -- corrections

    def correct(self, action: str, surface: str, *, label: str = "", article_id: str = "") -> Transaction:
        """Say that a name is none (`drop`), is of another kind (`retype`), or was missed (`add`).

        Args:
            action: one of these.
            surface: the name as it is written.
            label: the kind it is, for `retype` and `add`.
            article_id: in this article only; empty for the library.

        Raises:
            UsageError: the action or the label is not known, or the name is empty.
        """
        if action not in ("drop", "retype", "add"):
            raise UsageError(f"There is no correction {action!r}; there are drop, retype and add.")
        if action != "drop" and label not in LABELS:
            raise UsageError(f"There is no kind {label!r}; there are {', '.join(LABELS)}.")
        if not surface.strip():
            raise UsageError("Which name? Give it as it is written.")
        said = Correction(new_id(), action, surface.strip(), label, article_id, created=now())
        verbs = {"drop": "No name", "retype": f"{label} now", "add": f"New {label}"}
        return self._store.commit(f"{verbs[action]}: {said.surface}", [said])

    def _corrected(self, article: Article, text: str, found: Sequence[Mention]) -> list[Mention]:
        """Corrections of the library first, then those of the article over them, newer ones last."""
        corrections = [each for each in self._store.all(Correction) if each.article in ("", article.id)]
        mentions = list(found)
        for correction in sorted(corrections, key=lambda each: (each.article != "", each.id)):
            mentions = _apply(correction, text, mentions)
        return mentions

    # -- recognition

    def _recognized(self, sha256: str, text: str) -> list[Mention]:
        if sha256 in self._found:
            self._found.move_to_end(sha256)
            return self._found[sha256]
        file = self._file(sha256)
        mentions = _load(file, len(text))
        if mentions is None:
            mentions = _recognize_apart(text) if self._own and len(text) > APART else None
            if mentions is None:
                mentions = self.recognizer.recognize(text)
            _save(file, mentions)
        self._found[sha256] = mentions
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        return mentions

    def _file(self, sha256: str) -> Path:
        folder = self._cache or paths.cache_dir() / "entities"
        return folder / f"{self.recognizer.name}-{self.recognizer.version}" / f"{sha256}.json"


def _apply(correction: Correction, text: str, mentions: list[Mention]) -> list[Mention]:
    surface = correction.surface
    if correction.action == "drop":
        return [mention for mention in mentions if mention.span.slice(text) != surface]
    if correction.action == "retype":
        return [
            Mention(mention.span, correction.label, mention.score, "user")
            if mention.span.slice(text) == surface
            else mention
            for mention in mentions
        ]
    if correction.action != "add":
        return mentions
    pattern = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
    added = [Mention(Span(*match.span()), correction.label, None, "user") for match in pattern.finditer(text)]
    kept = [mention for mention in mentions if not any(mention.span.overlaps(new.span) for new in added)]
    return sorted([*kept, *added], key=lambda mention: mention.span.start)


def _count(key: str, found: Sequence[tuple[Article, Entity]]) -> EntityCount:
    names: dict[str, int] = {}
    for _, entity in found:
        for name in (entity.name, *entity.aliases):
            names[name] = names.get(name, 0) + 1
    name = found[0][1].name
    total = sum(len(entity.mentions) for _, entity in found)
    aliases = tuple(alias for alias in names if alias != name)
    return EntityCount(key, found[0][1].label, name, aliases, total, tuple(article.id for article, _ in found))


def _recognize_apart(text: str) -> list[Mention] | None:
    """Mentions found by another process, which costs this one's threads nothing; None if there can be none."""
    command = [sys.executable, "-m", "newstui.entities"]
    folders = os.pathsep.join(folder for folder in sys.path if folder)
    try:
        done = subprocess.run(  # noqa: S603  # this very program
            command,
            input=text.encode("utf-8", "surrogatepass"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": folders},
            check=True,
        )
        return _parse(done.stdout, len(text))
    except (OSError, ValueError, TypeError, subprocess.SubprocessError):
        return None


def _load(file: Path, length: int) -> list[Mention] | None:
    """Kept mentions, or None where there are none or they do not fit the text."""
    try:
        return _parse(file.read_bytes(), length)
    except (OSError, ValueError, TypeError):
        return None


def _parse(data: bytes, length: int) -> list[Mention] | None:
    rows = json.loads(data)
    mentions = [Mention(Span(start, end), label, score, source) for start, end, label, score, source in rows]
    return mentions if all(0 <= m.start < m.end <= length for m in mentions) else None


def _save(file: Path, mentions: Sequence[Mention]) -> None:
    """Keep mentions; a folder that cannot be written costs only time."""
    rows = [[m.start, m.end, m.label, m.score, m.source] for m in mentions]
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(json.dumps(rows).encode())
        fresh.replace(file)
    except OSError:
        return
