"""Pages as rows of a width, each of styled pieces: what the terminal shows and what the command line prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from newstui.text.display import visible
from newstui.text.figures import counted
from newstui.text.plots import bars
from newstui.text.quoting import OPENING, quoted
from newstui.text.wrapping import Lines, Wrapping

if TYPE_CHECKING:
    from newstui.model import Annotation, Article
    from newstui.services.pages import ArticlePage, TagPage
    from newstui.text.wrapping import ClusterWidth

Piece = tuple[str, str]
"""Words and how they look: `muted`, `strong`, `accent`, `tag`, `slot-1` to `slot-6`, or plain."""

MEASURE = 84
"""Columns that are read at most."""
FEW, MANY = 8, 12
"""How many other tags and how many names are listed; how many months before years are counted."""
TITLE, CALM = 9, 72
"""Columns of what stands before a table, and of a table at most."""
AROUND = 48
"""Code points of the text shown on either side of a quote."""


class Goal(NamedTuple):
    """What a row leads to: the id of a passage, an article or an entity, or the name of a tag."""

    kind: Literal["passage", "article", "entity", "tag"]
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page."""

    pieces: tuple[Piece, ...] = ()
    goal: Goal | None = None

    @property
    def text(self) -> str:
        """The row without its looks."""
        return "".join(words for words, _ in self.pieces).rstrip()


