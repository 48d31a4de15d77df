"""Tags: what is used, and what may be meant by what is typed."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.errors import UsageError
from newstui.services.tag_index import TagIndex, TagUse
from newstui.text.display import is_harmless

if TYPE_CHECKING:
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that may be meant, and why: `alike`, `recent`, `exact`, `prefix`, `within`, `fuzzy` or `new tag`.

    `alike` says that similar passages have it.
    """

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


def change_tags(tags: Iterable[str], add: Iterable[str], drop: Iterable[str]) -> tuple[str, ...]:
    """Tags with some more behind them and others taken off."""
    dropped = set(unite_tags(drop))
    return tuple(tag for tag in dict.fromkeys((*tags, *unite_tags(add))) if tag not in dropped)


def describe_change(add: Iterable[str], drop: Iterable[str]) -> str:
    """What `change_tags` does, in a few signs: `#new -#old`."""
    return " ".join([*(f"#{tag}" for tag in unite_tags(add)), *(f"-#{tag}" for tag in sorted(unite_tags(drop)))])


def harmless_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that can be tags here; what a file calls a tag and is none is left out."""
    found = []
    for tag in tags:
        try:
            found.append(normalize_tag(tag))
        except UsageError:
            continue
    return tuple(dict.fromkeys(found))


def is_within(tag: str, parent: str) -> bool:
    """Whether a tag is the parent or lies below it, compared without case."""
    tag, parent = tag.casefold(), parent.casefold()
    return tag == parent or tag.startswith(parent + "/")


class Tagging:
    """The tags of one library."""

    def __init__(self, store: Store) -> None:
        self.index = TagIndex(store)
        self._parts: tuple[list[TagUse], list[str], list[TagUse]] = ([], [], [])
        """Spellings to compare with, and whose they are, for one list of uses."""

    def uses(self) -> list[TagUse]:
        """All tags in use or described, the most used first."""
        return self.index.uses()

    def tree(self) -> list[tuple[TagUse, int]]:
        """All tags and their parents as `TagIndex.tree` has them."""
        return self.index.tree()

    def suggest(
        self, typed: str, *, given: Sequence[str] = (), alike: Sequence[str] = (), limit: int = 8
    ) -> list[Suggestion]:
        """Tags that may be meant: exact, then beginning so, then holding it, then misspelled; recent ones first.

        Args:
            typed: what stands in the field; empty asks for the tags used last.
            given: tags that are already there and are left out.
            alike: tags of similar passages; they come first among those that fit what is typed equally well.
            limit: how many at most; a new tag comes last, in addition.
        """
        left_out = {tag.casefold() for tag in given}
        uses = self.uses()
        wanted = typed.strip().lstrip("#").casefold()
        if not wanted:
            found = [Suggestion(u.name, u.count, "alike") for u in self._named(alike) if u.folded not in left_out]
            left_out |= {tag.casefold() for tag in alike}
            recent = heapq.nlargest(limit + len(left_out), uses, key=lambda use: use.last_used)
            found += [Suggestion(u.name, u.count, "recent") for u in recent if u.folded not in left_out]
            return found[:limit]
        exact: list[TagUse] = []
        prefix: list[TagUse] = []
        within: list[TagUse] = []
        begun = "/" + wanted
        for use in uses:
            if wanted not in use.folded:
                continue
            path = "/" + use.folded
            tier = exact if path == begun else prefix if begun in path else within
            tier.append(use)
        if alike:
            prefix.sort(key=lambda use: use.name not in alike)
            within.sort(key=lambda use: use.name not in alike)
        tiers = (("exact", exact), ("prefix", prefix), ("within", within))
        found = [Suggestion(u.name, u.count, why) for why, tier in tiers for u in tier if u.folded not in left_out]
        if len(found) < limit and len(wanted) > 2:
            known = {*left_out, *(suggestion.name.casefold() for suggestion in found)}
            near = self._near(wanted, limit + len(known))
            found += [Suggestion(use.name, use.count, "fuzzy") for use in near if use.folded not in known]
        found = found[:limit]
        if not exact and wanted not in left_out:
            found.append(Suggestion(typed.strip().lstrip("#"), 0, "new tag"))
        return found

    def _named(self, names: Sequence[str]) -> list[TagUse]:
        found = {use.name: use for use in self.uses() if use.name in names}
        return [found[name] for name in names if name in found]

    def _near(self, wanted: str, limit: int) -> list[TagUse]:
        """Tags that are spelled nearly so, as a whole or in one part."""
        from rapidfuzz import fuzz, process

        uses = self.uses()
        if self._parts[0] is not uses:
            parts = [(part, use) for use in uses for part in dict.fromkeys([use.folded, *use.folded.split("/")])]
            self._parts = (uses, [part for part, _ in parts], [use for _, use in parts])
        _, words, owners = self._parts
        found = process.extract(wanted, words, scorer=fuzz.ratio, score_cutoff=60, limit=2 * limit)
        return list(dict.fromkeys(owners[at] for _, _, at in found))[:limit]
