"""`newstui export`: highlights as Markdown and other formats, to standard output, a file or a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newstui import paths
from newstui.cli.output import say, warn, write_data
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from newstui.services.delivery import ExportSummary, FileOutcome, WriteOptions
    from newstui.services.exporting import Choice, ExportOptions
    from newstui.workspace import Workspace


@click.command()
@click.argument("what", metavar="[FORMAT] [QUERY | REF[#PASSAGE]...]", nargs=-1)
@click.option("--to", "target", metavar="DIR|FILE|-", help="Where to; Markdown that is there is merged.")
@click.option(
    "--flavor", default="plain", metavar="NAME", help="plain, obsidian, logseq, pandoc or full (all the text)."
)
@click.option("--template", default="", metavar="FILE|NAME", help="Your own shape of Markdown; see `--templates`.")
@click.option("--templates", is_flag=True, help="List the templates that can be asked for by name, with their files.")
@click.option(
    "--by", type=click.Choice(["article", "tag", "entity", "all"]), default="article", help="What a file holds."
)
@click.option("--tag", metavar="TAG", help="One file: the passages with this tag.")
@click.option("--entity", metavar="NAME", help="One file: the passages that name this person, place, ...")
@click.option("--names/--no-names", default=None, help="Link the names in a passage; obsidian and logseq do.")
@click.option("--raw-notes", is_flag=True, help="Write notes as the Markdown they are.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change.")
@click.option("--restore", is_flag=True, help="Bring back highlights that you deleted from a file.")
@click.option(
    "--conflicts",
    type=click.Choice(["file", "both"]),
    default="file",
    help="Where both sides changed: keep the file's text, or add newstui's below it.",
)
@click.option("--watch", is_flag=True, help="Stay, and export again whenever the library changes.")
@click.option("--no-text", is_flag=True, help="Leave the articles' texts out of JSON-LD.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets.")
@click.option("--safe-cells", is_flag=True, help="Guard cells of CSV that a spreadsheet would run as formulas.")
@click.option("-q", "--quiet", is_flag=True, help="No report on standard error.")
@click.pass_obj
def command(session: Session, /, what: tuple[str, ...], **given: Any) -> None:
    r"""Write highlights as Markdown, or in another format.

    FORMAT is md (the default), jsonld (W3C Web Annotation), jsonl (all, without loss), csv, readwise, hypothesis,
    bibtex, csl, cite (quotations with their sources) or html; `newstui import` reads jsonld and jsonl. QUERY says which
    articles; without one, all that have highlights.

    \b
    newstui export z9x7                                one article, to standard output
    newstui export z9x7#p1xd | wc -w                   one passage, into a command
    newstui export 'tag:nato' --to ~/vault/news        one Markdown file an article
    newstui export 'tag:nato' --to nato.md             all of them in one file
    newstui export --tag nato --to ~/vault             the passages with a tag
    newstui export --to ~/vault --dry-run              only say what would change
    newstui export --to ~/vault --watch                and again after every change
    newstui export csv --to highlights.csv

    A second export merges: what you wrote into a file stays, also where it was moved to or renamed; a highlight you
    deleted from it stays out.
    """
    if given["templates"]:
        from newstui.export.templates import find_template, template_names

        for name in template_names():
            say(f"{name}\t{find_template(name)}")
        return
    from newstui.services.exporting_data import DATA_FORMATS

    workspace = session.open(read_only=True)
    formats = ("md", "json", *DATA_FORMATS)
    format_name, words = (what[0], what[1:]) if what and what[0] in formats else ("md", what)
    options = _options("jsonl" if format_name == "json" else format_name, given)
    choice, options = _choice(workspace, words, options, given)
    target = given["target"]
    if target in (None, "-"):
        if given["watch"] or given["dry_run"]:
            raise UsageError("Say where to, with --to.")
        for piece in workspace.exporting.iter_text(choice, options):
            write_data(piece)
        return
    path = paths.expand_home(target)
    write = _write_options(given, folder=target.endswith(("/", os.sep)))
    summary = workspace.exporting.export(choice, options, path, write, _reporter(quiet=given["quiet"]))
    _sum_up(summary, quiet=given["quiet"])
    if given["watch"]:
        _watch(workspace, lambda: _choice(workspace, words, options, given), path, write, quiet=given["quiet"])
    if summary.failed:
        raise click.exceptions.Exit(1)


def _options(format_name: str, given: dict[str, Any]) -> ExportOptions:
    from newstui.export.markdown import MarkdownOptions
    from newstui.services.exporting import ExportOptions

    return ExportOptions(
        format_name,
        given["by"],
        MarkdownOptions(given["flavor"], given["raw_notes"]),
        given["template"],
        given["names"],
        texts=not given["no_text"],
        bom=given["bom"],
        safe_cells=given["safe_cells"],
    )


def _write_options(given: dict[str, Any], *, folder: bool) -> WriteOptions:
    from newstui.services.delivery import WriteOptions

    return WriteOptions(given["dry_run"], given["restore"], given["conflicts"], folder)


def _choice(
    workspace: Workspace, words: tuple[str, ...], options: ExportOptions, given: dict[str, Any]
) -> tuple[Choice, ExportOptions]:
    """What is chosen by the words and by `--tag` or `--entity`, and how that is written."""
    from dataclasses import replace

    if given["tag"] and given["entity"]:
        raise UsageError("Give either --tag or --entity.")
    choice, options = _articles(workspace, words, options)
    if given["tag"]:
        choice = replace(choice, about=("tag", given["tag"].lstrip("#")))
    elif given["entity"]:
        choice = replace(choice, about=("entity", given["entity"]))
    return choice, options


def _articles(workspace: Workspace, words: tuple[str, ...], options: ExportOptions) -> tuple[Choice, ExportOptions]:
    """What the words choose; JSON-LD of a passage is an annotation, of one article a page, of more a collection."""
    from dataclasses import replace

    from newstui.cli.references import is_reference, select_articles
    from newstui.services.exporting import Choice

    if not words:
        found = workspace.exporting.everything()
        if not found.articles:
            raise NotFoundError(
                "There are no highlights yet; select a passage in the reader, or see `newstui highlight`."
            )
        return found, options
    if all("#" in word and is_reference(word) for word in words):
        found = workspace.exporting.passages([workspace.catalog.annotation(word).id for word in words])
        return found, replace(options, form="annotation" if len(words) == 1 else "collection")
    articles = select_articles(workspace, words)
    query = (
        ""
        if all(article.id.endswith(word) for article, word in zip(articles, words, strict=False))
        else " ".join(words)
    )
    form = options.form if query or len(articles) > 1 else "page"
    return Choice(tuple(article.id for article in articles), found_by=query), replace(options, form=form)


def _watch(
    workspace: Workspace,
    choose: Callable[[], tuple[Choice, ExportOptions]],
    path: Path,
    write: WriteOptions,
    *,
    quiet: bool,
) -> None:
    from newstui.services.watching import iter_changes

    if not quiet:
        warn("Watching; press Ctrl-C to end.")
    report = _reporter(quiet=quiet, same=False)
    for changed in iter_changes(workspace.store):
        try:
            choice, options = choose()
        except NotFoundError:
            continue
        touched = workspace.exporting.touched(choice, options, changed)
        workspace.exporting.export(touched, options, path, write, report)


def _reporter(*, quiet: bool, same: bool = True) -> Any:
    """Says one line a file and its remarks on standard error; differences of a dry run on standard output."""

    def report(outcome: FileOutcome) -> None:
        if outcome.diff:
            say(outcome.diff)
        counts = ", ".join(f"{count} {name}" for name, count in outcome.counts.items())
        if outcome.status == "failed":
            warn(f"failed: {' '.join(outcome.remarks)}")
        elif not quiet and (same or outcome.status != "same"):
            warn(f"{outcome.status}: {outcome.path}" + (f" ({counts})" if counts else ""))
            for remark in outcome.remarks:
                warn(f"  {remark}")

    return report


def _sum_up(summary: ExportSummary, *, quiet: bool) -> None:
    if not quiet and len(summary.files) > 1:
        warn(str(summary))
