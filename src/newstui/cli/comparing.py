"""`newstui compare`: edited copies of a story, and what differs between two texts or revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newstui.cli.output import say, say_json
from newstui.cli.references import article_refs
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError
from newstui.model import Article

if TYPE_CHECKING:
    from newstui.workspace import Workspace


@click.command()
@click.argument("references", nargs=-1, metavar="[REF [REF]]")
@click.option("--earlier", type=click.IntRange(1), default=None, metavar="N", help="Compare with N revisions ago.")
@click.option("--whole", is_flag=True, help="Show what is the same, too.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def command(session: Session, references: tuple[str, ...], earlier: int | None, whole: bool, as_json: bool) -> None:
    r"""Show edited copies of a story, and what differs: [-gone-] and {+new+}.

    Without REF, all groups of articles that are much alike; with one, the copies and revisions of an article; with two,
    or with --earlier, what differs. Nothing is ever merged.

    \b
    newstui compare
    newstui compare z9x7 k3d8
    newstui compare z9x7 --earlier 1
    """
    workspace = session.open(read_only=True)
    articles = [workspace.catalog.article(reference) for reference in references]
    if len(articles) > 2 or (earlier is not None and len(articles) != 1):
        raise UsageError("Name two articles, or one and --earlier N.")
    comparing = workspace.comparing
    if len(articles) == 2:
        _show(workspace, *(comparing.revision(article.id) for article in articles), whole=whole, as_json=as_json)
    elif earlier is not None:
        old, new = comparing.revision(articles[0].id, earlier), comparing.revision(articles[0].id)
        _show(workspace, old, new, whole=whole, as_json=as_json)
    elif articles:
        _list_one(workspace, articles[0], as_json=as_json)
    else:
        _list_groups(workspace, as_json=as_json)


def _show(workspace: Workspace, old: str, new: str, *, whole: bool, as_json: bool) -> None:
    from newstui.text.diffs import iter_around, mark_changes

    pieces = workspace.comparing.diff(old, new)
    shown = pieces if whole else list(iter_around(pieces))
    if as_json:
        for piece in shown:
            say_json({"kind": piece.kind, "text": piece.text})
    else:
        say(mark_changes(shown))


def _list_one(workspace: Workspace, article: Article, *, as_json: bool) -> None:
    copies = workspace.comparing.alike(article.id)
    if not copies and not article.earlier:
        raise NotFoundError(f"{article.title!r} has no edited copy, and no earlier text.")
    refs = article_refs(workspace)
    for each in copies:
        if as_json:
            say_json({"id": each.article.id, "title": each.article.title, "likeness": each.likeness})
        else:
            say(f"{refs[each.article.id]}  {each.likeness:.0%}  {each.article.title}")
    for back in range(1, len(article.earlier) + 1):
        if as_json:
            say_json({"id": article.id, "earlier": back, "text": article.earlier[back - 1]})
        else:
            say(f"{refs[article.id]} --earlier {back}")


def _list_groups(workspace: Workspace, *, as_json: bool) -> None:
    groups = workspace.comparing.groups()
    if not groups:
        raise NotFoundError("No two articles are copies of each other.")
    refs = article_refs(workspace)
    for number, group in enumerate(groups):
        if as_json:
            say_json({"articles": [{"id": each.id, "title": each.title} for each in group]})
            continue
        if number:
            say()
        for article in group:
            say(f"{refs[article.id]}  {article.published:<10}  {article.title}")
