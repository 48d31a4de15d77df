"""`newstui mend`: blanks between sentences that an import found glued together."""

import click

from newstui.cli.output import say, warn
from newstui.cli.session import Session


@click.command()
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@click.option("--dry-run", is_flag=True, help="Only show what would be put in.")
@click.pass_obj
def command(session: Session, references: tuple[str, ...], dry_run: bool) -> None:
    r"""Put blanks between sentences that are glued together (`Wednesday.Turkish`).

    The text as it came stays as the earlier revision, highlights follow, and undo takes it back.

    \b
    newstui mend z9x7 --dry-run
    newstui mend z9x7
    """
    from newstui.text.diffs import iter_around, mark_changes

    workspace = session.open(read_only=dry_run)
    for article in [workspace.catalog.article(reference) for reference in references]:
        if dry_run:
            pieces = workspace.comparing.diff(workspace.reading.text(article), workspace.mending.preview(article.id))
            say(mark_changes(list(iter_around(pieces))))
            continue
        done = workspace.mending.mend(article.id)
        warn(f"{article.title}: {done.label if done is not None else 'nothing to mend'}.")
