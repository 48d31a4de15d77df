"""What an import says while it runs: a line that changes on a terminal, plain lines elsewhere; and what failed."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from newstui import paths
from newstui.cli.output import warn
from newstui.errors import NotFoundError
from newstui.text.display import visible

if TYPE_CHECKING:
    from newstui.services.importing import Outcome

_EVERY = 0.1
"""Seconds between two changes of the line."""
_FEW = 12
"""So many articles are named one by one on a terminal."""


class Progress:
    """Shows how far an import is, and what became of each article."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._changing = not quiet and sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown_at = 0.0
        self._count = 0
        self._named = 0

    def read(self, origin: str) -> None:
        """A source has been read."""
        self._count += 1
        moment = time.monotonic()
        if not self._changing or moment - self._shown_at < _EVERY:
            return
        self._shown_at = moment
        rate = self._count / max(0.001, moment - self._began)
        line = visible(f"{self._count} read, {rate:.0f} a second: {Path(origin).name}")[:78]
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    def report(self, outcome: Outcome) -> None:
        """An article is in the library, or a source is not."""
        if outcome.status == "failed":
            self._say(f"newstui: {outcome.message}")
            return
        if self._quiet or outcome.article is None:
            return
        self._named += 1
        if not self._changing or self._named <= _FEW or outcome.alike or outcome.orphans:
            self._say(f"{outcome.status:<10} {outcome.article.title}")
        for each in outcome.alike[:1]:
            others = f" and {len(outcome.alike) - 1} more" if len(outcome.alike) > 1 else ""
            said = f"much like {each.article.title!r} ({each.likeness:.0%}){others}"
            self._say(f"           {said}; `newstui compare` shows how")
        if outcome.orphans:
            self._say(f"           {outcome.orphans} of {outcome.notes} highlights did not find their words")
        for warning in outcome.warnings if not self._changing or self._named <= _FEW else ():
            self._say(f"           {warning}")

    def _say(self, line: str) -> None:
        if self._changing:
            click.echo("\r\x1b[K", err=True, nl=False)
        warn(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._changing:
            click.echo("\r\x1b[K", err=True, nl=False)


class Failures:
    """The file that lists what failed: a path or address and the reason, parted by a tab, one a line."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def write(self, failures: Sequence[Outcome]) -> Path | None:
        """List the failures; None if there are none that can be tried again, or no place for the file."""
        again = [each for each in failures if each.origin != "-"]
        if not again:
            return None
        path = self._path or paths.state_dir() / "import-failures.tsv"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
                for each in again:
                    reason = " ".join(each.message.split())
                    file.write(f"{each.origin}\t{visible(reason)}\n")
        except OSError as error:
            warn(f"newstui: {path}: {error.strerror}; what failed is not listed.")
            return None
        return path


def load_failures(path: Path) -> list[str]:
    """The paths and addresses of a failures file, each once.

    Raises:
        NotFoundError: there is no such file.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror}.") from error
    return list(dict.fromkeys(line.partition("\t")[0] for line in lines if line.partition("\t")[0].strip()))


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks to stop, and what is done stays; a second one ends the program."""
    asked = False

    def ask(number: int, frame: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
