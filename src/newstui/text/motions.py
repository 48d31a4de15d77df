"""Moving a cursor and growing a selection through a text: offsets in, offsets out, nothing about rows or screens."""

from __future__ import annotations

from collections.abc import Callable

from newstui.model import Span
from newstui.text import segmentation
from newstui.text.graphemes import cluster_at, cluster_end, cluster_start


def _repeat(step: Callable[[str, int], int | None], text: str, offset: int, count: int) -> int:
    """Do a step `count` times, or as often as it leads anywhere."""
    for _ in range(count):
        reached = step(text, offset)
        if reached is None or reached == offset:
            break
        if reached >= len(text):  # a text of blanks alone has nowhere to go
            return cluster_start(text, len(text) - 1) if text else 0
        offset = reached
    return offset


def last_offset(text: str) -> int:
    """Where a cursor that has gone to the end stands: on the last cluster that is not blank."""
    end = len(text)
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return cluster_start(text, end - 1) if end else 0


def right(text: str, offset: int, count: int = 1) -> int:
    """Move by clusters, over line breaks."""
    return _repeat(_right, text, offset, count)


def left(text: str, offset: int, count: int = 1) -> int:
    """Move back by clusters, over line breaks."""
    return _repeat(_left, text, offset, count)


def _right(text: str, offset: int) -> int | None:
    _, end = cluster_at(text, offset)
    while end < len(text) and text[end] == "\n":
        end += 1
    return end if end < len(text) else None


def _left(text: str, offset: int) -> int | None:
    while offset > 0 and text[offset - 1] == "\n":
        offset -= 1
    return cluster_start(text, offset - 1) if offset > 0 else None


def word_forward(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the next word; after the last word to the end."""

    def step(text: str, offset: int) -> int | None:
        word = segmentation.next_word(text, offset)
        return cluster_end(text, word.start) if word else max(offset, last_offset(text))

    return _repeat(step, text, offset, count)


def word_backward(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the word, or of the one before."""

    def step(text: str, offset: int) -> int | None:
        word = segmentation.previous_word(text, offset)
        return cluster_start(text, word.start) if word else 0

    return _repeat(step, text, offset, count)


def word_end(text: str, offset: int, count: int = 1) -> int:
    """Move to the last cluster of the word, or of the next one."""

    def step(text: str, offset: int) -> int | None:
        word = segmentation.word_at(text, offset)
        if word is None or cluster_start(text, word.end - 1) <= offset:
            word = segmentation.next_word(text, offset)
        return cluster_start(text, word.end - 1) if word else None

    return _repeat(step, text, offset, count)


def next_sentence(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the next sentence; from the last to the end."""

    def step(text: str, offset: int) -> int | None:
        reached = segmentation.next_sentence(text, offset)
        return max(offset, last_offset(text)) if reached is None else reached

    return _repeat(step, text, offset, count)


def previous_sentence(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the sentence, or of the one before."""
    return _repeat(segmentation.previous_sentence, text, offset, count)


def next_paragraph(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the next paragraph; from the last to the end."""

    def step(text: str, offset: int) -> int | None:
        reached = segmentation.next_paragraph(text, offset)
        return max(offset, last_offset(text)) if reached is None else reached

    return _repeat(step, text, offset, count)


def previous_paragraph(text: str, offset: int, count: int = 1) -> int:
    """Move to the beginning of the paragraph, or of the one before."""
    return _repeat(segmentation.previous_paragraph, text, offset, count)


def find_char(text: str, offset: int, char: str, count: int = 1) -> int:
    """Move to the next place of a character in the paragraph; stay where it does not follow so often."""
    end = segmentation.paragraph_at(text, offset).end
    at = offset
    for _ in range(count):
        at = text.find(char, at + 1, end)
        if at < 0:
            return offset
    return cluster_start(text, at)


# -- selections


def selected(text: str, anchor: int, cursor: int) -> Span:
    """The range between two ends, both of whose clusters are in it."""
    low, high = min(anchor, cursor), max(anchor, cursor)
    return Span(cluster_start(text, low), max(cluster_at(text, high)[1], cluster_start(text, low)))


def whole_clusters(text: str, span: Span) -> Span:
    """A range grown to the edges of its clusters."""
    return Span(cluster_start(text, span.start), cluster_end(text, span.end))


def object_at(text: str, offset: int, kind: str) -> Span | None:
    """The `word`, `sentence`, `paragraph` or `quotation` that holds an offset, or None.

    A word is also found on the blank or sign behind it.
    """
    if kind == "word":
        found = segmentation.word_at(text, offset)
        return found or segmentation.previous_word(text, offset) or segmentation.next_word(text, offset)
    if kind == "quotation":
        return segmentation.quotation_at(text, offset)
    span = segmentation.sentence_at(text, offset) if kind == "sentence" else segmentation.paragraph_at(text, offset)
    return span if len(span) else None


def inner_at(text: str, offset: int, kind: str) -> Span | None:
    """As `object_at`, but a quotation without its marks."""
    span = object_at(text, offset, kind)
    if span is None or kind != "quotation":
        return span
    inner = segmentation.inside_quotation(text, span)
    return inner if len(inner) else None


def around_at(text: str, offset: int, kind: str) -> Span | None:
    """As `object_at`, with what belongs round it: see `around`."""
    span = object_at(text, offset, kind)
    return None if span is None else around(text, span, kind)


def around(text: str, span: Span, kind: str) -> Span:
    """A unit with the blanks behind it, or where none follow in its paragraph those before it.

    A paragraph takes the empty lines along; a quotation, which has its marks already, nothing.
    """
    if kind == "quotation":
        return span
    edge = Span(0, len(text)) if kind == "paragraph" else segmentation.paragraph_at(text, span.start)
    start, end = span.start, span.end
    while end < edge.end and text[end].isspace():
        end += 1
    if end == span.end:
        while start > edge.start and text[start - 1].isspace():
            start -= 1
    return Span(start, end)


def grow(text: str, span: Span) -> Span:
    """The next larger of word, sentence, quotation, paragraph and text that holds a range; the text stays."""
    low, high = span.start, max(span.start, span.end - 1)
    candidates = []
    for kind in ("word", "sentence", "quotation", "paragraph"):
        first, last = object_at(text, low, kind), object_at(text, high, kind)
        if first and last:
            candidates.append(Span(min(first.start, last.start), max(first.end, last.end)))
    candidates.append(Span(0, last_offset(text) + 1) if text.strip() else Span(0, len(text)))
    larger = [candidate for candidate in candidates if candidate.covers(span) and candidate != span]
    return whole_clusters(text, min(larger, key=len, default=span))


def shrink(text: str, span: Span, at: int) -> Span:
    """The next smaller unit inside a range that holds or ends at an offset; the cluster there when there is none.

    A selection that was grown remembers its steps itself; this is for one that was not.
    """
    at = max(span.start, min(at, max(span.start, span.end - 1)))
    units = [object_at(text, at, kind) for kind in ("paragraph", "quotation", "sentence", "word")]
    smaller = [unit for unit in units if unit and span.covers(unit) and unit != span and (at in unit or at == unit.end)]
    return max(smaller, key=len, default=selected(text, at, at))
