"""What a user types about a name, in a few words: `not`, `org library`, `= Recep Tayyip Erdogan`."""

from __future__ import annotations

from dataclasses import dataclass

from newstui.errors import UsageError
from newstui.model.entity import LABELS

HERE, ARTICLE, LIBRARY = "here", "article", "library"
SCOPES = (HERE, ARTICLE, LIBRARY)
_KINDS = "person, org, gpe, loc, norp, fac, event, date, money"
WORDS = f"not, {_KINDS}, = NAME, ends"
"""What can be said, in a row."""
HELP = (
    f"not, if it is no name; its kind: {_KINDS}; = NAME, if it is another's; ends, to move them;"
    " then where: here, article (if nothing is said) or library"
)


@dataclass(frozen=True, slots=True)
class Said:
    """An action (`drop`, `retype`, `alias` or `bounds`), the label or name that goes with it, and where it holds."""

    action: str
    label: str = ""
    name: str = ""
    scope: str = ARTICLE


def parse_said(words: str) -> Said:
    """Read what was typed about a name; kinds and scopes may be shortened.

    Raises:
        UsageError: it is none of these.
    """
    parts = words.split()
    scope = ARTICLE
    if len(parts) > 1 and (known := _completed(parts[-1], SCOPES)):
        scope = known
        parts = parts[:-1]
    if parts and parts[0].startswith("="):
        name = " ".join(parts)[1:].strip()
        if name:
            return Said("alias", name=name, scope=scope)
    elif len(parts) == 1 and parts[0].lower() == "not":
        return Said("drop", scope=scope)
    elif len(parts) == 1 and parts[0].lower() == "ends":
        return Said("bounds", scope=scope)
    elif len(parts) == 1 and (label := _completed(parts[0].upper(), LABELS)):
        return Said("retype", label=label, scope=scope)
    raise UsageError(f"{words.strip()!r} says nothing about a name. {HELP}.")


def parse_kinds(words: str) -> tuple[str, ...]:
    """Read kinds of names, which may be shortened, in the order they are listed; `all` is all of them.

    Raises:
        UsageError: one is no kind, or there is none.
    """
    typed = words.upper().replace(",", " ").split()
    found = {word: LABELS if word == "ALL" else (_completed(word, LABELS),) for word in typed}
    if not typed or ("",) in found.values():
        raise UsageError(f"Which kinds? There are {_KINDS}; all is all of them.")
    return tuple(label for label in LABELS if any(label in labels for labels in found.values()))


def parse_scope(word: str) -> str:
    """Read where something is to hold; it may be shortened.

    Raises:
        UsageError: it is none of the three.
    """
    if scope := _completed(word.strip(), SCOPES):
        return scope
    raise UsageError(f"{word.strip()!r} is no place: say {', '.join(SCOPES)}.")


def _completed(word: str, known: tuple[str, ...]) -> str:
    """The one of the words that begins so; the first, if there are several."""
    return next((each for each in known if word and each.startswith(word)), "")
