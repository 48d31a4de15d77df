"""`newstui entities`: who and what the articles are about; `newstui entity`: one of them, and what a user says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newstui.cli.output import say, say_json, warn, write_data
from newstui.cli.references import article_refs, select_articles
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError
from newstui.model import Article
from newstui.model.entity import LABELS

if TYPE_CHECKING:
    from newstui.model import EntityCount
    from newstui.workspace import Workspace

KIND = click.Choice(LABELS, case_sensitive=False)


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY | REF...]")
@click.option("--label", type=KIND, help="Only of this kind.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--new", is_flag=True, help="Only those that no article names which was added before these.")
@click.option("--suggest", is_flag=True, help="Pairs that may be the same; `newstui entity merge` makes them one.")
@click.option("--lost", is_flag=True, help="Corrections of single mentions whose words are gone.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def command(
    session: Session,
    query: tuple[str, ...],
    label: str | None,
    limit: int | None,
    new: bool,
    suggest: bool,
    lost: bool,
    as_json: bool,
) -> None:
    r"""List people, organizations and places, the most mentioned first.

    \b
    newstui entities                          of the library
    newstui entities tag:nato --label person
    newstui entities z9x7 --json              of one article
    newstui entities z9x7 --new               those that the library has not had before
    newstui entities --suggest                who may be one and the same
    newstui entities --lost                   corrections whose words are gone
    """
    workspace = session.open(read_only=True)
    ids = [article.id for article in select_articles(workspace, query)] if query else None
    if lost:
        _list_lost(workspace, ids)
        return
    found = workspace.dossiers.index(ids)
    for problem in workspace.recognition.problems:
        warn(problem)
    if new:
        keys = _new_keys(workspace, ids)
        found = [each for each in found if each.key in keys]
    if label:
        found = [each for each in found if each.label == label.upper()]
    if suggest:
        for pair in workspace.dossiers.suggestions(found)[:limit]:
            one, other = pair.one, pair.other
            say(f"{one.label:<7} {one.name} ({one.mentions}) = {other.name} ({other.mentions})?")
        return
    if not found:
        raise NotFoundError("There are no names in these articles.")
    refs = article_refs(workspace)
    for each in found[:limit]:
        if as_json:
            say_json(_record(each, refs))
        else:
            also = f"  ({', '.join(each.aliases[:5])})" if each.aliases else ""
            say(f"{each.mentions:>5}  {each.label:<7} {each.name}{also}")


def _new_keys(workspace: Workspace, ids: list[str] | None) -> set[str]:
    if ids is None:
        raise UsageError("New in which articles? Give a query, or what `newstui list` calls them.")
    index = workspace.dossiers.index()
    return {each.key for article in ids for each in workspace.dossiers.first_named(article, index)}


def _list_lost(workspace: Workspace, ids: list[str] | None) -> None:
    articles = [article for article in workspace.store.all(Article) if ids is None or article.id in ids]
    refs = article_refs(workspace)
    found = [(article, each) for article in articles for each in workspace.dossiers.lost(article.id)]
    if not found:
        raise NotFoundError("Every correction has its place.")
    for article, each in found:
        say(f"{refs[article.id]}  {each.action:<7} {each.label:<7} {each.surface}  ({article.title})")


def _record(each: EntityCount, refs: dict[str, str]) -> dict[str, object]:
    return {
        "name": each.name,
        "label": each.label,
        "aliases": list(each.aliases),
        "mentions": each.mentions,
        "articles": [refs[article] for article in each.articles],
        "trend": dict(each.trend),
        "first_seen": refs.get(each.first_seen, ""),
        "country": each.country,
    }


@click.group()
def entity_command() -> None:
    r"""Show one entity, or correct what is known of it; every correction can be undone.

    \b
    newstui entity show Erdogan                       its dossier, as Markdown
    newstui entity merge 'B. Johnson' 'Boris Johnson' the second name stays
    newstui entity split Erdogan "Emine Erdogan"      this spelling is somebody else
    newstui entity alias Reis Erdogan --in z9x7       in one article
    newstui entity not Reading                        no name, anywhere
    newstui entity is Anadolu org                     of another kind
    newstui entity add "Anadolu Agency" org           a name that was missed
    """


@entity_command.command("show")
@click.argument("name")
@click.option("--label", type=KIND, default=None, help="Of this kind.")
@click.pass_obj
def show_command(session: Session, name: str, label: str | None) -> None:
    """Print the dossier of an entity as Markdown."""
    from newstui.export.dossier import render_dossier

    dossiers = session.open(read_only=True).dossiers
    index = dossiers.index()
    write_data(render_dossier(dossiers.dossier(dossiers.find(name, label or "", index), index)))


@entity_command.command("merge")
@click.argument("names", nargs=-1, required=True, metavar="NAME... NAME")
@click.option("--label", type=KIND, default=None, help="Of this kind.")
@click.pass_obj
def merge_command(session: Session, names: tuple[str, ...], label: str | None) -> None:
    """Make several entities one; the last one stays."""
    if len(names) < 2:
        raise UsageError("Merging takes two names at least; the last one stays.")
    workspace = session.open()
    index = workspace.dossiers.index()
    *others, stays = (workspace.dossiers.find(name, label or "", index) for name in names)
    for other in others:
        workspace.correcting.merge(other.key, stays.key, name=other.name, into_name=stays.name)
        warn(f"{other.name} is {stays.name} now.")


@entity_command.command("split")
@click.argument("name")
@click.argument("spelling")
@click.pass_obj
def split_command(session: Session, name: str, spelling: str) -> None:
    """Take a spelling out of an entity; it stands for itself."""
    workspace = session.open()
    entity = workspace.dossiers.find(name)
    workspace.correcting.split(entity.key, spelling)
    warn(f"{spelling} is not {entity.name}.")


@entity_command.command("alias")
@click.argument("spelling")
@click.argument("name")
@click.option("--in", "reference", help="In this article only.")
@click.pass_obj
def alias_command(session: Session, spelling: str, name: str, reference: str | None) -> None:
    """Say that a spelling means an entity."""
    workspace = session.open()
    entity = workspace.dossiers.find(name)
    workspace.correcting.alias(spelling, entity.key, name=entity.name, article_id=_article_id(workspace, reference))
    warn(f"{spelling} is {entity.name}.")


@entity_command.command("distinct")
@click.argument("name")
@click.argument("other")
@click.pass_obj
def distinct_command(session: Session, name: str, other: str) -> None:
    """Say that two entities are not the same; they are not suggested again."""
    workspace = session.open()
    index = workspace.dossiers.index()
    one, two = (workspace.dossiers.find(each, index=index) for each in (name, other))
    workspace.correcting.distinguish(one.key, two.key)
    warn(f"{one.name} and {two.name} are two.")


@entity_command.command("not")
@click.argument("spelling")
@click.option("--in", "reference", help="In this article only.")
@click.pass_obj
def not_command(session: Session, spelling: str, reference: str | None) -> None:
    """Say that words are no name."""
    _correct(session, "drop", spelling, reference)
    warn(f"{spelling} is no name.")


@entity_command.command("is")
@click.argument("spelling")
@click.argument("label", type=KIND)
@click.option("--in", "reference", help="In this article only.")
@click.pass_obj
def is_command(session: Session, spelling: str, label: str, reference: str | None) -> None:
    """Say of what kind a name is."""
    _correct(session, "retype", spelling, reference, label=label.upper())
    warn(f"{spelling} is {label.upper()}.")


@entity_command.command("add")
@click.argument("spelling")
@click.argument("label", type=KIND)
@click.option("--in", "reference", help="In this article only.")
@click.pass_obj
def add_command(session: Session, spelling: str, label: str, reference: str | None) -> None:
    """Mark a name that was missed, wherever it stands."""
    _correct(session, "add", spelling, reference, label=label.upper())
    warn(f"{spelling} is marked as {label.upper()}.")


@entity_command.command("bounds")
@click.argument("spelling")
@click.argument("words")
@click.option("--in", "reference", help="In this article only.")
@click.pass_obj
def bounds_command(session: Session, spelling: str, words: str, reference: str | None) -> None:
    """Say which words the name really is: more, or fewer."""
    _correct(session, "bounds", spelling, reference, into=words)
    warn(f"{spelling} is {words}.")


def _correct(
    session: Session, action: str, spelling: str, reference: str | None, *, label: str = "", into: str = ""
) -> None:
    """Correct a name in one article, or in the library if none is given."""
    workspace = session.open()
    article_id = _article_id(workspace, reference)
    workspace.correcting.correct_name(action, spelling, label=label, into=into, article_id=article_id)


def _article_id(workspace: Workspace, reference: str | None) -> str:
    return workspace.catalog.article(reference).id if reference else ""
