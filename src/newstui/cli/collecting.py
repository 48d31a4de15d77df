"""`newstui collections`: named folders of articles, and what lies in them."""

from __future__ import annotations

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.session import Session
from newstui.errors import NotFoundError


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    r"""List the collections with the number of their articles; the commands below change them.

    `collection:NAME` finds what lies in one, in every list and search. The articles stay when a collection goes.

    \b
    newstui collections add 'Aleppo 2016' tag:aleppo
    newstui collections remove 'Aleppo 2016' z9x7
    newstui list 'collection:"Aleppo 2016"'
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    counts = session.open(read_only=True).collecting.counts()
    if not counts:
        raise NotFoundError("There are no collections yet; `newstui collections add NAME QUERY` makes one.")
    for name, count in counts.items():
        if as_json:
            say_json({"collection": name, "articles": count})
        else:
            say(f"{count:>5}  {name}")


@command.command("add")
@click.argument("name")
@click.argument("words", nargs=-1, required=True, metavar="QUERY|REF...")
@click.pass_obj
def add_command(session: Session, name: str, words: tuple[str, ...]) -> None:
    """Put articles into a collection."""
    _change(session, words, add=[name])


@command.command("remove")
@click.argument("name")
@click.argument("words", nargs=-1, required=True, metavar="QUERY|REF...")
@click.pass_obj
def remove_command(session: Session, name: str, words: tuple[str, ...]) -> None:
    """Take articles out of a collection."""
    _change(session, words, drop=[name])


def _change(
    session: Session, words: tuple[str, ...], add: list[str] | None = None, drop: list[str] | None = None
) -> None:
    from newstui.cli.references import select_articles

    workspace = session.open()
    workspace.searching.check(" ".join(words))
    articles = select_articles(workspace, words)
    warn(workspace.collecting.change([article.id for article in articles], add or (), drop or ()).label)


@command.command("rename")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename_command(session: Session, old: str, new: str) -> None:
    """Give a collection another name; one that is there already takes both."""
    warn(session.open().collecting.rename(old, new).label)


@command.command("delete")
@click.argument("name")
@click.pass_obj
def delete_command(session: Session, name: str) -> None:
    """Dissolve a collection; its articles stay."""
    warn(session.open().collecting.dissolve(name).label)
