"""The application: themes, the first screen, and messages between screens; all else is theirs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen
from textual.worker import WorkerFailed

from newstui import paths
from newstui.config import Config
from newstui.errors import CrashedError, NewstuiError
from newstui.ui.desk import Desk
from newstui.ui.glyphs import FRAMES, QUOTES, GlyphFilter, locale_has_signs
from newstui.ui.idle import IdleCollector
from newstui.ui.key_order import KeyOrder
from newstui.ui.messages import LibraryChanged, OpenPassage
from newstui.ui.patches import load_keymap
from newstui.ui.screens.base import KeyedScreen
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.terminal import exit_on_signals, outlive_terminal, write_crash_log
from newstui.ui.themes import DEFAULTS

if TYPE_CHECKING:
    from newstui.store import Transaction
    from newstui.workspace import Workspace


SWITCH_INTERVAL = 0.0005
"""Seconds a worker keeps the interpreter while a key waits; Python's own 5 ms are felt at every key."""
FOLLOW_EVERY = 1.0
"""Seconds between two looks for changes by the program that writes."""


class NewstuiApp(App[None], inherit_bindings=False):
    """The reader over one library.

    Args:
        desk: what the screens work with.
        start: an article to open first, `ARTICLE` or `ARTICLE#ANNOTATION`, as full ids.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "newstui"

    def __init__(self, desk: Desk, start: str | None = None) -> None:
        super().__init__()
        self._disable_notifications = self._disable_tooltips = True  # nothing here uses the widgets of each screen
        self.desk = desk
        self.themes = desk.themes
        self.crash: BaseException | None = None
        """What ended the program, if it was an error of its own."""
        self._start = start
        self._offered = False
        self._unsubscribe: Callable[[], None] = lambda: None
        for name in self.themes.files:
            self.register_theme(self.themes.build(name))
        self._begin_with_theme()
        if desk.config.reduced_motion:
            self.animation_level = "none"
        self._glyphs = tuple(_choose_glyphs(desk.config))
        self._keys = KeyOrder(self, super().on_event, self._only_moves, self._is_waiting)
        self._collector = IdleCollector(self)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go one after the other to the screen that is there by then."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._collector.note_key()
            await self._keys.take(event)
        else:
            await super().on_event(event)

    def _only_moves(self, event: events.Event) -> bool:
        return isinstance(event, events.Key) and isinstance(self.screen, KeyedScreen) and self.screen.only_moves(event)

    def _is_waiting(self) -> bool:
        return isinstance(self.screen, KeyedScreen) and self.screen.is_waiting

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Every role of newstui has a color, also under a theme of Textual's own."""
        return dict(DEFAULTS)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, which ends the program when the terminal is gone."""
        return outlive_terminal(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, with no color where it has greys, and the one that replaces signs that are not wanted."""
        filters = [NoColor() if isinstance(each, Monochrome) else each for each in super().get_line_filters()]
        return [*filters, *self._glyphs]

    def get_default_screen(self) -> Screen[Any]:
        """The list of articles lies under everything."""
        return LibraryScreen(self.desk)

    def on_mount(self) -> None:
        """Open what was asked for, and listen to the library."""
        exit_on_signals(self)
        self._unsubscribe = self.desk.workspace.store.subscribe(self._announce)
        if self.desk.workspace.store.read_only:
            self.set_interval(FOLLOW_EVERY, self._follow)
        self.call_after_refresh(self._say_problems)
        if self._start is not None:
            article, _, annotation = self._start.partition("#")
            self.post_message(OpenPassage(article, annotation_id=annotation))

    def _fatal_error(self) -> None:
        """Leave in order after an error nobody handled.

        Textual's own way of it prints the values of all variables, which are the words of the user's articles.
        """
        self.crash = self._exception
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """Say what a worker ran into, if a user can do something about it; Textual ends the program for any."""
        reason = error.error if isinstance(error, WorkerFailed) else None
        if isinstance(reason, NewstuiError) and isinstance(self.screen, KeyedScreen):
            self.screen.say(str(reason), "error")
        else:
            super()._handle_exception(error)

    def _begin_with_theme(self) -> None:
        """Choose the theme before any style sheet is parsed; a change afterwards parses them all again."""
        files, wanted = self.themes.files, self.desk.config.theme
        if not files:
            return
        name = wanted if wanted in files else "ink" if "ink" in files else next(iter(files))
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def _follow(self) -> None:
        """Take in what another program has written to a library that is open for reading; say when it has ended."""
        store = self.desk.workspace.store

        def work() -> None:
            store.refresh()
            if store.can_take_over() and not self._offered:
                self._offered = True
                self.call_from_thread(self._offer)

        if store.read_only:
            self.run_worker(work, thread=True, exclusive=True, group="follow")

    def _offer(self) -> None:
        if isinstance(self.screen, KeyedScreen):
            self.screen.say("The newstui that wrote to this library has ended: gW writes here from now on.", "ok")

    def on_unmount(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def _announce(self, transaction: Transaction) -> None:
        """Tell every screen what changed, the one that is seen first; called on the thread that changed it."""
        for screen in reversed(self.screen_stack):
            screen.post_message(LibraryChanged(transaction))

    def _say_problems(self) -> None:
        problems = [*self.desk.workspace.store.warnings, *self.themes.problems, *self.desk.keymap.problems]
        wanted = self.desk.config.theme
        if wanted not in self.themes.files and self.themes.files:
            problems.append(f"There is no theme {wanted!r}; there are {', '.join(sorted(self.themes.files))}.")
        if problems and isinstance(self.screen, KeyedScreen):
            more = f"  (and {len(problems) - 1} more: newstui config)" if len(problems) > 1 else ""
            self.screen.say(problems[0] + more, "error")

    def on_open_passage(self, message: OpenPassage) -> None:
        """Show a passage: in the reader that is open below, or in a new one above what is there."""
        from newstui.ui.screens.reader import ReaderScreen

        readers = [n for n, screen in enumerate(self.screen_stack) if isinstance(screen, ReaderScreen)]
        depth = None if message.above else next(iter(readers), None)
        while depth is not None and len(self.screen_stack) > depth + 1:
            self.pop_screen()
        top = self.screen
        try:
            if isinstance(top, ReaderScreen) and not message.above:
                top.go_to(
                    message.article_id,
                    start=message.start,
                    annotation_id=message.annotation_id,
                    needle=message.needle,
                )
                return
            reader = ReaderScreen(
                self.desk,
                message.article_id,
                start=message.start,
                annotation_id=message.annotation_id,
                needle=message.needle,
            )
        except NewstuiError as error:
            if isinstance(self.screen, KeyedScreen):
                self.screen.say(str(error), "error")
            return
        self.push_screen(reader)


def _raise_crash(error: BaseException) -> None:
    log = write_crash_log(error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    where = f"the details are in {log}" if log else "the details could not be written"
    raise CrashedError(f"newstui met an error of its own and closed; what was saved is safe. {what}; {where}.")


def _choose_glyphs(config: Config) -> Iterator[LineFilter]:
    if config.ascii or not locale_has_signs():
        yield GlyphFilter(FRAMES, QUOTES)
    elif config.plain:
        yield GlyphFilter(FRAMES)


def run_app(workspace: Workspace, start: str | None = None) -> None:
    """Run the reader until it is left; everything that was being written is on the disk then."""
    gc.freeze()  # what was loaded stays, so the collector need not look at it again
    sys.setswitchinterval(SWITCH_INTERVAL)
    for exported in (
        "COLUMNS",
        "LINES",
    ):  # Textual would believe them, not the window, whenever its size changes
        os.environ.pop(exported, None)
    if os.environ.get("NO_COLOR") == "":  # Textual looks whether it is there; https://no-color.org says not empty
        del os.environ["NO_COLOR"]
    desk = Desk(workspace, workspace.config, load_keymap(workspace.config.preset, paths.config_dir() / "keys.toml"))
    gc.freeze()  # the records of the library live as long as the program: no collection need look at them again
    app = NewstuiApp(desk, start)
    try:
        app.run()
    finally:
        desk.close()
    if app.crash is not None:
        _raise_crash(app.crash)
