"""Named entities: mentions in a text, the things they mean, and the user's corrections."""

from dataclasses import dataclass

from newstui.model.annotation import Target
from newstui.model.span import Span

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "DATE", "MONEY")
"""OntoNotes labels that newstui marks, in the order it lists them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name, a date or a sum of money.

    `source` says who found it: `model`, `rule`, `gazetteer`, `document` (the pass over the whole document) or `user`.
    """

    span: Span
    label: str
    score: float | None = None
    source: str = "rule"

    @property
    def start(self) -> int:
        """Where it begins, in code points."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.span.end


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name, and all its mentions in one document, in text order.

    `name` is its fullest name there, `aliases` are the other spellings, `key` is equal for entities of two documents
    that count as the same (label and folded name).
    """

    key: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a user said about entities, kept apart from what a recognizer found.

    `action` is `drop`, `retype`, `add`, `bounds`, `merge`, `split`, `alias` or `distinct`. The scope follows from what
    is given: `target` for one mention, `article` for one article, neither for the library. `surface` is the name as
    written, `label` the label it has from now on, `into` the name of the entity meant.
    """

    id: str
    action: str
    surface: str
    label: str = ""
    article: str = ""
    target: Target | None = None
    into: str = ""
    created: str = ""
