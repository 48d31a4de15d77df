"""The highlights and notes of an article or of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from newstui.model import Annotation
from newstui.text.figures import counted
from newstui.text.quoting import quoted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged, OpenPassage
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.listing import ask_if_many
from newstui.ui.screens.looking import Cancelled, look
from newstui.ui.screens.note_entries import SORTS, Entries, Entry, arrange
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.exporting import Choice
    from newstui.services.moving import Moved

AT_ONCE = 1000
"""Highlights that are listed while a key waits; more are listed by a worker."""
FEW = 20
"""Changed highlights that are followed one by one."""
notes_commands: Commands[NotesScreen] = Commands(filter_commands)


class NotesScreen(ListScreen[Entry]):
    """Quotes with their tags and notes, article by article; enter opens the passage.

    Args:
        desk: what the screens work with.
        article_id: only those of this article; None for all.
        only: only these, by id, each with what is said before it.
        title: what the list shows.
    """

    commands = notes_commands
    takes_queries = True
    hints: ClassVar[tuple[str, ...]] = (
        "open", "edit", "tag", "highlight_in_color_slot", "copy", "delete", "filter_query", "sort", "export", "undo",
        "help", "close_or_quit",
    )  # fmt: skip

    def __init__(
        self,
        desk: Desk,
        article_id: str | None,
        *,
        only: Mapping[str, str] | None = None,
        title: str = "Highlights and notes",
    ) -> None:
        items: VirtualList[Entry] = VirtualList(
            self._paint,
            key=lambda entry: entry.key,
            item_height=2,
            is_heading=lambda entry: entry.annotation is None,
        )
        super().__init__(desk, "notes", title, items)
        self._only = only
        self.article_id = article_id
        self.sort = SORTS[0]
        self._entries = Entries([], [])
        self._looking = False
        """Whether a worker lists what was there when it began."""

    def reload(self) -> None:
        """All that the query finds, in the order asked for; what takes long is done on a worker."""
        asked = self.query_text, self.sort
        if not asked[0].strip() and self._count() <= AT_ONCE and self.sort != "entity":
            self._show(asked, self._find(asked, lambda: False))
            return
        if self.sort == "entity" and self.status is not None:
            self.status.place = "Looking for names ..."
        self._looking = True
        look(self, "filter", lambda cancelled: self._find(asked, cancelled), lambda found: self._show(asked, found))

    def _count(self) -> int:
        """How many highlights there may be to list."""
        counts = self.desk.workspace.store.count_annotations()
        return sum(counts.values()) if self.article_id is None else counts.get(self.article_id, 0)

    def _find(self, asked: tuple[str, str], cancelled: Cancelled) -> Entries:
        """The highlights of a query, arranged."""
        workspace, (query, sort) = self.desk.workspace, asked
        if query.strip():
            notes: Sequence[Annotation] = workspace.searching.annotations(query)
        elif self.article_id is not None:
            notes = workspace.annotating.of_article(self.article_id)
        else:
            notes = workspace.annotating.all()
        if self.article_id is not None:
            notes = [note for note in notes if note.article == self.article_id]
        if self._only is not None:
            notes = [note for note in notes if note.id in self._only]
        notes = notes[: workspace.searching.directives(query).limit]
        return arrange(notes, sort, workspace, self.desk.config, cancelled)

    def _show(self, asked: tuple[str, str], found: Entries) -> None:
        """Show highlights, if they are still what is asked for."""
        if asked != (self.query_text, self.sort):
            return
        self._entries, self._looking = found, False
        said = counted(found.highlights, "highlight")
        said += f" · {counted(found.notes, 'note')} · by {self.sort}" if found.highlights else ""
        why = f"No highlight matches {self.query_text}\n\nz x shows everything again."
        if not self.query_text:
            why = "No highlights yet.\n\nIn an article, v selects, c1 highlights the sentence, t tags it, a notes it."
        self.show_items(found.rows, said, why, found.keys)

    def on_library_changed(self, message: LibraryChanged) -> None:
        """Show what became of a few highlights at once; the list is made anew where that is not all."""
        message.prevent_default()  # a list is made anew by its base class
        changes = message.transaction.changes
        few = len(changes) <= FEW and all(change.kind is Annotation for change in changes)
        if self._looking or not few or not self._entries.rows:
            self.reload()
            return
        wanted = None if self.article_id is None else {self.article_id}
        exact = self._entries.follow(changes, wanted)
        asked = self.query_text, self.sort
        self._show(asked, self._entries)
        if not exact or asked[0].strip() or asked[1] != SORTS[0] or self._only is not None:
            self.reload()

    def _paint(self, entry: Entry, width: int) -> Sequence[Sequence[Piece]]:
        note = entry.annotation
        if note is None:
            title = fit(entry.heading, max(10, width - len(entry.facts) - 3))
            return [[], [(title, "strong"), (f"  {entry.facts}", "muted")]]
        color = self.desk.config.color_name(note.color)
        tags = " ".join("#" + tag for tag in note.tags)
        states = {"moved": " (moved)", "changed": " (words changed)", "orphan": " (its text is gone)"}
        state = states.get(note.state.value, "")
        relation = self._only.get(note.id, "") if self._only else ""
        swatch, room = f" {color} ", max(10, width - len(color) - len(state) - 5)
        slot = f"slot-{note.color or 1}"
        first: list[Piece] = [
            ("▎", "accent"),
            (fit(f"{relation} {quoted(note.quote)}".strip(), room), ""),
            (f"{state}  ", "muted"),
            (swatch, slot),
        ]
        room = max(10, width - 3 - min(len(tags) + 2, width // 2))
        said = fit(" ".join(note.note.split()), room) if note.note else ""
        gap = " " if said else ""
        return [first, [("▎ ", "accent"), (said + gap, ""), (fit(tags, width - 3 - len(said)), "tag")]]

    def chosen(self) -> list[Annotation]:
        """The marked annotations, or the one under the cursor."""
        return [entry.annotation for entry in self.list.chosen if entry.annotation is not None]

    def to_export(self) -> dict[str, Choice]:
        """The marked highlights or this one, those shown, and the articles of those."""
        from newstui.services.exporting import Choice

        exporting, chosen = self.desk.workspace.exporting, self.chosen()
        shown = exporting.passages(each.annotation.id for each in self.list.items if each.annotation is not None)
        name = f"{len(chosen)} marked" if self.list.marked else "highlight"
        return {
            "list": replace(shown, found_by=self.query_text),
            name: exporting.passages(note.id for note in chosen),
            "articles": Choice(shown.articles),
        }

    def to_pipe(self) -> dict[str, str]:
        """The notes of the marked highlights or of this one, the words they are on, and both as Markdown."""
        chosen = self.chosen()
        return {
            "note": "\n\n".join(note.note for note in chosen if note.note),
            "passage": "\n\n".join(note.quote for note in chosen),
            "highlights": self.desk.workspace.exporting.annotation_markdown([note.id for note in chosen]),
        }

    def prompt_done(self, name: str, text: str) -> None:
        """Give the tags that were typed, or move to the article that was."""
        if name == "move":
            self._move(text)
            return
        self.give_tags(text)

    def give_tags(self, text: str, *, ask: bool = False) -> None:
        """Give tags to the chosen highlights; `ask` if no row has shown how many they are."""
        add, drop = tag_prompt.parse_tags(text)
        notes = self.chosen()
        if not notes or not (add or drop):
            return
        self.desk.last_tags = tuple(add) or self.desk.last_tags
        ids = [note.id for note in notes]
        annotating = self.desk.workspace.annotating
        many, tags = counted(len(notes), "highlight"), tag_prompt.shown_tags(add, drop)

        def give() -> None:
            self.save(lambda: annotating.retag(ids, add, drop), lambda _: self.say(f"Tagged {many}: {tags}", "ok"))

        ask_if_many(self, len(ids) if ask else 0, f"Tag {many} {tags}?", give)

    def _move(self, typed: str) -> None:
        """Move the marked highlights, or this one."""
        moving, ids = self.desk.workspace.moving, [note.id for note in self.chosen()]

        def then(moved: Moved) -> None:
            self.list.marked = set()
            self.say(f"{moved.words}; u takes it back.", "ok")

        if ids and typed.strip():
            self.save(lambda: moving.move(ids, moving.find_article(typed).id), then)

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Show the passage."""
        annotation = message.item.annotation
        app = self.app
        self.dismiss(None)
        app.post_message(OpenPassage(annotation.article, annotation_id=annotation.id))


