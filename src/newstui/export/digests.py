"""One file for a tag, for an entity, or for all: passages of many articles in date order, each with a link back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from newstui.export.documents import Block, Document
from newstui.export.escaping import block_quote, escape_heading, escape_inline, obsidian_tag
from newstui.export.front_matter import Value
from newstui.export.markdown import OWN_TAG, BlockWriter, MarkdownOptions, about_line, link_lines, note_text
from newstui.export.naming import slugify
from newstui.export.sheet import Sheet, block_refs, is_orphan
from newstui.model import Annotation, Span

Kind = Literal["tag", "entity", "all"]
Place = tuple[str, str, Span]


@dataclass(slots=True)
class _Digest:
    """One file being gathered: what makes it one (`key`), its title, and its blocks with their places."""

    key: str
    name: str
    title: str
    blocks: list[tuple[Place, Block]] = field(default_factory=list)


def build_digests(
    kind: Kind,
    sheets: Iterable[Sheet],
    options: MarkdownOptions,
    *,
    title: str = "Highlights",
    only: str = "",
    write: BlockWriter | None = None,
) -> list[tuple[str, Document]]:
    """A file name without suffix and a document for each tag, or each entity, or one for all, by name.

    A tag takes in those below it (`a` takes in `a/b`), an entity all its names.

    Args:
        kind: what one file holds.
        sheets: the articles, of which no more than one is held at a time; gone through twice.
        options: how notes are written.
        title: of the one file for `all`.
        only: the one tag, or name of an entity, that is wanted.
        write: the shape of a passage, if not newstui's own.
    """
    annotations = [each for sheet in sheets for each in sheet.annotations]
    refs = block_refs(annotations)
    tags = {only, *(tag for each in annotations for tag in each.tags)}
    del annotations
    digests: dict[str, _Digest] = {}
    for sheet in sheets:
        sort = _sorter(kind, sheet, tags, title)
        for annotation in sheet.annotations:
            place = sheet.article.published, sheet.article.id, annotation.span
            for found in sort(annotation):
                if only and found.name.casefold() != only.casefold():
                    continue
                digest = digests.setdefault(found.key, found)
                ref = refs[annotation.id]
                text = (
                    write(sheet, annotation, ref, options)
                    if write
                    else passage_block(sheet, annotation, ref, options, digest.title)
                )
                digest.blocks.append((place, Block(ref, text)))
    return sorted(((slugify(each.name), _document(kind, each)) for each in digests.values()), key=lambda pair: pair[0])


def _sorter(kind: Kind, sheet: Sheet, tags: set[str], title: str) -> Callable[[Annotation], Iterator[_Digest]]:
    """What says which digests a passage of this article belongs into."""

    def by_tag(annotation: Annotation) -> Iterator[_Digest]:
        above = {tag[:end] for tag in annotation.tags for end in _ends(tag)}
        return (_Digest(tag, tag, "#" + obsidian_tag(tag)) for tag in sorted(above & tags))

    def by_entity(annotation: Annotation) -> Iterator[_Digest]:
        for entity in () if is_orphan(annotation) else sheet.entities:
            if entity.label in ("DATE", "MONEY"):
                continue
            if any(annotation.span.overlaps(mention.span) for mention in entity.mentions):
                yield _Digest(entity.key, entity.name, entity.name)

    def all_in_one(_: Annotation) -> Iterator[_Digest]:
        yield _Digest(title, title, title)

    return {"tag": by_tag, "entity": by_entity, "all": all_in_one}[kind]


def _ends(tag: str) -> list[int]:
    return [*(match.start() for match in re.finditer("/", tag)), len(tag)]


def passage_block(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions, title: str = "") -> str:
    """One passage among those of other articles: the quote, the article, and what a block of an article says."""
    article = sheet.article
    source = " · ".join(part for part in (article.published, article.source) if part)
    heading = escape_inline(article.title) or "Untitled"
    parts = [
        block_quote(annotation.quote, headings=[title]),
        f"^nt-{ref}",
        f"{heading} ({escape_inline(source)})" if source else heading,
        about_line(sheet, annotation, ref),
        *link_lines(sheet, annotation),
        note_text(sheet, annotation, options),
    ]
    return "\n\n".join(part for part in parts if part)


def _document(kind: Kind, digest: _Digest) -> Document:
    blocks = tuple(block for _, block in sorted(digest.blocks, key=lambda pair: pair[0]))
    slug = re.sub(r"[^a-z0-9]+", "-", slugify(digest.name)).strip("-")[:40]
    id_ = f"{kind}-{slug}-{hashlib.sha256(digest.name.encode('utf-8', 'replace')).hexdigest()[:6]}"
    front: dict[str, Value] = {
        "newstui": 1,
        "id": id_,
        "title": digest.title,
        "tags": (OWN_TAG,),
        "highlights": len(blocks),
    }
    return Document(id_, f"# {escape_heading(digest.title)}\n", blocks, front, (OWN_TAG,), "")
