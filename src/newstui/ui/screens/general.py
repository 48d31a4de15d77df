"""Commands of every screen: help, going places, undo, quitting. Other screens are imported when they are opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from newstui.errors import NewstuiError
from newstui.text.figures import within
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.base import KeyedScreen

if TYPE_CHECKING:
    from newstui.model import Article
    from newstui.services.history import Move, Way

general_commands: Commands[KeyedScreen[Any]] = Commands()


@general_commands("help", "command_palette")
def show_help(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Show all keys of this screen; one of them can be chosen, and is done."""
    from newstui.ui.screens.help import HelpScreen

    def run(action: str | None) -> None:
        if action:
            screen.do_stroke(Stroke(action))

    screen.app.push_screen(HelpScreen(screen.desk, screen.key_context), run)


@general_commands("command_line")
def type_command(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Type a command."""
    from newstui.ui.screens.command_line import ask_command

    ask_command(screen)


@general_commands("choose_theme")
def choose_theme(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Choose a theme with preview, or take the one that is named."""
    from newstui.ui.screens.theme_picker import ThemePicker, keep_theme

    if stroke.argument:
        keep_theme(screen, stroke.argument, screen.tell)
        return
    screen.app.push_screen(ThemePicker(screen.desk, sorted(screen.desk.themes.files)), screen.tell)


@general_commands("quit")
def quit_newstui(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Leave the program; what is being written is waited for."""
    screen.app.exit()


@general_commands("close_or_quit", "back")
def close_or_quit(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Close this view; the last one quits."""
    if len(screen.app.screen_stack) > 1:
        screen.dismiss()
    elif stroke.action == "close_or_quit":
        screen.app.exit()


@general_commands("cancel")
def cancel(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Nothing was begun: the key buffer and the status row are already clear."""


@general_commands("undo", "redo")
def travel(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Take back the last change of the library, or do it again."""
    travel_and_show(screen, stroke, lambda _: None)


def travel_and_show(screen: KeyedScreen[Any], stroke: Stroke, show: Callable[[Move], None]) -> None:
    """Take back the last changes of the library or do them again, show the last of them, and say all."""
    way: Way = "undo" if stroke.action == "undo" else "redo"

    def then(moves: list[Move]) -> None:
        if not moves:
            screen.say(f"Nothing to {way}.")
            return
        show(moves[-1])
        labels = "; ".join(within(move.label) for move in moves)
        screen.say(f"{'Undid' if way == 'undo' else 'Did again'}: {labels}", "ok")

    screen.save(lambda: screen.desk.workspace.history.go(way, stroke.times), then)


@general_commands("focus_next")
def focus_next(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Go to the next pane or field."""
    screen.focus_next()


@general_commands("focus_previous")
def focus_previous(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Go to the previous pane or field."""
    screen.focus_previous()


@general_commands("suspend")
def suspend(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Give the terminal back to the shell until `fg`."""
    screen.app.action_suspend_process()


@general_commands("take_over")
def take_over(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Become the one who writes to the library, if the other newstui has ended."""
    store = screen.desk.workspace.store
    if not store.read_only:
        screen.say("The library is open for writing already.")
        return

    def then(done: bool) -> None:
        if done:
            screen.say("This newstui writes to the library now.", "ok")
            from newstui.store import Transaction
            from newstui.ui.messages import LibraryChanged

            for one in screen.app.screen_stack:
                one.post_message(LibraryChanged(Transaction(0, "Take over", "", ())))
        else:
            screen.say(f"{store.holder or 'Something else'} still keeps the library from being written.", "error")

    screen.save(store.take_over, then)


@general_commands("redraw")
def redraw(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Draw everything again."""
    screen.refresh(layout=True, repaint=True)


@general_commands("toggle_mouse")
def toggle_mouse(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Leave the mouse to the terminal, for its own selection, or take it back."""
    from newstui.ui.terminal import toggle_mouse

    captured = toggle_mouse(screen.app)
    screen.say("The mouse is newstui's again." if captured else "The mouse is the terminal's; zm takes it back.")


@general_commands("search_everywhere")
def search_everywhere(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Search the whole library as one types."""
    from newstui.ui.screens.search import SearchScreen

    screen.app.push_screen(SearchScreen(screen.desk, query=stroke.argument))


@general_commands("search_batch")
def search_batch(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Search for each line of a file, which is asked for if it is not given."""
    from newstui.ui.screens.batch import ask_batch

    ask_batch(screen, stroke.argument)


@general_commands("goto_library")
def goto_library(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Close everything above the list of articles."""
    while len(screen.app.screen_stack) > 1:
        screen.app.pop_screen()


@general_commands("goto_notes")
def goto_notes(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List the highlights and notes of the library."""
    from newstui.ui.screens.notes import NotesScreen

    screen.app.push_screen(NotesScreen(screen.desk, None))


@general_commands("goto_entities")
def goto_entities(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List the names of the article shown, else of the library."""
    from newstui.ui.screens.entities import EntitiesScreen

    screen.app.push_screen(EntitiesScreen(screen.desk, getattr(screen, "article_id", None)))


@general_commands("goto_tags")
def goto_tags(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List the tags of the library."""
    from newstui.ui.screens.tags import TagsScreen

    screen.app.push_screen(TagsScreen(screen.desk))


@general_commands("goto_saved_search")
def goto_view(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Choose a view, and list its articles."""
    from newstui.services.views import View
    from newstui.ui.messages import ShowQuery
    from newstui.ui.screens.views import ViewsScreen

    def show(view: View | None) -> None:
        if view is not None:
            goto_library(screen, stroke)
            screen.app.screen_stack[0].post_message(ShowQuery(view.query))

    screen.app.push_screen(ViewsScreen(screen.desk), show)


@general_commands("goto_mark")
def go_to_mark(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Read on at a place of the library that is marked with a capital."""
    from newstui.ui.messages import OpenPassage

    if not stroke.argument.isupper():
        raise NewstuiError("Small letters mark places in the article that is open; capitals lead there from anywhere.")
    mark = screen.desk.workspace.marks.find(stroke.argument)
    screen.post_message(OpenPassage(mark.article, start=mark.offset))


@general_commands("goto_marks")
def list_marks(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List the marks of the library, and those of the article shown."""
    from newstui.ui.screens.marks import MarksScreen

    screen.app.push_screen(MarksScreen(screen.desk, getattr(screen, "article_id", "")))


@general_commands("goto_anchors")
def goto_anchors(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List the highlights of the article shown, else of the library, that are not where they were."""
    from newstui.ui.screens.anchors import AnchorsScreen

    screen.app.push_screen(AnchorsScreen(screen.desk, getattr(screen, "article_id", None)))


@general_commands("goto_history")
def goto_history(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """List what was done to the library."""
    from newstui.ui.screens.history import HistoryScreen

    screen.app.push_screen(HistoryScreen(screen.desk))


@general_commands("show_page")
def show_page(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Show the page of the tag that is given, else of the article that is open or under the cursor."""
    from newstui.services.page_rows import Goal
    from newstui.ui.screens.page import open_page

    if stroke.argument.strip("# "):
        name = stroke.argument.strip("# ")
        open_page(screen, Goal("tag", name), f"#{name}")
        return
    article = _article_here(screen)
    open_page(screen, Goal("article", article.id), article.title)


@general_commands("goto_versions")
def goto_versions(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Show the copies and earlier texts of the article that is open or under the cursor."""
    from newstui.ui.screens.versions import VersionsScreen

    screen.app.push_screen(VersionsScreen(screen.desk, _article_here(screen)))


def _article_here(screen: KeyedScreen[Any]) -> Article:
    """The article that is open, or that of the row under the cursor."""
    from newstui.model import Article

    row = getattr(getattr(screen, "list", None), "cursor_item", None)
    article = getattr(screen, "article", None) or getattr(row, "article", None)
    if not isinstance(article, Article):
        raise NewstuiError("There is no article here.")
    return article


@general_commands("export")
def export(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Export what is chosen here: the article, the marked ones, or what the list shows."""
    from newstui.ui.screens.export import ExportDialog

    everything = screen.desk.workspace.exporting.everything()
    choices = {name: choice for name, choice in screen.to_export().items() if choice.articles}
    if everything.articles:
        choices["all"] = everything
    if not choices:
        raise NewstuiError("There is nothing to export here.")
    screen.app.push_screen(ExportDialog(screen.desk, choices), screen.tell)


@general_commands("pipe")
def pipe(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Hand a passage, a note or an article to a command."""
    from newstui.ui.screens.pipe import PipeDialog

    texts = {name: text for name, text in screen.to_pipe().items() if text}
    if not texts:
        raise NewstuiError("There are no words here to hand to a command.")
    screen.desk.last_pipe = stroke.argument or screen.desk.last_pipe
    screen.app.push_screen(PipeDialog(screen.desk, texts), screen.tell)


@general_commands("find_here", "next_match", "previous_match", "jump_back", "jump_forward")
def not_here(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Say that there is no text here to find in or jump through."""
    screen.say("No jump to go back." if stroke.action.startswith("jump") else "That is for articles; F searches all.")


@general_commands("complete_query")
def complete_query(screen: KeyedScreen[Any], stroke: Stroke) -> None:
    """Complete the word of the query that is being typed."""
    from newstui.ui.widgets.prompt import PromptRow

    for prompt in screen.query(PromptRow):
        prompt.take_completion()