@notes_commands("sort")
def sort(screen: NotesScreen, stroke: Stroke) -> None:
    """Sort by the next order."""
    screen.sort = SORTS[(SORTS.index(screen.sort) + stroke.times) % len(SORTS)]
    screen.reload()


@notes_commands("edit")
def edit(screen: NotesScreen, stroke: Stroke) -> None:
    """Edit tags, note and color of the highlight under the cursor; what cannot be saved is shown again."""
    from newstui.ui.screens.annotation_editor import AnnotationDraft, AnnotationEditor

    screen.desk.workspace.store.check_writable()
    entry = screen.list.cursor_item
    note = entry.annotation if entry else None
    if note is None:
        return
    draft = AnnotationDraft(note.tags, note.note, note.color or 1)
    annotating = screen.desk.workspace.annotating

    def done(result: AnnotationDraft | None) -> None:
        if result is not None and result != draft:
            screen.save(
                lambda: annotating.change(note.id, tags=result.tags, note=result.note, color=result.color),
                lambda _: screen.say("Changed the highlight.", "ok"),
                lambda: show(result, unsaved=True),
            )

    def show(shown: AnnotationDraft, unsaved: bool = False) -> None:
        editor = AnnotationEditor(
            screen.desk, title="Highlight", quote=note.quote, draft=shown, focus="note", unsaved=unsaved
        )
        screen.app.push_screen(editor, done)

    show(draft)


