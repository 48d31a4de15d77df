"""A Markdown file of newstui: front matter, a head, marked blocks, and a last line that says what was written.

See `newstui.text.markers` for the markers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from newstui.export.front_matter import Value, render_front
from newstui.text.markers import block_hash, end_line


@dataclass(frozen=True, slots=True)
class Block:
    """What one highlight looks like: its text without a line break at the end, and whether its passage is gone."""

    ref: str
    text: str
    orphan: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file as newstui would write it anew.

    `head` follows the front matter, and `orphan_heading` stands before the first block whose passage is gone. `tags`
    are those of the front matter; the last line keeps them for the next merge.
    """

    id: str
    head: str
    blocks: tuple[Block, ...]
    front: Mapping[str, Value] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    orphan_heading: str = "## No longer in the text"


def mark_block(block: Block, text: str | None = None) -> str:
    """A block between its markers, with a line break at the end.

    Args:
        block: what newstui writes; its hash goes into the marker.
        text: what stands there instead, if the user's words do.
    """
    content = block.text if text is None else text
    return f"<!-- nt:{block.ref} {block_hash(block.text)} -->\n{content}\n<!-- /nt:{block.ref} -->\n"


def render_body(document: Document) -> str:
    """The head and the marked blocks, without front matter and last line."""
    parts = [document.head.rstrip("\n") + "\n"] if document.head else []
    heading_due = bool(document.orphan_heading)
    for block in document.blocks:
        if block.orphan and heading_due:
            parts.append(document.orphan_heading + "\n")
            heading_due = False
        parts.append(mark_block(block))
    return "\n".join(parts)


def render_document(document: Document) -> str:
    """The whole file, for a place where there is none yet."""
    parts = [render_front(document.front) if document.front else "", render_body(document)]
    parts.append(end_line([block.ref for block in document.blocks], document.tags))
    return "\n".join(part for part in parts if part)