class PageLayout:
    """Lays pages out.

    Args:
        width: columns there are; fewer than 30 count as 30.
        cluster_width: how many of them a cluster takes.
        color_name: the name of a color slot.
    """

    def __init__(self, width: int, cluster_width: ClusterWidth, color_name: Callable[[int], str]) -> None:
        self.width = max(30, min(width, MEASURE))
        self._cluster_width = cluster_width
        self._color_name = color_name

    def tag(self, page: TagPage, wanted: str = "") -> list[Row]:
        """A tag's page; of its passages those with some words in quote, note or tags."""
        tag = page.tag
        parent = tag.name.rpartition("/")[0]
        facts = [self._color_name(tag.color)] if tag.color else []
        facts.append(f"{counted(page.passages, 'passage')} in {counted(len(page.groups), 'article')}")
        rows = [*self._wrap([(" · ".join(facts), "muted")])]
        if tag.description:
            rows += [Row(), *self._wrap([(tag.description, "")])]
        if parent:
            rows += self._table("part of", [visible(f"#{parent}")], [Goal("tag", parent)], "tag")
        rows += self._counts("below", page.below)
        rows += self._counts("with", page.beside)
        times = _times(page.months)
        rows += self._table("when", bars(times, self._bars) if len(times) > 1 else [])
        rows += self._whole(page.whole) if not wanted else []
        for group in page.groups:
            notes = [note for note in group.notes if _holds(note, wanted)]
            if notes:
                rows += [Row(), *self._title(group.article)]
            for note in notes:
                rows += [Row(), *self._passage(note, without=tag.name)]
        return rows

    def article(self, page: ArticlePage, wanted: str = "") -> list[Row]:
        """An article's page; of its passages those with some words in quote, note or tags."""
        article = page.article
        about = [", ".join(article.author), article.source or article.site, article.place, article.published]
        noted = sum(bool(note.note) for note in page.notes)
        sizes = [counted(article.words, "word"), counted(len(page.notes), "passage"), counted(noted, "note")]
        rows = [*self._wrap([(article.title, "strong")], Goal("article", article.id))]
        rows += self._wrap([(article.subtitle, "")]) if article.subtitle else []
        rows += self._wrap([(" · ".join(dict.fromkeys(part for part in about if part)), "muted")])
        rows += self._wrap([(" · ".join(sizes), "muted")])
        if article.tags:
            rows += self._wrap([(" ".join(f"#{tag}" for tag in article.tags), "tag")])
        rows += self._counts("tags", page.tags)
        named = page.entities[:MANY] if not wanted else ()
        drawn = bars([(visible(each.name), len(each.mentions)) for each in named], self._bars)
        rows += self._table("names", drawn, [Goal("entity", each.key, each.name) for each in named])
        for note in page.notes:
            if not _holds(note, wanted):
                continue
            rows += [Row(), *self._passage(note)]
            for end, title in page.links.get(note.id, ()):
                rows += self._wrap(
                    [(f"{end.words} ", "accent"), (quoted(end.annotation.quote, AROUND), ""), (f"  {title}", "muted")],
                    Goal("passage", end.annotation.id), "    ",
                )  # fmt: skip
        return rows

    # -- parts of both

    def _title(self, article: Article) -> list[Row]:
        facts = " · ".join(part for part in (article.source or article.site, article.published) if part)
        return self._wrap([(article.title, "strong"), (f"  {facts}" if facts else "", "muted")], _to(article))

    def _passage(self, note: Annotation, without: str = "") -> list[Row]:
        """A passage in its context, the note on it, and its tags and color."""
        goal = Goal("passage", note.id)
        before, after = _around(note)
        quote = " ".join(note.quote.split()) if before[-1:] in tuple(OPENING) else quoted(note.quote)
        pieces = [(before, "muted"), (quote, "strong"), (after, "muted")]
        rows = self._wrap(pieces, goal, "  ▎ ")
        for line in note.note.split("\n") if note.note else ():
            rows += self._wrap([(line, "")], goal, "    ")
        tags = " ".join(f"#{tag}" for tag in note.tags if not (without and tag.casefold() == without.casefold()))
        state = {"moved": "moved", "changed": "words changed", "orphan": "its text is gone"}.get(note.state.value, "")
        color = f" {self._color_name(note.color)} " if note.color else ""
        if tags or color or state:
            last = [(tags + "  " if tags else "", "tag"), (color, f"slot-{note.color}"), (f"  {state}", "warning")]
            rows += self._wrap([piece for piece in last if piece[0].strip()], goal, "    ")
        return rows

    @property
    def _bars(self) -> int:
        """Columns of a row with a bar."""
        return min(self.width, CALM) - TITLE

    def _whole(self, articles: Sequence[Article]) -> list[Row]:
        """The articles that carry a tag themselves."""
        shown = [visible(f"{article.title}  {article.published}".rstrip()) for article in articles]
        return self._table("articles", shown, [_to(article) for article in articles])

    def _counts(self, title: str, counts: Sequence[tuple[str, int]]) -> list[Row]:
        """Tags with their numbers as bars, each leading to its own page."""
        most = counts[:FEW]
        drawn = bars([(visible(f"#{tag}"), count) for tag, count in most], self._bars)
        drawn += [f"and {len(counts) - FEW} more"] if len(counts) > FEW else []
        return self._table(title, drawn, [Goal("tag", tag) for tag, _ in most], "tag")

    def _table(self, title: str, lines: Sequence[str], goals: Sequence[Goal] = (), look: str = "") -> list[Row]:
        """A title with lines beside it, which may lead somewhere, after an empty row; nothing if there are none."""
        rows = [Row()] if lines else []
        for n, (line, goal) in enumerate(zip_longest(lines, goals)):
            rows.append(Row(((f"{title if n == 0 else '':<{TITLE}}", "muted"), (line, look)), goal))
        return rows

    def _wrap(self, pieces: Sequence[Piece], goal: Goal | None = None, indent: str = "") -> list[Row]:
        """Pieces as rows of the width."""
        safe = [(visible(words.replace("\n", " ")), look) for words, look in pieces]
        words = "".join(words for words, _ in safe)
        wrapping = Wrapping(Lines(words), self.width - len(indent), self._cluster_width)
        rows = []
        for number in range(wrapping.row_count):
            start, end = wrapping.row_span(number)
            head: tuple[Piece, ...] = ((indent, "accent"),) if indent else ()
            rows.append(Row(head + tuple(_cut(safe, start, end)), goal))
        return rows


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """The part of some pieces that lies in a range of their joined words."""
    at = 0
    for words, look in pieces:
        part = words[max(0, start - at) : max(0, end - at)]
        if part:
            yield part, look
        at += len(words)


def _around(note: Annotation) -> tuple[str, str]:
    """The words before and after a passage in its paragraph, without half words."""
    before = note.target.quote.prefix.rpartition("\n")[2]
    after = note.target.quote.suffix.partition("\n")[0]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return before, after


def _holds(note: Annotation, wanted: str) -> bool:
    return wanted.casefold() in f"{note.quote} {note.note} #{' #'.join(note.tags)}".casefold()


def _to(article: Article) -> Goal:
    return Goal("article", article.id)


def _times(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Months, or years where there are many."""
    if len(months) <= MANY:
        return list(months)
    years = groupby(months, key=lambda month: month[0][:4] if month[0][:1].isdigit() else month[0])
    return [(year, sum(count for _, count in each)) for year, each in years]
