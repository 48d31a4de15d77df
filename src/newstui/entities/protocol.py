"""What a recognizer is."""

from typing import Protocol

from newstui.model import Mention


class Recognizer(Protocol):
    """Finds names in a text: a pure function of the text, whatever it was told before.

    `version` changes with code and data and is part of every cache's key; `labels` are those it can give.
    """

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Of code and data."""
        ...

    @property
    def labels(self) -> frozenset[str]:
        """What it can find."""
        ...

    def recognize(self, text: str) -> list[Mention]:
        """Mentions, sorted, none overlapping another, each within the text and not empty."""
        ...
