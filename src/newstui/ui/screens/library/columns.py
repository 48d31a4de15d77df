"""The columns a list of articles can have: what each shows, how wide it is, and which give way first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from newstui.services.catalog import Row
from newstui.text.figures import minutes

TITLE_LEAST, TITLE_ENOUGH, TAGS_WANT = 30, 44, 16
"""Cells a title keeps, from how many on others grow too, and how many more it wants where tags have a column; columns
give way to it."""
GROWS, MOST_MORE = "source", 8
"""The column that grows, and by how many cells at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in cells, 0 for the rest of the row; `sort` is the key of the catalog it stands for, if there is one."""

    head: str
    width: int
    text: Callable[[Row], str]
    part: str = "muted"
    right: bool = False
    sort: str = ""


def _counted(number: int) -> str:
    return f"{number:,}" if number else "·"


def _percent(row: Row) -> str:
    return f"{round(row.progress * 100)}%" if row.status == "started" else ""


COLUMNS: dict[str, Column] = {
    "date": Column("DATE", 10, lambda row: row.article.published[:10], sort="date"),
    "added": Column("ADDED", 10, lambda row: row.article.added[:10], sort="added"),
    "opened": Column("OPENED", 10, lambda row: row.opened[:10], sort="read"),
    "source": Column("SOURCE", 9, lambda row: row.article.source or row.article.site, sort="source"),
    "author": Column("AUTHOR", 16, lambda row: ", ".join(row.article.author)),
    "place": Column("PLACE", 12, lambda row: row.article.place),
    "language": Column("LANG", 4, lambda row: row.article.language),
    "title": Column("TITLE", 0, lambda row: row.article.title, "", sort="title"),
    "tags": Column("TAGS", 30, lambda row: " ".join(f"#{tag}" for tag in row.tags), "tag"),
    "collection": Column("IN", 12, lambda row: ", ".join(row.article.collections)),
    "words": Column("WORDS", 6, lambda row: f"{row.article.words:,}", right=True, sort="words"),
    "minutes": Column("MIN", 3, lambda row: str(minutes(row.article.words)), right=True, sort="words"),
    "progress": Column("READ", 5, _percent, right=True, sort="progress"),
    "highlights": Column("HL", 3, lambda row: _counted(row.highlights), right=True, sort="highlights"),
    "notes": Column("NOTE", 4, lambda row: _counted(row.notes), right=True, sort="notes"),
}
"""By the name the settings know it under."""
GIVE_WAY = (
    "tags", "language", "place", "collection", "author", "added", "opened", "words", "minutes", "notes", "highlights",
    "source", "date", "progress",
)  # fmt: skip
"""Which columns are left out first where the title would be too short."""


@lru_cache(maxsize=16)
def fit_columns(names: tuple[str, ...], width: int) -> tuple[tuple[Column, int], ...]:
    """The columns that there is room for, each with its cells; two blanks part them.

    Args:
        names: wanted, in order; the title is there in any case.
        width: cells of the row without its signs.
    """
    kept = [name for name in dict.fromkeys(names) if name in COLUMNS]
    if "title" not in kept:
        kept.append("title")
    leaving = [name for name in GIVE_WAY if name in kept]

    def room() -> int:
        return width - sum(COLUMNS[name].width for name in kept) - 2 * (len(kept) - 1)

    least = min(TITLE_LEAST, width // 2)
    while leaving and room() < least + (TAGS_WANT if "tags" in kept else 0):
        kept.remove(leaving.pop(0))
    cells = {name: COLUMNS[name].width or max(1, room()) for name in kept}
    if GROWS in cells:
        more = max(0, min(MOST_MORE, cells["title"] - TITLE_ENOUGH))
        cells |= {GROWS: cells[GROWS] + more, "title": cells["title"] - more}
    return tuple((COLUMNS[name], cells[name]) for name in kept)


def column_at(names: tuple[str, ...], width: int, x: int) -> Column | None:
    """The column that a cell of a row lies in."""
    left = 0
    for column, cells in fit_columns(names, width):
        if left <= x < left + cells:
            return column
        left += cells + 2
    return None
