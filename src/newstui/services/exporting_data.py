"""The data formats of the export, loaded when one is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newstui.export import citations, lossless, page, tables, webannotation
from newstui.export.sheet import Sheet

if TYPE_CHECKING:
    from newstui.services.exporting import DataOptions


def render(format_name: str, sheets: Iterable[Sheet], options: DataOptions, keys: Mapping[str, str]) -> str:
    """The text of a format that puts all articles into one file."""
    if format_name == "jsonld":
        return webannotation.render_collection(sheets, "Highlights from newstui")
    if format_name == "json":
        return "".join(lossless.iter_lines(sheets))
    if format_name == "csv":
        return tables.build_csv(sheets, bom=options.bom, safe_cells=options.safe_cells)
    if format_name == "readwise":
        return tables.build_readwise(sheets, bom=options.bom, safe_cells=options.safe_cells)
    articles = [sheet.article for sheet in sheets]
    if format_name == "bibtex":
        return citations.build_bibtex(articles, keys)
    return json.dumps(citations.build_csl(articles, keys), ensure_ascii=False, indent=1) + "\n"


def iter_pages(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, str]]:
    """Each article with its page of HTML."""
    for sheet in sheets:
        yield sheet, page.build_page(sheet)
