"""Every occurrence of some words or of a name in the library, to be looked through, and annotated in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from newstui.model import Article
from newstui.services.annotating import Draft
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged, OpenPassage
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.list_screen import ListScreen, cancel, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.occurring import Occurrence

occurrences_commands: Commands[OccurrencesScreen] = Commands(filter_commands)
SORTS: tuple[str, ...] = ("article", "words after", "words before")
Find = Callable[[Callable[[], bool]], "Sequence[Occurrence]"]
"""Finds the occurrences; is given what says that nobody waits for them any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """An occurrence with what stands round it, on one line."""

    article: Article
    occurrence: Occurrence
    before: str
    words: str
    after: str


class OccurrencesScreen(ListScreen[Row]):
    """The occurrences, all of them marked but those that are highlighted already.

    Args:
        desk: what the screens work with.
        what: what is looked for, as it is said.
        find: finds it, on a worker.
    """

    commands = occurrences_commands
    hints: ClassVar[tuple[str, ...]] = (
        "highlight_in_color_slot", "tag", "repeat_last_tags", "toggle_select_row", "select_all_rows", "open",
        "filter_query", "cancel", "help",
    )  # fmt: skip

    @dataclass
    class Found(Message):
        """The worker is through with the library."""

        rows: list[Row]

    def __init__(self, desk: Desk, what: str, find: Find) -> None:
        items: VirtualList[Row] = VirtualList(self._paint, key=lambda row: (row.article.id, row.occurrence.span))
        super().__init__(desk, "occurrences", f"Occurrences of {what}", items)
        self._find = find
        self._rows: list[Row] | None = None
        self.sort = SORTS[0]

    def on_mount(self) -> None:
        """Look through the library beside the keys."""
        super().on_mount()

        def work() -> None:
            rows = [self._row(each) for each in self._find(lambda: not self.is_attached)]
            self.post_message(self.Found(rows))

        self.run_worker(work, thread=True, exclusive=True, group="occurrences")

    def _row(self, occurrence: Occurrence) -> Row:
        article = self.desk.workspace.store.get(Article, occurrence.article)
        text, span = self.desk.workspace.store.text(article.text), occurrence.span
        around = (text[max(0, span.start - 60) : span.start], span.slice(text), text[span.end : span.end + 100])
        before, words, after = (" ".join(("|" + part + "|").split())[1:-1] for part in around)
        return Row(article, occurrence, before, words, after)

    def on_occurrences_screen_found(self, message: Found) -> None:
        """Show what was found, marked."""
        self._rows = message.rows
        fresh = [row for row in message.rows if not row.occurrence.highlighted]
        self.list.marked = {(row.article.id, row.occurrence.span) for row in fresh}
        self.reload()

    def on_library_changed(self, message: LibraryChanged) -> None:
        """What was found stays: the preview does not change under the one who looks at it."""

    def reload(self) -> None:
        """The rows that hold what was typed."""
        if self._rows is None:
            self.show_items([], "looking …", "Looking through the library …")
            return
        wanted = self.query_text.strip().casefold()
        rows = [r for r in self._rows if wanted in f"{r.article.title} {r.before}{r.words}{r.after}".casefold()]
        if self.sort != SORTS[0]:
            after = self.sort == SORTS[1]
            rows.sort(key=lambda row: row.after.casefold() if after else row.before.casefold()[::-1])
        self.show_items(rows, self._figures(), "It occurs nowhere." if not wanted else "No occurrence holds that.")

    def _figures(self) -> str:
        rows = self._rows or []
        known = sum(row.occurrence.highlighted for row in rows)
        articles = len({row.article.id for row in rows})
        said = f"{len(rows):,} in {counted(articles, 'article')}"
        return said + (f" · {known:,} highlighted already" if known else "") + f" · {len(self.list.marked):,} marked"

    def show_figures(self) -> None:
        """Say how many are marked now."""
        self.header.right = self._figures()

    def _paint(self, row: Row, width: int) -> Sequence[Sequence[Piece]]:
        room = max(8, width // 4)
        known = "▎" if row.occurrence.highlighted else " "
        left = max(4, (width - room - len(row.words) - 4) // 3)
        before = fit(row.before[-left:].rjust(left), left)
        rest = max(0, width - room - left - len(row.words) - 4)
        title: Piece = (fit(row.article.title, room), "muted")
        return [[title, (f" {known} ", "accent"), (before, ""), (row.words, "hit"), (fit(row.after, rest), "")]]

    def chosen(self) -> list[Row]:
        """The marked occurrences, or the one under the cursor."""
        return self.list.chosen

    def annotate(self, tags: Sequence[str], color: int) -> None:
        """Highlight what is chosen in one step, and close."""
        drafts = [Draft(row.article.id, row.occurrence.span, tuple(tags), "", color) for row in self.chosen()]
        if not drafts:
            self.say("Nothing is marked; space marks a row, * all of them.")
            return
        articles = len({draft.article for draft in drafts})
        passages = counted(len(drafts), "passage")
        said = f"Highlighted {passages} in {counted(articles, 'article')}; u takes all back."
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None

        def then(_: object) -> None:
            self.dismiss(None)
            if below is not None and hasattr(below, "say"):
                below.say(said, "ok")

        self.save(lambda: self.desk.workspace.annotating.highlight_all(drafts), then)

    def prompt_done(self, name: str, text: str) -> None:
        """Give the tags that were typed."""
        add, _ = tag_prompt.parse_tags(text)
        if add:
            self.desk.last_tags = tuple(add)
            self.annotate(add, 0)

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Read the passage; the list is left."""
        row, app = message.item, self.app
        self.dismiss(None)
        app.post_message(OpenPassage(row.article.id, start=row.occurrence.span.start))


@occurrences_commands("highlight_in_color_slot")
def highlight(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Highlight all that are marked in a color."""
    if stroke.argument not in "123456":
        screen.say("The colors are c1 to c6.")
    else:
        screen.annotate((), int(stroke.argument or 1))


@occurrences_commands("tag")
def tag(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Ask for the tags of all that are marked, or take those that are given."""
    if stroke.argument:
        screen.prompt_done("tags", stroke.argument)
        return
    screen.open_prompt("tags", f"Tag {len(screen.chosen()):,}:", "", "syria, diplomacy; commas between")


@occurrences_commands("repeat_last_tags")
def repeat_last_tags(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Give the last tags to all that are marked."""
    if screen.desk.last_tags:
        screen.annotate(screen.desk.last_tags, 0)
    else:
        screen.say("No tags were given yet; t tags.")


@occurrences_commands("sort")
def sort(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Sort by article, or by what stands after or before, so that the same use lies together."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.reload()
    screen.say(f"Sorted by {screen.sort}.")


@occurrences_commands("toggle_select_row")
def toggle(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Mark this row or not, and go to the next."""
    for _ in range(stroke.times):
        screen.list.toggle_mark()
    screen.show_figures()


@occurrences_commands("select_all_rows")
def toggle_all(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Mark all rows, or none."""
    screen.list.mark_all()
    screen.show_figures()


@occurrences_commands("cancel")
def step_back(screen: OccurrencesScreen, stroke: Stroke) -> None:
    """Leave the row; else unmark, and say so; else show everything; else close."""
    cancel(screen, stroke)
    screen.show_figures()
