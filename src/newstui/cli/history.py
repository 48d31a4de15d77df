"""Verbs that list changes, take them back and do them again."""

from collections.abc import Callable

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.session import Session
from newstui.errors import NotFoundError


@click.command()
@click.option("-n", "--limit", type=click.IntRange(1), default=None, help="Only so many, the newest.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def history_command(session: Session, limit: int | None, as_json: bool) -> None:
    r"""List what can be taken back and what can be done again, the newest first, of earlier sessions too.

    The number before a step is for `newstui undo --to` and `newstui redo --to`.

    \b
    newstui history -n 20
    newstui undo --to 118      takes back step 118 and all after it
    newstui redo --to 118      does all of it again up to step 118
    """
    from newstui.services.history import measure

    for step in session.open(read_only=True).history.steps()[:limit]:
        if as_json:
            say_json(
                {"number": step.number, "label": step.label, "time": step.time, "undone": step.undone,
                 "changed": measure(step)}
            )  # fmt: skip
            continue
        size = measure(step)
        state = "undone  " if step.undone else ""
        say(f"{step.number:>6}  {step.time}  {state}{step.label}{f'  ({size})' if size else ''}")


@click.command()
@click.option("--list", "listing", is_flag=True, help="Only list all that was changed, undos too, newest first.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON Lines.")
@click.option("--to", "number", type=int, metavar="STEP", help="Take back this step of `history`, and all after it.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.pass_obj
def undo_command(session: Session, listing: bool, as_json: bool, number: int | None, steps: int) -> None:
    r"""Take back the last change, the last STEPS changes, or all since a step of `newstui history`.

    \b
    newstui undo 3
    newstui undo --to 118
    """
    workspace = session.open(read_only=listing)
    if listing:
        for entry in reversed(workspace.history.entries()):
            if as_json:
                say_json({"number": entry.number, "label": entry.label, "time": entry.time, "undoes": entry.undoes})
            else:
                say(f"{entry.time}  {'Undo: ' if entry.undoes is not None else ''}{entry.label}")
        return
    history = workspace.history
    if number is not None:
        _check(any(step.number == number and not step.undone for step in history.steps()), number, "take back")
        _tell("Taken back", history.travel(number))
        return
    _repeat(steps, history.undo, "Taken back", "There is nothing to take back.")


@click.command()
@click.option("--to", "number", type=int, metavar="STEP", help="Do all again up to this step of `history`.")
@click.argument("steps", type=click.IntRange(1, 1000), default=1)
@click.pass_obj
def redo_command(session: Session, number: int | None, steps: int) -> None:
    """Make the change again that was taken back last, or the last STEPS of them."""
    history = session.open().history
    if number is not None:
        _check(any(step.number == number and step.undone for step in history.steps()), number, "do again")
        _tell("Done again", history.travel(number))
        return
    _repeat(steps, history.redo, "Done again", "There is nothing to do again.")


def _repeat(times: int, work: Callable[[], str | None], said: str, nothing: str) -> None:
    for _ in range(times):
        label = work()
        if label is None:
            raise NotFoundError(nothing)
        warn(f"{said}: {label}")


def _tell(said: str, labels: list[str]) -> None:
    for label in labels:
        warn(f"{said}: {label}")


def _check(found: bool, number: int, deed: str) -> None:
    if not found:
        raise NotFoundError(f"There is no step {number} to {deed}; `newstui history` lists them.")
