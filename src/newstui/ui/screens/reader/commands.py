"""The table of the reader's commands; the modules beside it fill it, by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.ui.dispatch import Commands
from newstui.ui.screens.general import general_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen

reader_commands: Commands[ReaderScreen] = Commands(general_commands)
