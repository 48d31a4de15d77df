"""A segment as bytes, so that a file of it can be mapped into memory instead of being read.

Magic, version and length of a JSON head, the head, then the arrays, each aligned. The head says what every array is
and how long the whole must be, so that a file that was cut off is known before anything in it is touched.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from newstui.search.segment import ARRAY_NAMES, Arrays, Bodies, Segment, high_bits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Fingerprints = NDArray[np.uint64]

MAGIC = b"newstui search\n"
FORMAT = 4
"""Grows whenever the arrays, or what is taken for a word, change."""
_ALIGN = 64


class UnusableIndexError(ValueError):
    """The bytes are no index, or not one of this version; says in a few words why."""


def iter_packed(segment: Segment, fingerprints: Fingerprints) -> Iterator[bytes]:
    """The bytes of a segment, in pieces.

    Args:
        segment: what is packed.
        fingerprints: two numbers for each of its articles, to see later whether it has changed.
    """
    arrays: dict[str, NDArray[Any]] = {name: getattr(segment.arrays, name) for name in ARRAY_NAMES}
    arrays["fingerprints"] = fingerprints.ravel()
    told, at = {}, 0
    for name, array in arrays.items():
        told[name] = [array.dtype.str, at, len(array)]
        at += array.nbytes + -array.nbytes % _ALIGN
    head = json.dumps({**_environment(), "size": at, "arrays": told}).encode()
    head += b" " * (-(len(MAGIC) + 12 + len(head)) % _ALIGN)
    yield MAGIC + FORMAT.to_bytes(4, "little") + len(head).to_bytes(8, "little") + head
    for array in arrays.values():
        yield array.tobytes()
        yield bytes(-array.nbytes % _ALIGN)


def unpack(data: memoryview, bodies: Bodies) -> tuple[Segment, Fingerprints]:
    """The segment and the fingerprints in some bytes; nothing is copied.

    Raises:
        UnusableIndexError: they are not whole, or of another version.
    """
    if bytes(data[: len(MAGIC)]) != MAGIC or len(data) < len(MAGIC) + 12:
        raise UnusableIndexError("damaged")
    at = len(MAGIC) + 12
    if int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "little") != FORMAT:
        raise UnusableIndexError("of another version")
    length = int.from_bytes(data[len(MAGIC) + 4 : at], "little")
    try:
        head = json.loads(bytes(data[at : at + length]))
        base = at + length
        if any(head.get(name) != value for name, value in _environment().items()):
            raise UnusableIndexError("of another version")
        if base + head["size"] != len(data):
            raise UnusableIndexError("damaged")
        arrays = {
            name: np.frombuffer(data, np.dtype(kind), count, base + start)
            for name, (kind, start, count) in head["arrays"].items()
        }
        fingerprints = arrays.pop("fingerprints").reshape(-1, 2)
        segment = Segment(Arrays(**arrays), bodies)
    except (ValueError, KeyError, TypeError) as error:
        raise error if isinstance(error, UnusableIndexError) else UnusableIndexError("damaged") from error
    if not _fits(segment, len(fingerprints)):
        raise UnusableIndexError("damaged")
    return segment, fingerprints


def _environment() -> dict[str, str]:
    """What decides how words are folded and numbers are stored."""
    return {"unicode": unicodedata.unidata_version, "order": sys.byteorder}


def _fits(segment: Segment, articles: int) -> bool:
    """Whether the arrays have the lengths they tell of each other."""
    arrays, words, units = segment.arrays, len(segment.vocabulary), segment.size
    return (
        len(arrays.low) == len(arrays.advance) == int(arrays.bounds[-1])
        and len(arrays.high) == -(-len(arrays.low) * high_bits(words) // 8)
        and len(arrays.bounds) == len(arrays.shorts) == units + 1
        and len(arrays.articles) == len(arrays.annotations) == units
        and len(arrays.offsets) == len(arrays.letter_starts) == words + 1
        and len(arrays.masks) == words
        and len(arrays.postings) == int(arrays.offsets[-1])
        and len(arrays.short_texts) == int(arrays.shorts[-1])
        and len(arrays.letters) == int(arrays.letter_starts[-1])
        and (np.count_nonzero(arrays.article_names == ord("\n")) + 1 if units else 0) == articles
    )
