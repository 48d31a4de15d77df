"""Verbs about highlights and their notes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from newstui.cli.arguments import color_slot
from newstui.cli.output import say, say_json, warn
from newstui.cli.references import article_refs, note_refs
from newstui.cli.session import Session
from newstui.errors import NotFoundError, UsageError
from newstui.model import AnchorState, Annotation, Article, Span
from newstui.services.annotating import Draft

if TYPE_CHECKING:
    from newstui.workspace import Workspace


@click.command()
@click.argument("reference", metavar="REF", required=False)
@click.option("--quote", help="The words, as they stand in the text; straight quotes will do.")
@click.option("--from", "source", metavar="FILE", help="Highlights as JSON Lines; - reads standard input. One step.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given several times.")
@click.option("--note", default="", help="A note.")
@click.option("--color", default="", metavar="NAME|1-6", help="A color slot, by its number or your name for it.")
@click.option("--all", "every", is_flag=True, help="Highlight every place where the words stand.")
@click.option("--again", is_flag=True, help="Also make what is there already with these tags, note and color.")
@click.option("--json", "as_json", is_flag=True, help="Print the highlights as JSON Lines.")
@click.pass_obj
def highlight_command(session: Session, /, reference: str | None, **options: Any) -> None:
    r"""Highlight words of an article that you quote; the same command twice makes one highlight.

    \b
    newstui highlight z9x7 --quote 'a move against NATO' --tag nato --color claim
    newstui highlight z9x7 --quote 'Hakan Fidan' --all --tag person
    echo '{"article": "z9x7", "quote": "NATO", "tags": ["nato"]}' | newstui highlight --from -
    """
    if options["source"] is not None:
        from newstui.cli.drafting import load_drafts

        workspace = session.open()
        _make(workspace, load_drafts(workspace, options["source"]), options)
        return
    if reference is None or not options["quote"]:
        raise UsageError("Say in which article and which words: newstui highlight REF --quote WORDS.")
    workspace = session.open()
    article = workspace.catalog.article(reference)
    spans = _places(workspace, article, options["quote"], every=options["every"])
    slot = color_slot(workspace.config, options["color"])
    _make(workspace, [Draft(article.id, span, options["tags"], options["note"], slot) for span in spans], options)


def _make(workspace: Workspace, drafts: Sequence[Draft], options: dict[str, Any]) -> None:
    """Make highlights, but not what is there, unless that is wanted; print all of them."""
    if options["again"]:
        made, known = workspace.annotating.highlight_all(drafts), 0
    else:
        made, known = workspace.annotating.highlight_new(drafts)
    if known:
        these = "This highlight was" if known == 1 else f"{known} of these highlights were"
        warn(f"{these} there already; --again makes another.")
    _print(workspace, made, as_json=options["as_json"])


def _places(workspace: Workspace, article: Article, quote: str, *, every: bool) -> list[Span]:
    from newstui.text.anchoring import find_quote

    text = workspace.reading.text(article)
    spans = find_quote(text, quote)
    if not spans:
        raise NotFoundError(f"{article.title!r} does not hold the words {quote!r}; copy them as they are in the text.")
    if len(spans) > 1 and not every:
        warn(f"The words stand in {len(spans)} places; the first one is highlighted (--all takes every one).")
    return spans if every else spans[:1]


@click.command()
@click.argument("query", nargs=-1)
@click.option("--article", "reference", metavar="REF", help="Only those of one article.")
@click.option("--orphans", is_flag=True, help="Only those whose passage is no longer in the text.")
@click.option("--tag", "add", multiple=True, help="Give them all this tag.")
@click.option("--untag", "drop", multiple=True, help="Take this tag off them all.")
@click.option("--recolor", metavar="NAME|1-6", help="Give them all this color.")
@click.option("--move-to", "there", metavar="REF", help="Move them to another article that has their words.")
@click.option("--delete", is_flag=True, help="Delete them all; undo brings them back.")
@click.option("-n", "--dry-run", is_flag=True, help="Only list what would be changed.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, with everything known of each.")
@click.pass_obj
def notes_command(
    session: Session, /, query: tuple[str, ...], reference: str | None, orphans: bool, as_json: bool, **options: Any
) -> None:
    r"""List highlights and notes, or change all that are found in one step.

    QUERY finds highlights: words of a quote or a note, tag:nato, color:claim, has:note, source:rudaw.

    \b
    newstui notes                     all of them
    newstui notes 'tag:claim has:note' --json | jq -r .quote
    newstui notes --article z9x7
    newstui notes 'tag:claim source:rudaw' --tag claim/rudaw --untag claim -n
    newstui notes --article z9x7 --move-to k3m8     to a copy of the story
    """
    deeds = [name for name in ("add", "drop", "recolor", "there", "delete") if options[name]]
    changing = bool(deeds) and not options["dry_run"]
    workspace = session.open(read_only=not changing)
    if deeds and query:
        workspace.searching.check(" ".join(query))
    if query:
        found: Sequence[Annotation] = workspace.searching.annotations(" ".join(query))
    else:
        found = workspace.annotating.all()
    if reference is not None:
        article = workspace.catalog.article(reference)
        found = [each for each in found if each.article == article.id]
    if orphans:
        found = [each for each in found if each.state is AnchorState.ORPHAN]
    found = found[: workspace.searching.directives(" ".join(query)).limit]
    if not found:
        raise NotFoundError("There is no such highlight; `newstui highlight --help` shows how to make one.")
    if not changing:
        _print(workspace, found, as_json=as_json)
        return
    if not (query or reference or orphans):
        raise UsageError("Say which highlights: a query, --article or --orphans.")
    if (options["delete"] or options["there"]) and len(deeds) > 1:
        raise UsageError("Either delete them, move them, or change them.")
    color = color_slot(workspace.config, options["recolor"]) if options["recolor"] else None
    ids = [each.id for each in found]
    if options["there"]:
        warn(workspace.moving.move(ids, workspace.catalog.article(options["there"]).id).words + ".")
    elif options["delete"]:
        warn(workspace.annotating.remove(ids).label)
    else:
        warn(workspace.annotating.change_all(ids, add=options["add"], drop=options["drop"], color=color).label)


@click.command()
@click.argument("reference", metavar="REF#PASSAGE")
@click.option("--set", "text", metavar="TEXT", help="The new note; - reads it from standard input.")
@click.option("--edit", is_flag=True, help="Write it in your editor ($VISUAL or $EDITOR).")
@click.pass_obj
def note_command(session: Session, reference: str, text: str | None, edit: bool) -> None:
    r"""Show the note of a highlight, or write it.

    \b
    newstui note z9x7#p1xd
    newstui note p1xd --set 'Denial. See also 9 August.'
    newstui note p1xd --edit
    """
    if text is not None and edit:
        raise UsageError("Give either --set or --edit.")
    workspace = session.open(read_only=text is None and not edit)
    annotation = workspace.catalog.annotation(reference)
    if text is None and not edit:
        say(annotation.note)
        return
    if edit:
        written = click.edit(annotation.note, extension=".md")
        if written is None:
            warn("The note was left as it was.")
            return
        text = str(written).rstrip("\n")
    elif text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace").rstrip("\n")
    workspace.annotating.change(annotation.id, note=text)


def _print(workspace: Workspace, found: Sequence[Annotation], *, as_json: bool) -> None:
    """Print highlights: a line with reference, quote and tags, and the note below it."""
    articles, passages = article_refs(workspace), note_refs(workspace)
    for each in found:
        reference = f"{articles[each.article]}#{passages[each.id]}"
        if as_json:
            say_json(_record(workspace, each, workspace.store.get(Article, each.article), reference))
            continue
        tags = "".join(f" #{tag}" for tag in each.tags)
        state = "" if each.state is AnchorState.SAME else f" ({each.state.value})"
        say(f"{reference}  {' '.join(each.quote.split())}{state}{tags}")
        for line in each.note.split("\n") if each.note else ():
            say(f"    {line}")


def _record(workspace: Workspace, annotation: Annotation, article: Article, reference: str) -> dict[str, Any]:
    return {
        "ref": reference,
        "id": annotation.id,
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "quote": annotation.quote,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "color": workspace.config.color_name(annotation.color) if annotation.color else "",
        "start": annotation.span.start,
        "end": annotation.span.end,
        "state": annotation.state.value,
        "created": annotation.created,
        "modified": annotation.modified,
        "links": [{"kind": link.kind, "to": link.to} for link in annotation.links],
    }
