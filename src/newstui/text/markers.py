"""The markers in a Markdown file of newstui: which block is which highlight, what it was as written, what was written.

They are HTML comments, hidden in every reader. A hash of the block as written says whether its user touched it.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

OPENING = re.compile(r"<!-- nt:([0-9A-Za-z_-]+) ([0-9a-f]{8}) -->[ \t]*\r?\n?")
CLOSING = re.compile(r"<!-- /nt:([0-9A-Za-z_-]+) -->[ \t]*\r?\n?")
END = re.compile(r"<!-- nt:end (\{.*\}) -->[ \t]*\r?\n?")


def block_hash(text: str) -> str:
    """8 hex digits of the sha256 of a block, whatever its line breaks and the blanks at the ends of its lines."""
    lines = (line.rstrip(" \t\r") for line in text.split("\n"))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:8]


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
