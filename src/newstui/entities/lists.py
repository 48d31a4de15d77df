"""The lists that newstui ships, as files of lines; what of them is small enough to be held as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from newstui.entities.tokens import parse_tokens

CODED = ("countries.tsv", "country_aliases.tsv", "demonyms.tsv")
"""Lists whose lines begin with an ISO 3166 code, or with nothing where there is none."""


def load_lines(file: str) -> list[str]:
    """The entries of a shipped list, without its remarks."""
    content = (files("newstui.entities") / "data" / file).read_text(encoding="utf-8")
    return [line for line in content.split("\n") if line and not line.startswith("#")]


def iter_coded(file: str) -> Iterator[tuple[str, str]]:
    """The names of a list of `CODED`, each with its code."""
    for line in load_lines(file):
        code, *names = line.split("\t")
        yield from ((name, code) for name in names)


@cache
def load_codes() -> dict[str, str]:
    """The ISO 3166 code of each country and its people, by their names."""
    codes: dict[str, str] = {}
    for file in CODED:
        for name, code in iter_coded(file):
            if code:
                codes.setdefault(name, code)
    return codes


@cache
def load_countries() -> dict[str, str]:
    """By each name of a country the one it is known by: of `U.S.` and `USA`, `United States`."""
    main: dict[str, str] = {}
    countries: dict[str, str] = {}
    for file in ("countries.tsv", "country_aliases.tsv"):
        for name, code in iter_coded(file):
            if code:
                countries.setdefault(name, main.setdefault(code, name))
    return countries


@cache
def load_titles() -> frozenset[str]:
    """Words that stand before the names of persons."""
    return frozenset(line for line in load_lines("titles.txt") if len(parse_tokens(line)) == 1)


def digest_of_lists() -> str:
    """A hash of all shipped lists; a model fits those it was trained with."""
    import hashlib

    folder = files("newstui.entities") / "data"
    digest = hashlib.sha256()
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".txt", ".tsv"))):
        if name not in ("SOURCES.tsv", "nicknames.tsv"):
            digest.update(name.encode() + b"\n" + (folder / name).read_bytes())
    return digest.hexdigest()
