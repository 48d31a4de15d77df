"""Numbers that change with anything about an article or its annotations, without reading what they say."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from newstui.store.lines import iter_articles
from newstui.store.packed import PackedLines, lines_of
from newstui.store.snapshot import Lines

LOW = (1 << 32) - 1


def article_prints(articles: Lines, annotations: Lines) -> dict[str, int]:
    """The print of every article, by id: 32 bits of its line, and 32 of the lines of its annotations in any order."""
    notes: dict[str, int] = {}
    for article, checksum in _iter_notes(annotations):
        notes[article] = notes.get(article, 0) + checksum
    return {id_: checksum << 32 | notes.get(id_, 0) & LOW for id_, checksum in _iter_sums(articles)}


def article_print(articles: Lines, annotations: Lines, id_: str, on_it: Iterable[str]) -> int:
    """The print of one article, 0 if it is not there; `on_it` are the ids of its annotations."""
    line = articles.get(id_)
    if line is None:
        return 0
    ids = sorted(on_it)
    notes = sum(_sum_of(each, zlib.crc32(note)) for each, note in zip(ids, lines_of(annotations, ids), strict=True))
    return zlib.crc32(line) << 32 | notes & LOW


def _iter_sums(rows: Lines) -> Iterator[tuple[str, int]]:
    if isinstance(rows, PackedLines):
        yield from ((id_, checksum) for id_, checksum in rows.base.sums() if id_ not in rows.changed)
        yield from ((id_, zlib.crc32(line)) for id_, line in rows.living())
    else:
        yield from ((id_, zlib.crc32(line)) for id_, line in rows.items())


def _iter_notes(rows: Lines) -> Iterator[tuple[str, int]]:
    """The article of each annotation, and a number for the annotation."""
    living = rows.living() if isinstance(rows, PackedLines) else list(rows.items())
    if isinstance(rows, PackedLines):
        for id_, article, checksum in rows.base.sums_on():
            if id_ not in rows.changed:
                yield article, _sum_of(id_, checksum)
    for (id_, line), (_, article) in zip(living, iter_articles(living), strict=True):
        yield article, _sum_of(id_, zlib.crc32(line))


def _sum_of(id_: str, checksum: int) -> int:
    return zlib.crc32(id_.encode("utf-8", "surrogatepass"), checksum)
