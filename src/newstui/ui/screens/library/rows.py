"""How an article looks as a row of the list, and as a preview."""

from __future__ import annotations

from collections.abc import Sequence

from newstui.services.catalog import Row
from newstui.text.display import visible
from newstui.ui.widgets.virtual_list import Piece, fit

SIGNS = {"unread": "●", "started": "◐", "read": "○"}
TAGS_FROM = 112
"""From this many cells tags have a column of their own."""
TAGS_WIDTH = 30
NARROW = 56
"""Below this many cells only sign, title and progress are shown."""
WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""


def minutes(words: int) -> int:
    """About how long a text takes, in whole minutes."""
    return max(1, round(words / WORDS_A_MINUTE))


def _widths(width: int) -> tuple[int, int]:
    """Cells of the title and of the tags."""
    if width < NARROW:
        return width - 9, 0
    tags = TAGS_WIDTH if width >= TAGS_FROM else 0
    return width - 41 - (tags + 2 if tags else 0), tags


def paint_heads(width: int) -> str:
    """The heads of the columns, for a width in cells."""
    title, tags = _widths(width)
    if width < NARROW:
        return f"   {fit('TITLE', title)}  READ"
    names = f"  {fit('TAGS', tags)}" if tags else ""
    return f"   {'DATE':<10}  {'SOURCE':<9} {fit('TITLE', title)}{names}  READ  HL NOTE"


def _counted(number: int, width: int) -> str:
    return f"{number or '·':>{width}}"


def paint_row(row: Row, width: int) -> Sequence[Sequence[Piece]]:
    """An article as one row: sign, star, date, source, title, tags if there is room, progress, highlights, notes."""
    article = row.article
    title_width, tags_width = _widths(width)
    sign = SIGNS[row.status] + ("★" if article.starred else "▪" if article.archived else " ")
    read = f"{round(row.progress * 100):>3}%" if row.status == "started" else "    "
    heavy = "strong" if row.status == "unread" else ""
    title = fit(article.title, title_width)
    if width < NARROW:
        return [[(f"{sign} ", ""), (title, heavy), (f"  {read}", "muted")]]
    pieces: list[Piece] = [
        (f"{sign} ", "accent" if article.starred else ""),
        (f"{fit(article.published, 10)}  {fit(article.source or article.site, 9)} ", "muted"),
        (title, heavy),
    ]
    if tags_width:
        pieces.append((f"  {fit(' '.join('#' + tag for tag in row.tags), tags_width)}", "tag"))
    pieces.append((f"  {read} {_counted(row.highlights, 3)} {_counted(row.notes, 4)}", "muted"))
    return [pieces]


def preview_facts(row: Row) -> str:
    """One row of facts for the top of the preview."""
    article = row.article
    facts = [f"{article.words:,} words", f"{minutes(article.words)} min"]
    facts += [fact for fact in (article.language, article.place) if fact]
    return " · ".join(visible(fact) for fact in facts)
