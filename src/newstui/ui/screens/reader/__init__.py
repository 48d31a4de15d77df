"""The reader: one article, its marks, and what can be done with them by key and by mouse."""

from newstui.ui.screens.reader.screen import ReaderScreen

__all__ = ["ReaderScreen"]
