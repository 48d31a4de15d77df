"""How a highlight finds its passage again when the text has changed, and how it says so when the passage is gone.

Never a guess in silence: what lives is found, what is gone is refused. The steps: the old place if words and
surroundings are the same; the image of the old range in a diff by words, if the old text is at hand; candidates from
the selector alone (exact hits, seeds, a similar window), scored and accepted by rules; and a veto for look-alikes that
the diff shows to be other old text.
"""

from dataclasses import dataclass

from newstui.model import AnchorState, Span
from newstui.text.anchoring.candidates import Quote, iter_exact, iter_similar
from newstui.text.anchoring.diffing import TextDiff
from newstui.text.anchoring.folding import Folded, fold, widen_to_grapheme
from newstui.text.anchoring.judging import Candidate, is_acceptable, judge
from newstui.text.selectors import CONTEXT, capture

__all__ = ["CONTEXT", "Anchor", "Revision", "anchor", "capture", "find_quote"]

_TIE = 0.01
_LEAST_ALIKE = 0.55
"""What shares fewer of its letters with a quote is not even suggested for it."""
_HERE = 32
"""Code points: what starts this near to the old place, in the old surroundings, stands where the passage stood."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands now (`span` is None for an orphan), its state, and how sure that is (0 to 1)."""

    span: Span | None
    state: AnchorState
    confidence: float


