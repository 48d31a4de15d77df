"""The verb about marks: places under letters."""

from __future__ import annotations

import click

from newstui.cli.output import say, say_json
from newstui.cli.session import Session
from newstui.errors import NotFoundError
from newstui.model import Article


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    r"""List the places that capitals lead to (mA in the reader, 'A to go there), or forget one.

    \b
    newstui marks
    newstui marks remove A
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    workspace = session.open(read_only=True)
    marks = workspace.marks.everywhere()
    if not marks:
        raise NotFoundError("No place is marked; mA in the reader marks one.")
    for mark in marks:
        title = workspace.store.get(Article, mark.article).title
        if as_json:
            say_json({"letter": mark.letter, "article": mark.article, "start": mark.offset, "title": title})
        else:
            say(f"{mark.letter}  {mark.article}  {mark.offset:>7,}  {title}")


@command.command("remove")
@click.argument("letter")
@click.pass_obj
def remove_command(session: Session, letter: str) -> None:
    """Forget a mark."""
    workspace = session.open()
    mark = workspace.marks.find(letter.upper())
    workspace.marks.remove(mark.letter, mark.article)
    workspace.store.readings.flush()
