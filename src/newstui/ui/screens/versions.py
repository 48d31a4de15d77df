"""The other versions of an article: copies that somebody edited, and its earlier revisions; with what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from newstui.errors import NewstuiError
from newstui.model import Article
from newstui.text.diffs import Piece as Change
from newstui.text.diffs import iter_around
from newstui.text.display import visible_lines
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

versions_commands: Commands[VersionsScreen] = Commands(filter_commands)
STYLES = {"same": "", "gone": "strike dim", "new": "bold underline"}
MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}


@dataclass(frozen=True, slots=True)
class Version:
    """A copy of an article (with how alike it is), or the article so many revisions ago."""

    article: Article
    likeness: float = 0.0
    back: int = 0


@dataclass
class VersionsFound(Message):
    """The versions a worker found."""

    versions: tuple[Version, ...]


@dataclass
class ChangesFound(Message):
    """What leads from the article to the version under the cursor."""

    version: Version
    changes: list[Change]


class VersionsScreen(ListScreen[Version]):
    """The versions above, and below them what differs in the one under the cursor; enter opens a copy.

    Args:
        desk: what the screens work with.
        article: whose versions.
    """

    DEFAULT_CSS = """
    VersionsScreen > VirtualList { height: 8; }
    VersionsScreen > #changes { height: 1fr; border-top: solid $rule; padding: 0 2; }
    VersionsScreen.-empty > #changes { display: none; }
    VersionsScreen #text { height: auto; }
    """
    commands = versions_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "half_page_down", "half_page_up", "sort", "help", "close_or_quit")

    def __init__(self, desk: Desk, article: Article) -> None:
        items: VirtualList[Version] = VirtualList(self._paint, key=lambda each: (each.article.id, each.back))
        super().__init__(desk, "versions", f"Versions of {article.title}", items)
        self.article = article
        self.text = Static("", id="text", markup=False)
        self._found: tuple[Version, ...] | None = None
        self._by_date = False

    def compose(self) -> ComposeResult:
        """Header, versions, what differs, status, hints."""
        yield self.header
        yield self.list
        with VerticalScroll(id="changes", can_focus=False):
            yield self.text
        yield self.empty
        yield StatusLine()
        yield KeyHints()

    def reload(self) -> None:
        """The versions whose title holds what was typed; a worker looks for them once."""
        if self._found is None:
            self.show_items([], "looking…", "Looking for copies of this article…")
            self.run_worker(self._look, thread=True, exclusive=True, group="versions")
            return
        wanted = self.query_text.casefold()
        found = [each for each in self._found if wanted in each.article.title.casefold()]
        if self._by_date:
            found.sort(key=lambda each: (each.article.published, each.article.id, each.back))
        why = "There is no other version of this article: no edited copy, and no earlier text."
        self.show_items(found, counted(len(found), "version"), why)

    def _look(self) -> None:
        try:
            copies = self.desk.workspace.comparing.alike(self.article.id)
        except NewstuiError:
            copies = []  # deleted meanwhile
        revisions = [Version(self.article, back=back) for back in range(1, len(self.article.earlier) + 1)]
        self.post_message(VersionsFound((*(Version(each.article, each.likeness) for each in copies), *revisions)))

    def on_versions_found(self, message: VersionsFound) -> None:
        """Show them."""
        self._found = message.versions
        self.reload()

    def on_virtual_list_item_highlighted(self, message: VirtualList.ItemHighlighted) -> None:
        """A worker compares the texts."""
        version = message.item
        if version is None:
            return
        comparing, article_id = self.desk.workspace.comparing, self.article.id

        def work() -> None:
            try:
                if version.back:
                    old, new = comparing.revision(article_id, version.back), comparing.revision(article_id)
                else:
                    old, new = comparing.revision(article_id), comparing.revision(version.article.id)
            except NewstuiError:
                return  # deleted meanwhile
            self.post_message(ChangesFound(version, list(iter_around(comparing.diff(old, new)))))

        self.run_worker(work, thread=True, exclusive=True, group="changes")

    def on_changes_found(self, message: ChangesFound) -> None:
        """Show what differs: gone and new by their signs, not by color alone."""
        if message.version != self.list.cursor_item:
            return
        parts = []
        for change in message.changes:
            before, after = MARKS[change.kind]
            parts.append((f"{before}{visible_lines(change.text)}{after}", STYLES[change.kind]))
        self.text.update(Content.assemble(*parts))
        self.query_one("#changes", VerticalScroll).scroll_home(animate=False)

    def _paint(self, version: Version, width: int) -> Sequence[Sequence[Piece]]:
        if version.back:
            what = f"{counted(version.back, 'revision')} ago"
            return [[(fit(what, width), "")]]
        facts = f"  {version.article.source}  {version.article.published}  {version.likeness:.0%} the same"
        return [[(fit(version.article.title, max(10, width - len(facts))), ""), (fit(facts, len(facts)), "muted")]]

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Read a copy."""
        version = message.item
        if version.back:
            self.say("An earlier text is shown below; only its differences can be read.")
            return
        app = self.app
        self.dismiss(None)
        app.post_message(OpenPassage(version.article.id))


@versions_commands("sort")
def sort(screen: VersionsScreen, stroke: Stroke) -> None:
    """Sort by likeness or by date."""
    screen._by_date = not screen._by_date
    screen.reload()


@versions_commands("half_page_down", "page_down")
def scroll_down(screen: VersionsScreen, stroke: Stroke) -> None:
    """Scroll what differs."""
    screen.query_one("#changes", VerticalScroll).scroll_page_down(animate=False)


@versions_commands("half_page_up", "page_up")
def scroll_up(screen: VersionsScreen, stroke: Stroke) -> None:
    """Scroll what differs back."""
    screen.query_one("#changes", VerticalScroll).scroll_page_up(animate=False)
