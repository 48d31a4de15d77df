"""What is done to whole articles in the list: the marked ones, or the one under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.model import Article
from newstui.text.display import visible
from newstui.text.figures import counted
from newstui.ui.dispatch import Stroke
from newstui.ui.screens import tag_prompt
from newstui.ui.screens.library.commands import library_commands
from newstui.ui.screens.library.finding import open_prompt

if TYPE_CHECKING:
    from newstui.ui.screens.library.screen import LibraryScreen


def chosen(screen: LibraryScreen) -> list[Article]:
    """The articles a command is for."""
    return [row.article for row in screen.list.chosen]


@library_commands("toggle_read")
def toggle_read(screen: LibraryScreen, stroke: Stroke) -> None:
    """Mark as read, or as unread if all are read."""
    rows = screen.list.chosen
    read = not all(row.status == "read" for row in rows)
    ids = [row.article.id for row in rows]

    def then(_: None) -> None:
        screen.reload()
        screen.say(f"{'Read' if read else 'Unread'}: {counted(len(rows), 'article')}", "ok")

    screen.save(lambda: screen.desk.workspace.reading.mark_read(ids, read), then)


@library_commands("toggle_star")
def toggle_star(screen: LibraryScreen, stroke: Stroke) -> None:
    """Star, or unstar if all are starred."""
    articles = chosen(screen)
    if articles:
        starred = not all(article.starred for article in articles)
        screen.save(lambda: screen.desk.workspace.catalog.star([article.id for article in articles], starred))


@library_commands("toggle_archive")
def toggle_archive(screen: LibraryScreen, stroke: Stroke) -> None:
    """Archive, or take out of the archive if all are there."""
    articles = chosen(screen)
    if not articles:
        return
    archived = not all(article.archived for article in articles)
    what = f"{'Archived' if archived else 'Out of the archive'}: {counted(len(articles), 'article')}. u takes it back."
    work = screen.desk.workspace.catalog.archive
    screen.save(lambda: work([article.id for article in articles], archived), lambda _: screen.say(what, "ok"))


@library_commands("delete")
def delete(screen: LibraryScreen, stroke: Stroke) -> None:
    """Put into the trash, or take out of it what is there (`= is:trashed`)."""
    articles = chosen(screen)
    if not articles:
        return
    catalog = screen.desk.workspace.catalog
    restoring = all(article.deleted for article in articles)
    what = (
        f"Took {counted(len(articles), 'article')} out of the trash."
        if restoring
        else f"Deleted {counted(len(articles), 'article')}; u brings back."
    )
    work = catalog.restore if restoring else catalog.trash
    screen.list.marked = set()
    screen.save(lambda: work([article.id for article in articles]), lambda _: screen.say(what, "ok"))


@library_commands("tag")
def tag(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for tags; `-name` takes one off."""
    screen.desk.workspace.store.check_writable()
    articles = chosen(screen)
    if stroke.char:
        give_tags(screen, stroke.char)
    elif articles:
        open_prompt(screen, "tags", f"Tag {counted(len(articles), 'article')}:", "", tag_prompt.PLACEHOLDER)


@library_commands("repeat_last_tags")
def repeat_last_tags(screen: LibraryScreen, stroke: Stroke) -> None:
    """Give the last tags again."""
    if not screen.desk.last_tags:
        screen.say("No tags were given yet; t tags.")
    else:
        give_tags(screen, ", ".join(screen.desk.last_tags))


def give_tags(screen: LibraryScreen, typed: str) -> None:
    """Give the tags that were typed to the chosen articles."""
    add, drop = tag_prompt.parse_tags(typed)
    articles = chosen(screen)
    if not articles or not (add or drop):
        return
    screen.desk.last_tags = tuple(add) or screen.desk.last_tags
    ids = [article.id for article in articles]
    what = f"Tagged {counted(len(articles), 'article')}: {tag_prompt.shown_tags(add, drop)}"
    screen.save(lambda: screen.desk.workspace.catalog.tag(ids, add, drop), lambda _: screen.say(what, "ok"))


@library_commands("collect")
def collect(screen: LibraryScreen, stroke: Stroke) -> None:
    """Ask for collections to put into; `-name` takes out."""
    screen.desk.workspace.store.check_writable()
    articles = chosen(screen)
    if articles:
        held = ", ".join(dict.fromkeys(name for article in articles for name in article.collections))
        placeholder = f"a name, or several with commas between; -name takes out{f'; now in {held}' if held else ''}"
        open_prompt(screen, "collections", f"Put {counted(len(articles), 'article')} into:", "", visible(placeholder))


def put_into(screen: LibraryScreen, typed: str) -> None:
    """Put the chosen articles into the collections that were typed."""
    add, drop = tag_prompt.parse_tags(typed)
    ids = [article.id for article in chosen(screen)]
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
    dialog.path.value = visible(stroke.char)
    screen.app.push_screen(dialog, screen.tell)
