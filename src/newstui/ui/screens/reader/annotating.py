"""Annotating: highlight, tag, note, edit, move boundaries, delete, undo; on the selection or on what is here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newstui.model import Annotation, Span
from newstui.text import motions, segmentation
from newstui.text.figures import counted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.general import travel_and_show
from newstui.ui.screens.reader.commands import reader_commands
from newstui.ui.screens.reader.names import learn_tags
from newstui.ui.screens.reader.place import describe
from newstui.ui.screens.tag_prompt import parse_tags, shown_tags

if TYPE_CHECKING:
    from newstui.services.history import Move
    from newstui.store import Transaction
    from newstui.ui.screens.annotation_editor import AnnotationDraft
    from newstui.ui.screens.reader.screen import ReaderScreen


@dataclass(frozen=True, slots=True)
class Deed:
    """What was given last, to be given again: tags, and a color slot (0: the color stays as it is)."""

    tags: tuple[str, ...] = ()
    color: int = 0


Field = Literal["tags", "note"]


def passage(screen: ReaderScreen) -> Span:
    """What an annotation would be made of: the selection, else the sentence at the cursor."""
    view = screen.view
    if view.selection is not None:
        return view.selection
    found = motions.object_at(view.text, view.cursor, "sentence")
    return found or Span(view.cursor, view.cursor)


def annotation_here(screen: ReaderScreen) -> Annotation | None:
    """The annotation on top under the cursor, unless something is selected."""
    if screen.view.selection is not None:
        return None
    found = screen.view.highlights.marks_at(screen.view.cursor)
    return found[0].annotation if found else None


def words_in(screen: ReaderScreen, span: Span) -> str:
    """How long a passage is, for a sentence."""
    return counted(segmentation.count_words(span.slice(screen.view.text)), "word")


def settle(screen: ReaderScreen, said: str) -> Callable[[Annotation], None]:
    """What follows once an annotation is on the disk: its mark is on top, and a sentence says so."""

    def then(annotation: Annotation) -> None:
        if annotation.tags:
            screen.desk.last_tags = annotation.tags
        screen.view.highlights.choose(annotation.id)
        screen.view.remark()
        screen.say(said, "ok")

    return then


def deselect(screen: ReaderScreen) -> Callable[[], None]:
    """Select nothing from now on, so that the next key is one of the reader's; the answer selects again."""
    view, before, every, bounds = screen.view, screen.view.selection, screen.every, screen.editing_bounds
    if every:
        screen.finding.forget()
    if before is not None:
        view.select(None)
    screen.sync_context()

    def again() -> None:
        view.select(before)
        screen.every, screen.editing_bounds = every, bounds
        screen.sync_context()

    return again


def put(
    screen: ReaderScreen, work: Callable[[], Annotation], said: str, failed: Callable[[], None] = lambda: None
) -> None:
    """Save what was done to a passage; if it does not reach the disk, the selection comes back."""
    select_again = deselect(screen)

    def give_back() -> None:
        select_again()
        failed()

    screen.save(work, settle(screen, said), give_back)


def create(
    screen: ReaderScreen,
    span: Span,
    tags: Sequence[str],
    note: str,
    color: int,
    failed: Callable[[], None] = lambda: None,
) -> None:
    """Annotate a passage, or every occurrence of its words if that was asked for."""
    annotating, article = screen.desk.workspace.annotating, screen.article_id
    screen.last_deed = Deed(tuple(tags), color)
    how = f", {' '.join('#' + tag for tag in tags)}." if tags else f" in {screen.desk.config.color_name(color)}."
    if screen.every:
        quote = span.slice(screen.view.text)

        def annotate_all() -> Annotation:
            return annotating.highlight_quote(article, quote, every=True, tags=tags, note=note, color=color)[0]

        put(screen, annotate_all, f"Highlighted {counted(screen.every, 'passage')}{how} u takes all back.", failed)
        return
    said = f"Highlighted {words_in(screen, span)}{how}"
    put(screen, lambda: annotating.highlight(article, span, tags=tags, note=note, color=color), said, failed)


