"""One search over everything."""

from newstui.ui.screens.search import acting as _acting  # noqa: F401  # adds its commands
from newstui.ui.screens.search.commands import search_commands
from newstui.ui.screens.search.screen import SearchScreen

__all__ = ["SearchScreen", "search_commands"]
