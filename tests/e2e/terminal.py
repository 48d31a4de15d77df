"""A program in a real pseudo-terminal, with the screen it draws."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B",
    "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
}  # fmt: skip
# What pyte does not know and would print: private CSI, mode queries, colons in SGR, OSC and DCS strings.
NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]* q|\x1b\[[0-9;]*t"
    rb"|\x1b[P_^\]X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*u"
)
ON_AT_THE_START = {7, 25}
MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class Terminal:
    """Starts a program, types, moves the mouse, and waits for what the screen shows.

    Cells are counted from 0. `raw` holds every byte the program wrote.
    """

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, env: dict[str, str], cwd: Path
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.raw = bytearray()
        self._seen = 0
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={
                "PATH": os.environ["PATH"],
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                **{name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},
                **env,
            },
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    # -- looking

    def read(self, seconds: float) -> bool:
        """Take what arrives within this time; whether anything did."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        return bool(data)

    def _draw(self) -> None:
        data = bytes(self.raw[self._seen :])
        cut = data.rfind(b"\x1b")
        whole = len(data) if cut < 0 or len(data) - cut > 64 else cut if len(data) - cut < 3 else len(data)
        self._seen += whole
        self.stream.feed(self.decode(NOT_FOR_PYTE.sub(b"", data[:whole])))

    def settle(self, quiet: float = 0.2, limit: float = 10.0) -> None:
        """Wait until nothing was written for a while."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self.read(quiet):
            pass
        self._draw()

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without blanks at their ends."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def wait(self, wanted: str | Callable[[str], object], limit: float = 20.0) -> None:
        """Wait until the screen shows a text or fulfils a condition."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + limit
        while True:
            self.settle(0.05, 1.0)
            if shows(self.text):
                return
            assert time.monotonic() < end, f"{wanted!r} did not appear:\n{self.text}"

    def find(self, words: str) -> tuple[int, int]:
        """Column and row of a text on the screen."""
        for row, line in enumerate(self.lines):
            if words in line:
                return line.index(words), row
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    # -- typing

    def send(self, text: str) -> None:
        """Write characters as a terminal would."""
        os.write(self.master, text.encode())

    def press(self, *keys: str) -> None:
        """Press keys one after the other: names of `KEYS`, `ctrl+x`, or characters."""
        for key in keys:
            control = key.startswith("ctrl+") and chr(ord(key[5].upper()) & 0x1F)
            self.send(control or KEYS.get(key, key))
            self.settle(0.08, 2.0)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button, move, release."""
        self.send(f"\x1b[<0;{start[0] + 1};{start[1] + 1}M")
        for step in range(1, 6):
            column = start[0] + (end[0] - start[0]) * step // 5
            row = start[1] + (end[1] - start[1]) * step // 5
            self.send(f"\x1b[<32;{column + 1};{row + 1}M")
        self.send(f"\x1b[<0;{end[0] + 1};{end[1] + 1}m")
        self.settle()

    def resize(self, columns: int, rows: int, quiet: float = 0.2) -> None:
        """Give the window another size, and wait until nothing was written for a while."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.settle(quiet)

    # -- ending

    def wait_for_end(self, limit: float = 15.0) -> int:
        """The exit status of the program, reading what it still writes."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            assert time.monotonic() < end, f"the program did not end:\n{self.text}"
            self.read(0.05)
        while self.read(0.05):
            pass
        self._draw()
        return self.process.returncode

    def modes_left(self) -> list[int]:
        """Terminal modes that differ from how a terminal starts."""
        modes = dict.fromkeys(ON_AT_THE_START, True)
        for numbers, sign in MODE.findall(bytes(self.raw)):
            modes |= {int(number): sign == b"h" for number in numbers.split(b";")}
        return sorted(mode for mode, on in modes.items() if on != (mode in ON_AT_THE_START))

    def hang_up(self) -> None:
        """Be gone, as a window that is closed or a line that breaks."""
        os.close(self.master)
        self.master = -1

    def close(self) -> None:
        """End the program, whatever it does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        if self.master >= 0:
            os.close(self.master)
