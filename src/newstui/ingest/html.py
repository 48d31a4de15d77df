"""Web pages: the text of the article in them, and what they say about it; also saved by SingleFile, or as MHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.plain import title_of
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line, clean_text
from newstui.text.languages import detect_language

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=%\s]{64,}", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile\s*(?:url:\s*(\S+))?", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_HUGE_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\d{4,}", re.IGNORECASE)

_LITTLE = 400
"""Fewer letters are no article; the page is read again, thoroughly."""


class HtmlImporter:
    """One article from one page."""

    name = "html"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The article of a page."""
        if len(source.data) > limits.page_bytes:
            raise ImportFailedError(
                f"{source.name}: a page of more than {limits.page_bytes >> 20} MB, so it was left out."
            )
        declared = _CHARSET.search(source.data[:4096])
        text, warnings = decode(source.data, source.charset or (declared.group(1).decode("ascii") if declared else ""))
        yield read_html(text, source, warnings)


def read_html(text: str, source: Source, warnings: list[str]) -> ImportedArticle:
    """A decoded page as an article.

    Raises:
        ImportFailedError: no text was found in it.
    """
    saved = _SINGLEFILE.search(text[:4000])
    url = source.url or (saved.group(1) or "" if saved else "")
    page = _HUGE_SPAN.sub(r"\1span=1", _DATA_URI.sub("data:,", text))
    found = _extract(page, url)
    body = _paragraphs(str(found.get("text") or ""))
    if not body:
        body = _largest_run(page)
        if body:
            warnings.append("No article was found in the page; its longest run of paragraphs was taken.")
    if not any(char.isalnum() for char in body):
        raise ImportFailedError(f"{source.name}: there is no text in this page, so it was left out.")
    declared = _LANGUAGE.search(page[:20_000])
    author = clean_line(str(found.get("author") or ""))
    title = clean_line(str(found.get("title") or "")) or title_of(source, body)
    first, _, rest = body.partition("\n\n")
    if rest and first.casefold() == title.casefold():
        body = rest
    return ImportedArticle(
        title=title,
        text=body,
        author=tuple(part.strip() for part in author.split(";") if part.strip()),
        source=str(found.get("sitename") or ""),
        site=str(found.get("hostname") or ""),
        published=parse_published(str(found.get("date") or "")),
        url=url or str(found.get("url") or ""),
        language=declared.group(1).lower()[:2] if declared else detect_language(body),
        importer="html",
        warnings=tuple(warnings),
    )


def _extract(page: str, url: str) -> dict[str, Any]:
    """What trafilatura finds: text and metadata, or nothing; whatever it raises is nothing.

    One tree, without what is only for the eye, serves every step. The fast way finds as much on real pages in two
    thirds of the time; where it finds little, the page is read thoroughly.
    """
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):  # what they log would be written over the screen
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return {}
        _prune(tree)
        found = trafilatura.extract_metadata(tree, url or None).as_dict()
    except Exception:  # a page that breaks it is a page without an article
        return {}
    text = _ask(tree, url, fast=True)
    return {**found, "text": text if len(text) >= _LITTLE else _ask(tree, url, fast=False) or text}


def _prune(tree: Any) -> None:
    """Take out styles, drawings and programs; data about the article is a script too, and stays."""
    from lxml import etree

    for script in list(tree.iter("script")):
        if "json" not in (script.get("type") or ""):
            script.drop_tree()
    etree.strip_elements(tree, "style", "svg", with_tail=False)


def _ask(tree: Any, url: str, *, fast: bool) -> str:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            tree, url=url or None, include_comments=False, include_tables=True, fast=fast
        )
    except Exception:  # as above
        return ""
    return str(getattr(found, "text", None) or "")


def _paragraphs(text: str) -> str:
    lines = [clean_line(line) for line in clean_text(text).split("\n")]
    return "\n\n".join(line for line in lines if line)


def _largest_run(page: str) -> str:
    """The paragraphs below the element that holds most of their text."""
    from lxml import html

    try:
        tree = html.fromstring(page)
    except (ValueError, TypeError, html.etree.LxmlError):
        return ""
    runs: dict[Any, list[str]] = {}
    for paragraph in tree.iter("p"):
        words = clean_line(paragraph.text_content())
        if words and paragraph.getparent() is not None:
            runs.setdefault(paragraph.getparent(), []).append(words)
    best = max(runs.values(), key=lambda run: sum(map(len, run)), default=[])
    return "\n\n".join(best)
