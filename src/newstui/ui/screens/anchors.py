"""Highlights whose words moved, changed or are gone since the text did: what they were, and what they may be now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from newstui.errors import NewstuiError
from newstui.model import AnchorState, Annotation, Article, Span
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.text.anchoring import Anchor

anchors_commands: Commands[AnchorsScreen] = Commands(filter_commands)
SORTS = ("state", "article", "newest")
WORDS = {AnchorState.ORPHAN: "gone", AnchorState.CHANGED: "changed", AnchorState.MOVED: "moved"}


@dataclass
class Suggested(Message):
    """What a worker found that a highlight without its words may be: passages and their text."""

    annotation_id: str
    places: tuple[tuple[Anchor, str], ...]


@dataclass(frozen=True, slots=True)
class Strayed:
    """A highlight that is not simply where it was, and its article."""

    article: Article
    annotation: Annotation


NOTHING_LIKE_IT = "Nothing is like it; `newstui reanchor REF --quote WORDS` attaches it."


class AnchorsScreen(ListScreen[Strayed]):
    """One key accepts the new place or attaches a lost highlight, another says that these are not its words.

    Args:
        desk: what the screens work with.
        article_id: only those of this article; None for all.
    """

    commands = anchors_commands
    hints: ClassVar[tuple[str, ...]] = ("accept_anchor", "next_candidate", "detach_anchor", "open", "undo", "help")

    def __init__(self, desk: Desk, article_id: str | None) -> None:
        items: VirtualList[Strayed] = VirtualList(self._paint, key=lambda strayed: strayed.annotation.id, item_height=4)
        super().__init__(desk, "anchors", "Highlights whose text changed", items)
        self.article_id = article_id
        self.sort = SORTS[0]
        self._places: dict[str, tuple[tuple[Anchor, str], ...]] = {}
        self._chosen: dict[str, int] = {}

    def reload(self) -> None:
        """Those there are; a worker looks for what the lost ones may be."""
        store = self.desk.workspace.store
        wanted = self.query_text.casefold()
        found = [
            Strayed(store.get(Article, each.article), each)
            for each in self.desk.workspace.reanchoring.to_review(self.article_id)
            if wanted in f"{each.quote} {each.note} {' '.join(each.tags)}".casefold()
        ]
        if self.sort == "article":
            found.sort(key=lambda strayed: (strayed.article.title.casefold(), strayed.article.id))
        elif self.sort == "newest":
            found.sort(key=lambda strayed: strayed.annotation.modified, reverse=True)
        gone = [each.annotation for each in found if each.annotation.state is AnchorState.ORPHAN]
        said = f"{len(gone):,} gone · {len(found) - len(gone):,} moved or changed · by {self.sort}"
        self.show_items(found, said, "Every highlight stands on the words it was made on.")
        unknown = [each.id for each in gone if each.id not in self._places]
        if unknown:
            self.run_worker(lambda: self._look(unknown), thread=True, exclusive=True, group="suggest")

    def _look(self, annotation_ids: Sequence[str]) -> None:
        """Suggest passages for lost highlights, one after the other, until the screen is left."""
        workspace = self.desk.workspace
        for annotation_id in annotation_ids:
            if not self.is_attached:
                return
            try:
                annotation = workspace.catalog.annotation(annotation_id)
                body = workspace.reading.text(workspace.store.get(Article, annotation.article))
                places = workspace.reanchoring.suggest(annotation_id)
            except NewstuiError:
                continue  # deleted meanwhile
            found = tuple((each, each.span.slice(body)) for each in places if each.span is not None)
            self.post_message(Suggested(annotation_id, found))

    def on_suggested(self, message: Suggested) -> None:
        """Show what was found."""
        self._places[message.annotation_id] = message.places
        self.list.forget()
        self.list.refresh()

    def _paint(self, strayed: Strayed, width: int) -> Sequence[Sequence[Piece]]:
        note = strayed.annotation
        before = note.anchored_from or note.target
        rows: list[Sequence[Piece]] = [
            [
                ("▎", "accent"),
                (fit(f"{WORDS[note.state]:<8}", 8), "strong"),
                (fit(strayed.article.title, width - 10), "muted"),
            ],
            [("▎ was ", "accent"), (fit(f"“{_flat(before.quote.exact)}”", width - 7), "")],
        ]
        rows.append([("▎ now ", "accent"), *self._now(note, width - 7)])
        return [*rows, []]

    def _now(self, note: Annotation, room: int) -> list[Piece]:
        if note.state is not AnchorState.ORPHAN:
            return [(fit(f"“{_flat(note.quote)}”", room), "")]
        places = self._places.get(note.id)
        if places is None:
            return [(fit("looking…", room), "muted")]
        if not places:
            return [(fit("nothing in the text is like it; it stays here", room), "muted")]
        chosen = self._chosen.get(note.id, 0) % len(places)
        words = f"“{_flat(places[chosen][1])}”"
        remark = f"  perhaps, {chosen + 1} of {len(places)}"
        return [(fit(words, max(5, room - len(remark))), ""), (remark, "muted")]

    def next_candidate(self) -> None:
        """Show another passage that the lost highlight under the cursor may be."""
        item = self.list.cursor_item
        if item is None or not self._places.get(item.annotation.id):
            self.say(NOTHING_LIKE_IT)
            return
        self._chosen[item.annotation.id] = self._chosen.get(item.annotation.id, 0) + 1
        self.list.forget()
        self.list.refresh()

    def place(self, note: Annotation) -> Span | None:
        """The passage that is shown for a lost highlight."""
        places = self._places.get(note.id)
        return places[self._chosen.get(note.id, 0) % len(places)][0].span if places else None

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Show the passage, or the one a lost highlight may be."""
        note = message.item.annotation
        place = self.place(note)
        app = self.app
        self.dismiss(None)
        if note.state is not AnchorState.ORPHAN:
            app.post_message(OpenPassage(note.article, annotation_id=note.id))
        else:
            app.post_message(OpenPassage(note.article, start=place.start if place else None))


