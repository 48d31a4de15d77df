"""Who and what the articles are about: mentions with the user's corrections, entities, and where each one occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article, Correction, Dossier, Entity, EntityCount, Mention, Suggestion
from newstui.paths import expand_home
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.entities.identity import Identities
    from newstui.services.recognition import Recognition
    from newstui.store import Store


class Dossiers:
    """The names in one library, corrected and linked. All of it is derived; nothing here is stored.

    Args:
        store: the library.
        recognition: finds the names of texts.
    """

    def __init__(self, store: Store, recognition: Recognition) -> None:
        self._store = store
        self.recognition = recognition
        self._linked: dict[str, tuple[tuple[str, ...], list[Entity]]] = {}

    def mentions(self, article_id: str) -> Sequence[Mention]:
        """The names in an article, corrected, in text order; takes milliseconds for a known text, else a worker."""
        return self._corrected(self._store.get(Article, article_id), self._store.all(Correction))[0]

    def lost(self, article_id: str) -> Sequence[Correction]:
        """Corrections of single mentions of an article that find no place in its text any more."""
        return self._corrected(self._store.get(Article, article_id), self._store.all(Correction))[1]

    def entities(self, article_id: str) -> Sequence[Entity]:
        """What the names in an article mean, the most mentioned first."""
        corrections = self._store.all(Correction)
        return self._entities(self._store.get(Article, article_id), corrections, _identities(corrections))

    def index(
        self,
        article_ids: Iterable[str] | None = None,
        *,
        report: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[EntityCount]:
        """The entities of articles, of all that are not in the trash if none are given, the most mentioned first.

        Args:
            article_ids: of these articles only.
            report: told after each article how many are done, of how many.
            cancelled: asked before each; what was counted by then is returned.
        """
        articles = [article for article in self._store.all(Article) if not article.deleted]
        if article_ids is not None:
            wanted = set(article_ids)
            articles = [article for article in articles if article.id in wanted]
        corrections = self._store.all(Correction)
        identities = _identities(corrections)
        groups: dict[str, list[tuple[Article, Entity]]] = defaultdict(list)
        ordered = sorted(articles, key=lambda each: (each.published, each.id), reverse=True)
        for number, article in enumerate(ordered):
            if cancelled is not None and cancelled():
                break
            for entity in self._entities(article, corrections, identities):
                groups[entity.key].append((article, entity))
            if report is not None:
                report(number + 1, len(ordered))
        counts = [_count(key, found) for key, found in groups.items()]
        return sorted(counts, key=lambda count: (-count.mentions, count.name))

    def first_named(self, article_id: str, index: Sequence[EntityCount]) -> list[Entity]:
        """The entities of an article that no article names which was added before it.

        Args:
            article_id: which; in the one that was added first of all, nothing is new.
            index: of the library.
        """
        articles = [article for article in self._store.all(Article) if not article.deleted]
        earliest = min(articles, key=_added, default=None)
        if earliest is None or earliest.id == article_id:
            return []
        new = {each.key for each in index if each.first_seen == article_id}
        return [entity for entity in self.entities(article_id) if entity.key in new]

    def find(self, name: str, label: str = "", index: Sequence[EntityCount] | None = None) -> EntityCount:
        """The entity of the library that has a name, or a key.

        Args:
            name: a key, as it is written somewhere (exactly so if that is somebody's), or words of the full name.
            label: of this kind.
            index: to look in; the one of the library if it is None.

        Raises:
            NotFoundError: there is none.
            UsageError: there are several, and none is named at least twice as often as all others.
        """
        from newstui.entities.linking import fold_name

        folded = fold_name(name)
        known = [each for each in (self.index() if index is None else index) if label in ("", each.label)]
        found = [each for each in known if each.key == name]
        found = found or [each for each in known if name in (each.name, *each.aliases)]
        found = found or [
            each for each in known if folded in {fold_name(spelling) for spelling in (each.name, *each.aliases)}
        ]
        found = found or [each for each in known if f" {folded} " in f" {fold_name(each.name)} "]
        if not found:
            raise NotFoundError(f"No article names {name!r}; `newstui entities` lists the names there are.")
        found.sort(key=lambda each: -each.mentions)
        if len(found) > 1 and found[0].mentions < 2 * found[1].mentions:
            kinds = ", ".join(f"{each.label.lower()} {each.name!r}" for each in found)
            raise UsageError(f"{name!r} may be {kinds}; say which with --label, or by its full name.")
        return found[0]

    def dossier(self, entity: EntityCount, index: Sequence[EntityCount]) -> Dossier:
        """All that the library knows of an entity of its index; takes as long as its articles are many."""
        from newstui.services.dossier_pages import DossierBuilder

        return DossierBuilder(self._store, self.entities, self.mentions).build(entity, index)

    def export(self, dossier: Dossier, path: str) -> Path:
        """Write a dossier into a new file, as Markdown.

        Raises:
            UsageError: there is a file of that name, or none can be written.
        """
        from newstui.export.dossier import render_dossier

        target = expand_home(path.strip())
        try:
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(render_dossier(dossier))
        except FileExistsError:
            raise UsageError(f"{target} exists; give the dossier another name.") from None
        except OSError as error:
            raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
        return target

    def suggestions(self, index: Sequence[EntityCount] | None = None) -> list[Suggestion]:
        """Pairs of things whose names are alike enough to ask whether they are one, the most mentioned first."""
        from newstui.entities.linking import fold_name, is_alike

        identities = _identities(self._store.all(Correction))
        groups: dict[tuple[str, str], list[EntityCount]] = defaultdict(list)
        for each in self.index() if index is None else index:
            words = fold_name(each.name).split()
            initials = "".join(word[0] for word in words)
            for block in {words[-1], words[0], initials} if words else ():
                if len(groups[each.label, block]) < _BLOCK:
                    groups[each.label, block].append(each)
        found: dict[frozenset[str], Suggestion] = {}
        for (label, _), block_members in groups.items():
            for at, one in enumerate(block_members):
                for other in block_members[at + 1 :]:
                    pair = frozenset((one.key, other.key))
                    if pair in found or identities.are_distinct(one.key, other.key):
                        continue
                    if is_alike(label, one.name, other.name):
                        found[pair] = Suggestion(one, other)
        return sorted(found.values(), key=lambda pair: -(pair.one.mentions + pair.other.mentions))

    def _corrected(self, article: Article, corrections: Sequence[Correction]) -> tuple[list[Mention], list[Correction]]:
        text = text_or_nothing(self._store, article)
        found = self.recognition.find(article.text, text) if text else []  # nothing is kept for a text that is lost
        if not corrections:
            return found, []
        from newstui.entities.corrections import correct

        corrected = correct(article, text, found, corrections)
        return corrected.mentions, corrected.lost

    def _entities(self, article: Article, corrections: Sequence[Correction], identities: Identities) -> list[Entity]:
        """Linked names, kept as long as the text and what a user said stay the same."""
        from newstui.entities.linking import link

        mine = (each.id for each in corrections if _concerns(each, article.id))
        stamp = (article.text, self.recognition.version, *mine)
        known = self._linked.get(article.id)
        if known is not None and known[0] == stamp:
            return known[1]
        text = text_or_nothing(self._store, article)
        entities = identities.resolve(article, text, link(self._corrected(article, corrections)[0], text))
        if text:
            self._linked[article.id] = (stamp, entities)
        return entities


_BLOCK = 200
"""Things with a word in common that are compared with each other; a word of more tells nothing."""


def _identities(corrections: Sequence[Correction]) -> Identities:
    from newstui.entities.identity import Identities

    return Identities(corrections)


def _count(key: str, found: Sequence[tuple[Article, Entity]]) -> EntityCount:
    names: dict[str, int] = defaultdict(int)
    months: dict[str, int] = defaultdict(int)
    for article, entity in found:
        for name in (entity.name, *entity.aliases):
            names[name] += 1
        if len(article.published) >= len("2016-08"):
            months[article.published[:7]] += len(entity.mentions)
    name = max(names, key=lambda each: (not each.isupper(), len(each.split()), names[each], each))
    total = sum(len(entity.mentions) for _, entity in found)
    first = min((article for article, _ in found), key=_added)
    return EntityCount(
        key,
        found[0][1].label,
        name,
        tuple(sorted((alias for alias in names if alias != name), key=lambda alias: (-names[alias], alias))),
        total,
        tuple(article.id for article, _ in found),
        tuple(sorted(months.items())),
        first.id,
        _country(found[0][1]),
    )


def _added(article: Article) -> tuple[str, str]:
    return article.added, article.id


def _concerns(correction: Correction, article_id: str) -> bool:
    owner = correction.target.source if correction.target is not None else correction.article
    return owner in ("", article_id)


def _country(entity: Entity) -> str:
    from newstui.entities.linking import country_of

    return country_of(entity.name) if entity.label in ("GPE", "NORP") else ""
