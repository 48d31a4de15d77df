"""One search over everything, as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from newstui.model import Article
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.listing import list_commands
from newstui.ui.widgets.prompt import PromptRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.hits import Hit, HitKind, SearchResult
    from newstui.ui.widgets.prompt import PromptChanged

LIMIT = 100
SCOPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("everything", frozenset({"text", "title", "quote", "note", "tag", "entity"})),
    ("text", frozenset({"text", "title"})),
    ("highlights and notes", frozenset({"quote", "note"})),
    ("tags", frozenset({"tag"})),
    ("titles", frozenset({"title"})),
)
search_commands: Commands[SearchScreen] = Commands(list_commands)


class SearchScreen(DialogScreen[None]):
    """Hits for what is typed, exact ones first; enter opens the passage.

    Args:
        desk: what the screens work with.
        query: typed already.
        article_id: search only there.
    """

    DEFAULT_CSS = """
    SearchScreen DialogBox { width: 110; height: 90%; padding: 0; }
    SearchScreen VirtualList { background: $surface; margin: 1 0 0 0; }
    """
    commands = search_commands
    hints: ClassVar[tuple[str, ...]] = ("open_result", "next_result", "previous_result", "cycle_scope", "cancel")

    def __init__(self, desk: Desk, *, query: str = "", article_id: str = "") -> None:
        super().__init__(desk, "searchbox")
        self.article_id = article_id
        self.scope = 0
        self.prompt = PromptRow(">", query, placeholder='words, "a phrase", tag:nato, note:wording, -not')
        self.list: VirtualList[Hit] = VirtualList(
            self._paint, key=lambda hit: (hit.kind, hit.article_id, hit.annotation_id, hit.span), item_height=2
        )
        self.box = DialogBox("Search everything")
        self._asked = 0

    def compose(self) -> ComposeResult:
        """Field, hits, what was read differently, hints."""
        with self.box:
            yield self.prompt
            yield self.list
            yield StatusLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Search for what is there already."""
        super().on_mount()
        self.list.can_focus = False
        self._look(self.prompt.text)

    # -- searching

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Search for what is typed now."""
        self._look(message.text)

    def _look(self, query: str) -> None:
        self._asked += 1
        number, scopes = self._asked, SCOPES[self.scope][1]
        if not query.strip():
            self._show_nothing("Spelling is forgiven; exact words come first.")
            return
        searching = self.desk.workspace.searching
        wanted: frozenset[HitKind] = scopes  # type: ignore[assignment]  # the literals of SCOPES are kinds
        text = f"id:{self.article_id} {query}" if self.article_id else query

        def work() -> None:
            result = searching.search(text, LIMIT, wanted)
            self.app.call_from_thread(self._show, number, query, result)

        self.prompt.remark("searching …")
        self.run_worker(work, thread=True, exclusive=True, group="search")

    def _show_nothing(self, said: str) -> None:
        self.list.set_items([], keep=False)
        self.prompt.remark("")
        if self.status is not None:
            self.status.place = said

    def _show(self, number: int, query: str, result: SearchResult) -> None:
        if number != self._asked or not self.is_mounted:
            return
        if not result.hits:
            nothing = f"Nothing is found by “{query}” in {SCOPES[self.scope][0]}."
            self._show_nothing(str(result.problems[0]) if result.problems else nothing)
            return
        self.list.set_items(result.hits, keep=False)
        self.list.scroll_home(animate=False)
        articles = len({hit.article_id for hit in result.hits})
        more = "+" if len(result.hits) == LIMIT else ""
        self.prompt.remark(f"{len(result.hits)}{more} in {articles}{more}")
        problem = "; ".join([str(problem) for problem in result.problems][:1])
        read = ", ".join(f"{typed} → {written}" for typed, written in result.corrections)
        said = f"{read}; exact matches come first" if read else f"In {SCOPES[self.scope][0]}."
        if self.status is not None:
            self.status.place = problem or said

    def show_scope(self) -> None:
        """Say where is searched, and search there."""
        self.box.border_title = f"Search {SCOPES[self.scope][0]}"
        self._look(self.prompt.text)

    # -- drawing

    def _paint(self, hit: Hit, width: int) -> Sequence[Sequence[Piece]]:
        article = self.desk.workspace.store.find(Article, hit.article_id)
        title, date = (article.title, article.published) if article else ("", "")
        shown = fit(title, max(10, width - 19))
        head: list[Piece] = [(f"{hit.kind.upper():<7}", "accent"), (shown, "strong"), (f"  {date}", "muted")]
        room = width - 7
        text, marks = hit.snippet.text, hit.snippet.marks
        pieces: list[Piece] = [("       ", "")]
        if hit.why:
            room -= len(hit.why) + 2
        at = 0
        for mark in marks:
            pieces += [(text[at : mark.start], "muted"), (text[mark.start : mark.end], "hit")]
            at = mark.end
        pieces.append((text[at : max(at, at + room - at)], "muted"))
        if hit.why:
            pieces.append((f"  {hit.why}", "warning"))
        return [head, pieces]

    # -- opening

    def open_hit(self, hit: Hit | None) -> None:
        """Close, and show the passage."""
        if hit is None:
            return
        start = hit.span.start if hit.kind in ("text", "quote") else None
        needle = self.prompt.text if hit.kind == "text" else ""
        message = OpenPassage(hit.article_id, start=start, annotation_id=hit.annotation_id, needle=needle)
        app = self.app
        self.dismiss(None)
        app.post_message(message)

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Open the hit that was clicked."""
        self.open_hit(message.item)


@search_commands("open_result")
def open_result(screen: SearchScreen, stroke: Stroke) -> None:
    """Open the hit under the cursor."""
    screen.open_hit(screen.list.cursor_item)


@search_commands("next_result", "previous_result")
def step_result(screen: SearchScreen, stroke: Stroke) -> None:
    """Move in the hits."""
    screen.list.move_by(1 if stroke.action == "next_result" else -1)


@search_commands("cycle_scope")
def cycle_scope(screen: SearchScreen, stroke: Stroke) -> None:
    """Search somewhere else."""
    screen.scope = (screen.scope + 1) % len(SCOPES)
    screen.show_scope()


@search_commands("cancel")
def close(screen: SearchScreen, stroke: Stroke) -> None:
    """Close."""
    screen.dismiss(None)
