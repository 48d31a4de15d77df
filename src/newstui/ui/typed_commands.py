"""Commands as one types them: `:42`, `:40%`, `:tag nato, -old`, `:theme sepia`, over the same table as the keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newstui.errors import UsageError
from newstui.ui.actions import Action
from newstui.ui.dispatch import Stroke

_PLACE = re.compile(r"(\d{1,5})\s*(%?)")
_LINE = re.compile(r"\s*(?:(?P<count>\d{1,5})\s+)?(?P<name>\S+)(?:\s+(?P<argument>.*?))?\s*", re.DOTALL)
NEAR = 60
"""How like a name (0 to 100) a word must be to be taken for a slip of it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that may be meant, or a value of what it takes; `told` says what it is."""

    text: str
    told: str


def parse_command(line: str, known: Mapping[str, Action]) -> Stroke:
    """What a line asks for.

    A number alone is a row of a list or a paragraph of an article, with `%` a place in the text. A command goes by its
    name, by the short word of the footer, or by a beginning that no other command has.

    Args:
        line: as it was typed.
        known: the commands of the screen.

    Raises:
        UsageError: no command is meant, or more than one, or it takes nothing after it.
    """
    place = _PLACE.fullmatch(line.strip())
    if place is not None:
        return Stroke(
            "goto_percent" if place[2] else "bottom", max(1, int(place[1])) if not place[2] else int(place[1])
        )
    found = _LINE.fullmatch(line)
    if found is None:
        raise UsageError("Type a command, such as help, or a number to go there.")
    action = find_action(found["name"], known)
    argument, count = found["argument"] or "", found["count"]
    if argument and not known[action].takes:
        if count is None and argument.isascii() and argument.isdecimal():
            return Stroke(action, int(argument[:5]))
        raise UsageError(f"{action} takes nothing after it; {argument!r} is not understood.")
    return Stroke(action, int(count) if count else None, argument)


def find_action(word: str, known: Mapping[str, Action]) -> str:
    """The action that a word names.

    Raises:
        UsageError: none is meant, or more than one.
    """
    wanted = word.casefold().replace("-", "_")
    if wanted in known:
        return wanted
    names = {name: name for name in known}
    shorts = {action.short.casefold().replace(" ", "_"): name for name, action in reversed(list(known.items()))}
    if wanted in shorts:
        return shorts[wanted]
    for table in (names, shorts):
        begun = sorted({name for spelled, name in table.items() if spelled.startswith(wanted)})
        if len(begun) == 1:
            return begun[0]
        if begun:
            raise UsageError(
                f"{word!r} begins {', '.join(begun[:6])}{' …' if len(begun) > 6 else ''}; type more of it."
            )
    raise UsageError(f"There is no command {word!r} here{_meant(wanted, [*names, *shorts])}")


def _meant(wanted: str, names: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    best = process.extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=NEAR)
    return f"; did you mean {best[0]}?" if best else "; f1 lists all."


def offer_commands(typed: str, known: Mapping[str, Action], limit: int = 8) -> list[Offer]:
    """The commands that a beginning may become: the one it names, those it begins, then those that hold it anywhere."""
    wanted = typed.casefold().replace("-", "_")
    words = wanted.replace("_", " ")
    named = [name for name in known if name == wanted]
    begun = [name for name, each in known.items() if name.startswith(wanted) or each.short.casefold().startswith(words)]
    rest = [name for name, each in known.items() if wanted in name or words in each.title.casefold()]
    return [Offer(name, known[name].title) for name in list(dict.fromkeys([*named, *begun, *rest]))[:limit]]


def offer_values(typed: str, values: Iterable[Offer], limit: int = 8) -> list[Offer]:
    """The values that a beginning may become."""
    wanted = typed.casefold()
    return [value for value in values if value.text.casefold().startswith(wanted)][:limit]
