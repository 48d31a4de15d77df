"""The list of articles: what every reading begins with."""

from newstui.ui.screens.library import changing, finding
from newstui.ui.screens.library.screen import LibraryScreen

__all__ = ["LibraryScreen", "changing", "finding"]
