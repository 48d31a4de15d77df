"""One file for a tag or an entity: its passages from all articles in date order, each with a link back."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from newstui.export.documents import Block, Document
from newstui.export.escaping import block_quote, escape_heading, escape_inline, obsidian_tag
from newstui.export.front_matter import Value
from newstui.export.markdown import OWN_TAG, MarkdownOptions, about_line, note_text
from newstui.export.naming import slugify
from newstui.export.sheet import Sheet, block_refs, is_orphan
from newstui.model import Annotation


def build_tag_digest(tag: str, sheets: Iterable[Sheet], options: MarkdownOptions) -> Document:
    """All passages with a tag, or with one below it (`a` takes in `a/b`)."""

    def wanted(_: Sheet, annotation: Annotation) -> bool:
        return any(name == tag or name.startswith(tag + "/") for name in annotation.tags)

    return _build("tag", tag, f"#{obsidian_tag(tag)}", _select(sheets, wanted), options)


def build_entity_digest(key: str, name: str, sheets: Iterable[Sheet], options: MarkdownOptions) -> Document:
    """All passages that mention an entity, whatever it is called in them.

    Args:
        key: the entity's key, equal across articles.
        name: what the file is called.
        sheets: the articles, with their entities.
        options: how notes are written.
    """

    def wanted(sheet: Sheet, annotation: Annotation) -> bool:
        spans = (mention.span for entity in sheet.entities if entity.key == key for mention in entity.mentions)
        return not is_orphan(annotation) and any(annotation.span.overlaps(span) for span in spans)

    return _build("entity", name, name, _select(sheets, wanted), options)


def build_digests(
    by: Literal["tag", "entity"], sheets: Sequence[Sheet], options: MarkdownOptions
) -> list[tuple[str, Document]]:
    """A file name without suffix and a document for each tag, or each entity, of the highlights, by name."""
    if by == "tag":
        tags = sorted({tag for sheet in sheets for each in sheet.annotations for tag in each.tags})
        return [(slugify(tag), build_tag_digest(tag, sheets, options)) for tag in tags]
    names: dict[str, str] = {}
    for sheet in sheets:
        for entity in sheet.entities:
            if entity.label not in ("DATE", "MONEY"):
                names.setdefault(entity.key, entity.name)
    made = ((name, build_entity_digest(key, name, sheets, options)) for key, name in names.items())
    return sorted(((slugify(name), document) for name, document in made if document.blocks), key=lambda pair: pair[0])


def _select(sheets: Iterable[Sheet], wanted: Callable[[Sheet, Annotation], bool]) -> list[tuple[Sheet, Annotation]]:
    found = [(sheet, each) for sheet in sheets for each in sheet.annotations if wanted(sheet, each)]
    return sorted(found, key=lambda pair: (pair[0].article.published, pair[0].article.id, pair[1].span))


def _build(
    kind: str, name: str, title: str, passages: Sequence[tuple[Sheet, Annotation]], options: MarkdownOptions
) -> Document:
    refs = block_refs([annotation for _, annotation in passages])
    blocks = []
    for sheet, annotation in passages:
        article = sheet.article
        source = " · ".join(part for part in (article.published, article.source) if part)
        heading = escape_inline(article.title) or "Untitled"
        ref = refs[annotation.id]
        parts = [
            block_quote(annotation.quote, headings=[title]),
            f"^nt-{ref}",
            f"{heading} ({escape_inline(source)})" if source else heading,
            about_line(sheet, annotation, ref),
            note_text(sheet, annotation, options),
        ]
        blocks.append(Block(ref, "\n\n".join(part for part in parts if part)))
    slug = re.sub(r"[^a-z0-9]+", "-", slugify(name)).strip("-")[:40]
    id_ = f"{kind}-{slug}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"
    front: dict[str, Value] = {"newstui": 1, "id": id_, "title": title, "tags": (OWN_TAG,), "highlights": len(blocks)}
    return Document(id_, f"# {escape_heading(title)}\n", tuple(blocks), front, (OWN_TAG,), "")
