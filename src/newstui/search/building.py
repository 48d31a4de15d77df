"""Building segments: from units, or out of several segments when some of their units are gone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.search.segment import (
    FIELDS,
    Arrays,
    Bodies,
    Segment,
    Unit,
    bodies_of,
    letter_masks,
    letter_numbers,
    pack_high,
    pack_lines,
    words_by_length,
)
from newstui.search.tokens import WordNumbers, iter_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECE = 1 << 18
"""Code points of text that are looked at side by side."""
SORTED_AT_ONCE = 1 << 22
"""Words whose postings are sorted side by side."""


class _Numbers(dict[str, int]):
    """Numbers names in the order they come."""

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self)
        return number


def build_segment(units: Iterable[Unit], bodies: Bodies | None = None) -> Segment:
    """Index some units.

    Args:
        units: what is indexed.
        bodies: gives texts of articles later on; without it they are kept in memory.
    """
    if bodies is None:
        units = list(units)
        bodies = bodies_of(units)
    words, articles, annotations = WordNumbers(), _Numbers(), _Numbers()
    streams: list[NDArray[np.uint32]] = []
    advances: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    of_article, of_field, of_annotation = array("I"), array("B"), array("i")
    short_texts: list[bytes] = []
    for piece in _pieces(units):
        for tokens in iter_tokens([unit.text for unit in piece], words):
            streams.append(tokens.numbers)
            advances.append(_advances(tokens.starts, tokens.counts))
            counts.append(tokens.counts)
        for unit in piece:
            of_article.append(articles[unit.article])
            of_field.append(FIELDS.index(unit.field))
            of_annotation.append(annotations[unit.annotation] if unit.annotation else -1)
            kept = b"" if unit.field == "text" else unit.text.encode("utf-8", "surrogatepass")
            short_texts.append(kept)
    vocabulary, ranks = _sorted(words.words)
    stream = ranks[_joined(streams, np.uint32)]
    bounds = np.concatenate(([0], np.cumsum(_joined(counts, np.int64))))
    return _assembled(
        vocabulary,
        stream,
        bounds,
        *_split_advances(_joined(advances, np.int64)),
        bodies=bodies,
        articles=np.array(of_article, np.uint32),
        fields=np.array(of_field, np.uint8),
        annotations=np.array(of_annotation, np.int32),
        shorts=np.array([0, *accumulate(map(len, short_texts))], np.uint32),
        short_texts=np.frombuffer(b"".join(short_texts), np.uint8),
        article_names=pack_lines(list(articles)),
        annotation_names=pack_lines(list(annotations)),
    )


def merge_segments(parts: Sequence[tuple[Segment, NDArray[np.bool_]]], bodies: Bodies) -> Segment:
    """One segment of the units of several that are to stay; a hundred times faster than to read the texts again.

    Args:
        parts: segments, with a truth value for each of their units.
        bodies: gives the texts of articles.
    """
    words, articles, annotations = _Numbers(), _Numbers(), _Numbers()
    columns: dict[str, list[NDArray[Any]]] = {}
    for segment, alive in parts:
        kept = np.flatnonzero(alive)
        arrays = segment.arrays
        stream, counts = segment.words_of(kept)
        at = np.repeat(alive, _steps(arrays.bounds))
        advance = arrays.advance.astype(np.int64)
        advance[arrays.far_at] += arrays.far_by
        used = np.unique(stream)
        numbers = np.zeros(len(segment.vocabulary), np.int64)
        numbers[used] = [words[segment.vocabulary[word]] for word in used.tolist()]
        annotated = arrays.annotations[kept]
        short = _steps(arrays.shorts)
        found: dict[str, NDArray[Any]] = {
            "stream": numbers[stream],
            "advance": advance[at],
            "counts": counts,
            "fields": arrays.fields[kept],
            "articles": _renumbered(articles, segment.article_ids, arrays.articles[kept]),
            "annotations": _renumbered(annotations, segment.annotation_ids, annotated),
            "short": short[kept],
            "short_texts": arrays.short_texts[np.repeat(alive, short)],
        }
        for name, column in found.items():
            columns.setdefault(name, []).append(column)
    vocabulary, ranks = _sorted(words)
    bounds = np.concatenate(([0], np.cumsum(_joined(columns["counts"], np.int64))))
    return _assembled(
        vocabulary,
        ranks[_joined(columns["stream"], np.int64)],
        bounds,
        *_split_advances(_joined(columns["advance"], np.int64)),
        bodies=bodies,
        articles=_joined(columns["articles"], np.uint32),
        fields=_joined(columns["fields"], np.uint8),
        annotations=_joined(columns["annotations"], np.int32),
        shorts=np.concatenate(([0], np.cumsum(_joined(columns["short"], np.int64)))).astype(np.uint32),
        short_texts=_joined(columns["short_texts"], np.uint8),
        article_names=pack_lines(list(articles)),
        annotation_names=pack_lines(list(annotations)),
    )


def _sorted(words: dict[str, int]) -> tuple[list[str], NDArray[np.uint32]]:
    """The words in order, and the rank of each by its number."""
    vocabulary = sorted(words)
    ranks = np.empty(len(words), np.uint32)
    ranks[np.fromiter(map(words.__getitem__, vocabulary), np.int64, len(words))] = np.arange(len(words))
    return vocabulary, ranks


def _steps(bounds: NDArray[Any]) -> NDArray[np.int64]:
    """How many lie between each bound and the next."""
    numbers = bounds.astype(np.int64)
    return numbers[1:] - numbers[:-1]


def _renumbered(numbers: _Numbers, names: Sequence[str], column: NDArray[Any]) -> NDArray[np.int64]:
    """Old numbers of names as new ones; -1 stays."""
    table = np.full(len(names) + 1, -1, np.int64)
    used = np.unique(column)
    used = used[used >= 0]
    table[used] = [numbers[names[number]] for number in used.tolist()]
    renumbered: NDArray[np.int64] = table[column]
    return renumbered


def _pieces(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    piece: list[Unit] = []
    size = 0
    for unit in units:
        piece.append(unit)
        size += len(unit.text)
        if size >= PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _joined(columns: Sequence[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate(columns).astype(kind, copy=False) if columns else np.empty(0, kind)


def _advances(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far each word begins behind the one before in its text; the first ones behind its beginning."""
    advances = np.diff(starts, prepend=0)
    firsts = (np.cumsum(counts) - counts)[counts > 0]
    advances[firsts] = starts[firsts]
    return advances


