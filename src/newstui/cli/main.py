"""The `newstui` command and its global options."""

import click

from newstui import __version__


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newstui %(version)s")
def main() -> None:
    """Read closely in a terminal, tag passages, and keep the notes for years."""
