"""The names in an article or in the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from newstui.model import Article
from newstui.model.entity import LABELS
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dossier import DossierScreen
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.listing import open_item
from newstui.ui.screens.looking import Cancelled, look, tell_progress
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.model import EntityCount
    from newstui.services.exporting import Choice

SORTS = ("mentions", "name", "kind", "newest")
entities_commands: Commands[EntitiesScreen] = Commands(filter_commands)


class EntitiesScreen(ListScreen["EntityCount"]):
    """Entities with their kinds, counts and other names; enter opens what is known of one.

    Those of an article that no earlier one names have a dot; those of the library can be sorted by when they came.

    Args:
        desk: what the screens work with.
        article_id: only those of this article; None for the library.
    """

    commands = entities_commands
    hints: ClassVar[tuple[str, ...]] = (
        "open", "retype", "delete", "merge", "add_alias", "suggest", "filter_query", "sort", "undo", "help",
    )  # fmt: skip

    def __init__(self, desk: Desk, article_id: str | None) -> None:
        items: VirtualList[EntityCount] = VirtualList(self._paint, key=lambda entity: entity.key)
        article = desk.workspace.store.find(Article, article_id) if article_id else None
        super().__init__(desk, "entities", f"Names · {article.title}" if article else "Names in the library", items)
        self.article_id = article_id
        self.sort = SORTS[0]
        self._all: list[EntityCount] | None = None
        self._new: frozenset[str] = frozenset()
        self._since: dict[str, str] = {}

    def reload(self) -> None:
        """Look for names on a worker, for texts that are new take a while; then show what was typed."""
        if self._all is None and self.status is not None:
            self.status.place = "Looking for names ..."
        ids = [self.article_id] if self.article_id else None
        workspace = self.desk.workspace

        def find(cancelled: Cancelled) -> tuple[list[EntityCount], frozenset[str], dict[str, str]]:
            found = workspace.dossiers.index(ids, report=tell_progress(self, "Looking for names"), cancelled=cancelled)
            new = workspace.novelty.first_named(self.article_id, cancelled) if self.article_id else ()
            since = {article.id: article.added for article in workspace.store.all(Article)}
            return found, frozenset(each.key for each in new or ()), since

        look(self, "names", find, self._take)

    def _take(self, found: tuple[list[EntityCount], frozenset[str], dict[str, str]]) -> None:
        self._all, self._new, self._since = found
        self.show_matching()

    def show_matching(self) -> None:
        """The names that hold what was typed, in the order asked for."""
        wanted = self.query_text.strip().casefold()
        items = [
            each
            for each in self._all or ()
            if wanted in f"{each.name} {' '.join(each.aliases)} {each.label}".casefold()
        ]
        if self.sort == "name":
            items.sort(key=lambda each: each.name.casefold())
        elif self.sort == "kind":
            items.sort(key=lambda each: (LABELS.index(each.label), -each.mentions))
        elif self.sort == "newest":
            items.sort(key=lambda each: (each.key in self._new, self._since.get(each.first_seen, "")), reverse=True)
        why = "No name holds that.\n\nz x shows all." if wanted else "There are no names here."
        new = sum(each.key in self._new for each in items)
        said = f" · {new} new here ●" if new else ""
        self.show_items(items, f"{counted(len(items), 'name')}{said} · by {self.sort}", why)

    def _paint(self, each: EntityCount, width: int) -> Sequence[Sequence[Piece]]:
        room = max(12, min(36, width // 2))
        where = f" in {len(each.articles)}" if not self.article_id else ""
        figures = f"{each.mentions:>5}{where:<7}"
        also = fit(", ".join(each.aliases), max(0, width - room - 11 - len(figures)))
        kind: Piece = (f"  {each.label:<7}", "accent")
        new = f"{'●' if each.key in self._new else ' '} " if self.article_id else ""
        return [[(new, "accent"), (fit(each.name, room - len(new)), ""), kind, (f"{figures}  {also}", "muted")]]

    def prompt_done(self, name: str, text: str) -> None:
        """The kind or the spelling that was typed is the name's."""
        entity = self.list.cursor_item
        if entity is None:
            return
        if name == "alias":
            key, name, correcting = entity.key, entity.name, self.desk.workspace.correcting
            if text.strip():
                done = f"{text} means {name}; u takes it back."
                self.save(lambda: correcting.alias(text, key, name=name), lambda _: self.say(done, "ok"))
            return
        label = next((known for known in LABELS if known.startswith(text.strip().upper())), "") if text.strip() else ""
        if not label:
            self.say(f"There is no such kind; there are {', '.join(LABELS)}.", "error")
            return
        names, correcting = (entity.name, *entity.aliases), self.desk.workspace.correcting

        def work() -> None:
            correcting.correct_name("retype", *names, label=label, article_id=self.article_id or "")

        self.save(work, lambda _: self.say(f"{entity.name} is {label} now; u takes it back.", "ok"))

    def to_export(self) -> dict[str, Choice]:
        """The passages that name this one, whatever it is called in them."""
        entity = self.list.cursor_item
        if entity is None:
            return {}
        return {entity.name: replace(self.desk.workspace.exporting.everything(), about=("entity", entity.name))}

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Show all that is known of it."""
        entity: EntityCount = message.item
        self.app.push_screen(DossierScreen(self.desk, entity.key, entity.name))


@entities_commands("filter_query")
def filter_query(screen: EntitiesScreen, stroke: Stroke) -> None:
    """Filter while typing."""
    screen.open_prompt("filter", "=", screen.query_text, "part of a name, or a kind: person, org, gpe")


entities_commands("show_dossier")(open_item)


@entities_commands("sort")
def sort(screen: EntitiesScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.show_matching()


@entities_commands("retype")
def retype(screen: EntitiesScreen, stroke: Stroke) -> None:
    """Ask for the kind of the name."""
    entity = screen.list.cursor_item
    if entity is not None:
        screen.open_prompt("retype", f"{entity.name} is a:", "", ", ".join(LABELS).lower())


@entities_commands("delete")
def drop(screen: EntitiesScreen, stroke: Stroke) -> None:
    """Say that this is no name; undo takes it back."""
    entity = screen.list.cursor_item
    if entity is None:
        return
    names, correcting = (entity.name, *entity.aliases), screen.desk.workspace.correcting
    article = screen.article_id or ""

    def work() -> None:
        correcting.correct_name("drop", *names, article_id=article)

    screen.save(work, lambda _: screen.say(f"{entity.name} is not marked any more; u takes it back.", "ok"))


@entities_commands("add_alias")
def add_alias(screen: EntitiesScreen, stroke: Stroke) -> None:
    """Ask for another spelling of the name."""
    entity = screen.list.cursor_item
    if entity is not None:
        screen.open_prompt("alias", f"{entity.name} is also written:", "", "a name as it stands in the articles")


@entities_commands("merge")
def merge(screen: EntitiesScreen, stroke: Stroke) -> None:
    """The marked names are the one under the cursor."""
    entity = screen.list.cursor_item
    others = [each for each in screen.list.items if each.key in screen.list.marked and each is not entity]
    if entity is None or not others:
        screen.say("Mark names with space first, then M on the one that they all are.")
        return
    correcting = screen.desk.workspace.correcting

    def work() -> None:
        for other in others:
            correcting.merge(other.key, entity.key, name=other.name, into_name=entity.name)

    names = ", ".join(other.name for other in others)
    screen.save(work, lambda _: screen.say(f"{names}: {entity.name} now; u takes it back.", "ok"))
    screen.list.clear_marks()


@entities_commands("suggest")
def suggest(screen: EntitiesScreen, stroke: Stroke) -> None:
    """List names that may mean the same."""
    from newstui.ui.screens.suggestions import SuggestionsScreen

    screen.app.push_screen(SuggestionsScreen(screen.desk))
