"""The terminal's own cursor, which Textual hides: braille displays and magnifiers follow it."""

from __future__ import annotations

from typing import Any

from textual.app import App


def show_terminal_cursor(app: App[Any], shown: bool) -> None:
    """Show or hide the cursor; Textual places it at `App.cursor_position` after each frame.

    Textual offers no way to write to the terminal but its driver, under a private name.
    """
    if getattr(app, "cursor_shown_by_newstui", False) is shown:
        return
    driver = app._driver
    if driver is not None and app.is_running and not app._exit:  # the terminal is not ours any more after that
        driver.write("\x1b[?25h" if shown else "\x1b[?25l")
        app.cursor_shown_by_newstui = shown  # type: ignore[attr-defined]  # belongs to this module alone


def forget_terminal_cursor(app: App[Any]) -> None:
    """The terminal was given away and taken back: Textual has hidden the cursor again."""
    app.cursor_shown_by_newstui = False  # type: ignore[attr-defined]  # belongs to this module alone