def _flat(text: str) -> str:
    return " ".join(text.split())


@anchors_commands("sort")
def sort(screen: AnchorsScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.reload()


@anchors_commands("accept_anchor")
def accept(screen: AnchorsScreen, stroke: Stroke) -> None:
    """Accept the new place of the marked highlights; attach a lost one to the passage shown."""
    reanchoring = screen.desk.workspace.reanchoring
    chosen = [item.annotation for item in screen.list.chosen]
    found = [note.id for note in chosen if note.state is not AnchorState.ORPHAN]
    lost = [(note.id, place) for note in chosen if note.state is AnchorState.ORPHAN and (place := screen.place(note))]
    if not found and not lost:
        screen.say(NOTHING_LIKE_IT)
        return

    def work() -> None:
        if found:
            reanchoring.accept(found)
        for annotation_id, place in lost:
            reanchoring.attach(annotation_id, place)

    said = f"{len(found) + len(lost)} accepted; u takes it back."
    screen.list.clear_marks()
    screen.save(work, lambda _: screen.say(said, "ok"))


@anchors_commands("detach_anchor")
def detach(screen: AnchorsScreen, stroke: Stroke) -> None:
    """These are not its words: keep the highlight as a lost one."""
    item = screen.list.cursor_item
    if item is None or item.annotation.state is AnchorState.ORPHAN:
        screen.say("It stands on no words.")
        return
    annotation_id = item.annotation.id
    reanchoring = screen.desk.workspace.reanchoring
    screen.save(lambda: reanchoring.detach(annotation_id), lambda _: screen.say("Detached; u takes it back.", "ok"))


@anchors_commands("next_candidate")
def next_candidate(screen: AnchorsScreen, stroke: Stroke) -> None:
    """Show another passage that it may be."""
    screen.next_candidate()
