"""`newstui reanchor`: highlights find their passages again after a text has changed."""

import click

from newstui.cli.output import say, say_json, warn
from newstui.cli.references import short_refs
from newstui.cli.session import Session
from newstui.model import AnchorState, Annotation


@click.command()
@click.argument("references", nargs=-1, metavar="[REF...]")
@click.option("--list", "listing", is_flag=True, help="Only list what moved, changed or is gone.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON Lines.")
@click.pass_obj
def command(session: Session, references: tuple[str, ...], listing: bool, as_json: bool) -> None:
    r"""Look for highlights whose article has another text than they were made on.

    What is gone is never guessed: it is kept as an orphan and listed.

    \b
    newstui reanchor --list
    newstui reanchor z9x7
    """
    from newstui.model import Article

    workspace = session.open(read_only=listing)
    if references:
        articles = [workspace.catalog.article(reference) for reference in references]
    else:
        articles = list(workspace.store.all(Article))
    if listing:
        refs = short_refs([each.id for each in workspace.store.all(Annotation)])
        for article in articles:
            for each in workspace.store.annotations_of(article.id):
                if each.state is AnchorState.SAME and each.target.text == article.text:
                    continue
                state = (
                    each.state.value
                    if each.target.text == article.text or each.state is AnchorState.ORPHAN
                    else "old text"
                )
                if as_json:
                    say_json({"id": each.id, "article": article.id, "state": state, "quote": each.quote})
                else:
                    say(f"{refs[each.id]}  {state}  {' '.join(each.quote.split())}")
        return
    for article in articles:
        done = workspace.reanchoring.reanchor(article.id)
        if done.transaction is not None or references:
            warn(f"{article.title}: {done.label}")
