"""What a user said about the names of a text, laid over what a recognizer found; never mixed with it.

The narrower scope is laid over the wider one: library, article, mention. Within a scope the newest word about a name
counts, and of two names that overlap the longer one. What a user marks removes every mention it overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newstui.model import Article, Correction, Mention, Span
from newstui.text.anchoring import Revision
from newstui.text.graphemes import cluster_end, cluster_start, is_simple

ON_MENTIONS = frozenset({"drop", "retype", "add", "bounds"})
"""Actions on what is marked in texts; the others are about what names mean."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The mentions of a text after correction, sorted and apart, and the corrections that found no place in it."""

    mentions: list[Mention]
    lost: list[Correction]


def correct(article: Article, text: str, found: Sequence[Mention], corrections: Iterable[Correction]) -> Corrected:
    """Lay corrections over what was found.

    Args:
        article: whose text it is; corrections of other articles are passed over.
        text: its body.
        found: mentions, sorted and apart.
        corrections: of the library; their ids tell which is newer.
    """
    mine = sorted((each for each in corrections if _concerns(each, article)), key=lambda each: each.id)
    mentions, lost = list(found), []
    for scope in ("", article.id):
        said = {each.surface: each for each in mine if each.target is None and each.article == scope}
        mentions = _lay_names(text, mentions, list(said.values()))
    places: list[tuple[Span, Correction]] = []
    for correction in reversed([each for each in mine if each.target is not None]):
        span = place_of(article, text, correction)
        if span is None:
            lost.append(correction)
        elif not any(span.overlaps(other) for other, _ in places):
            places.append((span, correction))
    return Corrected(_lay_places(text, mentions, places), lost)


def _concerns(correction: Correction, article: Article) -> bool:
    if correction.action not in ON_MENTIONS:
        return False
    owner = correction.target.source if correction.target is not None else correction.article
    return owner in ("", article.id)


def _lay_names(text: str, mentions: list[Mention], said: Sequence[Correction]) -> list[Mention]:
    """Corrections of one scope that name words: first what changes or goes, then what is marked anew."""
    if not said:
        return mentions
    of_name = {each.surface: each for each in said}
    kept: list[Mention] = []
    marked: list[tuple[Span, str, str]] = []
    for mention in mentions:
        correction = of_name.get(mention.span.slice(text))
        if correction is None or correction.action == "add":
            kept.append(mention)
        elif correction.action == "retype":
            kept.append(Mention(mention.span, correction.label, mention.score, "user"))
        elif correction.action == "bounds":
            label = correction.label or mention.label
            marked += [(span, label, correction.id) for span in _moved(text, mention.span, correction.into)]
    for correction in said:
        if correction.action == "add":
            marked += [(span, correction.label, correction.id) for span in iter_occurrences(text, correction.surface)]
    return _marked(kept, marked)


def _moved(text: str, old: Span, words: str) -> list[Span]:
    """Where the words stand around or inside of an old mention."""
    reach = len(words)
    window = Span(max(0, old.start - reach), min(len(text), old.end + reach))
    spans = (
        Span(window.start + span.start, window.start + span.end) for span in iter_occurrences(window.slice(text), words)
    )
    return [span for span in spans if span.covers(old) or old.covers(span)][:1]


def _lay_places(text: str, mentions: list[Mention], places: Sequence[tuple[Span, Correction]]) -> list[Mention]:
    """Corrections of single mentions. A longer name around one that was dropped is another name, and stays."""
    marked = []
    for span, correction in places:
        if correction.action == "drop":
            mentions = [m for m in mentions if not m.span.overlaps(span) or (m.span.covers(span) and m.span != span)]
        else:
            marked.append((span, correction.label, correction.id))
    return _marked(mentions, marked)


def _marked(mentions: Sequence[Mention], marked: Sequence[tuple[Span, str, str]]) -> list[Mention]:
    """The mentions with the marks of a user in place of what they overlap; of these the longer, then the newer wins."""
    newest = sorted(marked, key=lambda each: each[2], reverse=True)
    return lay_over(mentions, [(span, label) for span, label, _ in newest], "user")


def lay_over(mentions: Sequence[Mention], marked: Sequence[tuple[Span, str]], source: str) -> list[Mention]:
    """The mentions with marks in place of those they overlap; of marks that overlap the longer, then the first wins."""
    if not marked:
        return list(mentions)
    taken: list[Mention] = []
    for span, label in sorted(marked, key=lambda each: (each[0].start, -len(each[0]))):
        while taken and taken[-1].span.overlaps(span) and len(taken[-1].span) < len(span):
            taken.pop()
        if not taken or not taken[-1].span.overlaps(span):
            taken.append(Mention(span, label, None, source))
    kept = _apart(sorted(mentions, key=lambda each: each.start), taken)
    return sorted([*kept, *taken], key=lambda each: each.start)


def _apart(mentions: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Those mentions that overlap none of the others; both sorted."""
    kept, at = [], 0
    for mention in mentions:
        while at < len(taken) and taken[at].end <= mention.start:
            at += 1
        if at == len(taken) or taken[at].start >= mention.end:
            kept.append(mention)
    return kept


def place_of(article: Article, text: str, correction: Correction) -> Span | None:
    """Where a single mention stands now: its offsets if the text is the same, else what anchoring finds."""
    target = correction.target
    if target is None:
        return None
    if target.text == article.text and target.span.slice(text) == target.quote.exact:
        return target.span
    quote = target.quote
    return Revision(text).find(quote.exact, quote.prefix, quote.suffix, target.span.start, target.span.end).span


def iter_occurrences(text: str, words: str) -> Iterator[Span]:
    """Where words stand in a text as words, not as a part of others, on boundaries of graphemes."""
    simple = is_simple(text)
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        inside = (words[0].isalnum() and at > 0 and text[at - 1].isalnum()) or (
            words[-1].isalnum() and end < len(text) and text[end].isalnum()
        )
        whole = simple or (cluster_start(text, at) == at and cluster_end(text, end) == end)
        if whole and not inside:
            yield Span(at, end)
            at = text.find(words, end)
        else:
            at = text.find(words, at + 1)
