"""What Textual does not offer: giving the mouse back to the terminal for a while, and leaving on a signal."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import traceback
from pathlib import Path
from typing import Any

from textual.app import App

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
