"""A Markdown file of newstui: front matter, a head, marked blocks, and a last line that says what was written.

The markers are HTML comments, hidden in every reader. Each carries a hash of its block as written, so that the file
itself says whether its user touched the block.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newstui.export.front_matter import Value, render_front

OPENING = re.compile(r"<!-- nt:([0-9A-Za-z_-]+) ([0-9a-f]{8}) -->[ \t]*\r?\n?")
CLOSING = re.compile(r"<!-- /nt:([0-9A-Za-z_-]+) -->[ \t]*\r?\n?")
END = re.compile(r"<!-- nt:end (\{.*\}) -->[ \t]*\r?\n?")


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


def block_hash(text: str) -> str:
    """8 hex digits of the sha256 of a block, whatever its line breaks and the blanks at the ends of its lines."""
    lines = (line.rstrip(" \t\r") for line in text.split("\n"))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:8]


def mark_block(block: Block, text: str | None = None) -> str:
    """A block between its markers, with a line break at the end.

    Args:
        block: what newstui writes; its hash goes into the marker.
        text: what stands there instead, if the user's words do.
    """
    content = block.text if text is None else text
    return f"<!-- nt:{block.ref} {block_hash(block.text)} -->\n{content}\n<!-- /nt:{block.ref} -->\n"


def end_line(refs: Sequence[str], tags: Sequence[str]) -> str:
    """The last line: which blocks and tags were written, with a line break at the end."""
    written = json.dumps({"ids": list(refs), "tags": list(tags)}, ensure_ascii=False, separators=(",", ":"))
    written = written.replace(">", "\\u003e").replace("<", "\\u003c").replace("--", "-\\u002d")
    return f"<!-- nt:end {written} -->\n"


def parse_end_line(line: str) -> tuple[list[str], list[str]] | None:
    """Refs and tags of a last line; None if it is not one or was damaged."""
    match = END.fullmatch(line)
    if match is None:
        return None
    try:
        written: Any = json.loads(match[1])
        refs, tags = written["ids"], written["tags"]
    except (ValueError, KeyError, RecursionError):
        return None
    return [str(ref) for ref in refs], [str(tag) for tag in tags]


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
