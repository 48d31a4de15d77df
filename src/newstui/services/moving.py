"""Moving highlights to another article that has their words: from one copy of a story to another, say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import LibraryDamagedError, NotFoundError, UsageError
from newstui.model import Annotation, Article
from newstui.services.annotating import build_target
from newstui.store import now
from newstui.text.anchoring import Revision
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.services.catalog import Catalog
    from newstui.store import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of highlights that were to be moved: `there` is where they are now, `left` stayed."""

    article: Article
    there: tuple[Annotation, ...]
    left: tuple[Annotation, ...]

    @property
    def words(self) -> str:
        """A sentence about it, without its full stop."""
        said = f"Moved {counted(len(self.there), 'highlight')} to {self.article.title}"
        changed = sum(note.state.value == "changed" for note in self.there)
        said += f"; the words of {changed} differ there" if changed else ""
        return said + (f"; {len(self.left)} stayed, for their words are not there" if self.left else "")


class Moving:
    """Moves highlights of one library.

    Args:
        store: the library.
        catalog: finds articles by what someone types.
    """

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog

    def find_article(self, typed: str) -> Article:
        """The one article that is meant: by its reference, its title, or a query that finds no other.

        Raises:
            NotFoundError: none is, or several are.
        """
        typed = typed.strip()
        if typed:
            try:
                return self._catalog.article(typed)
            except NotFoundError:
                pass
        found = self._catalog.rows(typed) if typed else []
        titled = [row.article for row in found if row.article.title.casefold() == typed.casefold()]
        if len(titled) == 1:
            return titled[0]
        if len(found) == 1:
            return found[0].article
        raise NotFoundError(
            f"{len(found):,} articles are found by {typed!r}; give the title or the reference of one."
            if found
            else f"No article is found by {typed!r}."
        )

    def move(self, annotation_ids: Iterable[str], article_id: str) -> Moved:
        """Move highlights to the same words in another article, in one step; those that are not found stay.

        Words that differ a little there are found too; such a highlight is marked as changed, to be looked at.

        Raises:
            UsageError: none of them is found there; then nothing was changed.
        """
        article = self._store.get(Article, article_id)
        notes = [self._store.get(Annotation, id_) for id_ in annotation_ids]
        there, left = self._find(article, [note for note in notes if note.article != article_id])
        if not there:
            raise UsageError(f"None of these passages stands in {article.title!r}; nothing was moved.")
        self._store.commit(f"Move {counted(len(there), 'highlight')} to another article", there)
        return Moved(article, tuple(there), tuple(left))

    def _find(self, article: Article, notes: Sequence[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
        """The highlights as they would be in an article, and those that have no place there."""
        body = self._store.text(article.text)
        revisions: dict[str, Revision] = {}
        there, left = [], []
        for note in notes:
            target = note.target
            if target.text not in revisions:
                revisions[target.text] = Revision(body, self._text(target.text))
            quote, position = target.quote, target.position
            found = revisions[target.text].find(quote.exact, quote.prefix, quote.suffix, position.start, position.end)
            if found.span is None:
                left.append(note)
                continue
            there.append(
                replace(
                    note,
                    target=build_target(article, body, found.span),
                    state=found.state,
                    confidence=found.confidence,
                    anchored_from=None,
                    modified=now(),
                )
            )
        return there, left

    def _text(self, sha256: str) -> str | None:
        try:
            return self._store.text(sha256)
        except (LibraryDamagedError, NotFoundError):
            return None  # the words of a passage are enough to find it
