"""Copying: what the terminal or the desktop offers, and a sentence about which way it went."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

from textual.app import App

from newstui import paths

TOOLS = (
    ("WAYLAND_DISPLAY", ["wl-copy"]),
    ("DISPLAY", ["xclip", "-selection", "clipboard"]),
    ("", ["pbcopy"]),
)
"""Programs that take a text for the clipboard, and the variable without which they cannot."""
SECONDS = 2.0


def copy_text(app: App[Any], text: str) -> str:
    """Put a text on the clipboard; how and how much, to follow on "Copied 20 words".

    OSC 52 has no answer, so a program of the desktop is used as well when there is one; a terminal that is known to
    ignore it gets a file.
    """
    size = len(text.encode("utf-8", "replace"))
    amount = f"({size} bytes)" if size < 1000 else f"({size / 1000:.0f} KB)"
    app.copy_to_clipboard(text.encode("utf-8", "replace").decode("utf-8"))
    tool = None if "SSH_CONNECTION" in os.environ else _run_tool(text)
    if tool:
        return f"by {tool} {amount}"
    if os.environ.get("TERM") in ("linux", "dumb") or os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        file = paths.data_dir() / "copied.txt"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            return f"nowhere: this terminal takes no clipboard, and {file} cannot be written ({error.strerror})"
        return f"to {file}, for this terminal takes no clipboard {amount}"
    return f"through the terminal {amount}"


def _run_tool(text: str) -> str:
    """The program that took the text, or nothing."""
    for variable, command in TOOLS:
        path = shutil.which(command[0])
        if path is None or (variable and not os.environ.get(variable)):
            continue
        try:
            subprocess.run(  # noqa: S603  # a program found on the PATH, the text goes to its standard input
                [path, *command[1:]],
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    return ""
