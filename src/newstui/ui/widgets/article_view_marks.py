"""What is marked in an article: names, highlights and hits, and how they share a row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence

from newstui.model import Block, Mention, Span
from newstui.text.spans import SpanIndex, cut_runs
from newstui.ui.widgets.article_view_highlights import Highlights, RowMarks
from newstui.ui.widgets.article_view_styles import ENTITY_STYLES


class Marks:
    """The layers of one article, each with its own index."""

    def __init__(self) -> None:
        self.highlights = Highlights()
        self.mentions = SpanIndex[Mention]()
        self.show_mentions = True
        self.hits: Sequence[Span] = ()
        self.current_hit: Span | None = None
        self.labels: Mapping[int, str] = {}
        """Letters that stand for what begins at an offset, while one of them is waited for."""
        self._hit_index = SpanIndex[None]()
        self._blocks = SpanIndex[str]()
        self.meant: Mapping[Span, str] = {}
        """What is to be said of a mention besides its words: the full name, how often it is named."""
        self._new: dict[int, Span] = {}
        self._new_starts: list[int] = []
        self._version = 0

    @property
    def version(self) -> int:
        """Grows with every change of a layer."""
        return self._version + self.highlights.version

    def set_blocks(self, blocks: Iterable[Block]) -> None:
        """Set off headings, quotations and code."""
        self._blocks = SpanIndex(
            (block.start, block.end, block.kind) for block in blocks if block.kind in ("heading", "quote", "code")
        )
        self._version += 1

    def set_mentions(self, mentions: Iterable[Mention], labels: Collection[str]) -> None:
        """Show the mentions with one of these labels."""
        self.mentions = SpanIndex(
            (mention.span.start, mention.span.end, mention) for mention in mentions if mention.label in labels
        )
        self._version += 1

    def set_new(self, spans: Iterable[Span]) -> None:
        """Say which mentions are the first of their name in the library."""
        self._new = {span.start: span for span in spans}
        self._new_starts = sorted(self._new)
        self._version += 1

    def set_meant(self, meant: Mapping[Span, str]) -> None:
        """Know what mentions mean."""
        self.meant = meant
        self._version += 1

    def is_new(self, span: Span) -> bool:
        """Whether the library has this name for the first time here."""
        return self._new.get(span.start) == span

    def new_in(self, low: int, high: int) -> bool:
        """Whether a name that is shown begins in a range, and the library has it for the first time here."""
        first = bisect_left(self._new_starts, low)
        after = bisect_left(self._new_starts, high, first)
        return self.show_mentions and any(
            Span(mention_start, end) == self._new[start]
            for start in self._new_starts[first:after]
            for mention_start, end, _ in self.mentions.overlapping(start, start + 1)
        )

    def put_mention(self, mention: Mention) -> None:
        """Show a mention in place of those it overlaps."""
        for start, end, other in self.mentions.overlapping(mention.start, mention.end):
            self.mentions.discard(start, end, other)
        self.mentions.add(mention.start, mention.end, mention)
        self._version += 1

    def set_hits(self, hits: Sequence[Span], current: Span | None) -> None:
        """Show these hits; `current` stands out."""
        if hits is not self.hits:
            self.hits = hits
            self._hit_index = SpanIndex((hit.start, hit.end, None) for hit in hits)
        self.current_hit = current
        self._version += 1

    def set_labels(self, labels: Mapping[int, str]) -> None:
        """Show letters in the place of what they stand for, or none."""
        self.labels = labels
        self._version += 1

    def show_layers(self, *, mentions: bool | None = None, marks: bool | None = None) -> None:
        """Show or hide names or highlights."""
        self.show_mentions = self.show_mentions if mentions is None else mentions
        self.highlights.shown = self.highlights.shown if marks is None else marks
        self._version += 1

    def has_hit(self, low: int, high: int) -> bool:
        """Whether a hit begins in a range."""
        starts = self._hit_index.starts
        at = bisect_left(starts, low)
        return at < len(starts) and starts[at] < high

    def runs(
        self, low: int, high: int, marks: RowMarks, selection: Span | None
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        """Cut a row into runs with the names of their components, in the order they lie over each other.

        Args:
            low: where the row begins.
            high: where it ends, exclusive.
            marks: what the annotations make of it.
            selection: what is selected, anywhere.
        """
        spans = self._blocks.overlapping(low, high)
        if self.show_mentions:
            spans += [
                (start, end, ENTITY_STYLES.get(mention.label, "entity-other"))
                for start, end, mention in self.mentions.overlapping(low, high)
            ]
        spans += [(start, end, f"highlight-{slot}") for start, end, slot in marks.parts]
        if self.hits:
            spans += [(start, end, "hit") for start, end, _ in self._hit_index.overlapping(low, high)]
            if self.current_hit is not None:
                spans.append((self.current_hit.start, self.current_hit.end, "hit-current"))
        if selection is not None:
            spans.append((selection.start, selection.end, "selection"))
        if self.labels:
            spans += [(at, at + 1, "hit-current") for at in self.labels if low <= at < high]
        return cut_runs(low, high, spans)
