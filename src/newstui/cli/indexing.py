"""The verb that builds the search index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newstui.cli.output import say_json, warn
from newstui.cli.session import Session
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.services.indexing import Growth


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Report each step as a line of JSON.")
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    r"""Bring the search index up to date. Searching does so by itself; this does it beforehand.

    The index lies in the cache folder and can be deleted at any time.
    """

    def report(growth: Growth, path: Path | None) -> None:
        if as_json:
            say_json({"done": growth.done, "total": growth.total, "file": str(path or "")})

    index = session.open(read_only=True).searching.index
    index.complete(report)
    if index.message:
        warn(index.message)
    warn(f"Indexed {counted(index.growth.done, 'article')}.")
