"""Tags: what is used, what may be meant, and changes over the whole library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, Tag
from newstui.text.display import is_harmless

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

Tagged = Annotation | Article
"""What can carry tags."""


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag, how many passages and articles carry it, and when one was last given it (UTC)."""

    name: str
    count: int
    last_used: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that may be meant, and why: `recent`, `prefix`, `within`, `fuzzy` or `new tag`."""

    name: str
    count: int
    reason: str


def normalize_tag(name: str) -> str:
    """A tag as it is kept: without `#`, outer blanks, and blanks around its slashes.

    Raises:
        UsageError: nothing is left, or a character of it could act on a terminal.
    """
    parts = [" ".join(part.split()) for part in name.strip().lstrip("#").split("/")]
    tag = "/".join(part for part in parts if part)
    if not tag:
        raise UsageError("A tag needs at least one letter.")
    if not is_harmless(tag):
        raise UsageError(f"The tag {tag!r} holds a control character; type it without.")
    return tag


def unite_tags(*groups: Iterable[str]) -> tuple[str, ...]:
    """Tags of all groups, normalized, each once, in the order they come."""
    return tuple(dict.fromkeys(normalize_tag(tag) for group in groups for tag in group))


def is_within(tag: str, parent: str) -> bool:
    """Whether a tag is the parent or lies below it, compared without case."""
    tag, parent = tag.casefold(), parent.casefold()
    return tag == parent or tag.startswith(parent + "/")


class Tagging:
    """The tags of one library."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._uses: tuple[int, list[TagUse]] = (-1, [])

    def uses(self) -> list[TagUse]:
        """All tags in use or described, the most used first."""
        if self._uses[0] != self._store.version:
            self._uses = (self._store.version, self._count())
        return self._uses[1]

    def suggest(self, typed: str, *, given: Sequence[str] = (), limit: int = 8) -> list[Suggestion]:
        """Tags that may be meant: exact, then beginning so, then holding it, then misspelled; recent ones first.

        Args:
            typed: what stands in the field; empty asks for the tags used last.
            given: tags that are already there and are left out.
            limit: how many at most; a new tag comes last, in addition.
        """
        left_out = {tag.casefold() for tag in given}
        uses = [use for use in self.uses() if use.name.casefold() not in left_out]
        wanted = typed.strip().lstrip("#").casefold()
        if not wanted:
            recent = sorted(uses, key=lambda use: use.last_used, reverse=True)
            return [Suggestion(use.name, use.count, "recent") for use in recent[:limit]]
        tiers: dict[str, list[TagUse]] = {"exact": [], "prefix": [], "within": []}
        rest = []
        for use in uses:
            name = use.name.casefold()
            if name == wanted:
                tiers["exact"].append(use)
            elif name.startswith(wanted) or any(part.startswith(wanted) for part in name.split("/")):
                tiers["prefix"].append(use)
            elif wanted in name:
                tiers["within"].append(use)
            else:
                rest.append(use)
        found = [Suggestion(use.name, use.count, reason) for reason, tier in tiers.items() for use in tier]
        if len(found) < limit and len(wanted) > 2:
            found += _misspelled(wanted, rest, limit - len(found))
        found = found[:limit]
        if not any(s.reason == "exact" for s in found) and wanted not in left_out:
            found.append(Suggestion(typed.strip().lstrip("#"), 0, "new tag"))
        return found

    def rename(self, old: str, new: str) -> Transaction:
        """Rename a tag and all below it, on every passage and article; an existing name merges the two.

        Raises:
            NotFoundError: nothing carries the tag.
        """
        old, new = normalize_tag(old), normalize_tag(new)
        return self._replace(f"Rename tag #{old} to #{new}", old, new)

    def merge(self, tags: Sequence[str], into: str) -> Transaction:
        """Give `into` to everything that carries one of the tags, and drop them."""
        into = normalize_tag(into)
        changed: dict[str, Tagged] = {}
        for tag in tags:
            changed |= {record.id: record for record in self._replaced(normalize_tag(tag), into, changed)}
        return self._store.commit(f"Merge {len(tags)} tags into #{into}", changed.values())

    def delete(self, tag: str) -> Transaction:
        """Take a tag and all below it off everything."""
        tag = normalize_tag(tag)
        return self._replace(f"Delete tag #{tag}", tag, "")

    def _replace(self, label: str, old: str, new: str) -> Transaction:
        changed = self._replaced(old, new, {})
        if not changed:
            raise NotFoundError(f"Nothing is tagged #{old}.")
        return self._store.commit(label, changed)

    def _replaced(self, old: str, new: str, changed: dict[str, Tagged]) -> list[Tagged]:
        result: list[Tagged] = []
        tagged: list[Tagged] = [*self._store.all(Annotation), *self._store.all(Article)]
        for record in tagged:
            current = changed.get(record.id, record)
            if not any(is_within(tag, old) for tag in current.tags):
                continue
            tags = [(new + tag[len(old) :] if new else "") if is_within(tag, old) else tag for tag in current.tags]
            result.append(replace(current, tags=tuple(dict.fromkeys(tag for tag in tags if tag))))
        return result

    def _count(self) -> list[TagUse]:
        counts: dict[str, int] = {}
        last: dict[str, str] = {}
        for note in self._store.all(Annotation):
            for tag in note.tags:
                counts[tag] = counts.get(tag, 0) + 1
                last[tag] = max(last.get(tag, ""), note.modified)
        for article in self._store.all(Article):
            for tag in article.tags if not article.deleted else ():
                counts[tag] = counts.get(tag, 0) + 1
                last[tag] = max(last.get(tag, ""), article.added)
        for described in self._store.all(Tag):
            counts.setdefault(described.name, 0)
        uses = [TagUse(name, count, last.get(name, "")) for name, count in counts.items()]
        return sorted(uses, key=lambda use: (-use.count, use.name.casefold()))


def _misspelled(wanted: str, uses: Sequence[TagUse], limit: int) -> list[Suggestion]:
    from rapidfuzz import fuzz, process

    parts = [(part, use) for use in uses for part in {use.name.casefold(), *use.name.casefold().split("/")}]
    words = [part for part, _ in parts]
    found = process.extract(wanted, words, scorer=fuzz.ratio, score_cutoff=60, limit=2 * limit)
    near = dict.fromkeys(parts[at][1] for _, _, at in found)
    return [Suggestion(use.name, use.count, "fuzzy") for use in near][:limit]
