"""Verbs that look after a library."""

from __future__ import annotations

import click

from newstui import paths
from newstui.cli.output import say, warn
from newstui.cli.session import Session
from newstui.text.figures import counted


@click.command()
@click.option("--fix", is_flag=True, help="Remove what a write that did not end has left over.")
@click.pass_obj
def check_command(session: Session, fix: bool) -> None:
    """Check that every text and every highlight is there and right; exit status 1 if not."""
    maintaining = session.open(read_only=not fix).maintaining
    if fix:
        for name in maintaining.fix():
            warn(f"Removed {name}.")
    wrong = 0
    for finding in maintaining.check():
        wrong += 1
        say(f"{finding.where}: {finding.what}")
    if wrong:
        raise click.exceptions.Exit(1)
    warn("Everything is there.")


@click.command()
@click.option("--list", "listing", is_flag=True, help="Only list the backups there are.")
@click.pass_obj
def backup_command(session: Session, listing: bool) -> None:
    """Make a backup of the notes now; newstui makes one on each day something changes."""
    from newstui.services.maintaining import describe_backups

    if listing:
        for day, notes in describe_backups(paths.find_library(session.library)):
            say(f"{day}  {counted(notes, 'highlight')}" if notes >= 0 else f"{day}  cannot be read")
        return
    warn(f"Kept in {session.open().maintaining.backup()}.")


@click.command()
@click.argument("day", default="", metavar="[YYYY-MM-DD]")
@click.pass_obj
def restore_command(session: Session, day: str) -> None:
    r"""Put back a backup, the newest by default; what is there now is kept in damaged/.

    Changes since then that the journal still holds are made again when the library is opened.

    \b
    newstui backup --list
    newstui restore 2026-11-20
    """
    from newstui.services.maintaining import restore

    warn(f"Put back the files of {restore(paths.find_library(session.library), day)}.")


@click.command()
@click.pass_obj
def fold_command(session: Session) -> None:
    """Write what the journal holds into the JSON files, such as before a commit in git."""
    session.open().maintaining.fold()
