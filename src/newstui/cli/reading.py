"""Verbs that read: the reader itself, and an article as plain text."""

import os
import sys

import click

from newstui.cli.output import warn
from newstui.cli.session import Session
from newstui.cli.verbs import load_target
from newstui.errors import NotFoundError, UsageError


def open_reader(session: Session, start: str | None = None, *, last: bool = False) -> None:
    """Open the terminal interface.

    Args:
        session: where the library is.
        start: reference of an article or a passage to open first.
        last: open the article that was read last.

    Raises:
        UsageError: this installation has no terminal interface.
        NotFoundError: the reference means nothing, or nothing was read yet.
    """
    if not is_terminal():
        _print_instead(start)
        return
    try:
        run_app = load_target("newstui.ui.app:run_app")
    except ModuleNotFoundError as error:
        if error.name != "newstui.ui.app":
            raise
        raise UsageError("The reader is not part of this installation; `newstui --help` lists what is.") from error
    workspace = session.open()
    if last:
        start = _last_read(session)
    run_app(workspace, start=None if start is None else _resolve(session, start))


def is_terminal() -> bool:
    """Whether a screen can be drawn and keys can be read."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def _print_instead(start: str | None) -> None:
    """What the reader would show first, as plain text: the list of articles, or one of them."""
    warn("This is no terminal for the reader, so here is plain text; `newstui --help` lists the verbs.")
    context = click.get_current_context()
    if start is None:
        from newstui.cli.searching import list_command

        context.invoke(list_command)
    else:
        from newstui.cli.printing import command as read_command

        context.invoke(read_command, reference=start.removeprefix("newstui://").partition("#")[0].rstrip("/"))


def _resolve(session: Session, reference: str) -> str:
    """The full ids behind a reference or an address `newstui://...`: `ARTICLE` or `ARTICLE#ANNOTATION`."""
    catalog = session.open().catalog
    reference = reference.removeprefix("newstui://").replace("/#", "#")
    if "#" not in reference:
        return catalog.article(reference).id
    annotation = catalog.annotation(reference)
    return f"{annotation.article}#{annotation.id}"


def _last_read(session: Session) -> str:
    readings = session.open().store.readings.all().values()
    newest = max((state for state in readings if state.opened), key=lambda state: state.opened, default=None)
    if newest is None:
        raise NotFoundError("Nothing was read yet; `newstui` opens the list of articles.")
    return newest.article


@click.command()
@click.argument("reference", metavar="REF[#PASSAGE]")
@click.pass_obj
def open_command(session: Session, reference: str) -> None:
    r"""Open an article, or a passage of it, in the reader.

    \b
    newstui open z9x7          the article whose id ends in z9x7
    newstui open z9x7#p1xd     one of its highlights
    newstui open newstui://01k9x7f0v2j6r4s8t3w5y7z9x7#h4v0p1xd     a link of an export
    """
    open_reader(session, reference)
