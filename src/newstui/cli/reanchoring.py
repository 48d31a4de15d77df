"""`newstui reanchor`: highlights find their passages again after a text has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.references import note_refs
from newstui.cli.session import Session
from newstui.errors import UsageError
from newstui.model import AnchorState, Annotation, Article
from newstui.text.figures import counted

if TYPE_CHECKING:
    from newstui.workspace import Workspace


@click.command()
@click.argument("references", nargs=-1, metavar="[REF...]")
@click.option("--list", "listing", is_flag=True, help="Only list what moved, changed or is gone.")
@click.option("--accept", is_flag=True, help="REF is a highlight: its new place is right.")
@click.option("--detach", is_flag=True, help="REF is a highlight: these are not its words; keep it without a place.")
@click.option("--quote", default="", help="REF is a highlight: attach it to these words.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON Lines.")
@click.pass_obj
def command(
    session: Session, references: tuple[str, ...], listing: bool, accept: bool, detach: bool, quote: str, as_json: bool
) -> None:
    r"""Look for highlights whose article has another text than they were made on.

    What is gone is never guessed: it is kept as an orphan and listed, with the passages that it may be.

    \b
    newstui reanchor --list
    newstui reanchor z9x7
    newstui reanchor z9x7#p1xd --accept
    newstui reanchor z9x7#p1xd --quote 'the words it is on now'
    """
    if accept or detach or quote:
        _settle(session, references, accept=accept, detach=detach, quote=quote)
        return
    workspace = session.open(read_only=listing)
    if references:
        articles = [workspace.catalog.article(reference) for reference in references]
    else:
        articles = list(workspace.store.all(Article))
    if listing:
        if not _list(workspace, [article.id for article in articles], as_json=as_json):
            warn("Every highlight stands on the words it was made on.")
        return
    for article in articles:
        done = workspace.reanchoring.reanchor(article.id)
        if done.transaction is not None or references:
            warn(f"{article.title}: {done.label}")


def _settle(session: Session, references: tuple[str, ...], *, accept: bool, detach: bool, quote: str) -> None:
    """Decide about highlights by hand."""
    if accept + detach + bool(quote) != 1 or not references or (quote and len(references) != 1):
        raise UsageError("Name highlights (z9x7#p1xd), and one of --accept, --detach and --quote WORDS.")
    workspace = session.open()
    notes = [workspace.catalog.annotation(reference) for reference in references]
    reanchoring = workspace.reanchoring
    if accept:
        reanchoring.accept([note.id for note in notes])
    elif detach:
        for note in notes:
            reanchoring.detach(note.id)
    else:
        reanchoring.attach_to_words(notes[0].id, quote)
    said = "Accepted" if accept else "Detached" if detach else "Attached"
    warn(f"{said}: {counted(len(notes), 'highlight')}.")


def _list(workspace: Workspace, article_ids: list[str], *, as_json: bool) -> int:
    """Print what moved, changed or is gone, and say how many there are."""
    refs = note_refs(workspace)
    count = 0
    for article_id in article_ids:
        waiting = [(each, "old text") for each in workspace.reanchoring.pending(article_id)]
        strayed = [(each, each.state.value) for each in workspace.reanchoring.to_review(article_id)]
        known = {each.id for each, _ in waiting}
        for each, state in [*waiting, *(pair for pair in strayed if pair[0].id not in known)]:
            count += 1
            may_be = _may_be(workspace, each) if each.state is AnchorState.ORPHAN else []
            if as_json:
                record = {"id": each.id, "article": article_id, "state": state, "quote": each.quote, "may_be": may_be}
                say_json(record)
                continue
            say(f"{refs[each.id]}  {state}  {' '.join(each.quote.split())}")
            for words in may_be:
                say(f"      perhaps  {' '.join(words.split())}")
    return count


def _may_be(workspace: Workspace, orphan: Annotation) -> list[str]:
    body = workspace.reading.text(workspace.store.get(Article, orphan.article))
    places = workspace.reanchoring.suggest(orphan.id)
    return [each.span.slice(body) for each in places if each.span is not None]
