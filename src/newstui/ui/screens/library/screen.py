"""The screen with the list of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static

from newstui.services.catalog import Row, Rows
from newstui.text.display import visible_lines
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Stroke
from newstui.ui.messages import LibraryChanged, OpenPassage, ShowQuery
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.library import arranging, finding
from newstui.ui.screens.library.columns import column_at
from newstui.ui.screens.library.commands import library_commands
from newstui.ui.screens.library.naming import find_new_names
from newstui.ui.screens.library.panes import Panes, count_views, lay_out
from newstui.ui.screens.library.preview import BEGINNING, Preview
from newstui.ui.screens.library.rows import SIGN_CELLS, paint_heads, paint_plain, paint_row
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.status import KeyHints, StatusLine
from newstui.ui.widgets.virtual_list import GUTTER, VirtualList

if TYPE_CHECKING:
    from newstui.services.exporting import Choice
    from newstui.services.indexing import Growth
    from newstui.ui.widgets.prompt import PromptChanged, PromptLeft

PREPARE_AFTER = 1.5
"""Seconds after which the search index is brought up to date."""
READ_FIRST = 8.0
"""Seconds more where an article is open by then."""
NAMES_UP_TO = 3000
"""Articles up to which names are counted unasked, so that a search finds them; else when names are asked for."""
AT_ONCE = 1000
"""Articles up to which a change is shown at once; more are read again on a worker."""
SOON = 0.05
"""Seconds after the first of several changes at which they are."""
PAUSE = 0.08
"""Seconds the cursor rests on an article before its beginning is read."""


class LibraryScreen(KeyedScreen[None]):
    """All articles that the query finds, sorted, with a preview of the one under the cursor."""

    commands = library_commands
    hints: ClassVar[tuple[str, ...]] = (
        "open", "filter_query", "search_everywhere", "sort", "toggle_read", "toggle_star", "tag", "import", "export",
        "goto_notes", "undo", "help", "close_or_quit",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "library")
        self.query_text = ""
        self.sort = self._order = "-date"
        self._counts = ""
        self._reloading: Timer | None = None
        self._resting: Timer | None = None
        self._rests_on: Row | None = None
        self.header = HeaderRow("newstui")
        self.columns = desk.config.columns
        plain = desk.config.plain
        self.preview_wanted = self.rail_wanted = not plain
        self.list: VirtualList[Row] = VirtualList(
            lambda row, width: paint_plain(row, width) if plain else paint_row(row, self.columns, width),
            key=lambda row: row.article.id,
            title=None if plain else lambda width: paint_heads(self.columns, self._order, width),
            id="articles",
        )
        self.list.plain = plain
        self.preview = Preview()
        self.panes = Panes(self.list, self.preview, sizes=desk.panes)

    def compose(self) -> ComposeResult:
        """Header, panes, status, hints; the panes where they belong at once, for each other place costs a frame."""
        lay_out(self, self.app.size)
        yield self.header
        yield self.panes
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Give the list the keys; the articles are read when the screen is shown, first and later."""
        super().on_mount()
        self.list.focus()
        self.call_after_refresh(self.set_timer, PREPARE_AFTER, self._prepare_search_in_time)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the panes out."""
        lay_out(self, event.size)

    def on_screen_resume(self) -> None:
        """Show what reading has changed: progress and signs."""
        self.reload()

    def _prepare_search_in_time(self) -> None:
        """Leave the first pages to who began with an article: both a long text's names and its words take seconds."""
        if self.app.screen is self:
            self._prepare_search()
        else:
            self.set_timer(READ_FIRST, self._prepare_search)

    def _prepare_search(self) -> None:
        """Bring the search index up to date beside the keys, and say so while it takes time."""
        from textual.worker import get_current_worker

        from newstui.services.indexing_aside import complete_aside

        workspace = self.desk.workspace

        def work() -> None:
            worker, index = get_current_worker(), workspace.searching.index
            complete_aside(index, workspace.store.path, told, lambda: worker.is_cancelled)
            if index.message:
                self.app.call_from_thread(self.say, index.message)
            if index.growth.total <= NAMES_UP_TO:
                workspace.searching.names.refresh(lambda: worker.is_cancelled)

        def told(growth: Growth) -> None:
            if not get_current_worker().is_cancelled:
                done = (
                    ""
                    if growth.complete
                    else f"Indexing for search: {growth.done:,} of {counted(growth.total, 'article')}."
                )
                self.app.call_from_thread(self.say_progress, done)

        self.run_worker(work, thread=True, group="prepare")

    # -- what is shown

    def reload(self) -> None:
        """Read the rows again for the query and the order; where there is a query, on a worker."""
        count_views(self)
        if self.query_text:
            finding.apply_filter(self, self.query_text, keep=True)
            return
        self.show_rows(self.desk.workspace.catalog.rows(self.query_text, self.sort), self.sort)

    def show_rows(self, rows: Rows, order: str, *, keep: bool = True) -> None:
        """Show these rows, and say how many there are; the cursor stays on its article, or goes to the first.

        Args:
            rows: what is shown.
            order: the keys they are sorted by, which the query may have named.
            keep: the cursor stays on its article.
        """
        self._order = order
        self.list.set_items(rows, keep=keep, keys=rows.ids)
        if self.list.marked:
            self.list.marked &= set(rows.ids)
        self.panes.set_class(not rows, "-empty")
        self._explain("" if rows else self._why_empty())
        unread = self.desk.workspace.catalog.unread(rows.ids)
        self._counts = f"{counted(len(rows), 'article')} · {unread:,} unread"
        shown, row = self.preview.row, self.list.cursor_item
        if shown is not None and row is not None and shown.article.id == row.article.id:
            self.preview.row = row
        self.show_figures()

    def show_figures(self) -> None:
        """Header and status row; on the path of every key, so that nothing is counted here."""
        marked = f" · {len(self.list.marked)} marked" if self.list.marked else ""
        store = self.desk.workspace.store
        only = f"  READ ONLY{f': {store.holder} writes' if store.holder else ''}" if store.read_only else ""
        self.header.left = f"newstui  Library{f'  = {self.query_text}' if self.query_text else ''}{only}"
        self.header.right = self._counts + marked
        self.show_place()

    def show_place(self) -> None:
        """Where the cursor is, or how many articles are marked, in the status row."""
        if self.status is not None:
            order = f"sort:{self._order}"
            count = len(self.list.marked)
            if count:
                self.status.place = f"{count} marked: t tags them · x exports them · esc unmarks · {order}"
            else:
                rows = self.list.items
                at = self.list.cursor + 1 if rows else 0
                self.status.place = f"LIBRARY  {at:,} of {len(rows):,} · {order}"

    def _explain(self, why: str) -> None:
        """Say why there is nothing, and the way out; the widget for it is made when it is needed."""
        panes = self.query("#empty").results(Static)
        pane = next(panes, None)
        why = visible_lines(why)  # the query of a view may be another's
        if pane is not None:
            pane.update(why)
        elif why:
            self.panes.mount(Static(why, id="empty", markup=False), after=self.list)

    def _why_empty(self) -> str:
        keys = self.desk.keymap.tree("library")
        if self.query_text:
            near = "".join(
                f"\n{line}" for line in finding.nearest_queries(self.desk.workspace.catalog, self.query_text)
            )
            return f"No article matches {self.query_text}\n{near}\nz x shows everything again."
        way = " ".join(keys.keys_for("import")[0]) if keys.keys_for("import") else "newstui import"
        return f"This library is empty.\n\n{way} imports files, folders or pasted text."

    def to_export(self) -> dict[str, Choice]:
        """The marked articles or this one, and what the query finds."""
        from newstui.services.exporting import Choice

        chosen = Choice(tuple(row.article.id for row in self.list.chosen))
        choices = {f"{len(chosen.articles)} marked" if self.list.marked else "article": chosen}
        if self.query_text:
            listed = Choice(tuple(self.article_order()), found_by=self.query_text)
            choices = {"list": listed, **choices} if not self.list.marked else {**choices, "list": listed}
        return choices

    def to_pipe(self) -> dict[str, str]:
        """The marked articles or this one, and their highlights."""
        articles = [row.article for row in self.list.chosen]
        notes = [note.id for article in articles for note in self.desk.workspace.annotating.of_article(article.id)]
        return {
            "article": "\n".join(self.desk.workspace.reading.text(article) for article in articles),
            "highlights": self.desk.workspace.exporting.annotation_markdown(notes),
        }

    def article_order(self) -> list[str]:
        """The ids of the articles as the list shows them, for the reader's way to the next one."""
        return [str(id_) for id_ in self.list.keys]

    # -- what happens

    def run_stroke(self, stroke: Stroke) -> None:
        """Run a command, and show the place at once, so that the terminal gets one frame for a key and not two."""
        super().run_stroke(stroke)
        self.show_place()

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Read the article."""
        if message.list is self.list:
            self.post_message(OpenPassage(message.item.article.id))
        else:
            self.show_query(message.item.query)

    def on_virtual_list_title_clicked(self, message: VirtualList.TitleClicked) -> None:
        """Sort by the column."""
        column = column_at(self.columns, self.list.size.width - GUTTER - 1 - SIGN_CELLS, message.column - SIGN_CELLS)
        if column is not None and column.sort:
            arranging.sort_by_column(self, column.sort)

    def show_query(self, query: str) -> None:
        """Show what a query finds, as if it had been typed."""
        self.query_text = query
        self.list.focus()
        self.reload()

    def on_show_query(self, message: ShowQuery) -> None:
        """A view was chosen somewhere."""
        self.show_query(message.query)

    def on_virtual_list_item_highlighted(self, message: VirtualList.ItemHighlighted) -> None:
        """Show the place now and the article after a moment."""
        if message.list is not self.list:
            return
        row: Row | None = message.item
        self.show_figures()
        if not self.preview.display or self.panes.has_class("-low"):
            return
        self._rests_on = row
        if self._resting is None:
            self._resting = self.set_timer(PAUSE, lambda: self._show_preview(row))

    def _show_preview(self, row: Row | None) -> None:
        """Show how an article begins, if the cursor still rests on it; a held key passes many by."""
        self._resting = None
        if not self.is_mounted:
            return
        if self._rests_on is not row:
            later = self._rests_on
            self._resting = self.set_timer(PAUSE, lambda: self._show_preview(later))
            return
        beginning = self.desk.workspace.reading.beginning(row.article, BEGINNING) if row is not None else ""
        self.preview.row, self.preview.beginning = row, beginning

    def on_library_changed(self, message: LibraryChanged) -> None:
        """Show the change; what is covered waits until it is seen, and of many in a long list the last is enough."""
        find_new_names(self, message.transaction)
        if self.app.screen is not self:  # `is_current` is also true below a screen whose background shows through
            return
        if len(self.list.items) <= AT_ONCE:
            self.reload()
        elif self._reloading is None:
            self._reloading = self.set_timer(SOON, self._reload_aside)

    def _reload_aside(self) -> None:
        """Read the rows again on a worker."""
        self._reloading = None
        count_views(self)
        finding.apply_filter(self, self.query_text, keep=True)

    def on_prompt_changed(self, message: PromptChanged) -> None:
        """Filter while typing, or suggest tags."""
        finding.prompt_changed(self, message.text)

    def on_prompt_left(self, message: PromptLeft) -> None:
        """A prompt without the focus is closed."""
        finding.close_prompt(self)
