"""Which mentions of a document mean the same: surnames, initials, acronyms, spellings; never across labels.

The rules take the longest name first and give each shorter one to it or leave it alone; a place is compared by its ISO
code where the lists know it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from newstui.entities.lists import load_codes, load_countries, load_lines, load_titles
from newstui.model import Entity, Mention
from newstui.text.hygiene import clean_line

_POSSESSIVE = re.compile(r"['’]s?\Z")
_MARKS = re.compile(r"[\u0300-\u036f]")
_SUFFIX = re.compile(r"[ ,]+(?:inc|ltd|llc|corp|corporation|co|company|plc|group|gmbh|ag|sa)\.?\Z")
_SIGNS = re.compile(r"[^\w ]+")
_STORMS = frozenset({"hurricane", "typhoon", "cyclone", "storm", "tropical", "subtropical"})
"""Words that begin the full name of a storm, which is called by the rest of it."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
ALIKE = 85
"""Likeness (0 to 100) from which two spellings of a surname are one."""


def fold_name(name: str) -> str:
    """A name as it is compared: small letters, without accents, signs, possessive and legal form."""
    import unicodedata

    folded = _POSSESSIVE.sub("", clean_line(name)).casefold().replace("ı", "i").replace("ł", "l").replace("ø", "o")
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    folded = _SIGNS.sub(" ", _SUFFIX.sub("", folded).replace("'", "").replace("’", "").replace(".", ""))
    return " ".join(part for part in folded.split() if part != "the") or folded.strip()


def cluster(names: Sequence[tuple[str, str]]) -> list[int]:
    """For each name, with its label and in text order, the number of the thing it means.

    Args:
        names: every mention, so names repeat.
    """
    groups: dict[tuple[str, str], int] = {}
    result = [0] * len(names)
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for at, (surface, label) in enumerate(names):
        forms[_family(label)].setdefault(fold_name(surface), at)
    parents: dict[tuple[str, str], str] = {}
    for family, known in forms.items():
        for name, parent in _group(family, known).items():
            parents[family, name] = parent
    for at, (surface, label) in enumerate(names):
        key = (_family(label), parents[_family(label), fold_name(surface)])
        result[at] = groups.setdefault(key, len(groups))
    return result


def _family(label: str) -> str:
    return "PLACE" if label in _PLACES else label


def _group(family: str, known: dict[str, int]) -> dict[str, str]:
    """For each folded name the longest name it belongs to."""
    ordered = sorted(known, key=lambda name: (-len(name.split()), known[name]))
    parents: dict[str, str] = {}
    roots: list[str] = []
    for name in ordered:
        found = _find_root(family, name, roots, known)
        if found is None:
            roots.append(name)
            parents[name] = name
        else:
            parents[name] = parents[found]
    return parents


def _find_root(family: str, name: str, roots: Sequence[str], known: dict[str, int]) -> str | None:
    """The root a name belongs to, of several the one that came nearest before it."""
    if family == "PERSON":
        found = [root for root in roots if _same_person(name, root)]
    elif family == "ORG":
        found = [root for root in roots if _same_organization(name, root)]
    elif family == "PLACE":
        found = [root for root in roots if _same_place(name, root)]
    else:
        found = [root for root in roots if root.endswith(f" {name}") and root.split()[0] in _STORMS]
    if not found:
        return None
    before = [root for root in found if known[root] <= known[name]]
    return max(before, key=lambda root: known[root]) if before else min(found, key=lambda root: known[root])


def _same_person(name: str, root: str) -> bool:
    short, full = _untitled(name), _untitled(root)
    if not short or not full:
        return False
    if len(short) == 1:
        word = short[0]
        if len(full) > 1 and word in (full[0], full[-1]):
            return True
        if word in root.split() and _is_title(word):  # `Senator` where a name has it before it
            return True
        alike = len(word) > 5 and _alike(word, full[-1])
        return len(full) > 1 and (alike or (len(word) == 5 and _alike(word, full[-1], 90)))
    if len(full) > len(short) and full[-len(short) :] == short:  # a role or a country before the name
        return True
    if short[-1] != full[-1] and not (len(short[-1]) > 3 and _alike(short[-1], full[-1])):
        return len(full) > len(short) and full[: len(short)] == short
    return all(_initial(one, other) for one, other in zip(short[:-1], full[:-1], strict=False))


def _initial(one: str, other: str) -> bool:
    if one == other or (min(len(one), len(other)) <= 2 and one[0] == other[0]) or _alike(one, other):
        return True
    nicknames = load_nicknames()
    return one in nicknames.get(other, ()) or other in nicknames.get(one, ())


