"""The table of what can be done in the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.ui.dispatch import Commands
from newstui.ui.screens.listing import list_commands

if TYPE_CHECKING:
    from newstui.ui.screens.search.screen import SearchScreen

search_commands: Commands[SearchScreen] = Commands(list_commands)
