"""Verbs that take changes back."""

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.session import Session
from newstui.errors import NotFoundError


@click.command()
@click.option("--list", "listing", is_flag=True, help="Only list what was changed, newest first.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON Lines.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.pass_obj
def undo_command(session: Session, listing: bool, as_json: bool, steps: int) -> None:
    r"""Take back the last change, or the last STEPS changes.

    \b
    newstui undo --list
    newstui undo 3
    """
    workspace = session.open(read_only=listing)
    if listing:
        for entry in reversed(workspace.history.entries()):
            if as_json:
                say_json({"number": entry.number, "label": entry.label, "time": entry.time, "undoes": entry.undoes})
            else:
                say(f"{entry.time}  {'Undo: ' if entry.undoes is not None else ''}{entry.label}")
        return
    for _ in range(steps):
        label = workspace.history.undo()
        if label is None:
            raise NotFoundError("There is nothing to take back.")
        warn(f"Taken back: {label}")


@click.command()
@click.pass_obj
def redo_command(session: Session) -> None:
    """Make the change again that was taken back last."""
    label = session.open().history.redo()
    if label is None:
        raise NotFoundError("There is nothing to do again.")
    warn(f"Done again: {label}")
