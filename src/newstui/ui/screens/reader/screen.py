"""The reader's screen: it loads an article into the view, remembers the place, and says where one is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult

from newstui.model import Annotation, Article, Mention, Span
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.reader import (  # noqa: F401  # they fill the table
    annotating,
    external,
    finding,
    going,
    hinting,
    moving,
    naming,
    outline,
    railing,
    relating,
    selecting,
    viewing,
)
from newstui.ui.screens.reader.bounds import save as save_bounds
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.finding import Finding, HitsFound
from newstui.ui.screens.reader.following import follow, show_annotations
from newstui.ui.screens.reader.going import Jumps
from newstui.ui.screens.reader.labeling import show_labels
from newstui.ui.screens.reader.names import (
    LATER,
    NamesFound,
    NamesLinked,
    NewNamesFound,
    find_names_later,
    find_new_names_later,
    learn_tags,
)
from newstui.ui.screens.reader.place import SAVE_SECONDS, PlaceKeeper, place_of
from newstui.ui.widgets.article_view import ArticleView
from newstui.ui.widgets.article_view_cursor import forget_terminal_cursor, show_terminal_cursor
from newstui.ui.widgets.header import HeaderRow
from newstui.ui.widgets.status import KeyHints, StatusLine

if TYPE_CHECKING:
    from newstui.services.exporting import Choice


class ReaderScreen(KeyedScreen[None]):
    """Reads one article.

    Args:
        desk: what it works with.
        article_id: the article.
        start: an offset to go to, instead of the place where it was left.
        annotation_id: an annotation to go to.
        needle: something to find in it.
    """

    commands: ClassVar[Commands[Any]] = reader_commands
    waiting_groups = frozenset({"mark"})
    hints = (
        "highlight_in_color_slot", "tag", "annotate_sentence", "undo", "help", "find_here", "search_everywhere",
        "select_chars", "next_annotation", "next_entity", "zen", "close_or_quit",
    )  # fmt: skip
    SELECT_HINTS = (
        "highlight_in_color_slot", "tag", "annotate", "copy", "swap_end", "object_sentence", "object_quotation",
        "expand_selection", "shrink_selection", "cancel",
    )  # fmt: skip
    FIND_HINTS = ("open_result", "next_result", "previous_result", "cancel")

    def __init__(
        self, desk: Desk, article_id: str, *, start: int | None = None, annotation_id: str = "", needle: str = ""
    ) -> None:
        super().__init__(desk, "reader")
        self.article_id = article_id
        self.article: Article = desk.workspace.store.get(Article, article_id)
        self.view = ArticleView(measure=desk.config.measure, color_name=desk.config.color_name, id="article")
        self.spread = railing.Spread(self)
        self.view.plain, self.view.justify = desk.config.plain, desk.config.justify
        self.header = HeaderRow(self.article.title)
        self.finding = Finding(self)
        self.jumps = Jumps()
        self.grown: list[Span] = []
        """What was selected before each growth."""
        self.unit = "word"
        """What was selected as a unit last, for taking the next one too."""
        self.sought = ""
        """The character that was gone to last."""
        self.editing_bounds: Annotation | Mention | None = None
        """The highlight or the name whose ends are being moved."""
        self.mentions: list[Mention] = []
        """The names of the article, marked or not."""
        self.every = 0
        """Of how many occurrences the selection stands for, when it stands for all."""
        self.hints_open: dict[str, hinting.Target] = {}
        """What the letters on the screen stand for, while one of them is to be typed."""
        self.last_color = 1
        self.last_deed = annotating.Deed()
        self._wanted = (start, annotation_id, needle)
        self.keeper = PlaceKeeper(self)
        self._shown_at: object = None
        self._named_problem = ""
        self.open_article(article_id)

    def compose(self) -> ComposeResult:
        """Header, text, status, keys."""
        yield self.header
        yield self.spread
        yield StatusLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Go where the reader is wanted."""
        super().on_mount()
        start, annotation_id, needle = self._wanted
        self.view.focus()
        self.show_passage(start=start, annotation_id=annotation_id, needle=needle)
        self.set_timer(LATER, lambda: learn_tags(self))
        self.set_interval(SAVE_SECONDS, self.keeper.save)
        self.app.app_resume_signal.subscribe(self, self._take_terminal_back)

    # -- what is shown

    def open_article(self, article_id: str) -> None:
        """Show an article at the place where it was left."""
        self.keeper.save()
        workspace = self.desk.workspace
        self.article_id = article_id
        self.article = workspace.store.get(Article, article_id)
        state = self.keeper.open(article_id)
        self.finding.needle = ""
        self.mentions = []
        self.view.load(self.article, workspace.reading.text(article_id), place=state.offset, cursor=state.cursor)
        show_annotations(self)
        find_names_later(self, article_id)
        railing.refresh(self)

    def go_to(self, article_id: str, *, start: int | None = None, annotation_id: str = "", needle: str = "") -> None:
        """Show a passage of any article; the jump list leads back from it."""
        if article_id != self.article_id:
            self.jumps.push(self.article_id, self.view.cursor)
            self.open_article(article_id)
        self.show_passage(start=start, annotation_id=annotation_id, needle=needle)

    def show_passage(self, *, start: int | None = None, annotation_id: str = "", needle: str = "") -> None:
        """Go to an offset, an annotation or the hits of a needle in the article that is shown."""
        annotation = self.desk.workspace.store.find(Annotation, annotation_id) if annotation_id else None
        if annotation is not None:
            self.view.highlights.choose(annotation.id)
            start = annotation.span.start
        if start is not None:
            self.jump(start)
        if needle:
            self.finding.look_for(needle, start=start or 0)

    def on_library_changed(self, message: LibraryChanged) -> None:
        """Show what changed in this article."""
        follow(self, message.transaction)

    def on_names_found(self, message: NamesFound) -> None:
        """Mark the names."""
        if message.problem and message.problem != self._named_problem:
            self._named_problem = message.problem
            self.say(message.problem, "error")
        if message.article_id == self.article_id:
            self.mentions = message.mentions
            self.show_mentions()

    def show_mentions(self) -> None:
        """Mark the names of the kinds that the settings ask for."""
        self.view.marks.set_mentions(self.mentions, self.desk.config.layers)
        self.view.remark()
        railing.refresh(self)

    def on_names_linked(self, message: NamesLinked) -> None:
        """Know what each name means, for the status row."""
        if message.article_id == self.article_id:
            self.view.marks.set_meant(message.meant)
            self.show_place()

    def on_new_names_found(self, message: NewNamesFound) -> None:
        """Mark what the library has not had before; where that is not known yet, look again."""
        if message.article_id != self.article_id:
            return
        if message.spans is None:
            find_new_names_later(self, self.article_id)
        self.view.marks.set_new(message.spans or ())
        self.view.remark()
        railing.refresh(self)

    # -- where one is

    def jump(self, offset: int) -> None:
        """Go somewhere and remember from where."""
        self.jumps.push(self.article_id, self.view.cursor)
        self.view.move_to(offset)

    def on_article_cursor_moved(self, message: ArticleView.Moved) -> None:
        """Say where the mouse, or whatever else, has led."""
        self.show_place()

    def on_article_view_end_dragged(self, message: ArticleView.EndDragged) -> None:
        """Save what the mouse made of a highlight."""
        save_bounds(self, message.annotation, message.span)

    def _show_following(self, pending: bool) -> None:
        """Sentences get letters at once while one of them is waited for."""
        show_labels(self, self._buffer.tree, self._buffer.keys if pending else ())
        super()._show_following(pending)

    def on_mouse_down(self) -> None:
        """What was said is over, as after a key."""
        if self.status is not None:
            self.status.hush()

    def show_place(self) -> None:
        """Say where one is."""
        self.sync_context()
        if self._shown_at == (shown := self.view.situation):
            return
        self._shown_at = shown
        place = place_of(self)
        self.header.left, self.header.right = self.article.title, place.figures
        if self.status is not None:
            self.status.place = "" if self.view.zen else place.words

    def sync_context(self) -> None:
        """While something is selected other keys hold."""
        if self.finding.prompt is not None:
            return
        self.key_context = "reader" if self.view.selection is None else "select"
        if self.view.selection is None:
            self.editing_bounds, self.every = None, 0

    def run_stroke(self, stroke: Stroke) -> None:
        """Run a command; the place is said in the same frame, and the next key finds the right context."""
        super().run_stroke(stroke)
        self.show_place()

    def on_key(self, event: events.Key) -> None:
        """Letters of hints go to them, all else to the keymap."""
        if self.hints_open:
            event.stop()
            event.prevent_default()
            hinting.type_hint(self, event.character if event.is_printable and event.character else event.key)
            return
        super().on_key(event)

    def on_prompt_changed(self, message: Any) -> None:
        """Find while typing."""
        if message.prompt is self.finding.prompt:
            self.finding.look_for(message.text)

    def on_hits_found(self, message: HitsFound) -> None:
        """A long text was looked through."""
        self.finding.arrive(message)

    def footer_actions(self) -> Iterable[str]:
        """The keys that matter now."""
        return {"select": self.SELECT_HINTS, "findbox": self.FIND_HINTS}.get(self.key_context, self.hints)

    def to_export(self) -> dict[str, Choice]:
        """This article, or the highlights under the selection or the cursor."""
        from newstui.services.exporting import Choice

        span = self.view.selection
        here = [
            each.id
            for each in self.desk.workspace.annotating.of_article(self.article_id)
            if (each.span.overlaps(span) if span is not None else self.view.cursor in each.span)
        ]
        choices = {"article": Choice((self.article_id,))}
        if here:
            choices["selection" if span is not None else "highlight"] = self.desk.workspace.exporting.passages(here)
        return choices

    def to_pipe(self) -> dict[str, str]:
        """The selection or the sentence, the note here, the article, its highlights."""
        notes = self.desk.workspace.annotating.of_article(self.article_id)
        here = annotating.annotation_here(self)
        return {
            "passage": annotating.passage(self).slice(self.view.text),
            "note": here.note if here is not None else "",
            "article": self.view.text,
            "highlights": self.desk.workspace.exporting.annotation_markdown([note.id for note in notes]),
        }

    # -- leaving and coming back

    def on_screen_suspend(self) -> None:
        """Another screen covers this one."""
        show_terminal_cursor(self.app, False)
        self.keeper.save()

    def on_screen_resume(self) -> None:
        """Nothing covers it any more."""
        self.view.place_terminal_cursor()

    def _take_terminal_back(self, app: object) -> None:
        """After a shell or an editor had the terminal."""
        forget_terminal_cursor(self.app)
        if self.is_current:
            self.view.place_terminal_cursor()

    def on_unmount(self) -> None:
        """Save the place."""
        self.keeper.save()
