"""`newstui read`: an article as plain text, wrapped by cells."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

import click

from newstui.cli.output import say
from newstui.cli.session import Session
from newstui.model import Article

WIDEST = 72


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--width", type=click.IntRange(20, 1000), help="Columns; by default those of the terminal, at most 72.")
@click.option("--raw", is_flag=True, help="Only the text, as it is stored, without wrapping.")
@click.pass_obj
def command(session: Session, reference: str, width: int | None, raw: bool) -> None:
    r"""Print an article.

    \b
    newstui read z9x7 | less
    newstui read z9x7 --width 60
    """
    workspace = session.open(read_only=True)
    article = workspace.catalog.article(reference)
    text = workspace.reading.text(article)
    if raw:
        say(text)
        return
    columns = width or min(WIDEST, shutil.get_terminal_size().columns)
    for line in _lines(article, text, columns):
        say(line)


def _lines(article: Article, text: str, columns: int) -> Iterator[str]:
    from newstui.text.wrapping import Lines, Wrapping

    about = " · ".join(part for part in (", ".join(article.author), article.source, article.published) if part)
    head = [part for part in (article.title, article.subtitle, about) if part]
    for part in (*head, text):
        wrapping = Wrapping(Lines(part), columns, cluster_width)
        for row in range(wrapping.row_count):
            start, end = wrapping.row_span(row)
            yield part[start:end].rstrip()
        yield ""


def cluster_width(cluster: str) -> int:
    """How many cells most terminals give a cluster: 2 for wide characters and emoji, 0 for a lone mark."""
    if "\ufe0f" in cluster or any(unicodedata.east_asian_width(char) in "WF" for char in cluster):
        return 2
    return 0 if all(unicodedata.category(char)[0] == "M" for char in cluster) else 1