@notes_commands("tag")
def tag(screen: NotesScreen, stroke: Stroke) -> None:
    """Ask for tags; `-name` takes one off."""
    screen.desk.workspace.store.check_writable()
    notes = screen.chosen()
    if stroke.argument:
        screen.give_tags(stroke.argument, ask=True)
    elif notes:
        screen.open_prompt("tags", f"Tag {counted(len(notes), 'highlight')}:", "", tag_prompt.PLACEHOLDER)


@notes_commands("move_to_article")
def move_to_article(screen: NotesScreen, stroke: Stroke) -> None:
    """Ask for the article that highlights are to be moved to, unless it is given."""
    screen.desk.workspace.store.check_writable()
    notes = screen.chosen()
    if stroke.argument:
        screen.prompt_done("move", stroke.argument)
    elif notes:
        label = f"Move {counted(len(notes), 'highlight')} to the article:"
        screen.open_prompt("move", label, "", "its title or reference; it has the same words")


@notes_commands("repeat_last_tags")
def repeat_last_tags(screen: NotesScreen, stroke: Stroke) -> None:
    """Give the last tags again."""
    if not screen.desk.last_tags:
        screen.say("No tags were given yet; t tags.")
    else:
        screen.give_tags(", ".join(screen.desk.last_tags), ask=True)


@notes_commands("highlight_in_color_slot")
def recolor(screen: NotesScreen, stroke: Stroke) -> None:
    """Give a color."""
    if stroke.argument not in "123456" or not stroke.argument:
        screen.say("The colors are c1 to c6.")
        return
    notes, color = screen.chosen(), int(stroke.argument)
    ids = [note.id for note in notes]
    many, name = counted(len(notes), "highlight"), screen.desk.config.color_name(color)

    def recolor_all() -> None:
        screen.save(
            lambda: screen.desk.workspace.annotating.recolor(ids, color),
            lambda _: screen.say(f"{many}: {name} now.", "ok"),
        )

    if ids:
        ask_if_many(screen, len(ids), f"Make {many} {name}?", recolor_all)


@notes_commands("delete")
def delete(screen: NotesScreen, stroke: Stroke) -> None:
    """Delete; undo takes it back."""
    notes = screen.chosen()
    ids = [note.id for note in notes]
    many = counted(len(notes), "highlight")

    def remove() -> None:
        screen.list.marked = set()
        screen.save(
            lambda: screen.desk.workspace.annotating.remove(ids),
            lambda _: screen.say(f"Deleted {many}; u takes it back.", "ok"),
        )

    if ids:
        ask_if_many(screen, len(ids), f"Delete {many}?", remove)


@notes_commands("copy")
def copy(screen: NotesScreen, stroke: Stroke) -> None:
    """Copy as Markdown, with quotes and notes."""
    from newstui.ui.clipboard import copy_text

    notes = screen.chosen()
    if notes:
        way = copy_text(screen.app, screen.desk.workspace.exporting.annotation_markdown([note.id for note in notes]))
        screen.say(f"Copied {counted(len(notes), 'highlight')} {way}.", "ok")
