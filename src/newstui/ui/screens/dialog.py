"""Dialogs: a box over the screen that asked, with the keys of the keymap."""

from __future__ import annotations

from typing import TypeVar

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from newstui.text.display import visible
from newstui.ui.screens.base import KeyedScreen

R = TypeVar("R")


class DialogScreen(KeyedScreen[R], ModalScreen[R]):
    """A modal screen whose content lies in a `DialogBox`."""

    DEFAULT_CSS = """
    DialogScreen { align: center middle; background: $background 55%; }
    """


class DialogBox(Vertical):
    """The frame of a dialog; its title is the `border_title`."""

    DEFAULT_CSS = """
    DialogBox {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 0 1;
        background: $surface; border: round $rule; border-title-color: $foreground; border-title-style: bold;
        border-subtitle-color: $text-muted;
    }
    DialogBox StatusLine { background: $surface; }
    DialogBox KeyHints { background: $surface; }
    """

    def __init__(self, title: str, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.border_title = Content(visible(title))
