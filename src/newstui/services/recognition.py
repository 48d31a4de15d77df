"""Finding the names of texts once, and keeping what was found where it can be deleted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newstui import paths
from newstui.model import Article, Mention, Span
from newstui.services.giving_way import give_way
from newstui.services.reading import text_or_nothing

if TYPE_CHECKING:
    from newstui.entities.protocol import Recognizer
    from newstui.store import Store

KEPT = 256
"""Texts whose mentions are kept in memory."""
PIECE = 1 << 16
"""Code points that are encoded at a time, for nothing else runs meanwhile."""
APART = 200_000
"""Code points from which a text is looked through in a process of its own: it takes a second or more."""


class Recognition:
    """What a recognizer finds in the texts of one library.

    It depends on the text and on the recognizer alone, so it is kept in the cache folder under the hash of the text and
    the version of the recognizer, which holds its data and the user's own lists; corrections are never in it.

    Args:
        store: the library.
        recognizer: finds names; the one of the settings if it is None.
        cache: a folder that can be deleted at any time.
        spec: which recognizer the settings ask for; newstui's own if it is empty.
    """

    def __init__(
        self, store: Store, recognizer: Recognizer | None = None, cache: Path | None = None, spec: str = ""
    ) -> None:
        self._store = store
        self._spec = spec
        self._recognizer = recognizer
        self._own = recognizer is None and not spec
        self._cache = cache
        self._found: OrderedDict[str, list[Mention]] = OrderedDict()

    @property
    def recognizer(self) -> Recognizer:
        """What finds names, loaded at the first text."""
        if self._recognizer is None:
            from newstui.entities.choosing import build_recognizer

            self._recognizer = build_recognizer(self._spec, paths.config_dir())
        return self._recognizer

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong with the recognizer or the user's own files, a sentence each."""
        return tuple(getattr(self.recognizer, "problems", ()))

    @property
    def version(self) -> str:
        """Name and version of the recognizer: a part of every key under which something derived is kept."""
        return f"{self.recognizer.name}-{self.recognizer.version}"

    def find(self, sha256: str, text: str) -> list[Mention]:
        """The mentions of a text; takes milliseconds if it is known, else a worker."""
        if sha256 in self._found:
            self._found.move_to_end(sha256)
            return self._found[sha256]
        file = self._file(sha256)
        mentions = _load(file, len(text))
        if mentions is None:
            mentions = _recognize_apart(text) if self._own and len(text) > APART else None
            if mentions is None:
                mentions = self.recognizer.recognize(text)
            _save(file, mentions)
        self._found[sha256] = mentions
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        return mentions

    def pending(self, articles: Sequence[Article]) -> list[Article]:
        """The articles whose texts have not been looked at by this recognizer."""
        return [each for each in articles if each.text not in self._found and not self._file(each.text).exists()]

    def run(
        self,
        articles: Sequence[Article],
        report: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Look for names in articles that are new, and keep what is found.

        Args:
            articles: which, the most urgent first.
            report: told after each how many are done, of how many.
            cancelled: asked before each; what was done stays.

        Returns:
            How many were looked at.
        """
        waiting = self.pending(articles)
        for number, article in enumerate(waiting):
            if cancelled is not None and cancelled():
                return number
            text = text_or_nothing(self._store, article)
            if text:
                self.find(article.text, text)
            if report is not None:
                report(number + 1, len(waiting))
        return len(waiting)

    def _file(self, sha256: str) -> Path:
        folder = self._cache or paths.cache_dir() / "entities"
        return folder / self.version / f"{sha256}.json"


def _recognize_apart(text: str) -> list[Mention] | None:
    """Mentions found by another process, which costs this one's threads nothing; None if there can be none."""
    command = [sys.executable, "-m", "newstui.entities"]
    folders = os.pathsep.join(folder for folder in sys.path if folder)
    try:
        with subprocess.Popen(  # noqa: S603  # this very program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": folders},
        ) as process:
            give_way(process)
            assert process.stdin is not None
            for at in range(0, len(text), PIECE):
                process.stdin.write(text[at : at + PIECE].encode("utf-8", "surrogatepass"))
            found, _ = process.communicate()
        return _parse(found, len(text)) if process.returncode == 0 else None
    except (OSError, ValueError, TypeError, subprocess.SubprocessError):
        return None


def _load(file: Path, length: int) -> list[Mention] | None:
    """Kept mentions, or None where there are none or they do not fit the text."""
    try:
        return _parse(file.read_bytes(), length)
    except (OSError, ValueError, TypeError):
        return None


def _parse(data: bytes, length: int) -> list[Mention] | None:
    rows = json.loads(data)
    mentions = [Mention(Span(start, end), label, score, source) for start, end, label, score, source in rows]
    return mentions if all(0 <= m.start < m.end <= length for m in mentions) else None


def _save(file: Path, mentions: Sequence[Mention]) -> None:
    """Keep mentions; a folder that cannot be written costs only time."""
    rows = [[m.start, m.end, m.label, m.score, m.source] for m in mentions]
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(json.dumps(rows).encode())
        fresh.replace(file)
    except OSError:
        return
