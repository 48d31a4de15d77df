"""`newstui import`: files, folders and standard input into the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newstui.cli.output import say_json, warn
from newstui.cli.references import short_refs
from newstui.cli.session import Session
from newstui.model import Article

if TYPE_CHECKING:
    from newstui.services.importing import Outcome


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--tag", "tags", multiple=True, help="Give this tag; may be repeated.")
@click.option("--as", "format_", default="", metavar="FORMAT", help="text, markdown, html, mail, feed or epub.")
@click.option("--title", default="", help="The title to use.")
@click.option("--url", default="", help="Where it is from.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one article each.")
@click.pass_obj
def command(
    session: Session,
    paths: tuple[str, ...],
    tags: tuple[str, ...],
    format_: str,
    title: str,
    url: str,
    dry_run: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    r"""Import articles. Importing the same thing twice changes nothing; a changed text becomes a new revision.

    \b
    newstui import story.txt
    newstui import ~/wire --tag inbox
    pbpaste | newstui import - --title 'A pasted story'
    """
    from newstui.ingest.article import Source
    from newstui.services.importing import ImportOptions

    workspace = session.open(create=True)
    sources = [Source(sys.stdin.buffer.read(), "-", url) if path == "-" else Path(path) for path in paths]
    options = ImportOptions(tags, format_, title, url, dry_run)

    def report(outcome: Outcome) -> None:
        if as_json:
            say_json(_record(outcome, workspace.store.all(Article)))
        if outcome.status == "failed":
            warn(f"newstui: {outcome.message}")
        elif not quiet and outcome.article is not None:
            warn(f"{outcome.status:<10} {outcome.article.title}")
        for warning in () if quiet else outcome.warnings:
            warn(f"           {warning}")

    summary = workspace.importing.run(sources, options, report)
    if not quiet:
        warn(f"{'Would be: ' if dry_run else ''}{summary}")
    if summary.failures:
        raise click.exceptions.Exit(1)


def _record(outcome: Outcome, articles: Any) -> dict[str, Any]:
    fields, article = outcome.fields, outcome.article
    if fields is None or article is None:
        return {"status": outcome.status, "origin": outcome.origin, "message": outcome.message}
    refs = short_refs([each.id for each in articles])
    return {
        "status": outcome.status,
        "ref": refs.get(article.id, ""),
        "id": article.id,
        "origin": outcome.origin,
        "title": fields.title,
        "subtitle": fields.subtitle,
        "author": fields.author[0] if fields.author else "",
        "authors": list(fields.author),
        "source": fields.source,
        "site": fields.site,
        "place": fields.place,
        "published": fields.published,
        "url": fields.url,
        "language": fields.language,
        "tags": list(article.tags),
        "text": fields.text,
        "annotations": [{"quote": note.quote, "note": note.note, "tags": list(note.tags)} for note in fields.notes],
        "warnings": list(outcome.warnings),
    }
