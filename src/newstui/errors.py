"""Errors a user can do something about: one sentence that says what, where and what to do."""


class NewstuiError(Exception):
    """A failure with a message for the user and the exit status of the command line.

    The message is one sentence; text from outside in it has gone through `newstui.text.display.visible`
    where it is shown, not here.
    """

    exit_status = 1


class NotFoundError(NewstuiError):
    """Nothing has this id, reference, name or path."""


class UsageError(NewstuiError):
    """A command, query, theme or setting that cannot be understood."""

    exit_status = 2


class LibraryLockedError(NewstuiError):
    """Another newstui writes to the library."""

    exit_status = 3


class LibraryReadOnlyError(NewstuiError):
    """The library was opened for reading only, or its disk does not let itself be written."""

    exit_status = 3


class LibraryDamagedError(NewstuiError):
    """A file of the library cannot be read; it was left as it is."""

    exit_status = 4


class NotSavedError(NewstuiError):
    """A change did not reach the disk; memory and disk hold what was there before."""

    exit_status = 4


class ImportFailedError(NewstuiError):
    """A source that gives no article, with the reason."""


class StoppedError(NewstuiError):
    """Nobody waits any more for what was being made."""


class CrashedError(NewstuiError):
    """newstui met an error of its own; the details are in a log that the sentence names."""
