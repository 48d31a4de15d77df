"""Correcting names: what is marked in texts, and what the names mean; each correction is one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.errors import UsageError
from newstui.model import Article, Correction, Span
from newstui.model.entity import LABELS
from newstui.services.annotating import build_target
from newstui.store import new_id, now
from newstui.text.hygiene import clean_line

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

_VERBS = {"drop": "Not a name", "retype": "{label} now", "add": "New {label}", "bounds": "New bounds"}


class Correcting:
    """What a user says about the names of one library, kept apart from what is found.

    Args:
        store: the library.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def correct_mention(self, action: str, article_id: str, span: Span, *, label: str = "") -> Transaction:
        """Correct one mention.

        Args:
            action: it is none (`drop`), of another kind (`retype`), was missed (`add`), or has these bounds (`bounds`).
            article_id: where it stands.
            span: its range; for `bounds` the new one.
            label: the kind it is.

        Raises:
            UsageError: the action or the kind is not known, or the range is no passage of the article.
        """
        _check(action, label, needs_label=action != "drop")
        article = self._store.get(Article, article_id)
        text = self._store.text(article.text)
        if not 0 <= span.start < span.end <= len(text):
            raise UsageError(f"Characters {span.start} to {span.end} are no passage of the article.")
        place = build_target(article, text, span)
        said = Correction(new_id(), action, span.slice(text), label, target=place, created=now())
        return self._commit(said)

    def correct_name(
        self, action: str, surface: str, *others: str, label: str = "", article_id: str = "", into: str = ""
    ) -> Transaction:
        """Correct a name wherever it stands, in one article or in the library.

        Args:
            action: `drop`, `retype`, `add`, or `bounds`.
            surface: the name as it is written.
            others: more names, corrected in the same step.
            label: the kind it is, for `retype` and `add`.
            article_id: in this article only; empty for the library.
            into: the words that the name really is, for `bounds`.

        Raises:
            UsageError: the action or the kind is not known, or the name is empty.
        """
        _check(action, label, needs_label=action in ("retype", "add"))
        name, words = surface.strip(), into.strip()
        names = [name, *(other.strip() for other in others)]
        if not all(names) or (action == "bounds" and not words):
            raise UsageError("Which name? Give it as it is written.")
        if action == "bounds" and not (words in name or name in words):
            raise UsageError(f"{words!r} neither lies in {name!r} nor holds it.")
        said = [Correction(new_id(), action, each, label, article_id, into=words, created=now()) for each in names]
        return self._commit(*said)

    def merge(self, key: str, into: str, *, name: str = "", into_name: str = "") -> Transaction:
        """Two things of the library are one, from now on under the second's key."""
        if key == into:
            raise UsageError("These are one already.")
        label, _, folded = key.partition(":")
        said = Correction(new_id(), "merge", folded, label, into=into, created=now())
        return self._store.commit(f"Merge: {name or folded} is {into_name or into.partition(':')[2]}", [said])

    def split(self, key: str, surface: str) -> Transaction:
        """A spelling does not mean this thing; it stands for itself from now on."""
        said = Correction(new_id(), "split", surface.strip(), into=key, created=now())
        return self._store.commit(f"Split off: {clean_line(said.surface)}", [said])

    def alias(
        self, surface: str, into: str, *, name: str = "", article_id: str = "", span: Span | None = None
    ) -> Transaction:
        """A name means this thing, called so in the history: in the library, in one article, or at one place of it."""
        place = None
        if span is not None:
            article = self._store.get(Article, article_id)
            text = self._store.text(article.text)
            place = build_target(article, text, span)
            surface = span.slice(text)
        if not surface.strip():
            raise UsageError("Which name? Give it as it is written.")
        said = Correction(
            new_id(), "alias", surface.strip(), article="" if place else article_id, target=place, into=into,
            created=now(),
        )  # fmt: skip
        return self._store.commit(f"Alias: {clean_line(said.surface)} is {name or into.partition(':')[2]}", [said])

    def distinguish(self, one: str, other: str) -> Transaction:
        """Two things are not the same, however alike their names; they are not suggested again."""
        said = Correction(new_id(), "distinct", one, into=other, created=now())
        return self._store.commit(f"Not the same: {one.partition(':')[2]}, {other.partition(':')[2]}", [said])

    def _commit(self, said: Correction, *more: Correction) -> Transaction:
        verb = _VERBS[said.action].format(label=said.label)
        return self._store.commit(f"{verb}: {clean_line(said.surface)}", [said, *more])


def _check(action: str, label: str, *, needs_label: bool) -> None:
    if action not in _VERBS:
        raise UsageError(f"There is no correction {action!r}; there are {', '.join(_VERBS)}.")
    if (needs_label or label) and label not in LABELS:
        raise UsageError(f"There is no kind {label!r}; there are {', '.join(LABELS)}.")
