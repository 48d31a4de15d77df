"""The recognizer that the settings ask for, with the user's own names and rules laid over it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from newstui.entities.apart import RULES_PATIENCE, Apart, Preferred, RecognizerFailedError
from newstui.entities.corrections import iter_occurrences, lay_over
from newstui.entities.protocol import Recognizer
from newstui.entities.recognizers import default_recognizer
from newstui.entities.user_files import UserFiles, load_user_files
from newstui.model import Mention


def build_recognizer(spec: str, settings: Path) -> Recognizer:
    """Newstui's own recognizer, or the one named, with what lies in the settings folder.

    Args:
        spec: `spacy:PIPELINE`, `gliner:FOLDER`, the name of an entry point (`newstui.recognizers`), or empty.
        settings: a folder that may have `gazetteers` and `rules` in it.
    """
    own = default_recognizer()
    chosen: Recognizer = Preferred(Apart(spec), own) if spec else own
    files = load_user_files(settings)
    return Customized(chosen, files) if files.names or files.rules or files.problems else chosen


class Customized:
    """A recognizer under a user's names and rules, whose word counts more.

    Args:
        recognizer: what is asked first.
        files: names and rules.
    """

    def __init__(self, recognizer: Recognizer, files: UserFiles) -> None:
        self.name, self.labels = recognizer.name, recognizer.labels
        self.version = f"{recognizer.version}-{files.digest}" if files.digest else recognizer.version
        self._recognizer, self._files = recognizer, files
        self._rules = Apart(f"rules:{json.dumps(files.rules)}", RULES_PATIENCE) if files.rules else None
        self._slow = ""

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong with files, rules or the recognizer, a sentence each."""
        slow = (self._slow,) if self._slow else ()
        return (*self._files.problems, *slow, *getattr(self._recognizer, "problems", ()))

    def recognize(self, text: str) -> list[Mention]:
        """What the recognizer finds, and over it what rules and then names say."""
        mentions = self._recognizer.recognize(text)
        if self._rules is not None and not self._slow:
            try:
                mentions = lay_over(mentions, [(each.span, each.label) for each in self._rules.recognize(text)], "rule")
            except RecognizerFailedError:
                self._slow = (
                    f"Your rules took more than {RULES_PATIENCE:g} seconds; they are left out until the next start."
                )
                self._rules.close()
        marked = [(span, label) for name, label in self._files.names for span in iter_occurrences(text, name)]
        return lay_over(mentions, marked, "gazetteer")
