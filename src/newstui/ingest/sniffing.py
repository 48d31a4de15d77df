"""What bytes are, before their name is asked: one ending stands for several formats, and names lie."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from newstui.ingest.article import ImportFailedError, Source

HEAD = 4096
PACKAGES = (".jsonld", ".jsonl")
"""The endings of what an export of annotations or of a whole library wrote."""
_MEMBERS = 1 << 16
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_KINDLE = re.compile(rb"\A[^\n]*\r?\n- [^\n]*\|[^\n]*\r?\n")
_MHTML = re.compile(rb"^(?:Snapshot-Content-Location|Content-Type: multipart/related)", re.IGNORECASE | re.MULTILINE)
_HEADERS = (
    ("readwise", {b"highlight"}),
    ("pocket", {b"title", b"url", b"time_added"}),
    ("instapaper", {b"url", b"title", b"selection"}),
)
_KEYS = (  # the first whose keys are all near the beginning
    ("hypothesis", (b'"uri"', b'"target"')),
    ("hypothesis", (b'"rows"', b'"total"')),
    ("hypothesis", (b'"export_date"', b'"annotations"')),
    ("karakeep", (b'"bookmarks"',)),
    ("wallabag", (b'"is_archived"',)),
    ("koreader", (b'"drawer"',)),
    ("koreader", (b'"documents"', b'"entries"')),
    ("feed", (b'"items"',)),
    ("feed", (b"jsonfeed.org/version",)),
    ("zotero", (b'"type"', b'"title"')),
)


def sniff(data: bytes, name: str) -> str:
    """The name of the format, or nothing where the bytes leave it to the ending of the name.

    Raises:
        ImportFailedError: a zip, JSON or CSV that is none of the exports that can be read.
    """
    head = data[:HEAD].lstrip(_BLANKS)
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"WARC/") or (data.startswith(b"\x1f\x8b") and _unpacked(data).startswith(b"WARC/")):
        return "warc"
    lowered = head.lower()
    if head[:1] in (b"{", b"[") and (name.lower().endswith(".json") or b'"' in head[:200]):
        return _sniff_json(data, name)
    if b"<title>pocket export" in lowered:
        return "pocket"
    if b"==========" in data and _KINDLE.match(head):
        return "kindle"
    return _sniff_table(lowered, name) or _sniff_text(head, lowered, name)


def is_package(source: Path | Source, wanted: str = "") -> bool:
    """Whether a source holds annotations or whole libraries: by the format asked for, its name, or how it begins."""
    name = source.name.lower()
    if wanted or name.endswith(PACKAGES):
        return wanted in ("jsonld", "jsonl") or (not wanted and name.endswith(PACKAGES))
    if isinstance(source, Path):
        if not name.endswith(".json"):
            return False
        try:
            with source.open("rb") as file:
                head = file.read(400)
        except OSError:
            return False
    else:
        head = source.data[:400]
    return b"anno.jsonld" in head or head.startswith(b'{"newstui":')


def _sniff_zip(data: bytes, name: str) -> str:
    if name.lower().endswith(".epub") or b"META-INF/container.xml" in data or b"application/epub+zip" in data[:200]:
        return "epub"
    if re.search(rb"metadata_\d+_to_\d+\.json", data):
        return "omnivore"
    raise ImportFailedError(f"{name}: this zip is neither a book nor an export of Omnivore; unpack it first.")


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data[:_MEMBERS], 64)
    except zlib.error:
        return b""


def _sniff_json(data: bytes, name: str) -> str:
    head = data[: 1 << 16]
    for format_, keys in _KEYS:
        if all(key in head for key in keys):
            return format_
    if not name.lower().endswith(".json"):
        return ""
    raise ImportFailedError(f"{name}: this JSON is none of the feeds and exports that can be read, so it was left out.")


def _sniff_table(lowered: bytes, name: str) -> str:
    header = {field.strip(b' "\r') for field in lowered.partition(b"\n")[0].split(b",")}
    for format_, wanted in _HEADERS:
        if wanted <= header and len(header) > 2:
            return format_
    if name.lower().endswith(".csv"):
        raise ImportFailedError(
            f"{name}: this table is no export of Pocket, Instapaper or Readwise, so it was left out."
        )
    return ""


def _sniff_text(head: bytes, lowered: bytes, name: str) -> str:
    """A page, a feed or a mail by its first line; Markdown only where the name says nothing."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if lowered.startswith((b"<!doctype html", b"<html")):
        return "html"
    if lowered.startswith((b"<rss", b"<feed", b"<rdf:rdf")) or (
        lowered.startswith(b"<?xml") and re.search(rb"<(?:rss|feed|rdf:rdf)[\s>]", lowered)
    ):
        return "feed"
    if lowered.startswith(b"<?xml") and b"<html" in lowered:
        return "html"
    if ending not in ("md", "markdown", "mdown", "txt", "text") and re.match(rb"(?:[\w-]+: [^\n]*\n){2}", head):
        return "mail" if _MHTML.search(head) or b"\nMIME-Version:" in head or b"\nSubject:" in head else ""
    return "markdown" if not ending and head.startswith((b"---\n", b"---\r\n", b"# ")) else ""
