"""Verbs below `tags`: the codebook, and figures about it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from newstui.cli.arguments import color_slot, load_text
from newstui.cli.output import say, say_json, warn, write_data
from newstui.cli.session import Session
from newstui.cli.tagging import tags_command
from newstui.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from newstui.services.counting import Scope

FORMS = click.Choice(["csv", "json", "qdc"])


@tags_command.command("describe")
@click.argument("tag")
@click.argument("description", required=False)
@click.option("--color", metavar="NAME|1-6", help="The color slot of the tag; 0 takes it away.")
@click.pass_obj
def describe_command(session: Session, tag: str, description: str | None, color: str | None) -> None:
    """Say what a tag means, or show what was said."""
    workspace = session.open(read_only=description is None and color is None)
    if description is None and color is None:
        record = workspace.codebook.record(tag)
        said = [workspace.config.color_name(record.color)] if record.color else []
        say("\n".join([*said, record.description]) if said or record.description else "")
        return
    slot = None if color is None else color_slot(workspace.config, color)
    warn(workspace.codebook.describe(tag, description=description, color=slot).label)


@tags_command.command("move")
@click.argument("tags", nargs=-1, required=True)
@click.argument("parent")
@click.pass_obj
def move_command(session: Session, tags: tuple[str, ...], parent: str) -> None:
    """Put tags, with all below them, under another; `/` makes them roots."""
    warn(session.open().codebook.move(tags[0], parent.strip("/"), *tags[1:]).label)


@tags_command.command("split")
@click.argument("tag")
@click.argument("into")
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--dry-run", is_flag=True, help="Only list the passages.")
@click.pass_obj
def split_command(session: Session, tag: str, into: str, query: tuple[str, ...], dry_run: bool) -> None:
    r"""Give the passages with a tag that match QUERY another tag instead of it.

    \b
    newstui tags split claim claim/official 'text:minister'
    """
    workspace = session.open(read_only=dry_run)
    asked = " ".join(query)
    workspace.searching.check(asked)
    found = workspace.searching.tagged(tag, asked)
    if dry_run:
        for id_ in found:
            say(" ".join(workspace.catalog.annotation(id_).quote.split()))
    else:
        warn(workspace.codebook.split(tag, into, found).label)


@tags_command.command("suggest")
@click.argument("reference", metavar="REF#PASSAGE")
@click.pass_obj
def suggest_command(session: Session, reference: str) -> None:
    """List the tags that similar passages have, the likeliest first."""
    workspace = session.open(read_only=True)
    note = workspace.catalog.annotation(reference)
    for tag in workspace.suggesting.tags_for(note.article, note.span, given=note.tags, limit=5):
        say(tag)


@tags_command.command("export")
@click.option("--format", "form", type=FORMS, default="csv", show_default=True, help="qdc is REFI-QDA.")
@click.pass_obj
def export_command(session: Session, form: str) -> None:
    r"""Write the codebook: each tag with its description, color and count.

    \b
    newstui tags export > codebook.csv
    newstui tags export --format qdc > codebook.qdc      for QualCoder, ATLAS.ti, MAXQDA, NVivo
    """
    write_data(session.open(read_only=True).codebook.dump(form))


@tags_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "form", type=FORMS, help="By default what the name of the file ends in.")
@click.pass_obj
def import_command(session: Session, file: Path, form: str | None) -> None:
    """Take in descriptions and colors of tags, in one step; nothing that is there is lost."""
    form = form or file.suffix.lstrip(".").lower()
    if form not in FORMS.choices:
        raise UsageError(f"Say in which format {file} is: --format {', '.join(FORMS.choices)}.")
    text = load_text(str(file))
    warn(session.open().codebook.load(text, form).label)


@tags_command.command("count")
@click.option("--tag", help="Only this one, month by month of the articles it lies in.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def count_command(session: Session, tag: str | None, as_json: bool) -> None:
    """Show how often each tag was given, as bars; a tag counts for its parents too."""
    from newstui.text.plots import bars

    counting = session.open(read_only=True).counting
    width = shutil.get_terminal_size().columns
    if tag is not None:
        months = counting.months(tag)
        if not months:
            raise NotFoundError(f"No passage is tagged #{tag}.")
        for month, count in months if as_json else ():
            say_json({"month": month, "passages": count})
        for line in () if as_json else bars(months, width):
            say(line)
        return
    found = counting.frequencies()
    if as_json:
        for each in found:
            say_json({"tag": each.tag, "passages": each.passages, "articles": each.articles, "spread": each.spread})
    else:
        for line in bars([(each.tag, each.passages + each.articles) for each in found], width):
            say(line)


@tags_command.command("together")
@click.argument("tags", nargs=-1)
@click.option("--in", "scope", type=click.Choice(["passage", "article"]), default="passage", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Each two tags as JSON Lines.")
@click.pass_obj
def together_command(session: Session, tags: tuple[str, ...], scope: str, as_json: bool) -> None:
    """Show which tags go together, on one passage, on passages that overlap, or in one article."""
    from newstui.text.plots import matrix

    found = session.open(read_only=True).counting.together(tags, scope=cast("Scope", scope))
    if as_json:
        for one, other, count in found.pairs():
            say_json({"tags": [one, other], "count": count})
    else:
        for line in matrix(found.tags, found.counts, shutil.get_terminal_size().columns):
            say(line)


@tags_command.command("show")
@click.argument("tag")
@click.option("--width", type=click.IntRange(30, 1000), help="Columns; by default those of the terminal, at most 84.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON, with all its passages.")
@click.pass_obj
def show_command(session: Session, tag: str, width: int | None, as_json: bool) -> None:
    """Print a tag's page: what it means, when it was given and with what, and its passages in their context."""
    from newstui.cli.pages import print_tag

    print_tag(session.open(read_only=True), tag, width, as_json=as_json)
