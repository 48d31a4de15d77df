"""What is done to whole articles in the list: the marked ones, or the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newstui.text.display import visible
from newstui.text.figures import counted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.library.commands import library_commands
from newstui.ui.screens.library.finding import open_prompt
from newstui.ui.screens.listing import MANY, ask_if_many

if TYPE_CHECKING:
    from newstui.ui.screens.library.screen import LibraryScreen


def chosen(screen: LibraryScreen) -> list[str]:
    """The articles a command is for, by their ids: the marked ones, of which there may be very many."""
    return [str(id_) for id_ in screen.list.chosen_keys]


def change(screen: LibraryScreen, verb: str, ids: list[str], work: Callable[[], str]) -> None:
    """Change articles on the writing thread, after asking if they are many.

    Args:
        screen: shows what became of it.
        verb: what is asked about.
        ids: of the articles.
        work: does it, and returns what is said then.
    """
    if ids:
        question = f"{verb} {counted(len(ids), 'article')}?"
        ask_if_many(screen, len(ids), question, lambda: screen.save(work, lambda said: screen.say(said, "ok")))


@library_commands("toggle_read")
def toggle_read(screen: LibraryScreen, stroke: Stroke) -> None:
    """Mark as read, or as unread if all are read."""
    ids, workspace = chosen(screen), screen.desk.workspace

    def work() -> bool:
        read = not all(workspace.reading.place(id_).read for id_ in ids)
        workspace.reading.mark_read(ids, read)
        return read

    def then(read: bool) -> None:
        screen.reload()
        screen.say(f"{'Read' if read else 'Unread'}: {counted(len(ids), 'article')}", "ok")

    if ids:
        question = f"Mark {counted(len(ids), 'article')} as read, or as unread if all are read?"
        ask_if_many(screen, len(ids), question, lambda: screen.save(work, then))


@library_commands("toggle_star")
def toggle_star(screen: LibraryScreen, stroke: Stroke) -> None:
    """Star, or unstar if all are starred."""
    ids, catalog = chosen(screen), screen.desk.workspace.catalog
    change(
        screen, "Star, or unstar if all are starred,", ids,
        lambda: f"{catalog.star(ids, not catalog.are_all(ids, 'starred')).label}. u takes it back.",
    )  # fmt: skip


@library_commands("toggle_archive")
def toggle_archive(screen: LibraryScreen, stroke: Stroke) -> None:
    """Archive, or take out of the archive if all are there."""
    ids, catalog = chosen(screen), screen.desk.workspace.catalog

    def work() -> str:
        archived = not catalog.are_all(ids, "archived")
        catalog.archive(ids, archived)
        return f"{'Archived' if archived else 'Out of the archive'}: {counted(len(ids), 'article')}. u takes it back."

    change(screen, "Archive, or take out of the archive if all are there,", ids, work)


@library_commands("delete")
def delete(screen: LibraryScreen, stroke: Stroke) -> None:
    """Put into the trash, or take out of it what is there (`= is:trashed`)."""
    ids, catalog = chosen(screen), screen.desk.workspace.catalog

    def work() -> str:
        if catalog.are_all(ids, "deleted"):
            catalog.restore(ids)
            return f"Took {counted(len(ids), 'article')} out of the trash."
        catalog.trash(ids)
        return f"Deleted {counted(len(ids), 'article')}; u takes it back."

    change(screen, "Delete, or take out of the trash what is there,", ids, work)


@library_commands("tag")
def tag(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for tags; `-name` takes one off."""
    screen.desk.workspace.store.check_writable()
    ids = chosen(screen)
    if stroke.argument:
        give_tags(screen, stroke.argument, ask=True)
    elif ids:
        open_prompt(screen, "tags", f"Tag {counted(len(ids), 'article')}:", "", tag_prompt.PLACEHOLDER)


@library_commands("repeat_last_tags")
def repeat_last_tags(screen: LibraryScreen, stroke: Stroke) -> None:
    """Give the last tags again."""
    if not screen.desk.last_tags:
        screen.say("No tags were given yet; t tags.")
    else:
        give_tags(screen, ", ".join(screen.desk.last_tags), ask=True)


def give_tags(screen: LibraryScreen, typed: str, *, ask: bool = False) -> None:
    """Give the tags that were typed to the chosen articles; `ask` if no row has shown how many they are."""
    add, drop = tag_prompt.parse_tags(typed)
    ids = chosen(screen)
    if not ids or not (add or drop):
        return
    screen.desk.last_tags = tuple(add) or screen.desk.last_tags
    many, tags = counted(len(ids), "article"), tag_prompt.shown_tags(add, drop)

    def give() -> None:
        screen.save(
            lambda: screen.desk.workspace.catalog.tag(ids, add, drop),
            lambda _: screen.say(f"Tagged {many}: {tags}", "ok"),
        )

    ask_if_many(screen, len(ids) if ask else 0, f"Tag {many} {tags}?", give)


@library_commands("collect")
def collect(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for collections to put into; `-name` takes out."""
    screen.desk.workspace.store.check_writable()
    ids, catalog = chosen(screen), screen.desk.workspace.catalog
    if ids:
        some = [catalog.row(id_).article for id_ in ids[:MANY]]
        held = ", ".join(dict.fromkeys(name for article in some for name in article.collections))
        placeholder = f"a name, or several with commas between; -name takes out{f'; now in {held}' if held else ''}"
        open_prompt(screen, "collections", f"Put {counted(len(ids), 'article')} into:", "", visible(placeholder))


def put_into(screen: LibraryScreen, typed: str) -> None:
    """Put the chosen articles into the collections that were typed."""
    add, drop = tag_prompt.parse_tags(typed)
    ids = chosen(screen)
    if ids and (add or drop):
        work = screen.desk.workspace.collecting.change
        screen.save(
            lambda: work(ids, add, drop), lambda done: screen.say(f"{done.label}. = collection: lists one.", "ok")
        )


@library_commands("info")
def info(screen: LibraryScreen, stroke: Stroke) -> None:
    """Show what is known about the article."""
    from newstui.ui.screens.info import InfoDialog

    if screen.list.cursor_item is not None:
        screen.app.push_screen(InfoDialog(screen.desk, screen.list.cursor_item.article.id))


@library_commands("open_source_url")
def open_source_url(screen: LibraryScreen, stroke: Stroke) -> None:
    """Open the article's address in a browser."""
    row = screen.list.cursor_item
    if row is None or not row.article.url.startswith(("http://", "https://")):
        screen.say("This article has no address on the web.")
        return
    screen.app.open_url(row.article.url)
    screen.say(f"Opened {row.article.url}", "ok")


@library_commands("import")
def import_articles(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask what to import."""
    from newstui.ui.screens.importing import ImportDialog

    dialog = ImportDialog(screen.desk)
    dialog.path.value = visible(stroke.argument)
    screen.app.push_screen(dialog, screen.tell)
