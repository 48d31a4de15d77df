"""What Textual does not offer: giving the mouse back for a while, leaving on a signal or without a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from textual.app import App
from textual.driver import Driver

from newstui import paths


def toggle_mouse(app: App[Any]) -> bool:
    """Stop or resume taking the mouse from the terminal; whether newstui has it now.

    Textual can only be told so when it starts; its driver has the two steps under private names.
    """
    driver: Any = app._driver
    if driver is None or not hasattr(driver, "_disable_mouse_support"):
        return True
    captured = not getattr(app, "mouse_captured_by_newstui", True)
    if captured:
        driver._enable_mouse_support()
    else:
        driver._disable_mouse_support()
    app.mouse_captured_by_newstui = captured  # type: ignore[attr-defined]  # belongs to this module alone
    return captured


class _Output:
    """What a driver writes to; a terminal that is gone takes nothing more, and says so once.

    Textual's thread that writes ends at the first error. The next thirty frames then fill its queue, and the one after
    them waits for ever, before any signal is seen.
    """

    def __init__(self, file: IO[str], gone: Callable[[], object]) -> None:
        self._file = file
        self._gone = gone
        self._lost = False

    def write(self, text: str) -> int:
        """Write a text, if there is still somebody to see it."""
        self._try(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        self._try(self._file.flush)

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def _try(self, work: Callable[[], object]) -> None:
        if self._lost:
            return
        try:
            work()
        except OSError:
            self._lost = True
            self._gone()


def outlive_terminal(driver: type[Driver]) -> type[Driver]:
    """The driver, but so that the program ends in order when its terminal is gone."""

    class Outliving(driver):  # type: ignore[misc, valid-type]  # which one it is depends on the system
        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            made: Any = self
            if hasattr(made, "_file"):
                made._file = _Output(made._file, lambda: app.call_later(app.exit))

    return Outliving


def exit_on_signals(app: App[Any]) -> None:
    """Leave in order on SIGTERM and SIGHUP, so that the terminal is as it was."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, app.exit)


def write_crash_log(error: BaseException) -> Path | None:
    """Keep the traceback of an error nobody handled; where it is, or None if it could not be written.

    It names no variable's value, for those are the words of the user's articles.
    """
    file = paths.state_dir() / "crash.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return file
