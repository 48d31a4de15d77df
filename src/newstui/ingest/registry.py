"""The importers by name; each is imported when a source is its."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from newstui.ingest.article import ImportedArticle, Importer, ImportFailedError, Limits, Source
from newstui.ingest.sniffing import sniff


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, the endings of file names, and `module:class` of its importer.

    `extra` is the pip extra that brings `needs`, a module that is not installed by default. `isolated` formats are
    read by libraries that a hostile file may keep busy, so a process of its own reads them, with limits.
    """

    name: str
    about: str
    extensions: tuple[str, ...]
    target: str
    extra: str = ""
    needs: str = ""
    isolated: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether what it needs is installed."""
        return not self.needs or importlib.util.find_spec(self.needs) is not None


_EXPORTS = "newstui.ingest.exports"
FORMATS = (
    Format("text", "plain text and wire copy", (".txt", ".text"), "newstui.ingest.plain:TextImporter"),
    Format(
        "markdown", "Markdown with front matter; Obsidian Web Clipper, MarkDownload", (".md", ".markdown", ".mdown"),
        "newstui.ingest.markdown:MarkdownImporter",
    ),
    Format(
        "html", "web pages, also saved by SingleFile", (".html", ".htm", ".xhtml"), "newstui.ingest.html:HtmlImporter",
        isolated=True,
    ),
    Format(
        "mail", "newsletters (.eml), pages saved as MHTML", (".eml", ".mhtml", ".mht"),
        "newstui.ingest.mail:MailImporter", isolated=True,
    ),
    Format(
        "feed", "RSS, Atom and JSON Feed", (".rss", ".atom", ".xml", ".json"), "newstui.ingest.feeds:FeedImporter",
        isolated=True,
    ),
    Format("epub", "books", (".epub",), "newstui.ingest.epub:EpubImporter", isolated=True),
    Format("pdf", "PDF with a text layer", (".pdf",), "newstui.ingest.pdf:PdfImporter", "pdf", "pypdfium2", True),
    Format(
        "warc", "web archives", (".warc", ".warc.gz"), "newstui.ingest.warc:WarcImporter", "warc", "warcio", True,
    ),
    Format("pocket", "Pocket: pocket.csv, ril_export.html", (".csv",), f"{_EXPORTS}.bookmarks:PocketImporter"),
    Format("instapaper", "Instapaper: its CSV", (), f"{_EXPORTS}.bookmarks:InstapaperImporter"),
    Format(
        "omnivore", "Omnivore: the zip, with texts and highlights", (".zip",), f"{_EXPORTS}.omnivore:OmnivoreImporter",
        isolated=True,
    ),
    Format(
        "wallabag", "Wallabag: its JSON, with texts and annotations", (), f"{_EXPORTS}.libraries:WallabagImporter",
        isolated=True,
    ),
    Format(
        "karakeep", "Karakeep: its JSON", (), f"{_EXPORTS}.libraries:KarakeepImporter", isolated=True,
    ),
    Format("readwise", "Readwise: highlights as CSV", (), f"{_EXPORTS}.highlights:ReadwiseImporter"),
    Format("hypothesis", "Hypothesis: annotations as JSON", (), f"{_EXPORTS}.highlights:HypothesisImporter"),
    Format("koreader", "KOReader: highlights as JSON", (), f"{_EXPORTS}.highlights:KoreaderImporter"),
    Format("kindle", "Kindle: My Clippings.txt", (), f"{_EXPORTS}.kindle:KindleImporter"),
    Format("zotero", "Zotero: references as CSL JSON", (), f"{_EXPORTS}.libraries:ZoteroImporter"),
)  # fmt: skip


def extensions() -> frozenset[str]:
    """The endings of file names that are taken from a folder."""
    return frozenset(ending for each in FORMATS for ending in each.extensions)


def find_format(source: Source, wanted: str = "") -> Format:
    """The format of a source: the one wanted by name, else by its bytes, else by the ending of its name.

    Raises:
        ImportFailedError: no format has the name, or the bytes are no known kind of JSON, CSV or zip.
    """
    name = wanted or sniff(source.data, source.name) or _by_ending(source.name)
    found = next((each for each in FORMATS if each.name == name), None)
    if found is None:
        raise ImportFailedError(f"There is no format {name!r}; there are {', '.join(f.name for f in FORMATS)}.")
    return found


def find_importer(source: Source, wanted: str = "") -> Importer:
    """The importer for a source; see `find_format`."""
    return load_importer(find_format(source, wanted))


def load_importer(found: Format) -> Importer:
    """The importer of a format, its module imported."""
    module, _, name = found.target.partition(":")
    importer: Importer = getattr(importlib.import_module(module), name)()
    return importer


def read_articles(found: Format, source: Source, limits: Limits) -> Iterator[ImportedArticle]:
    """The articles of a source in this format; a broken row of an export may be one without a word, and is none.

    Raises:
        ImportFailedError: there is none, or no more, that can be read.
    """
    for article in load_importer(found).read(source, limits):
        if article.text:
            yield article


def _by_ending(name: str) -> str:
    lowered = name.lower()
    return next((each.name for each in FORMATS if lowered.endswith(each.extensions or ("\0",))), "text")