def _split_advances(
    advances: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint32]]:
    """Advances as bytes, and for those that are larger where they are and what is left of them."""
    far = np.flatnonzero(advances > 255)
    return (
        np.minimum(advances, 255).astype(np.uint8),
        far.astype(np.uint32),
        (advances[far] - 255).astype(np.uint32),
    )


def _assembled(
    vocabulary: Sequence[str],
    stream: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    advance: NDArray[np.uint8],
    far_at: NDArray[np.uint32],
    far_by: NDArray[np.uint32],
    *,
    bodies: Bodies,
    **columns: Any,
) -> Segment:
    offsets, postings = _invert(stream, bounds, len(vocabulary))
    lengths = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))
    letters = letter_numbers("".join(vocabulary))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    arrays = Arrays(
        low=(stream & 0xFFFF).astype(np.uint16),
        high=pack_high(stream, len(vocabulary)),
        advance=advance,
        far_at=far_at,
        far_by=far_by,
        bounds=bounds.astype(np.uint32),
        offsets=offsets,
        postings=postings,
        spelling=pack_lines(vocabulary),
        letters=letters,
        letter_starts=starts.astype(np.uint32),
        masks=letter_masks(letters, starts)[words_by_length(starts)],
        **columns,
    )
    return Segment(arrays, bodies)


def _invert(
    stream: NDArray[np.uint32], bounds: NDArray[np.int64], size: int
) -> tuple[NDArray[np.uint32], NDArray[np.unsignedinteger]]:
    """Postings: for each word the units that hold it, in order. A piece at a time, so that little memory is needed."""
    kind = np.min_scalar_type(max(len(bounds) - 2, 0))
    pieces = []
    first = 0
    while first < len(bounds) - 1:
        last = int(np.searchsorted(bounds, bounds[first] + SORTED_AT_ONCE, "right")) - 1
        last = max(last, first + 1)
        units = np.repeat(np.arange(first, last, dtype=np.uint64), np.diff(bounds[first : last + 1]))
        pairs = (stream[bounds[first] : bounds[last]].astype(np.uint64) << np.uint64(32)) | units
        pairs.sort()
        pairs = pairs[np.diff(pairs, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)) != 0]
        words = (pairs >> np.uint64(32)).astype(np.int64)
        pieces.append((np.bincount(words, minlength=size), (pairs & np.uint64(0xFFFFFFFF)).astype(kind)))
        first = last
    counts = sum((counts for counts, _ in pieces), np.zeros(size, np.int64))
    offsets = np.concatenate(([0], np.cumsum(counts)))
    if len(pieces) == 1:
        return offsets.astype(np.uint32), pieces[0][1]
    postings = np.empty(int(offsets[-1]), kind)
    filled = offsets[:-1].copy()
    for counts, units in pieces:
        within = np.arange(len(units)) - np.repeat(np.cumsum(counts) - counts, counts)
        postings[np.repeat(filled, counts) + within] = units
        filled += counts
    return offsets.astype(np.uint32), postings