@reader_commands("highlight_in_color_slot")
def highlight(screen: ReaderScreen, stroke: Stroke) -> None:
    """Highlight the selection or the sentence in a color, or recolor the highlight here.

    Without a digit, as by a click on the hint, it is the color used last.
    """
    if stroke.argument not in "123456":
        screen.say("The colors are c1 to c6.")
        return
    color = int(stroke.argument or screen.last_color)
    screen.last_color = color
    here = annotation_here(screen)
    if here is None:
        create(screen, passage(screen), (), "", color)
        return
    annotating = screen.desk.workspace.annotating
    screen.last_deed = Deed((), color)
    said = f"The highlight is {screen.desk.config.color_name(color)} now."
    put(screen, lambda: annotating.change(here.id, color=color), said)


@reader_commands("tag", "edit")
def tag(screen: ReaderScreen, stroke: Stroke) -> None:
    """Tag the selection, the highlight here, or the sentence; the tags may be given, `-name` takes one off."""
    if stroke.argument:
        give_typed(screen, stroke.argument)
        return
    if stroke.action == "edit" and annotation_here(screen) is None:
        screen.say("There is no highlight here; t tags and a notes the sentence.")
        return
    open_editor(screen, "tags")


@reader_commands("annotate", "annotate_sentence")
def write_note(screen: ReaderScreen, stroke: Stroke) -> None:
    """Write a note on the selection, the highlight here, or the sentence."""
    if screen.editing_bounds is not None:
        from newstui.ui.screens.reader.bounds import save_edited

        save_edited(screen)
    else:
        open_editor(screen, "note")


@reader_commands("open_under_cursor")
def open_here(screen: ReaderScreen, stroke: Stroke) -> None:
    """Edit the highlight here."""
    if annotation_here(screen) is None:
        screen.say("There is no highlight here; v selects, c1 highlights the sentence.")
    else:
        open_editor(screen, "note")


def open_editor(screen: ReaderScreen, focus: Field) -> None:
    """Let the tags, the note and the color be edited, and save what comes back."""
    from newstui.ui.screens.annotation_editor import AnnotationDraft

    screen.desk.workspace.store.check_writable()
    here = annotation_here(screen)
    if here is not None:
        edit(screen, focus, here.span, AnnotationDraft(here.tags, here.note, here.color or 1), here)
        return
    span = passage(screen)
    if not span.slice(screen.view.text).strip():
        screen.say("There are no words here to annotate.")
        return
    screen.view.select(span)
    edit(screen, focus, span, AnnotationDraft((), "", screen.last_color), None)


def edit(
    screen: ReaderScreen,
    focus: Field,
    span: Span,
    draft: AnnotationDraft,
    here: Annotation | None,
    unsaved: bool = False,
) -> None:
    """Show the editor with a draft; what cannot be saved is shown in it again."""
    from newstui.ui.screens.annotation_editor import AnnotationEditor

    verb = "Highlight" if here else "Tag passage" if focus == "tags" else "Note on passage"
    before = None if here is None else (here.tags, here.note, here.color or 1)

    def done(result: AnnotationDraft | None) -> None:
        if result is None:
            return

        def again() -> None:
            edit(screen, focus, span, result, here, unsaved=True)

        if here is None:
            create(screen, span, result.tags, result.note, result.color, again)
        elif (result.tags, result.note, result.color) != before:
            change(screen, here.id, result, again)

    title = f"{verb} · {words_in(screen, span)}"
    quote = span.slice(screen.view.text)
    suggesting = screen.desk.workspace.suggesting
    alike = suggesting.tags_for(screen.article_id, span, given=draft.tags, wait=False)
    if suggesting.is_behind:
        learn_tags(screen)
    editor = AnnotationEditor(
        screen.desk, title=title, quote=quote, draft=draft, focus=focus, alike=alike, unsaved=unsaved
    )
    screen.app.push_screen(editor, done)


def change(screen: ReaderScreen, annotation_id: str, draft: AnnotationDraft, failed: Callable[[], None]) -> None:
    """Save an edited annotation."""
    annotating = screen.desk.workspace.annotating
    screen.last_color = draft.color
    screen.last_deed = Deed(draft.tags, draft.color)

    def work() -> Annotation:
        return annotating.change(annotation_id, tags=draft.tags, note=draft.note, color=draft.color)

    put(screen, work, "Changed the highlight.", failed)


@reader_commands("repeat_last_tags")
def repeat_tags(screen: ReaderScreen, stroke: Stroke) -> None:
    """Give the last tags again."""
    tags = screen.desk.last_tags or _newest_tags(screen)
    if not tags:
        screen.say("No tags were given yet; t gives some.")
        return
    give(screen, Deed(tags))


