"""Mail: newsletters (`.eml`), and web pages that browsers save as mail (MHTML, RFC 2557)."""

from __future__ import annotations

import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.html import read_html
from newstui.ingest.plain import read_text
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_line

_FOOTER = re.compile(
    r"unsubscribe|view (?:this|it) (?:e-?mail )?(?:online|in (?:your )?(?:web )?browser)|manage (?:your )?preferences|"
    r"update your preferences|you (?:are receiving|received) this|privacy policy|forward to a friend",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"<(div|span|p|td)\b[^>]*style\s*=\s*[\"'][^\"']*display\s*:\s*none[^\"']*[\"'][^>]*>.*?</\1>",
    re.IGNORECASE | re.DOTALL,
)

_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_LAID = "laid-out"


class MailImporter:
    """A newsletter, or a page saved as mail."""

    name = "mail"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """The one article of a mail."""
        message = BytesParser(policy=email.policy.default).parsebytes(source.data)
        assert isinstance(message, EmailMessage)
        location = str(message.get("Snapshot-Content-Location", ""))
        part = message.get_body(("html", "plain"))
        if part is None:
            raise ImportFailedError(f"{source.name}: there is no text in this mail, so it was left out.")
        data = part.get_payload(decode=True)
        text, warnings = decode(data if isinstance(data, bytes) else b"", str(part.get_content_charset() or ""))
        inner = replace(source, url=source.url or location)
        if location:
            yield replace(read_html(text, inner, warnings), importer="mhtml")
            return
        yield _letter(message, part.get_content_subtype(), text, inner, warnings)


def _unlaid(page: str) -> str:
    """A page whose tables for layout are plain blocks: read as tables, all their paragraphs would be one line.

    A table is for layout where its cells hold paragraphs, headings, lists or other tables.
    """
    if "<td" not in page.lower():
        return page
    from lxml import html

    try:
        tree = html.document_fromstring(page)
    except (ValueError, TypeError, html.etree.LxmlError):
        return page
    laid = {
        next(cell.iterancestors("table"), None)
        for cell in tree.iter("td", "th")
        if next(cell.iter(*_BLOCKS), None) is not None
    }
    for part in list(tree.iter(*_TABLE)):
        if (part if part.tag == "table" else next(part.iterancestors("table", _LAID), None)) in laid:
            part.tag = _LAID
    for part in tree.iter(_LAID):
        part.tag = "div"
    return str(html.tostring(tree, encoding="unicode"))


def _letter(message: EmailMessage, kind: str, text: str, source: Source, warnings: list[str]) -> ImportedArticle:
    """A newsletter without what is not the letter."""
    if kind == "html":
        article = read_html(_unlaid(_HIDDEN.sub("", text)), source, warnings)
    else:
        article = read_text(text, source, warnings)
    kept = [part for part in article.text.split("\n\n") if not (len(part) < 200 and _FOOTER.search(part))]
    sender, _ = email.utils.parseaddr(str(message.get("From", "")))
    subject = clean_line(str(message.get("Subject", "")))
    if kept and subject and kept[0].casefold() == subject.casefold():
        kept = kept[1:] or kept
    if not kept:
        raise ImportFailedError(f"{source.name}: there is no text in this mail, so it was left out.")
    return replace(
        article,
        title=subject or article.title,
        text="\n\n".join(kept),
        source=clean_line(sender) or article.source,
        published=parse_published(str(message.get("Date", ""))) or article.published,
        importer="mail",
    )
