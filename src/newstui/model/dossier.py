"""What a library knows of one thing: derived from articles, mentions and the user's own notes, never stored."""

from dataclasses import dataclass

from newstui.model.annotation import Annotation
from newstui.model.span import Span


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity of the library: how often it is mentioned, in which articles (ids, newest first), under which names.

    `trend` has the mentions of each month in which there are any (`2016-08`), in order; articles without a date are
    not in it. `first_seen` is the article that was added first of those that hold it. `country` is an ISO 3166 code, of
    a country or of a nationality.
    """

    key: str
    label: str
    name: str
    aliases: tuple[str, ...]
    mentions: int
    articles: tuple[str, ...]
    trend: tuple[tuple[str, int], ...] = ()
    first_seen: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two things of the library that may be the same; nothing is done until a user says so."""

    one: EntityCount
    other: EntityCount


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article on one line: what stands before, the words that matter, and what stands after."""

    article: str
    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class NearDate:
    """A date in a paragraph that names the thing: ISO 8601 or EDTF, and the words it is written in."""

    iso: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Company:
    """Another thing that is named in the same articles, and in how many of them and of their paragraphs."""

    key: str
    label: str
    name: str
    articles: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one thing, each list newest article first; `titles` has title and date of each article named.

    `roles` are where it is meant without being named: `the Turkish president`.
    """

    entity: EntityCount
    titles: dict[str, tuple[str, str]]
    mentions: tuple[Passage, ...]
    said: tuple[Passage, ...]
    dates: tuple[NearDate, ...]
    company: tuple[Company, ...]
    highlights: tuple[Annotation, ...]
    roles: tuple[Passage, ...] = ()
