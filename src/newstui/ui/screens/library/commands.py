"""The table of what the list of articles can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.ui.dispatch import Commands
from newstui.ui.screens.listing import list_commands

if TYPE_CHECKING:
    from newstui.ui.screens.library.screen import LibraryScreen

library_commands: Commands[LibraryScreen] = Commands(list_commands)
