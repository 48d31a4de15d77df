"""Verbs about tags."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from newstui.services.tag_index import TagUse
    from newstui.workspace import Workspace


@click.group(invoke_without_command=True)
@click.option("--tree", is_flag=True, help="Indent tags below the one they are part of.")
@click.option("--counts", is_flag=True, help="How many articles and passages carry each.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_context
def tags_command(context: click.Context, tree: bool, counts: bool, as_json: bool) -> None:
    r"""List the tags of the library, most used first; the commands below change and count them.

    \b
    newstui tags --tree --counts
    newstui tags rename geo/nato alliance/nato
    newstui tags merge nato otan alliance/nato       the last one stays
    newstui tags delete inbox
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    workspace = session.open(read_only=True)
    uses = workspace.tagging.uses()
    if not uses:
        raise NotFoundError("There are no tags yet; `newstui tag --help` shows how to give one.")
    if as_json:
        for use in uses:
            say_json({"tag": use.name, "count": use.count, "last_used": use.last_used})
    elif tree:
        for line in _tree(workspace.tagging.tree(), counts=counts):
            say(line)
    else:
        for use in uses:
            say(f"{use.count:>5}  {use.name}" if counts else use.name)


def _tree(rows: Sequence[tuple[TagUse, int]], *, counts: bool) -> Iterable[str]:
    """The tags in order of their names, each below its parents, which need not be used themselves."""
    for use, _ in rows:
        parts = use.name.split("/")
        count = f"{use.count:>5}  " if use.count else " " * 7
        yield (count if counts else "") + "  " * (len(parts) - 1) + parts[-1]


@tags_command.command("rename")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename_command(session: Session, old: str, new: str) -> None:
    """Rename a tag and all below it; a name that is in use takes both."""
    warn(session.open().codebook.rename(old, new).label)


@tags_command.command("merge")
@click.argument("tags", nargs=-1, required=True, metavar="TAG... INTO")
@click.pass_obj
def merge_command(session: Session, tags: tuple[str, ...]) -> None:
    """Make the last tag of several."""
    if len(tags) < 2:
        raise UsageError("Give the tags to merge, and last the one that stays.")
    warn(session.open().codebook.merge(tags[:-1], tags[-1]).label)


@tags_command.command("delete")
@click.argument("tags", nargs=-1, required=True)
@click.pass_obj
def delete_command(session: Session, tags: tuple[str, ...]) -> None:
    """Take tags, and all below them, off everything."""
    warn(session.open().codebook.delete(*tags).label)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, metavar="+TAG|-TAG... -- QUERY|REF...")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be tagged.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask before several articles are tagged.")
@click.pass_obj
def tag_command(session: Session, words: tuple[str, ...], dry_run: bool, yes: bool) -> None:
    r"""Give tags to articles or passages, and take others off.

    \b
    newstui tag +geopolitics/nato -inbox -- 'text:nato is:unread'
    newstui tag +claim -- z9x7#p1xd
    newstui tag +inbox z9x7 k3m8
    """
    add, drop, rest = _split(words)
    if not (add or drop) or not rest:
        raise UsageError("Give tags with + or - before them, then what to tag: newstui tag +nato -- 'text:nato'.")
    workspace = session.open(read_only=dry_run)
    passages = [word for word in rest if "#" in word.strip("#")]
    if passages and len(passages) == len(rest):
        _tag_passages(workspace, passages, add, drop, dry_run=dry_run)
        return
    from newstui.cli.references import select_articles

    workspace.searching.check(" ".join(rest))
    articles = select_articles(workspace, rest)
    if len(articles) > 1:
        warn(f"{len(articles):,} articles match.")
    if dry_run:
        for article in articles:
            say(article.title)
    elif yes or len(articles) < 2 or not sys.stdin.isatty() or click.confirm("Tag all of them?", err=True):
        warn(workspace.catalog.tag([article.id for article in articles], add, drop).label)


def _split(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The tags to give, those to take off, and what they are for."""
    add: list[str] = []
    drop: list[str] = []
    for at, word in enumerate(words):
        if word.startswith("+") and len(word) > 1:
            add.append(word[1:])
        elif word.startswith("-") and len(word) > 1 and word != "--":
            drop.append(word[1:])
        else:
            return add, drop, [rest for rest in words[at:] if rest != "--"]
    return add, drop, []


def _tag_passages(
    workspace: Workspace, references: Sequence[str], add: Sequence[str], drop: Sequence[str], *, dry_run: bool
) -> None:
    notes = [workspace.catalog.annotation(reference) for reference in references]
    if dry_run:
        for note in notes:
            say(note.quote)
    else:
        warn(workspace.annotating.retag([note.id for note in notes], add, drop).label)
