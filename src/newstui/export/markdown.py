"""One article's highlights as Markdown that reads back literally, in the plain flavor."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newstui.export.documents import Block, Document
from newstui.export.escaping import block_quote, clean, escape, escape_heading, escape_inline, obsidian_tag
from newstui.export.front_matter import Value
from newstui.export.sheet import Sheet, block_refs, is_orphan, link_to, real_date
from newstui.model import Annotation

HEADINGS = ("Highlights", "No longer in the text")
OWN_TAG = "newstui"
LINKED = 80
"""Code points shown of a passage that is linked with another."""
MARKER = re.compile(r"<!--(?=\s*/?nt:)")
"""The beginning of a marker of newstui, which nothing but newstui may write."""


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """How Markdown is written.

    `flavor` is a name of `newstui.export.flavors`. With `raw_notes` a note is written as the Markdown it is, and only
    newstui's own markers in it are defused; otherwise it reads back as the text it is.
    """

    flavor: str = "plain"
    raw_notes: bool = False


BlockWriter = Callable[[Sheet, Annotation, str, MarkdownOptions], str]
"""Gives the text of one highlight: of which article, which one, its ref, and how."""


def build_document(sheet: Sheet, options: MarkdownOptions, write: BlockWriter | None = None) -> Document:
    """The Markdown file of one article, with a block of its own shape for each highlight."""
    title = escape_heading(sheet.article.title) or "Untitled"
    refs = block_refs(sheet.annotations)
    write = write or block_text
    blocks = (
        Block(refs[each.id], write(sheet, each, refs[each.id], options), is_orphan(each)) for each in sheet.annotations
    )
    return Document(
        id=sheet.article.id,
        head=f"# {title}\n\n## Highlights\n",
        blocks=tuple(blocks),
        front=front_matter(sheet),
        tags=front_tags(sheet),
    )


def block_text(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
    """One highlight: the quote, its name as a block of Obsidian, a line about it, and the note."""
    parts = [
        block_quote(annotation.quote, headings=headings_of(sheet)),
        f"^nt-{ref}",
        about_line(sheet, annotation, ref),
        *link_lines(sheet, annotation),
    ]
    note = note_text(sheet, annotation, options)
    return "\n\n".join([*parts, note] if note else parts)


def about_line(sheet: Sheet, annotation: Annotation, ref: str) -> str:
    """Where the passage is (a link back), its tags, the names in it, its color."""
    start = annotation.span.start
    where = f"¶{sheet.paragraph_at(start)}, {sheet.percent_at(start)}%"
    if is_orphan(annotation):
        where = "no longer in the text"
    parts = [f"[{where}]({link_to(sheet.article.id, ref)})"]
    if annotation.tags:
        parts.append(" ".join("#" + escape_tag(tag) for tag in annotation.tags))
    names = [] if is_orphan(annotation) else [wiki_name(name) for name in sheet.names_in(annotation)]
    if any(names):
        parts.append(" ".join(f"[[{name}]]" for name in names if name))
    if color := sheet.color_name(annotation):
        parts.append(escape_inline(color))
    return " · ".join(parts)


def link_lines(sheet: Sheet, annotation: Annotation) -> list[str]:
    """A list of the passages it is linked with, or nothing: relation, the words as a link into newstui, the article."""
    lines = []
    for link in sheet.links.get(annotation.id, ()):
        words = " ".join(link.quote.split())
        shown = words if len(words) <= LINKED else words[:LINKED].rpartition(" ")[0] + "…"
        quote = escape_inline(f"“{shown}”")
        title = escape_inline(link.title) or "Untitled"
        lines.append(f"- {escape_inline(link.relation)} [{quote}]({link.address}), {title}")
    return ["\n".join(lines)] if lines else []


def note_text(sheet: Sheet, annotation: Annotation, options: MarkdownOptions) -> str:
    """The note, escaped, or as Markdown that cannot be taken for one of our markers."""
    if options.raw_notes:
        return MARKER.sub("&lt;!--", clean(annotation.note)).strip("\n")
    return escape(annotation.note, headings=headings_of(sheet))


def headings_of(sheet: Sheet) -> tuple[str, ...]:
    """The headings of the file: Pandoc takes them in brackets for links."""
    return (*HEADINGS, sheet.article.title)


def escape_tag(tag: str) -> str:
    """A tag after its number sign; an underscore that could mean emphasis is escaped."""
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", obsidian_tag(tag))


def wiki_name(name: str) -> str:
    """A name that may stand in `[[...]]`: nothing that ends or formats it."""
    return " ".join(re.sub(r"[^\w .,'’&-]|_", " ", name).split())


def front_tags(sheet: Sheet) -> tuple[str, ...]:
    """The tags of the article and of its highlights as Obsidian takes them, sorted, and one for all of newstui's."""
    names = {OWN_TAG, *map(obsidian_tag, sheet.article.tags)}
    for annotation in sheet.annotations:
        names.update(map(obsidian_tag, annotation.tags))
    return tuple(sorted(names))


def front_matter(sheet: Sheet) -> Mapping[str, Value]:
    """The front matter's keys; what is not known is left out, but the title never."""
    article = sheet.article
    people = {wiki_name(entity.name) for entity in sheet.entities if entity.label == "PERSON"} - {""}
    front: dict[str, Value] = {"newstui": 1, "id": article.id, "title": article.title}
    optional: dict[str, Value] = {
        "author": article.author,
        "source": article.source,
        "url": article.url,
        "published": real_date(article.published) or article.published,
    }
    front.update({key: value for key, value in optional.items() if value})
    front["tags"] = front_tags(sheet)
    if people:
        front["people"] = tuple(f"[[{name}]]" for name in sorted(people))
    front["highlights"] = len(sheet.annotations)
    return front
