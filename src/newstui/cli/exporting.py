"""`newstui export`: highlights as Markdown and other formats, to standard output, a file or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from newstui.cli.output import say, warn, write_data
from newstui.cli.session import Session
from newstui.errors import NotFoundError

if TYPE_CHECKING:
    from newstui.services.exporting import ExportFile, ExportSummary
    from newstui.workspace import Workspace

FORMATS = ("md", "jsonld", "json", "csv", "readwise", "bibtex", "csl", "html")


@click.command()
@click.argument("what", metavar="[FORMAT] [QUERY | REF...]", nargs=-1)
@click.option("--to", "target", metavar="DIR|FILE|-", help="Where to; files that are there are merged.")
@click.option(
    "--flavor", default="plain", metavar="NAME", help="plain, obsidian, logseq, pandoc or full (the whole text)."
)
@click.option("--by", type=click.Choice(["tag", "entity"]), help="One file a tag or an entity instead of an article.")
@click.option("--raw-notes", is_flag=True, help="Write notes as the Markdown they are.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.option("--restore", is_flag=True, help="Bring back highlights that you deleted from a file.")
@click.option(
    "--conflicts",
    type=click.Choice(["file", "both"]),
    default="file",
    help="Where both sides changed: keep the file's text, or add newstui's below it.",
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets.")
@click.option("--safe-cells", is_flag=True, help="Guard cells of CSV that a spreadsheet would run as formulas.")
@click.option("-q", "--quiet", is_flag=True, help="No report on standard error.")
@click.pass_obj
def command(session: Session, /, what: tuple[str, ...], **options: Any) -> None:
    r"""Write highlights as Markdown, or in another format.

    FORMAT is md (the default), jsonld (W3C Web Annotation), json (all, without loss), csv, readwise, bibtex, csl or
    html. QUERY says which articles; without one, all that have highlights.

    \b
    newstui export z9x7                                one article, to standard output
    newstui export 'tag:nato' --to ~/vault/news        one Markdown file an article
    newstui export tag:nato --to ~/vault/news --dry-run
    newstui export csv --to highlights.csv
    newstui export --by tag --to ~/vault/tags

    A second export merges: what you wrote into a file stays, also where it was moved to or renamed; a highlight you
    deleted from it stays out.
    """
    workspace = session.open(read_only=True)
    format_name, words = (what[0], what[1:]) if what and what[0] in FORMATS else ("md", what)
    files = _build(workspace, format_name, _articles(workspace, words), options)
    target = options["target"]
    if target in (None, "-"):
        from newstui.services.exporting import combine

        write_data(combine(files))
        return
    summary = _write(workspace, files, Path(target).expanduser(), options)
    _report(summary, quiet=options["quiet"])
    if summary.failed:
        raise click.exceptions.Exit(1)


def _articles(workspace: Workspace, words: tuple[str, ...]) -> list[str]:
    if words:
        from newstui.cli.references import select_articles

        return [article.id for article in select_articles(workspace, words)]
    found = [row.article.id for row in workspace.catalog.rows() if row.highlights]
    if not found:
        raise NotFoundError("There are no highlights yet; select a passage in the reader, or see `newstui highlight`.")
    return found


def _build(workspace: Workspace, format_name: str, ids: list[str], options: dict[str, Any]) -> list[ExportFile]:
    from newstui.export.markdown import MarkdownOptions
    from newstui.services.exporting import DataOptions

    if format_name != "md":
        given = DataOptions(bom=options["bom"], safe_cells=options["safe_cells"])
        return workspace.exporting.data(ids, format_name, given)
    markdown = MarkdownOptions(options["flavor"], options["raw_notes"])
    by: Literal["tag", "entity"] | None = options["by"]
    if by:
        return workspace.exporting.digests(ids, by, markdown)
    return workspace.exporting.markdown(ids, markdown)


def _write(workspace: Workspace, files: list[ExportFile], target: Path, options: dict[str, Any]) -> ExportSummary:
    from newstui.services.exporting import WriteOptions

    given = WriteOptions(dry_run=options["dry_run"], restore=options["restore"], conflicts=options["conflicts"])
    return workspace.exporting.write(files, target, given)


def _report(summary: ExportSummary, *, quiet: bool) -> None:
    """One line a file and its remarks on standard error; differences of a dry run on standard output."""
    for outcome in summary.files:
        if outcome.diff:
            say(outcome.diff)
        counts = ", ".join(f"{count} {name}" for name, count in outcome.counts.items())
        if outcome.status == "failed":
            warn(f"failed: {' '.join(outcome.remarks)}")
        elif not quiet:
            warn(f"{outcome.status}: {outcome.path}" + (f" ({counts})" if counts else ""))
            for remark in outcome.remarks:
                warn(f"  {remark}")
    if not quiet and len(summary.files) > 1:
        kinds = {
            kind: sum(each.status == kind for each in summary.files) for kind in ("new", "updated", "same", "failed")
        }
        warn(f"{len(summary.files)} files: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count))
