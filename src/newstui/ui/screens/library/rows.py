"""How an article looks as a row of the list, and as a preview."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from newstui.services.catalog import STATUS_SIGNS, Row
from newstui.text.display import visible
from newstui.text.figures import minutes
from newstui.ui.screens.library.columns import fit_columns
from newstui.ui.widgets.virtual_list import Piece, fit

SIGN_CELLS = 3
"""Cells of the signs before the first column."""


def paint_heads(names: tuple[str, ...], sort: str, width: int) -> str:
    """The heads of the columns, those that the list is sorted by with an arrow."""
    order = {key.lstrip("-"): "↓" if key.startswith("-") else "↑" for key in sort.split()}
    heads = []
    for column, cells in fit_columns(names, width - SIGN_CELLS):
        head = column.head + (order.get(column.sort, "") if cells > len(column.head) else "")
        heads.append(head.rjust(cells) if column.right else fit(head, cells))
    return " " * SIGN_CELLS + "  ".join(heads)


def paint_row(row: Row, names: tuple[str, ...], width: int) -> Sequence[Sequence[Piece]]:
    """An article as one row: if it is unread, starred or archived, if highlights are lost (`!`), then the columns."""
    article = row.article
    flag = "★" if article.starred else "▪" if article.archived else " "
    sign = STATUS_SIGNS[row.status] + flag + "!" * bool(row.orphans)
    pieces: list[Piece] = [(sign.ljust(SIGN_CELLS), "accent" if article.starred else "")]
    heavy = "strong" if row.status == "unread" else ""
    columns = fit_columns(names, width - SIGN_CELLS)
    for number, (column, cells) in enumerate(columns):
        text = column.text(row)
        shown = fit(text, cells) if not column.right else " " * (cells - cell_len(text)) + text
        gap = "  " if number + 1 < len(columns) else ""
        pieces.append((shown + gap, column.part or heavy))
    return [pieces]


def paint_plain(row: Row, width: int) -> Sequence[Sequence[Piece]]:
    """An article as one row of words: its states, then what is known about it."""
    article = row.article
    states = [row.status, "starred" if article.starred else "", "archived" if article.archived else ""]
    counts = [_said(row.highlights, "highlight"), _said(row.notes, "note"), _said(row.orphans, "lost highlight")]
    progress = f"{round(row.progress * 100)} percent read" if row.status == "started" else ""
    facts = [article.title, *states, article.source or article.site, article.published, progress, *counts]
    return [[(fit(", ".join(fact for fact in facts if fact), width), "")]]


def _said(number: int, what: str) -> str:
    return "" if not number else f"{number} {what}{'' if number == 1 else 's'}"


def preview_facts(row: Row) -> str:
    """One row of facts for the top of the preview."""
    article = row.article
    facts = [f"{article.words:,} words", f"{minutes(article.words)} min"]
    facts += [fact for fact in (article.language, article.place) if fact]
    facts += [f"{_said(row.orphans, 'lost highlight')}, gm lists them"] if row.orphans else []
    return " · ".join(visible(fact) for fact in facts)
