"""The verb about views: queries under a name."""

from __future__ import annotations

import click

from newstui.cli.output import say, say_json
from newstui.cli.session import Session


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    r"""List the views with how many articles each holds; save or remove one.

    \b
    newstui views
    newstui views save 'to follow up' 'tag:followup is:unread'
    newstui views remove 'to follow up'
    newstui list "$(newstui views query 'to follow up')"
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    views = session.open(read_only=True).views
    for view in [*views.all(), *views.collections()]:
        count = views.count(view.query)
        if as_json:
            say_json({"name": view.name, "query": view.query, "articles": count})
        else:
            say(f"{count:>7,}  {view.name:<28} {view.query}".rstrip())


@command.command("save")
@click.argument("name")
@click.argument("query")
@click.pass_obj
def save_command(session: Session, name: str, query: str) -> None:
    """Keep a query under a name; one of the same name is replaced."""
    session.open().views.save(name, query)


@command.command("remove")
@click.argument("name")
@click.pass_obj
def remove_command(session: Session, name: str) -> None:
    """Forget a view; its articles stay."""
    session.open().views.remove(name)


@command.command("query")
@click.argument("name")
@click.pass_obj
def query_command(session: Session, name: str) -> None:
    """Print the query of a view."""
    say(session.open(read_only=True).views.find(name).query)
