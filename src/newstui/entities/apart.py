"""A recognizer in a process of its own: what it imports, how long it takes and whether it dies costs this one nothing.

The child speaks lines of JSON (`newstui.entities.serving`): it is started at the first text, offline, and killed when
it does not answer in time.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from newstui.entities.protocol import Recognizer
from newstui.errors import NewstuiError
from newstui.model import Mention, Span
from newstui.model.entity import LABELS

PATIENCE = 120.0
"""Seconds in which a text is answered, the loading of a model included."""
RULES_PATIENCE = 2.0
"""Seconds in which the user's own rules are through with a text."""


class RecognizerFailedError(NewstuiError):
    """Another recognizer is not there, or gave no answer that can be used."""


class Apart:
    """Asks a child process for mentions.

    Args:
        spec: what the child loads: `spacy:PIPELINE`, `gliner:FOLDER`, `rules:JSON`, or the name of an entry point.
        patience: seconds to wait for an answer.
    """

    labels = frozenset(LABELS)

    def __init__(self, spec: str, patience: float = PATIENCE) -> None:
        self.name = spec.partition(":")[0]
        self.version = "".join(char if char.isalnum() else "-" for char in spec)[-80:]
        self._spec = spec
        self._patience = patience
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener: threading.Thread | None = None
        self._lock = threading.Lock()

    def recognize(self, text: str) -> list[Mention]:
        """Mentions, sorted, none overlapping.

        Raises:
            RecognizerFailedError: a sentence on what is missing or wrong.
        """
        with self._lock:
            answer = self._ask(text)
        if answer.get("problem"):
            raise RecognizerFailedError(f"{self._spec}: {answer['problem']}")
        return self._checked(answer.get("mentions"), len(text))

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        with contextlib.suppress(OSError):  # what was not written is of no use any more
            if child.stdin is not None:
                child.stdin.close()
        child.wait()
        if self._listener is not None:
            self._listener.join()

    def _ask(self, text: str) -> dict[str, Any]:
        try:
            child = self._started()
            assert child.stdin is not None
            child.stdin.write(json.dumps({"text": text}) + "\n")
            child.stdin.flush()
            answer = json.loads(self._answers.get(timeout=self._patience))
        except queue.Empty:
            self.close()
            raise RecognizerFailedError(f"{self._spec} gave no answer in {self._patience:g} seconds.") from None
        except (OSError, ValueError) as error:
            self.close()
            raise RecognizerFailedError(f"{self._spec} has ended without an answer.") from error
        return answer if isinstance(answer, dict) else {}

    def _started(self) -> subprocess.Popen[str]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        folders = os.pathsep.join(folder for folder in sys.path if folder)
        offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONPATH": folders, "PYTHONUTF8": "1"}
        child = subprocess.Popen(  # noqa: S603  # this very program
            [sys.executable, "-m", "newstui.entities.serving", self._spec],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **offline},
            encoding="utf-8",
        )
        answers: queue.Queue[str] = queue.Queue()

        def listen() -> None:
            assert child.stdout is not None
            with child.stdout:
                for line in child.stdout:
                    answers.put(line)
            answers.put("")  # it has ended: no JSON

        self._listener = threading.Thread(target=listen, name="newstui-recognizer", daemon=True)
        self._listener.start()
        self._answers, self._child = answers, child
        return child

    def _checked(self, rows: object, length: int) -> list[Mention]:
        mentions: list[Mention] = []
        try:
            for start, end, label, score in sorted(rows):  # type: ignore[call-overload]  # of another process: checked here
                if label in LABELS and 0 <= start < end <= length:
                    mentions.append(Mention(Span(start, end), label, score, self.name))
                elif label in LABELS:
                    raise ValueError(f"{start} to {end}")
        except (TypeError, ValueError) as error:
            raise RecognizerFailedError(f"{self._spec} gave an answer that is no list of mentions.") from error
        if any(one.end > other.start for one, other in pairwise(mentions)):
            raise RecognizerFailedError(f"{self._spec} gave mentions that overlap.")
        return mentions


class Preferred:
    """One recognizer where it works, and another where it does not; the text is never without marks.

    Args:
        first: what is asked.
        second: whose answer stands if the first fails.
    """

    def __init__(self, first: Recognizer, second: Recognizer) -> None:
        self.name, self.version, self.labels = first.name, first.version, first.labels
        self.problems: Sequence[str] = ()
        self._first, self._second = first, second

    def recognize(self, text: str) -> list[Mention]:
        """What the first finds, else what the second does."""
        try:
            found = self._first.recognize(text)
        except RecognizerFailedError as error:
            self.problems = (f"{error} The names are those of newstui's own recognizer.",)
            return self._second.recognize(text)
        self.problems = ()
        return found
