"""The verb that prints the page of an article or of a tag."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from newstui.cli.output import say, say_json
from newstui.cli.printing import cluster_width
from newstui.cli.session import Session

if TYPE_CHECKING:
    from newstui.services.page_rows import PageLayout
    from newstui.workspace import Workspace


@click.command()
@click.argument("reference", metavar="REF|#TAG")
@click.option("--width", type=click.IntRange(30, 1000), help="Columns; by default those of the terminal, at most 84.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.pass_obj
def command(session: Session, reference: str, width: int | None, as_json: bool) -> None:
    r"""Print all there is about an article: its passages with notes, tags and links, its names; or about a tag.

    \b
    newstui page z9x7 | less
    newstui page '#nato'
    """
    workspace = session.open(read_only=True)
    if reference.startswith("#"):
        print_tag(workspace, reference, width, as_json=as_json)
        return
    page = workspace.pages.article(workspace.catalog.article(reference).id)
    if as_json:
        say_json(workspace.pages.article_record(page))
        return
    for row in _layout(workspace, width).article(page):
        say(row.text)


def print_tag(workspace: Workspace, tag: str, width: int | None, *, as_json: bool) -> None:
    """Print a tag's page."""
    page = workspace.pages.tag(tag)
    if as_json:
        say_json(workspace.pages.tag_record(page))
        return
    say(f"#{page.tag.name}")
    for row in _layout(workspace, width).tag(page):
        say(row.text)


def _layout(workspace: Workspace, width: int | None) -> PageLayout:
    from newstui.services.page_rows import PageLayout

    return PageLayout(width or shutil.get_terminal_size().columns, cluster_width, workspace.config.color_name)
