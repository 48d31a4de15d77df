"""The `newstui` command and its global options."""

from pathlib import Path

import click

from newstui import __version__
from newstui.cli.session import Session
from newstui.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    invoke_without_command=True,
    subcommand_metavar="[VERB] ...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The library to use. Otherwise $NEWSTUI_LIBRARY, a library/ in or above this folder, or your own.",
)
@click.option("-c", "--continue", "last", is_flag=True, help="Open the reader at the article read last.")
@click.option("--ascii", "ascii_signs", is_flag=True, help="Draw the reader with ASCII signs only.")
@click.option("--plain", is_flag=True, help="The reader as linear text with states as words, for screen readers.")
@click.version_option(__version__, message="newstui %(version)s")
@click.pass_context
def main(context: click.Context, library: Path | None, last: bool, ascii_signs: bool, plain: bool) -> None:
    """Read closely in a terminal, tag passages, and keep the notes for years.

    Without a verb, newstui opens the reader. `newstui VERB --help` explains a verb.

    Articles and passages are named by the end of their id: `z9x7` is an article, `z9x7#p1xd` a passage of it; `list`
    and `notes` print them. QUERY is the same language everywhere: words, "a phrase", tag:nato, is:unread, OR, -not.
    Data goes to standard output, remarks to standard error. Exit status: 0 well, 1 nothing found or some failed,
    2 not understood, 3 library locked, 4 library damaged, 130 interrupted.
    """
    session = Session(library, {name: True for name, on in (("ascii", ascii_signs), ("plain", plain)) if on})
    context.obj = session
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        from newstui.cli.reading import open_reader

        open_reader(session, last=last)
