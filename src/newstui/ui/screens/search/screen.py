"""One search over everything, as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from newstui.model import Article
from newstui.text.display import visible
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.search.arranging import GROUPS, Found, arrange, paint_hit
from newstui.ui.screens.search.commands import search_commands
from newstui.ui.widgets.prompt import PromptRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList

if TYPE_CHECKING:
    from newstui.services.hits import Hit, HitKind, SearchResult
    from newstui.ui.widgets.prompt import PromptChanged

LIMIT = 100
PREVIEW = 420
"""Code points of the text around a hit."""
PREVIEW_FROM = 30
"""From this many rows of screen on they are shown."""
SCOPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("everything", frozenset({"text", "title", "quote", "note", "tag", "entity"})),
    ("text", frozenset({"text", "title"})),
    ("highlights and notes", frozenset({"quote", "note"})),
    ("tags", frozenset({"tag"})),
    ("titles", frozenset({"title"})),
    ("names", frozenset({"entity"})),
)


class SearchScreen(DialogScreen[None]):
    """Hits for what is typed, exact ones first; enter opens the passage.

    Args:
        desk: what the screens work with.
        query: typed already.
        article_id: search only there.
    """

    DEFAULT_CSS = """
    SearchScreen DialogBox { width: 110; height: 90%; padding: 0; }
    SearchScreen VirtualList { background: $surface; }
    SearchScreen #preview { height: 5; padding: 0 2; border-top: solid $rule; color: $text-muted; }
    SearchScreen.-low #preview { display: none; }
    """
    commands = search_commands
    hints: ClassVar[tuple[str, ...]] = (
        "open_result", "open_and_keep_searching", "complete_query", "cycle_scope", "group_results", "cancel",
        "search_history", "save_view", "tag_results",
    )  # fmt: skip

    def __init__(self, desk: Desk, *, query: str = "", article_id: str = "") -> None:
        super().__init__(desk, "searchbox")
        self.article_id = article_id
        self.scope = 0
        self.grouping = GROUPS[0]
        self.recalled = -1
        self.prompt = PromptRow(
            ">",
            query,
            placeholder='words, "a phrase", tag:nato, note:wording, -not',
            complete=desk.workspace.completing.complete,
        )
        self.list: VirtualList[Found] = VirtualList(
            self._paint,
            key=lambda found: (found.hit.kind, found.hit.article_id, found.hit.annotation_id, found.hit.span),
            item_height=2,
        )
        self.preview = Static("", id="preview", markup=False)
        self.box = DialogBox("Search everything")
        self._asked = 0
        self._hits: Sequence[Hit] = ()

    def compose(self) -> ComposeResult:
        """Field, hits, the text around one, what was read differently, hints."""
        with self.box:
            yield self.prompt
            yield self.list
            yield self.preview
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Search for what is there already."""
        super().on_mount()
        self.list.can_focus = False
        self._look(self.prompt.text)

    def on_resize(self, event: events.Resize) -> None:
        """Show the text around a hit only where there is room."""
        super().on_resize(event)
        self.set_class(event.size.height < PREVIEW_FROM, "-low")

    # -- searching

    @property
    def query_text(self) -> str:
        """What is asked: of this article only, where the search is of one."""
        typed = self.prompt.text
        return f"id:{self.article_id} {typed}" if self.article_id and typed.strip() else typed

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Search for what is typed now."""
        if self.status is not None:
            self.status.hush()
        self._look(message.text)

    def _look(self, query: str) -> None:
        self._asked += 1
        number, scopes = self._asked, SCOPES[self.scope][1]
        if not query.strip():
            self.workers.cancel_group(self, "search")
            self._show_nothing("Spelling is forgiven; exact words come first.")
            return
        searching, text = self.desk.workspace.searching, self.query_text
        wanted = cast("frozenset[HitKind]", scopes)

        def work() -> None:
            worker = get_current_worker()
            result = searching.search(text, LIMIT, wanted, lambda: worker.is_cancelled)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show, number, query, result)

        self.prompt.remark("searching …")
        self.run_worker(work, thread=True, exclusive=True, group="search")

    def _show_nothing(self, said: str) -> None:
        self._hits = ()
        self.list.set_items([], keep=False)
        self.prompt.remark("")
        self.preview.update("", layout=False)
        if self.status is not None:
            self.status.place = said

    def _show(self, number: int, query: str, result: SearchResult) -> None:
        if number != self._asked or not self.is_mounted:
            return
        partly = ""
        if result.growth is not None:
            partly = f"{result.growth.done:,} of {counted(result.growth.total, 'article')} indexed so far. "
        if not result.hits:
            nothing = f"Nothing is found by “{query}” in {SCOPES[self.scope][0]}."
            self._show_nothing(partly + (str(result.problems[0]) if result.problems else nothing))
            return
        self._hits = result.hits
        asked = self.desk.workspace.searching.directives(query).group
        self.grouping = asked if asked in GROUPS else self.grouping
        self.show_hits()
        articles = len({hit.article_id for hit in result.hits})
        more = "+" if len(result.hits) == LIMIT else ""
        self.prompt.remark(f"{len(result.hits)}{more} in {articles}{more}")
        problem = "; ".join([str(problem) for problem in result.problems][:1])
        if asked and asked not in GROUPS and not problem:
            problem = f"Hits are not grouped by {asked}; by {', '.join(GROUPS)}."
        read = ", ".join(f"{typed} → {written}" for typed, written in result.corrections)
        said = f"Exact matches first; {read}" if read else f"In {SCOPES[self.scope][0]}, by {self.grouping}."
        if self.status is not None:
            self.status.place = partly + (problem or said)

    def show_hits(self) -> None:
        """Show the hits in their groups."""
        self.list.set_items(arrange(self._hits, self.grouping, self.desk.workspace.store), keep=False)
        self.list.scroll_home(animate=False)

    def show_scope(self) -> None:
        """Say where is searched, and search there."""
        self.box.border_title = f"Search {SCOPES[self.scope][0]}"
        self._look(self.prompt.text)

    # -- drawing

    def _paint(self, found: Found, width: int) -> Sequence[Sequence[Piece]]:
        article = self.desk.workspace.store.find(Article, found.hit.article_id)
        title, date = (article.title, article.published) if article else ("", "")
        return paint_hit(found, title, date, width)

    def on_virtual_list_item_highlighted(self, message: VirtualList.ItemHighlighted) -> None:
        """Show the text around the hit, read on a worker."""
        if message.item is None or self.has_class("-low"):
            return
        hit, searching = message.item.hit, self.desk.workspace.searching

        def work() -> None:
            around = searching.around(hit, PREVIEW)
            content = Content(visible(around.text))
            for mark in around.marks:
                content = content.stylize("bold underline", mark.start, mark.end)
            self.app.call_from_thread(self.preview.update, content, layout=False)

        self.run_worker(work, thread=True, exclusive=True, group="preview")

    # -- opening

    def open_hit(self, found: Found | None, *, stay: bool = False) -> None:
        """Show the passage, and close or stay beneath it."""
        if found is None:
            return
        hit = found.hit
        start = hit.span.start if hit.kind in ("text", "quote") else None
        needle = self.prompt.text if hit.kind == "text" else ""
        annotation = hit.annotation_id
        if hit.kind == "entity":
            needle, annotation = hit.snippet.marks[0].slice(hit.snippet.text), ""
        message = OpenPassage(hit.article_id, start=start, annotation_id=annotation, needle=needle, above=stay)
        self.desk.workspace.search_history.add(self.prompt.text)
        app = self.app
        if not stay:
            self.dismiss(None)
        app.post_message(message)

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Open the hit that was clicked."""
        self.open_hit(message.item)