class Revision:
    """A text in which passages of an older one are looked for; what is costly is done once for all of them.

    Args:
        text: the new text.
        old_text: the text the selectors were made on, if it is at hand.
    """

    def __init__(self, text: str, old_text: str | None = None) -> None:
        self.text = text
        self.old_text = old_text
        self._folded: Folded | None = None
        self._old_folded: Folded | None = None
        self._diff: TextDiff | None = None

    def find(self, exact: str, prefix: str = "", suffix: str = "", start: int = -1, end: int = -1) -> Anchor:
        """Find a passage.

        Args:
            exact: its words; if empty, it is an orphan.
            prefix: what stood before it.
            suffix: what stood after it.
            start: where it was, in code points; ignored if the two are no range.
            end: its end, exclusive.
        """
        if not exact or not self.text:
            return Anchor(None, AnchorState.ORPHAN, 0.0)
        placed = 0 <= start < end
        if placed and self._is_same(exact, prefix, suffix, start, end):
            return Anchor(Span(start, end), AnchorState.SAME, 1.0)
        quote = Quote.build(exact, prefix, suffix)
        if not quote.exact:
            return Anchor(None, AnchorState.ORPHAN, 0.0)
        known = placed and self.old_text is not None and self.old_text[start:end] == exact
        found = self._from_diff(quote, start, end) if known else None
        if found is None:
            found = self._from_selector(quote, start, end, known=known)
        if found is None or (known and self._is_look_alike(found, start, end)):
            return Anchor(None, AnchorState.ORPHAN, 0.0)
        return self._anchor(quote, found, exact)

    def suggest(self, exact: str, prefix: str = "", suffix: str = "", most: int = 5) -> list[Anchor]:
        """Places that are most like a passage, though none may be it: for someone to pick from, the likest first."""
        quote = Quote.build(exact, prefix, suffix)
        if not quote.exact or not self.text:
            return []
        folded = self._fold()
        places = dict.fromkeys([*iter_exact(quote, folded, 0), *iter_similar(quote, folded)])
        judged = [judge(quote, folded, first, last, first) for first, last in places]
        found: list[Candidate] = []
        for each in sorted(judged, key=lambda candidate: (-candidate.score, candidate.start)):
            if each.words >= _LEAST_ALIKE and all(each.end <= one.start or each.start >= one.end for one in found):
                found.append(each)
        return [self._anchor(quote, each, exact) for each in found[:most]]

    def _is_same(self, exact: str, prefix: str, suffix: str, start: int, end: int) -> bool:
        if self.text[start:end] != exact or not (prefix or suffix):
            return False
        before = self.text[max(0, start - len(prefix)) : start]
        return before == prefix and self.text[end : end + len(suffix)] == suffix

    def _from_diff(self, quote: Quote, start: int, end: int) -> Candidate | None:
        """The image of the old range, if its words are still much the same."""
        image = self._difference().project(*self._old_range(start, end))
        folded = self._fold()
        first, last = image.start, image.end
        while first < last and folded.text[first] == " ":
            first += 1
        while last > first and folded.text[last - 1] == " ":
            last -= 1
        if first >= last:
            return None
        found = judge(quote, folded, first, last, first)
        if found.words == 1.0:
            good = len(quote.exact) >= 24 or found.better >= 0.5
        else:
            good = found.words >= 0.72 or (found.words >= 0.6 and found.better >= 0.5)
        return found if good else None

    def _from_selector(self, quote: Quote, start: int, end: int, *, known: bool) -> Candidate | None:
        """The best place for the selector, if it is good enough."""
        folded = self._fold()
        near = self._expected(start, end, known=known)
        places = dict.fromkeys(iter_exact(quote, folded, round(near)))
        exact_hits = len(places)
        places.update(dict.fromkeys(iter_similar(quote, folded)))
        judged = [judge(quote, folded, first, last, near) for first, last in places]
        if not judged:
            return None
        top = max(candidate.score for candidate in judged)
        told = 0 <= start < end and len(quote.prefix) + len(quote.suffix) >= CONTEXT
        # a twin of the whole surroundings elsewhere must not draw the mark away from the place that was edited
        here = [each for each in judged if told and abs(each.start - near) <= _HERE and each.mean >= 0.95]
        best = min(
            here or (candidate for candidate in judged if candidate.score >= top * (1 - _TIE)),
            key=lambda candidate: (abs(candidate.start - near), -candidate.score),
        )
        rivals = [each for each in judged if each.end <= best.start or each.start >= best.end]
        alone = exact_hits <= 1 and all(each.words < best.words - 0.1 for each in rivals)
        return best if is_acceptable(quote, best, unique=alone) else None

    def _expected(self, start: int, end: int, *, known: bool) -> float:
        """Where the passage would be if nothing but the text before it had changed, in the folded text."""
        if known:
            return self._difference().project(*self._old_range(start, end)).start
        return self._fold().from_source(min(max(start, 0), len(self.text)))

    def _is_look_alike(self, found: Candidate, start: int, end: int) -> bool:
        """Whether the match is other old text, by the diff, and the passage itself did not go there."""
        diff = self._difference()
        start, end = self._old_range(start, end)
        first, last = found.start, found.end
        elsewhere = diff.from_elsewhere(first, last, (start, end))
        return elsewhere > 0.6 * (last - first) and diff.survived(start, end, (first, last)) < 0.25 * (end - start)

    def _anchor(self, quote: Quote, found: Candidate, exact: str) -> Anchor:
        first, last = widen_to_grapheme(self.text, *self._fold().to_source(found.start, found.end))
        while first > 0 and exact[:1].isspace() and self.text[first - 1].isspace() and not self.text[first].isspace():
            first -= 1
        while last < len(self.text) and exact[-1:].isspace() and self.text[last].isspace():
            last += 1
            break
        if found.words < 1.0:
            state = AnchorState.CHANGED
        else:
            state = AnchorState.SAME if found.mean >= 0.98 else AnchorState.MOVED
        return Anchor(Span(first, last), state, round(found.score, 4))

    def _fold(self) -> Folded:
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def _difference(self) -> TextDiff:
        if self._diff is None:
            self._diff = TextDiff(self._fold_old().text, self._fold().text)
        return self._diff

    def _fold_old(self) -> Folded:
        if self._old_folded is None:
            assert self.old_text is not None
            self._old_folded = fold(self.old_text)
        return self._old_folded

    def _old_range(self, start: int, end: int) -> tuple[int, int]:
        """A range of the old text in its folded form, without blanks at its ends."""
        old = self._fold_old()
        first, last = old.from_source(start), old.end_from_source(end)
        while first < last - 1 and old.text[first] == " ":
            first += 1
        while last - 1 > first and old.text[last - 1] == " ":
            last -= 1
        return first, max(last, first + 1)


def anchor(
    text: str, exact: str, prefix: str, suffix: str, start: int, end: int, old_text: str | None = None
) -> Span | None:
    """Where a passage stands in a text, None if it is gone; see `Revision.find`."""
    return Revision(text, old_text).find(exact, prefix, suffix, start, end).span


def find_quote(text: str, quote: str) -> list[Span]:
    """All places of a quote as someone types it: exactly, else with typography and runs of blanks made equal.

    Places do not overlap. For what someone copies or types by hand; a stored selector is looked for by `Revision`.
    """
    if not quote.strip():
        return []
    found = _occurrences(text, quote)
    if found:
        return [Span(start, start + len(quote)) for start in found]
    folded, wanted = fold(text), fold(quote).text.strip(" ")
    if not wanted:
        return []
    places = (folded.to_source(start, start + len(wanted)) for start in _occurrences(folded.text, wanted))
    return [Span(*widen_to_grapheme(text, start, end)) for start, end in places]


def _occurrences(text: str, words: str) -> list[int]:
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found
