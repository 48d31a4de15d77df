"""Views: queries kept under a name, as folders that fill themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article, SavedSearch
from newstui.store import new_id

if TYPE_CHECKING:
    from newstui.store import Store, Transaction

BUILT_IN = {
    "All articles": "",
    "Inbox": "-is:archived",
    "Unread": "is:unread",
    "Starred": "is:starred",
    "Archive": "is:archived",
    "Trash": "is:trashed",
}
"""Views that are always there, and their queries."""


@dataclass(frozen=True, slots=True)
class View:
    """A query under a name; `id` is empty for a built-in one, and for a collection."""

    name: str
    query: str
    id: str = ""
    is_collection: bool = False


def collection_query(name: str) -> str:
    """The query that lists a collection."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'collection="{escaped}"'


class Views:
    """The views of one library.

    Args:
        store: the library.
        count: how many articles a query finds.
    """

    def __init__(self, store: Store, count: Callable[[str], int]) -> None:
        self._store = store
        self.count = count

    def all(self) -> Sequence[View]:
        """The built-in views, then the user's own by name."""
        own = [View(saved.name, saved.query, saved.id) for saved in self._store.all(SavedSearch)]
        built_in = [View(name, query) for name, query in BUILT_IN.items()]
        return [*built_in, *sorted(own, key=lambda view: view.name.casefold())]

    def collections(self) -> Sequence[View]:
        """The collections as views, by name; every article that lies in one is read for it."""
        found = {name for each in self._store.having(Article, "collections") for name in each.collections}
        return [View(name, collection_query(name), is_collection=True) for name in sorted(found, key=str.casefold)]

    def find(self, name: str) -> View:
        """The view with this name, compared without case.

        Raises:
            NotFoundError: there is none.
        """
        wanted = name.strip().casefold()
        found = next((view for view in self.all() if view.name.casefold() == wanted), None)
        if found is None:
            raise NotFoundError(f"No view is called {name!r}; there are {', '.join(view.name for view in self.all())}.")
        return found

    def save(self, name: str, query: str) -> Transaction:
        """Keep a query under a name; one of the same name is replaced.

        Raises:
            UsageError: there is no name, or it is that of a built-in view.
        """
        name, query = " ".join(name.split()), query.strip()
        if not name:
            raise UsageError("A view needs a name.")
        if name.casefold() in (built_in.casefold() for built_in in BUILT_IN):
            raise UsageError(f"{name} is always there; take another name.")
        same = [saved for saved in self._store.all(SavedSearch) if saved.name.casefold() == name.casefold()]
        kept = replace(same[0], name=name, query=query) if same else SavedSearch(new_id(), name, query)
        return self._store.commit(f"Save view {name}", [kept])

    def remove(self, name: str) -> Transaction:
        """Forget a view; its articles stay.

        Raises:
            NotFoundError: there is none of this name.
            UsageError: it is a built-in one.
        """
        view = self.find(name)
        if not view.id:
            raise UsageError(f"{view.name} is always there.")
        return self._store.commit(f"Remove view {view.name}", remove=[self._store.get(SavedSearch, view.id)])
