"""Verbs that find: articles, and passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.references import article_refs, note_refs
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError
from newstui.model import Article

if TYPE_CHECKING:
    from newstui.services.catalog import Row
    from newstui.services.hits import Hit
    from newstui.workspace import Workspace


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--sort",
    default="-date",
    show_default=True,
    help="date, added, title, source, progress, highlights, notes, words, read, starred; several: 'source -date'.",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.pass_obj
def list_command(session: Session, query: tuple[str, ...], sort: str, limit: int | None, as_json: bool) -> None:
    r"""List articles: reference, state, date, source, title, tags.

    \b
    newstui list
    newstui list 'tag:nato is:unread'
    newstui list 'source:rudaw after:2016-08' --sort title --json | jq -r .title
    """
    from newstui.services.catalog import STATUS_SIGNS

    workspace = session.open(read_only=True)
    words = " ".join(query)
    _warn_of_problems(workspace, words)
    asked = workspace.searching.directives(words)
    rows = workspace.catalog.rows(words, asked.sort or sort)[: limit or asked.limit]
    if not rows:
        raise NotFoundError(f"No article matches {words!r}." if words else "This library is empty.")
    refs = article_refs(workspace)
    for row in rows:
        reference = refs[row.article.id]
        if as_json:
            say_json(_row_record(row, reference))
        else:
            tags = "".join(f" #{tag}" for tag in row.tags)
            article = row.article
            facts = f"{article.published:<10}  {article.source or article.site or '-'}"
            say(f"{reference}  {STATUS_SIGNS[row.status]} {facts}  {article.title}{tags}")


def _row_record(row: Row, reference: str) -> dict[str, Any]:
    article = row.article
    return {
        "ref": reference,
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "author": list(article.author),
        "source": article.source,
        "site": article.site,
        "place": article.place,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "words": article.words,
        "tags": list(row.tags),
        "collections": list(article.collections),
        "status": row.status,
        "progress": round(row.progress, 3),
        "highlights": row.highlights,
        "orphans": row.orphans,
        "notes": row.notes,
        "starred": article.starred,
        "archived": article.archived,
    }


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@click.option(
    "--batch",
    type=click.File(encoding="utf-8", errors="replace"),
    help="Ask each line of a file (- reads standard input).",
)
@click.option("--table", is_flag=True, help="With --batch: CSV, a row a query, a column an article.")
@click.pass_obj
def search_command(session: Session, /, query: tuple[str, ...], batch: TextIO | None, **options: Any) -> None:
    r"""Search titles, text, quotes, notes and tags; misspelled words are found too, exact ones first.

    \b
    newstui search erdogn
    newstui search '"dear friend" tag:nato'
    newstui search 'note:wording' --json | jq -r .snippet
    newstui search --batch names.txt               who occurs where
    """
    workspace = session.open(read_only=True)
    if batch is not None:
        _search_batch(workspace, batch, as_table=options["table"], as_json=options["as_json"])
        return
    words, limit, as_json = " ".join(query), options["limit"], options["as_json"]
    if not words.strip():
        raise UsageError("Search for what? Give words or a query, or --batch with a file of them.")
    result = workspace.searching.search(words, limit)
    if workspace.searching.index.message:
        warn(workspace.searching.index.message)
    for problem in result.problems:
        warn(f"{problem}")
    for typed, written in result.corrections:
        warn(f"{typed} → {written}")
    if not result.hits:
        raise NotFoundError(f"Nothing is found by {words!r}.")
    refs = article_refs(workspace)
    passages = note_refs(workspace)
    for hit in result.hits:
        reference = refs[hit.article_id] + (f"#{passages[hit.annotation_id]}" if hit.annotation_id else "")
        title = workspace.store.get(Article, hit.article_id).title
        if as_json:
            say_json(_hit_record(hit, reference, title))
        else:
            say(f"{reference}  {hit.kind.upper():<6} {title}")
            say(f"    {_marked(hit)}")


def _search_batch(workspace: Workspace, lines: Iterable[str], *, as_table: bool, as_json: bool) -> None:
    """Say for each query in how many articles it is and in which; also for those that are in none."""
    from newstui.services.batch import batch_table, iter_batch

    rows = list(iter_batch(workspace.store, workspace.searching, lines))
    if not rows:
        raise UsageError("The file holds no query; write one a line.")
    refs = article_refs(workspace)
    if as_table:
        found = {id_ for row in rows for id_ in row.places}
        say(batch_table(rows, {id_: f"{refs[id_]} {workspace.store.get(Article, id_).title}" for id_ in found}), end="")
        return
    for row in rows:
        if row.problem:
            warn(f"{row.query}: {row.problem}")
        if as_json:
            articles = {refs[id_]: count for id_, count in row.places.items()}
            say_json({"query": row.query, "articles": articles, "places": sum(row.places.values())})
        else:
            where = " ".join(f"{refs[id_]}×{count}" if count > 1 else refs[id_] for id_, count in row.places.items())
            say(f"{len(row.places):>5}  {row.query}  {where or '-'}")
    warn(f"{sum(bool(row.places) for row in rows)} of {len(rows)} queries are found.")


def _marked(hit: Hit) -> str:
    text = hit.snippet.text
    for mark in reversed(hit.snippet.marks):
        if len(mark):
            text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return text


def _hit_record(hit: Hit, reference: str, title: str) -> dict[str, Any]:
    return {
        "ref": reference,
        "kind": hit.kind,
        "article": hit.article_id,
        "annotation": hit.annotation_id,
        "title": title,
        "start": hit.span.start,
        "end": hit.span.end,
        "snippet": hit.snippet.text,
        "marks": [[mark.start, mark.end] for mark in hit.snippet.marks],
        "score": round(hit.score, 4),
        "why": hit.why,
    }


def _warn_of_problems(workspace: Workspace, query: str) -> None:
    if query:
        for problem in workspace.searching.problems(query):
            warn(f"{problem}")
