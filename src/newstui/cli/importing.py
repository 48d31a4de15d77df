"""`newstui import` and `newstui importers`: files, folders, addresses and standard input into the library."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newstui.cli.importing_progress import Failures, Progress, load_failures, stop_on_interrupt
from newstui.cli.output import say, say_json, warn
from newstui.cli.references import article_refs
from newstui.cli.session import Session
from newstui.errors import LibraryLockedError, UsageError

if TYPE_CHECKING:
    from newstui.ingest.article import Source
    from newstui.ingest.watching import Watch
    from newstui.services.importing import ImportOptions, ImportSummary, Outcome

WATCH_SECONDS = 1.0
"""Between two looks at what is watched."""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH|URL|-...")
@click.option("--tag", "tags", multiple=True, help="Give this tag; may be repeated.")
@click.option("--collection", "collections", multiple=True, help="Put into this collection; may be repeated.")
@click.option("--as", "format_", default="", metavar="FORMAT", help="Insist on one of `newstui importers`.")
@click.option("--title", default="", help="The title to use.")
@click.option("--url", default="", help="Where it is from.")
@click.option(
    "--update",
    type=click.Choice(["replace", "skip"]),
    default="replace",
    show_default=True,
    help="What a changed text does: become a new revision, or nothing.",
)
@click.option(
    "--on-duplicate",
    type=click.Choice(["skip", "link", "keep"]),
    default="skip",
    show_default=True,
    help="The same text from elsewhere: only its tags come in, its address too, or it is an article of its own.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read at a time.")
@click.option(
    "--allow-local",
    is_flag=True,
    help="Fetch addresses inside your own network too; SSL_CERT_FILE names certificates of your own to trust.",
)
@click.option("--watch", is_flag=True, help="Go on, and import what comes or changes, until Ctrl-C.")
@click.option("--retry", type=click.Path(path_type=Path), metavar="FILE", help="Import what a failures file lists.")
@click.option("--failures", type=click.Path(path_type=Path), metavar="FILE", help="Where to list what failed.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first failure.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one article each.")
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    r"""Import articles. Importing the same thing twice changes nothing; a changed text becomes a new revision.

    Highlights in the exports of other tools become annotations of the article they are of. What failed is listed in a
    file that --retry takes.

    \b
    newstui import story.txt saved.html book.epub
    newstui import ~/wire --tag inbox --collection Wire --watch
    newstui import https://example.org/story
    newstui import readwise.csv 'My Clippings.txt' omnivore.zip
    pbpaste | newstui import - --title 'A pasted story'
    """  # fmt: skip
    from newstui.services.importing import ImportOptions

    session: Session = context.obj
    failures = Failures(given["failures"])
    wanted = [*paths, *(load_failures(given["retry"]) if given["retry"] else ())]
    if not wanted:
        raise UsageError("Name a file, a folder, an address or -; `newstui import --help` has examples.")
    sources = [_standard_input(given["url"]) if path == "-" else path for path in wanted]
    options = ImportOptions(
        tags=given["tags"],
        collections=given["collections"],
        format=given["format_"],
        title=given["title"],
        url=given["url"],
        dry_run=given["dry_run"],
        update=given["update"] == "replace",
        duplicates=given["on_duplicate"],
        jobs=given["jobs"],
        allow_local=given["allow_local"],
    )
    run = _Run(session, options, failures, given)
    watch = _begin_watch(wanted) if given["watch"] else None
    summary = run.take(sources)
    if watch is not None and not summary.stopped:
        _go_on(run, watch)
        summary = run.total
    if run.interrupted:
        raise click.exceptions.Exit(130)
    if summary.failures:
        raise click.exceptions.Exit(1)


def _standard_input(url: str) -> Source:
    from newstui.ingest.article import Source

    return Source(sys.stdin.buffer.read(), "-", url)


class _Run:
    """One call of the command: imports, says what became of it, and can be interrupted."""

    def __init__(self, session: Session, options: ImportOptions, failures: Failures, given: Mapping[str, Any]) -> None:
        self._session = session
        self._options = options
        self._failures = failures
        self._quiet: bool = given["quiet"]
        self._as_json: bool = given["as_json"]
        self._fail_fast: bool = given["fail_fast"]
        self._failed = False
        self.interrupted = False
        self.total: ImportSummary

    def take(self, sources: list[str | Source] | list[Path]) -> ImportSummary:
        """Import some sources."""
        workspace = self._session.open(create=True)
        known: tuple[int, dict[str, str]] = (-1, {})

        def refs() -> dict[str, str]:
            """Articles come in batches, and with each batch there are other short references."""
            nonlocal known
            if known[0] != workspace.store.version:
                known = workspace.store.version, article_refs(workspace)
            return known[1]

        with stop_on_interrupt() as stopped, Progress(quiet=self._quiet) as progress:

            def report(outcome: Outcome) -> None:
                self._failed = self._failed or outcome.status == "failed"
                if self._as_json:
                    say_json(_record(outcome, refs()))
                progress.report(outcome)

            summary = workspace.importing.run(
                sources, self._options, report, lambda: stopped() or (self._fail_fast and self._failed), progress.read
            )
            self.interrupted = stopped()
        self.total = summary
        if not self._quiet:
            said = "Would be: " if self._options.dry_run else "Stopped; kept: " if self.interrupted else ""
            warn(f"{said}{summary}")
        kept = self._failures.write(summary.failures)
        if kept is not None and not self._quiet:
            warn(f"What failed is listed in {kept}; `newstui import --retry` takes it.")
        return summary

    def release(self) -> None:
        """Give the library back until there is something to import."""
        self._session.close()


def _begin_watch(wanted: Sequence[str]) -> Watch:
    """Look at files and folders before they are imported, so that nothing slips in between.

    Raises:
        UsageError: something is named that cannot be watched.
    """
    from newstui.ingest.sources import is_url
    from newstui.ingest.watching import Watch

    if any(path == "-" or is_url(path) for path in wanted):
        raise UsageError("Only files and folders can be watched.")
    return Watch([Path(path) for path in wanted])


def _go_on(run: _Run, watch: Watch) -> None:
    """Import what comes or changes; the library is free for others in between."""
    run.release()
    warn("Watching; Ctrl-C ends it.")
    waiting = False
    with stop_on_interrupt() as stopped:
        while not stopped():
            time.sleep(WATCH_SECONDS)
            changed = watch.changed()
            if changed:
                try:
                    run.take(changed)
                    waiting = False
                except LibraryLockedError as error:
                    watch.forget(changed)
                    if not waiting:
                        waiting = True
                        warn(f"newstui: {error} What came in meanwhile is imported once it is free.")
                run.release()
            if run.interrupted:
                return
    run.interrupted = True


def _record(outcome: Outcome, refs: Mapping[str, str]) -> dict[str, Any]:
    """An outcome as JSON: what is known of the article, and what became of it."""
    fields, article = outcome.fields, outcome.article
    if fields is None or article is None:
        return {"status": outcome.status, "origin": outcome.origin, "message": outcome.message}
    return {
        "status": outcome.status,
        "ref": refs.get(article.id, ""),
        "id": article.id,
        "origin": outcome.origin,
        "title": fields.title,
        "subtitle": fields.subtitle,
        "author": fields.author[0] if fields.author else "",
        "authors": list(fields.author),
        "source": fields.source,
        "site": fields.site,
        "place": fields.place,
        "published": fields.published,
        "url": fields.url,
        "language": fields.language,
        "tags": list(article.tags),
        "collections": list(article.collections),
        "text": fields.text,
        "annotations": [{"quote": note.quote, "note": note.note, "tags": list(note.tags)} for note in fields.notes],
        "alike": [{"id": each.article.id, "likeness": each.likeness} for each in outcome.alike],
        "warnings": list(outcome.warnings),
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
def importers_command(as_json: bool) -> None:
    """List the formats that can be imported, and how to get those that need an extra."""
    from newstui.ingest.registry import FORMATS

    for each in FORMATS:
        how = "" if each.is_ready else f"pip install 'newstui[{each.extra}]'"
        if as_json:
            say_json(
                {
                    "name": each.name,
                    "about": each.about,
                    "extensions": list(each.extensions),
                    "ready": each.is_ready,
                    "install": how,
                }
            )
        else:
            endings = " ".join(each.extensions)
            say(f"{each.name:<11} {each.about:<62} {how or endings}".rstrip())
