"""`newstui entities`: who and what the articles are about, and corrections."""

from __future__ import annotations

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.references import select_articles, short_refs
from newstui.cli.session import Session
from newstui.errors import NotFoundError
from newstui.model import Article
from newstui.model.entity import LABELS


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY | REF...]")
@click.option("--label", type=click.Choice(LABELS, case_sensitive=False), help="Only of this kind.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--drop", metavar="NAME", help="This is no name; in the library.")
@click.option("--retype", metavar="NAME", help="This name is of the kind given with --label.")
@click.option("--add", metavar="NAME", help="This is a name of the kind given with --label.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def command(
    session: Session,
    query: tuple[str, ...],
    label: str | None,
    limit: int | None,
    drop: str | None,
    retype: str | None,
    add: str | None,
    as_json: bool,
) -> None:
    r"""List people, organizations and places, the most mentioned first; or correct one.

    \b
    newstui entities                          of the library
    newstui entities tag:nato --label person
    newstui entities z9x7 --json              of one article
    newstui entities --retype Anadolu --label org
    newstui entities --drop Reading
    """
    corrections = [(action, name) for action, name in (("drop", drop), ("retype", retype), ("add", add)) if name]
    workspace = session.open(read_only=not corrections)
    if corrections:
        for action, name in corrections:
            workspace.dossiers.correct(action, name, label=(label or "").upper())
            warn(f"{action}: {name}")
        return
    ids = [article.id for article in select_articles(workspace, query)] if query else None
    found = workspace.dossiers.index(ids)
    if label:
        found = [each for each in found if each.label == label.upper()]
    if not found:
        raise NotFoundError("There are no names in these articles.")
    refs = short_refs([article.id for article in workspace.store.all(Article)])
    for each in found[:limit]:
        if as_json:
            say_json(
                {
                    "name": each.name,
                    "label": each.label,
                    "aliases": list(each.aliases),
                    "mentions": each.mentions,
                    "articles": [refs[article] for article in each.articles],
                }
            )
        else:
            also = f"  ({', '.join(each.aliases[:5])})" if each.aliases else ""
            say(f"{each.mentions:>5}  {each.label:<7} {each.name}{also}")
