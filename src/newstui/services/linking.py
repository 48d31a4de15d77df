"""Links between passages: one supports another, contradicts it, or whatever kind the user names."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Link
from newstui.store import now
from newstui.text.display import is_harmless

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

KINDS = ("supports", "contradicts", "see also")
"""Kinds of links that are always offered; a user may name others."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link of a passage; `outgoing` says that the link begins at the passage asked for."""

    kind: str
    annotation: Annotation
    outgoing: bool

    @property
    def words(self) -> str:
        """The relation as seen from the passage asked for: `supports →`, `← contradicts`."""
        return f"{self.kind} →" if self.outgoing else f"← {self.kind}"


class Linking:
    """The links of one library; they are kept with the passage they begin at."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kinds(self) -> list[str]:
        """The kinds of links that may be meant, the user's own by how often they were used."""
        used = Counter(link.kind for note in self._linked() for link in note.links)
        return [*KINDS, *(kind for kind, _ in used.most_common() if kind not in KINDS)]

    def link(self, from_id: str, to_id: str, kind: str) -> Transaction:
        """Link a passage to another one; the same link twice is one.

        Raises:
            UsageError: they are the same passage, or the kind has no name.
            NotFoundError: one of them is not there.
        """
        kind = " ".join(kind.split())
        if not kind or not is_harmless(kind):
            raise UsageError("A link needs a kind: supports, contradicts, see also, or a word of your own.")
        if from_id == to_id:
            raise UsageError("A passage cannot be linked to itself; go to another one first.")
        before, other = self._store.get(Annotation, from_id), self._store.get(Annotation, to_id)
        link = Link(kind, other.id)
        if link in before.links:
            return self._store.commit(f"Link passages: {kind}")
        after = replace(before, links=(*before.links, link), modified=now())
        return self._store.commit(f"Link passages: {kind}", [after])

    def unlink(self, one_id: str, other_id: str) -> Transaction:
        """Take away all links between two passages, whichever way they go.

        Raises:
            NotFoundError: there is none.
        """
        changed = []
        for here, there in ((one_id, other_id), (other_id, one_id)):
            note = self._store.get(Annotation, here)
            kept = tuple(link for link in note.links if link.to != there)
            if kept != note.links:
                changed.append(replace(note, links=kept, modified=now()))
        if not changed:
            raise NotFoundError("These passages are not linked.")
        return self._store.commit("Unlink passages", changed)

    def of(self, annotation_id: str) -> list[Linked]:
        """The passages a passage is linked to or from; a link to one that is gone is left out."""
        self._store.get(Annotation, annotation_id)
        return self.all().get(annotation_id, [])

    def all(self) -> dict[str, list[Linked]]:
        """Every passage that is linked, by id, with its links as `of` has them: first those that begin at it."""
        ahead: defaultdict[str, list[Linked]] = defaultdict(list)
        back: defaultdict[str, list[Linked]] = defaultdict(list)
        for note in self._linked():
            for link in note.links:
                other = self._store.find(Annotation, link.to)
                if other is not None:
                    ahead[note.id].append(Linked(link.kind, other, outgoing=True))
                    back[other.id].append(Linked(link.kind, note, outgoing=False))
        return {id_: ahead[id_] + back[id_] for id_ in {**ahead, **back}}

    def _linked(self) -> list[Annotation]:
        """The passages that links begin at, a few of many."""
        return self._store.having(Annotation, "links")