@cache
def load_nicknames() -> dict[str, frozenset[str]]:
    """Short forms of given names, by each the full ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in load_lines("nicknames.tsv"):
        full, _, short = line.partition("\t")
        for nickname in short.split():
            found[nickname].add(full)
    return {nickname: frozenset(names) for nickname, names in found.items()}


def _is_title(word: str) -> bool:
    return word.title() in load_titles() or word in load_titles()


@lru_cache(maxsize=4096)  # each name is compared with all others of its document
def _untitled(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    return words


def _same_organization(name: str, root: str) -> bool:
    words = root.split()
    compact = name.replace(" ", "")
    if len(words) > 1 and len(compact) > 1:
        small = {"of", "for", "and", "on", "in", "to", "de", "al"}
        initials = "".join(word[0] for word in words)
        main = "".join(word[0] for word in words if word not in small)
        if compact in (initials, main):
            return True
    if root.endswith(f" of {name}") or (" " in name and root.endswith(f" {name}")):  # `Church of X`, `US State X`
        return True
    if " " in name and root.startswith((f"{name} of ", f"{name} for ")):  # `Supreme Court of Cassation`
        return True
    begins = " " not in name and len(name) >= 5 and root.startswith(name + " ")
    return begins or (len(name) >= 6 and _alike(name, root, 92))


def _same_place(name: str, root: str) -> bool:
    codes = load_codes()
    one, other = codes.get(_titled(name)), codes.get(_titled(root))
    if one or other:
        return one == other
    if root == f"{name} city":
        return True
    if name.replace(" ", "") == "".join(word[0] for word in root.split()) and len(name) > 1:
        return True
    return len(name) >= 5 and _alike(name, root, 92)


def _titled(name: str) -> str:
    return name.upper() if len(name) <= 3 else name.title()


def _alike(one: str, other: str, least: int = ALIKE) -> bool:
    return abs(len(one) - len(other)) <= 3 and _load_ratio()(one, other) >= least


@cache
def _load_ratio() -> Callable[[str, str], float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def link(mentions: Sequence[Mention], text: str) -> list[Entity]:
    """The entities of a document, those with most mentions first; dates and money are none."""
    named = [mention for mention in mentions if mention.label not in ("DATE", "MONEY")]
    numbers = cluster([(mention.span.slice(text), mention.label) for mention in named])
    members: dict[int, list[Mention]] = defaultdict(list)
    for number, mention in zip(numbers, named, strict=True):
        members[number].append(mention)
    entities = [build_entity(group, text) for group in members.values()]
    return sorted(entities, key=lambda entity: (-len(entity.mentions), entity.mentions[0].start))


def build_entity(group: Sequence[Mention], text: str, key: str = "") -> Entity:
    """The thing that mentions of a text mean, with its fullest name there.

    Args:
        group: its mentions, in text order.
        text: of the document.
        key: by which it is known; by default its label and folded name.
    """
    surfaces = [_POSSESSIVE.sub("", clean_line(mention.span.slice(text))) for mention in group]
    counts = Counter(surfaces)
    name = max(counts, key=lambda surface: (not surface.isupper(), len(surface.split()), len(surface), counts[surface]))
    labels = Counter(mention.label for mention in group)
    label = key.partition(":")[0] or max(labels, key=lambda each: (labels[each], each))
    aliases = tuple(sorted(surface for surface in counts if surface != name))
    return Entity(key or key_of(label, name), label, name, aliases, tuple(group))


def key_of(label: str, name: str) -> str:
    """The key of a thing: its label and its folded name; a country has one, whichever of its names is used."""
    countries = load_countries() if label == "GPE" else {}
    return f"{label}:{fold_name(countries.get(name) or countries.get(_titled(fold_name(name))) or name)}"


def country_of(name: str) -> str:
    """The ISO 3166 code of a country or of its people, by whatever name the lists have; empty if none."""
    codes = load_codes()
    return codes.get(name, "") or codes.get(_titled(fold_name(name)), "")


def is_alike(label: str, one: str, other: str) -> bool:
    """Whether two names of things in different articles may mean the same; to ask, never to decide.

    A lone surname is no identity, so a person needs two words.
    """
    short, full = sorted((fold_name(one), fold_name(other)), key=lambda name: len(name.split()))
    if label == "PERSON":
        return " " in short and _same_person(short, full)
    if label == "ORG":
        return _same_organization(short, full)
    return label in _PLACES and _same_place(short, full)
