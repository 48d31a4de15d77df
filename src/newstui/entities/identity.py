"""What the names of a document mean in the whole library, after what a user said: merged, split off, or another name.

The same label and folded name is the same thing, unless a user said otherwise; likeness alone never joins two things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newstui.entities.corrections import place_of
from newstui.entities.linking import build_entity, fold_name
from newstui.model import Article, Correction, Entity, Mention


class Identities:
    """What a user said about things: `merge`, `split`, `alias` and `distinct`.

    Args:
        corrections: of the library; their ids tell which is newer.
    """

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._merged: dict[str, str] = {}
        self._split: dict[tuple[str, str], bool] = {}
        self._aliases: dict[tuple[str, str], str] = {}
        self._places: dict[str, list[Correction]] = defaultdict(list)
        self._distinct: set[frozenset[str]] = set()
        for each in sorted(corrections, key=lambda correction: correction.id):
            self._take(each)

    def _take(self, said: Correction) -> None:
        name = fold_name(said.surface)
        if said.action == "merge":
            key = f"{said.label}:{name}"
            if self.root(said.into) != key:
                self._merged[key] = said.into
            self._distinct.discard(frozenset((key, said.into)))
        elif said.action == "split":
            self._split[said.into, name] = True
            self._aliases = {known: into for known, into in self._aliases.items() if known[1] != name}
            self._merged.pop(f"{said.into.partition(':')[0]}:{name}", None)
        elif said.action == "alias" and said.target is not None:
            self._places[said.target.source].append(said)
        elif said.action == "alias":
            self._aliases[said.article, name] = said.into
            self._split.pop((said.into, name), None)
        elif said.action == "distinct":
            self._distinct.add(frozenset((said.surface, said.into)))

    def root(self, key: str) -> str:
        """The key a thing goes by after all merges."""
        seen = {key}
        while key in self._merged and self._merged[key] not in seen:
            key = self._merged[key]
            seen.add(key)
        return key

    def are_distinct(self, one: str, other: str) -> bool:
        """Whether a user said that these two are not the same."""
        return frozenset((one, other)) in self._distinct

    def resolve(self, article: Article, text: str, entities: Sequence[Entity]) -> list[Entity]:
        """The entities of a document by the keys they have in the library, the most mentioned first."""
        placed = {
            span: said.into for said in self._places[article.id] if (span := place_of(article, text, said)) is not None
        }
        groups: dict[str, list[Mention]] = defaultdict(list)
        for entity in entities:
            for mention in entity.mentions:
                meant = placed.get(mention.span) or self._meant(article.id, entity, mention, text)
                groups[self.root(meant)].append(mention)
        resolved = [
            build_entity(sorted(mentions, key=lambda mention: mention.start), text, key=key)
            for key, mentions in groups.items()
        ]
        return sorted(resolved, key=lambda entity: (-len(entity.mentions), entity.mentions[0].start))

    def _meant(self, article_id: str, entity: Entity, mention: Mention, text: str) -> str:
        name = fold_name(mention.span.slice(text))
        for scope in (article_id, ""):
            if (scope, name) in self._aliases:
                return self._aliases[scope, name]
        if (self.root(entity.key), name) in self._split or (entity.key, name) in self._split:
            return f"{mention.label}:{name}"
        return entity.key
