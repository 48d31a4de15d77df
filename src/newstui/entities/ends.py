"""Where names begin and end by the conventions of newstui's texts: what the model cuts off is given back.

Each rule holds in nearly all cases of the annotated news: of bodies `of` somewhere 215 of 223 have one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newstui.entities.gazetteers import CITY, COUNTRY, FIRST, ORGANIZATION_WORD, REGION, Gazetteer, load_gazetteer
from newstui.entities.lists import load_titles
from newstui.model import Mention, Span

_REACH = 24
"""Code points around a name that are looked at."""
_OF = {" of ": frozenset({"ORG", "GPE", "LOC", "NORP", "FAC"}), " of the ": frozenset({"ORG", "GPE", "LOC", "NORP"}),
       " for ": frozenset({"ORG"}), " for the ": frozenset({"ORG"})}  # fmt: skip
"""What joins a body and the name of what it is of or for."""
_PARTICLE = re.compile(r"(?<!\w)(?:de la|van der|van den|de|del|della|di|da|dos|van|von|der|bin|ibn) \Z")
_NICKNAME = re.compile(r"""["”'’]? |\ ["“'‘]\w[\w .-]*["”'’]\ """)
_JUNIOR = re.compile(r",? (?:Jr\b\.?|Sr\b\.?|III?\b)")
_OWNED = re.compile(r"([A-Z][\w. ]*?)['’]s (?=[A-Z])")
_DOMAIN = re.compile(r"\.(?:com|org|net|us|info|tv|io)(?:\.[a-z]{2})?(?![\w.]\w)")
_GIVEN = re.compile(r"((?:-[a-z]{1,6})+)(?![\w-])")
_ENGLISH = frozenset({"led", "run", "held", "made", "won", "born", "era", "like", "and", "or", "to", "turned"})
"""Words that are joined to a name and have no class in the lists."""
_MODEL = re.compile(r" (?:7\d7|[A-Z]{1,2}-?\d{2,4})(?!\w)")
"""What stands behind a maker's name when the name is that of a thing: `Boeing 737`, `Airbus A300`."""
_SHIP = re.compile(r"(?:USS|USNS|HMS|HMAS|HMCS|RMS|FS|MV)(?: |\Z)")
_ABOARD = 6
"""Code points before the name of a ship in which the letters of its navy stand."""
_STATE_UNIVERSITY = re.compile(r"University of [A-Z]\w+(?: [A-Z]\w+)?")
_SITES = frozenset({"ORG", "PERSON", "GPE", "LOC"})
_SPEAKER = re.compile(r"(?<=\(\()[^()\n]{1,40}(?=\)\))")
_OUTLETS = frozenset({"WN", "Wikinews"})


def set_ends(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the ends their names have, and with the speakers of interviews; sorted, none overlapping."""
    gazetteer = load_gazetteer()
    found: list[Mention] = []
    for mention in _with_owners(text, _with_speakers(text, mentions), gazetteer):
        before = found[-1] if found else None
        if before is not None and _is_one(text, before, mention, gazetteer):
            found[-1] = Mention(Span(before.start, mention.end), before.label, before.score, "rule")
            continue
        if _is_thing(text, mention):
            continue
        span = _widened(text, mention, before.end if before else 0, gazetteer)
        if before is not None and span.start < before.end:
            continue
        label = "ORG" if mention.label in _SITES and _DOMAIN.match(text, mention.end) else mention.label
        same = span == mention.span and label == mention.label
        found.append(mention if same else Mention(span, label, mention.score, "rule"))
    return found


def _is_one(text: str, before: Mention, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether two mentions are one name."""
    if mention.start - before.end > _REACH:
        return False
    between = text[before.end : mention.start]
    if before.label == "PERSON" == mention.label:
        quotes = sum(text.count(sign, before.start, before.end) for sign in '"“')
        quoted = _NICKNAME.fullmatch(between) and (quotes == 1 or len(between) > 3)
        return bool(quoted) or (between.startswith(" ") and _PARTICLE.fullmatch(between[1:]) is not None)
    body = before.span.slice(text)
    if between in (", ", " at ") and before.label == "ORG" and mention.label == "GPE":
        state = _STATE_UNIVERSITY.fullmatch(body) is not None and gazetteer.is_a(body.rsplit(" ", 1)[-1], REGION)
        return state and gazetteer.is_a(mention.span.slice(text), CITY)
    if before.label != "ORG" or mention.label not in _OF.get(between, ()):
        return False
    return gazetteer.is_a(body.rsplit(" ", 1)[-1], ORGANIZATION_WORD)


def _is_thing(text: str, mention: Mention) -> bool:
    """Whether it is the name of a ship, or a maker's in that of an aircraft or a car; things are not marked."""
    if mention.label not in _SITES:
        return False
    word = text.rfind(" ", max(0, mention.start - _ABOARD), max(0, mention.start - 1)) + 1
    ship = _SHIP.match(text, mention.start) or (word and _SHIP.fullmatch(text, word, mention.start))
    return bool(ship) or (mention.label == "ORG" and _MODEL.match(text, mention.end) is not None)


def _widened(text: str, mention: Mention, low: int, gazetteer: Gazetteer) -> Span:
    """The span with the particle before and what comes behind a name, and without a title."""
    start, end = mention.start, mention.end
    if mention.label == "PERSON":
        particle = _PARTICLE.search(text, max(low, start - _REACH), start)
        if particle is not None:
            start = particle.start()
        title, blank, rest = mention.span.slice(text).partition(" ")
        if blank and rest[:1].isupper() and title in load_titles() and not gazetteer.is_a(title, FIRST):
            start = mention.start + len(title) + 1
        given = _GIVEN.match(text, end)
        if given is not None:
            parts = given.group(1)[1:].split("-")
            if not _ENGLISH.intersection(parts) and not any(gazetteer.classes_of(parts)):
                end = given.end()  # `Choi Youn-jin`, but not `Bush-led`
        junior = _JUNIOR.match(text, end)
        end = junior.end() if junior is not None else end
    domain = _DOMAIN.match(text, end) if mention.label in _SITES else None
    return Span(start, domain.end() if domain is not None else end)


def _with_owners(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The mentions with a country and its body in two: `Turkey's` and `Foreign Ministry`."""
    for mention in mentions:
        owned = _OWNED.match(text, mention.start, mention.end) if mention.label == "ORG" else None
        if owned is None or not gazetteer.is_a(owned.group(1), COUNTRY, REGION):
            yield mention
        else:
            yield Mention(Span(*owned.span(1)), "GPE", mention.score, "rule")
            yield Mention(Span(owned.end(), mention.end), "ORG", mention.score, "rule")


def _with_speakers(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with a person in each mark of an interview, `((HF))`, that is not the outlet's own."""
    marks = [match.span() for match in _SPEAKER.finditer(text) if match.group()[0].isupper()]
    if not marks:
        return list(mentions)
    speakers = [
        Mention(Span(*mark), "ORG" if text[slice(*mark)] in _OUTLETS else "PERSON", None, "rule") for mark in marks
    ]
    kept, at = [], 0
    for mention in mentions:
        while at < len(speakers) and speakers[at].end <= mention.start:
            at += 1
        if at == len(speakers) or speakers[at].start >= mention.end:
            kept.append(mention)
    return sorted([*kept, *speakers], key=lambda each: each.start)
