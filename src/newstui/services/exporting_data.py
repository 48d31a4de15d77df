"""The data formats of the export, each loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newstui.errors import UsageError
from newstui.export.sheet import Sheet

if TYPE_CHECKING:
    from newstui.services.exporting import ExportOptions


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A format of data: the suffix of its file, what stands near the beginning of every such file, and what it is."""

    suffix: str
    sign: str
    about: str


DATA_FORMATS: Mapping[str, DataFormat] = {
    "jsonld": DataFormat(".jsonld", "http://www.w3.org/ns/anno.jsonld", "W3C Web Annotation"),
    "jsonl": DataFormat(".jsonl", '{"newstui":', "JSON Lines, everything without loss"),
    "csv": DataFormat(".csv", "id,article,title,", "a table of all fields"),
    "readwise": DataFormat(".csv", "Highlight,Title,", "a table for Readwise"),
    "hypothesis": DataFormat(".json", '"annotations": [', "as Hypothesis exports"),
    "bibtex": DataFormat(".bib", "@online{", "references"),
    "csl": DataFormat(".json", '"type": "article-newspaper"', "references for Zotero and pandoc"),
    "cite": DataFormat(".txt", "“", "quotations with their sources"),
    "html": DataFormat(".html", 'name="generator" content="newstui"', "a page for each article"),
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """The text of a file in pieces, made anew each time it is gone through, so that memory stays flat."""

    make: Callable[[], Iterator[str]]

    def __iter__(self) -> Iterator[str]:
        return self.make()


def find_format(name: str) -> DataFormat:
    """A format by its name.

    Raises:
        UsageError: there is none.
    """
    if name not in DATA_FORMATS:
        raise UsageError(f"There is no format {name!r}; take md or one of {', '.join(DATA_FORMATS)}.")
    return DATA_FORMATS[name]


def build_pieces(
    sheets: Iterable[Sheet], options: ExportOptions, keys: Mapping[str, str], load_text: Callable[[str], str]
) -> Pieces:
    """The file of a format that puts all articles into one.

    Args:
        sheets: the articles; they can be gone through more than once.
        options: the format, and how it is written.
        keys: citation keys of the whole library.
        load_text: gives an earlier revision by its hash.
    """
    return Pieces(lambda: _iter_pieces(sheets, options, keys, load_text))


def _iter_pieces(
    sheets: Iterable[Sheet], options: ExportOptions, keys: Mapping[str, str], load_text: Callable[[str], str]
) -> Iterator[str]:
    name = options.format
    if name == "jsonld":
        from newstui.export import webannotation

        yield from webannotation.iter_document(sheets, options.form, "Highlights from newstui", texts=options.texts)
    elif name == "jsonl":
        from newstui.export import lossless

        yield from lossless.iter_lines(sheets, load_text)
    elif name == "hypothesis":
        from newstui.export import hypothesis

        yield from hypothesis.iter_file(sheets)
    elif name in ("csv", "readwise"):
        from newstui.export import tables

        iter_rows = tables.iter_csv if name == "csv" else tables.iter_readwise
        yield from iter_rows(sheets, bom=options.bom, safe_cells=options.safe_cells)
    elif name == "cite":
        from newstui.export.citations import cite

        for sheet in sheets:
            yield from (cite(sheet.article, each.quote) + "\n\n" for each in sheet.annotations)
    else:
        from newstui.export import citations

        articles = [sheet.article for sheet in sheets]
        if name == "bibtex":
            yield citations.build_bibtex(articles, keys)
        else:
            yield json.dumps(citations.build_csl(articles, keys), ensure_ascii=False, indent=1) + "\n"


def iter_pages(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, Pieces]]:
    """Each article with its page of HTML."""
    from newstui.export import page

    for sheet in sheets:
        yield sheet, Pieces(lambda sheet=sheet: iter([page.build_page(sheet)]))  # type: ignore[misc]  # bound now
