"""Web archives (WARC, ISO 28500): every page that a server answered with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.extras import require
from newstui.ingest.html import HtmlImporter


class WarcImporter:
    """The HTML responses of a web archive, packed or not; pictures, scripts and errors are passed over."""

    name = "warc"

    def read(self, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
        """One article for each page with a text in it."""
        warcio = require("warcio.archiveiterator", "warc", source.name)
        pages, found, total = 0, 0, 0
        try:
            for record in warcio.ArchiveIterator(io.BytesIO(source.data)):
                if record.rec_type != "response" or record.http_headers is None or not _is_page(record.http_headers):
                    continue
                pages += 1
                data = record.content_stream().read(limits.entry_bytes + 1)
                total += len(data)
                if len(data) > limits.entry_bytes or total > limits.archive_bytes:
                    raise ImportFailedError(f"{source.name}: more is packed in this archive than is allowed.")
                url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                page = Source(data, source.origin, url, _charset(record.http_headers))
                for article in _read_page(page, limits):
                    found += 1
                    yield replace(article, importer="warc")
        except ImportFailedError:
            raise
        except Exception as error:  # a broken archive raises whatever its bytes lead to
            if not found:
                raise ImportFailedError(
                    f"{source.name}: this web archive cannot be read ({type(error).__name__}), so it was left out."
                ) from error
            return
        if not found:
            seen = f"none of the {pages} pages" if pages else "no page"
            raise ImportFailedError(f"{source.name}: {seen} in this web archive has a text, so it was left out.")


def _read_page(page: Source, limits: Limits) -> Iterator[ImportedArticle]:
    try:
        yield from HtmlImporter().read(page, limits)
    except ImportFailedError:
        return  # a page without words among others


def _is_page(headers: object) -> bool:
    status = str(getattr(headers, "get_statuscode", lambda: "")())
    kind = str(getattr(headers, "get_header", lambda _: "")("Content-Type") or "").lower()
    return status == "200" and ("html" in kind or not kind)


def _charset(headers: object) -> str:
    kind = str(getattr(headers, "get_header", lambda _: "")("Content-Type") or "")
    return kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
