"""Highlights that a program wrote, as JSON Lines: each names an article and a passage by its words or its offsets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from newstui.cli.arguments import color_slot, load_text
from newstui.errors import NotFoundError, UsageError
from newstui.model import Span
from newstui.services.annotating import Draft

if TYPE_CHECKING:
    from newstui.workspace import Workspace


def load_drafts(workspace: Workspace, source: str) -> list[Draft]:
    """The highlights in a file, or with `-` on standard input; all of them are understood, or none is made.

    Raises:
        UsageError: a line is no highlight; the message names it.
        NotFoundError: the file, an article or words are not there.
    """
    drafts = []
    for number, line in enumerate(load_text(source).split("\n"), 1):
        if line.strip():
            try:
                drafts.append(_draft(workspace, json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError, UsageError) as error:
                reason = str(error).rstrip(".")
                raise UsageError(f"{source}, line {number}: {reason}; nothing was highlighted.") from error
            except NotFoundError as error:
                raise NotFoundError(f"{source}, line {number}: {error}") from error
    if not drafts:
        raise UsageError(f'{source} holds no highlights; a line is like {{"article": "z9x7", "quote": "NATO"}}.')
    return drafts


def _draft(workspace: Workspace, said: dict[str, Any]) -> Draft:
    from newstui.text.anchoring import find_quote

    article = workspace.catalog.article(str(said["article"]))
    text = workspace.reading.text(article)
    if "start" in said and "end" in said:
        span = Span(int(said["start"]), int(said["end"]))
        if span.end > len(text) or ("quote" in said and span.slice(text) != said["quote"]):
            raise UsageError("the offsets do not hold these words")
    else:
        found = find_quote(text, str(said["quote"]))
        if not found:
            raise NotFoundError(f"{article.title!r} does not hold the words {said['quote']!r}.")
        span = found[0]
    slot = color_slot(workspace.config, str(said.get("color") or ""))
    tags = said.get("tags", ())
    if isinstance(tags, str):
        raise UsageError("tags are a list")
    return Draft(article.id, span, tuple(str(tag) for tag in tags), str(said.get("note", "")), slot)
