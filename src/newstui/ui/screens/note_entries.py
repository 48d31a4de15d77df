"""The rows of a list of highlights: grouped and sorted, and followed through a change without arranging them anew."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.model import Annotation, Article
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.config import Config
    from newstui.model import Entity
    from newstui.store import Change
    from newstui.workspace import Workspace

SORTS = ("article", "newest", "oldest", "tag", "color", "date", "note", "entity")
"""What the list is grouped and sorted by; `date` is that of the article."""

Key = tuple[str, str]
"""An annotation's id, empty for a heading, and the name of its group."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotation of an article; or with neither, the heading of a group, with facts beside it."""

    article: Article | None
    annotation: Annotation | None = None
    heading: str = ""
    facts: str = ""
    group: str = ""

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.annotation.id if self.annotation is not None else "", self.group


@dataclass(slots=True)
class Entries:
    """The rows with their keys, how many highlights they show, and how many of those have a note."""

    rows: list[Entry]
    keys: list[Key]
    highlights: int = 0
    notes: int = 0

    def replace(self, before: Annotation, after: Annotation | None) -> bool:
        """Show a highlight as it is now, or no more; whether it was shown at all. Its groups stay as they were."""
        numbers = self._numbers(before)
        for number in reversed(numbers):
            if after is not None:
                self.rows[number] = replace(self.rows[number], annotation=after)
                continue
            alone = self.keys[number - 1 : number] and not self.keys[number - 1][0]
            alone = alone and (number + 1 == len(self.keys) or not self.keys[number + 1][0])
            del self.rows[number - bool(alone) : number + 1]
            del self.keys[number - bool(alone) : number + 1]
        if numbers:
            self.highlights -= after is None
            self.notes += (after is not None and after.note != "") - (before.note != "")
        return bool(numbers)

    def _numbers(self, note: Annotation) -> list[int]:
        """The rows of a highlight: one where they are grouped by article, else one in each of its groups."""
        with contextlib.suppress(ValueError):
            return [self.keys.index((note.id, note.article))]
        return [number for number, key in enumerate(self.keys) if key[0] == note.id]

    def insert(self, note: Annotation) -> bool:
        """Show one more highlight where they are grouped by article; whether its article is shown already."""
        try:
            number = self.keys.index(("", note.article)) + 1
        except ValueError:
            return False
        article = self.rows[number].article
        while number < len(self.rows):
            other = self.rows[number].annotation
            if other is None or _place(other) > _place(note):
                break
            number += 1
        entry = Entry(article, note, group=note.article)
        self.rows.insert(number, entry)
        self.keys.insert(number, entry.key)
        self.highlights += 1
        self.notes += note.note != ""
        return True

    def follow(self, changes: Sequence[Change], wanted: Collection[str] | None = None) -> bool:
        """Show what became of some highlights, grouped by article; whether that is all there is to do.

        Args:
            changes: of annotations.
            wanted: only highlights of these articles are shown; None for all.
        """
        exact = True
        for change in changes:
            before = change.before if isinstance(change.before, Annotation) else None
            after = change.after if isinstance(change.after, Annotation) else None
            here = after is not None and (wanted is None or after.article in wanted)
            moved = before is not None and after is not None and _stands(before) != _stands(after)
            if before is not None:
                shown = self.replace(before, after if here and not moved else None)
                exact &= shown or not here
            if after is not None and here and (before is None or moved):
                exact &= self.insert(after)
        return exact


def _place(note: Annotation) -> tuple[int, str]:
    return note.target.position.start, note.id


def _stands(note: Annotation) -> tuple[str, int]:
    return note.article, note.target.position.start


def arrange(
    notes: Sequence[Annotation],
    sort: str,
    workspace: Workspace,
    config: Config,
    cancelled: Callable[[], bool] = lambda: False,
) -> Entries:
    """Highlights in groups with a heading each; where an order needs no groups there are none.

    Args:
        notes: article by article in the order of the text.
        sort: one of `SORTS`.
        workspace: where their articles are, and the names in them.
        config: has the names of the colors.
        cancelled: asked between two highlights; names may have to be looked for.
    """
    store = workspace.store
    rows: list[Entry] = []
    if sort in ("newest", "oldest"):
        ordered = sorted(notes, key=lambda note: note.modified, reverse=sort == "newest")
        rows = [Entry(store.get(Article, note.article), note) for note in ordered]
    else:
        groups: dict[tuple[object, ...], list[Annotation]] = {}
        for note in notes:
            if cancelled():
                break
            for key in _groups(note, sort, workspace, config):
                groups.setdefault(key, []).append(note)
        for key in sorted(groups, key=lambda key: key[:-1], reverse=sort == "article"):
            name = str(key[-1])
            heading, facts = name, counted(len(groups[key]), "highlight")
            if sort == "article":
                article = store.get(Article, name)
                heading, facts = article.title, " · ".join(p for p in (article.source, article.published) if p)
            rows.append(Entry(None, None, heading, facts, name))
            rows += [Entry(store.get(Article, note.article), note, group=name) for note in groups[key]]
    return Entries(rows, [entry.key for entry in rows], len(notes), sum(note.note != "" for note in notes))


def _groups(note: Annotation, sort: str, workspace: Workspace, config: Config) -> list[tuple[object, ...]]:
    """The groups of an annotation: what they are sorted by, and last their name."""
    article = workspace.store.get(Article, note.article)
    if sort == "article":
        return [(article.published, article.id, article.id)]
    if sort == "tag":
        return [(False, tag.casefold(), f"#{tag}") for tag in note.tags] or [(True, "", "without a tag")]
    if sort == "color":
        return [(note.color or 1, config.color_name(note.color))]
    if sort == "date":
        return [(article.published[:7] or "~", article.published[:7] or "without a date")]
    if sort == "note":
        return [(not note.note, "with a note" if note.note else "without a note")]
    names = [entity.name for entity in _entities(note, workspace)]
    return [(False, name.casefold(), name) for name in names] or [(True, "", "without a name")]


def _entities(note: Annotation, workspace: Workspace) -> list[Entity]:
    """The names in a passage, each once."""
    found = workspace.dossiers.entities(note.article)
    return [each for each in found if any(mention.span.overlaps(note.span) for mention in each.mentions)]
