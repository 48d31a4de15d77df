"""Verbs that read: the reader itself, and an article as plain text."""

import click

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


def _resolve(session: Session, reference: str) -> str:
    """The full ids behind a reference or an address `newstui://...`: `ARTICLE` or `ARTICLE#ANNOTATION`."""
    catalog = session.open().catalog
    reference = reference.removeprefix("newstui://").replace("/#", "#")
    if "#" not in reference:
        return catalog.article(reference).id
    annotation = catalog.annotation(reference)
    return f"{annotation.article}#{annotation.id}"


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
    newstui open newstui://01k9x7f0v2j6r4s8t3w5y7z9x7#h4v0p1xd     a link of an export
    """
    open_reader(session, reference)
