"""Verbs that read: the reader itself, and an article as plain text."""

import click

from newstui.cli.session import Session
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
    try:
        from newstui.ui.app import run_app
    except ModuleNotFoundError as error:
        if error.name != "newstui.ui.app":
            raise
        raise UsageError("The reader is not part of this installation; `newstui --help` lists what is.") from error
    workspace = session.open()
    if last:
        start = _last_read(session)
    run_app(workspace, start=start)


def _last_read(session: Session) -> str:
    readings = session.open().store.readings().values()
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
    """
    open_reader(session, reference)