@reader_commands("repeat_last_annotation_action")
def repeat_deed(screen: ReaderScreen, stroke: Stroke) -> None:
    """Give the last tags and color again."""
    if screen.last_deed == Deed():
        screen.say("Nothing was highlighted or tagged yet.")
        return
    give(screen, screen.last_deed)


def give(screen: ReaderScreen, deed: Deed) -> None:
    """Give tags and a color to the highlight here, else to the selection or the sentence."""
    here = annotation_here(screen)
    if here is None:
        create(screen, passage(screen), deed.tags, "", deed.color or screen.last_color)
        return
    annotating = screen.desk.workspace.annotating
    screen.last_deed = deed
    united = tuple(dict.fromkeys([*here.tags, *deed.tags]))
    said = f"Tagged {' '.join('#' + tag for tag in deed.tags)}." if deed.tags else "Recolored the highlight."
    put(screen, lambda: annotating.change(here.id, tags=united, color=deed.color or here.color), said)


def give_typed(screen: ReaderScreen, typed: str) -> None:
    """Give the tags that were typed, and take off those with a minus."""
    add, drop = parse_tags(typed)
    here = annotation_here(screen)
    if here is None and not add:
        screen.say("There is no highlight here to take a tag off.")
        return
    screen.desk.last_tags = tuple(add) or screen.desk.last_tags
    if here is None or not drop:
        give(screen, Deed(tuple(add)))
        return
    left = tuple(name for name in dict.fromkeys([*here.tags, *add]) if name not in drop)
    put(screen, lambda: screen.desk.workspace.annotating.change(here.id, tags=left), f"Tags: {shown_tags(add, drop)}.")


@reader_commands("annotate_all_occurrences")
def annotate_all(screen: ReaderScreen, stroke: Stroke) -> None:
    """Mark every occurrence of the selected words; the next color, tag or note is for all of them."""
    view = screen.view
    if view.selection is None:
        return
    quote = view.selection.slice(view.text)
    starts = [found.start() for found in re.finditer(re.escape(quote), view.text)]
    view.marks.set_hits([Span(start, start + len(quote)) for start in starts], view.selection)
    view.remark()
    screen.every = len(starts)
    many = "only occurrence" if len(starts) == 1 else f"{len(starts)} occurrences"
    screen.say(f"{many}: c1 to c6, t or a annotates them all, esc does not.")


def _newest_tags(screen: ReaderScreen) -> tuple[str, ...]:
    newest = max(screen.desk.workspace.store.iter_tagged(), key=lambda note: note.modified, default=None)
    return newest.tags if newest else ()


@reader_commands("delete")
def delete(screen: ReaderScreen, stroke: Stroke) -> None:
    """Delete the highlight here."""
    here = annotation_here(screen)
    if here is None:
        screen.say("There is no highlight here; ]a goes to the next.")
        return
    annotating = screen.desk.workspace.annotating

    def then(transaction: Transaction) -> None:
        screen.say("Deleted the highlight; u takes it back.", "ok")

    screen.save(lambda: annotating.remove([here.id]), then)


@reader_commands("cycle_overlap")
def cycle(screen: ReaderScreen, stroke: Stroke) -> None:
    """Put the next highlight under the cursor on top, and name it."""
    view = screen.view
    under = sorted(view.highlights.marks_at(view.cursor), key=lambda mark: (mark.end - mark.start, mark.id))
    if not under:
        screen.say("There is no highlight here; ]a goes to the next.")
        return
    current = next((n for n, mark in enumerate(under) if mark.id == view.highlights.chosen), 0)
    number = (current + 1) % len(under)
    view.highlights.choose(under[number].id)
    view.remark()
    words = describe(under[number].annotation, screen.desk.config.color_name)
    screen.say(f"Highlight {number + 1} of {len(under)} here: {words}")


@reader_commands("undo", "redo")
def travel(screen: ReaderScreen, stroke: Stroke) -> None:
    """Take back the last change, or do it again, and go to where it was."""

    def show(move: Move) -> None:
        here = (note for note in move.records if isinstance(note, Annotation) and note.article == screen.article_id)
        if (note := next(here, None)) is not None:
            screen.jump(note.span.start)

    travel_and_show(screen, stroke, show)
