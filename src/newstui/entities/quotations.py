"""Who says what is quoted: only where the words around a quotation leave no doubt.

Sieves in the order of their certainty, after Muzny and others (A two-stage sieve approach for quote attribution, 2017):
a name and a verb of speech beside the quotation; a quotation that goes on where one with a speaker stopped; a pronoun
and a verb of speech, where one person only can be meant. A quotation in the wrong mouth is worse than one without.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newstui.model import Entity, Mention, Span

LEAST_WORDS = 4
"""Words from which something in quotation marks is speech; fewer are mostly scare quotes and titles."""
NEAR = 120
"""Code points between a name and the verb of speech that belongs to it, at most."""
_PARAGRAPH = re.compile(r"[^\n]+")
_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}
_VERBS = (
    r"(?:said|says|say|saying|told|tells|added|adds|explained|explains|announced|stated|states|declared|argued|argues"
    r"|insisted|insists|warned|warns|noted|notes|wrote|writes|claimed|claims|commented|remarked|replied|responded|asked"
    r"|quipped|stressed|confirmed|continued|concluded|recalled|admitted|tweeted|called|described|urged|pointed out"
    r"|adding|telling|writing|noting|remarking|observed|asserted|emphasized|reiterated|promised|vowed|testified|complained|acknowledged|read|reads)"
)
_VERB = re.compile(rf"(?<!being )(?<!been )(?<!what is )(?<!so )(?<!-)\b{_VERBS}\b")
_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)
_OFFICES = (
    r"(?:minister|president|chancellor|premier|senator|governor|mayor|ambassador|pope|pontiff|king|queen|leader|chairman"
    r"|director|commissioner)"
)
_ROLE = rf"(?:he|she|the\s(?:[a-z]+\s)?{_OFFICES})"
_PRONOUN = re.compile(rf"\b{_ROLE}\s+(?:also\s+|then\s+|later\s+)?{_VERBS}\b", re.IGNORECASE)
_TURNED = re.compile(rf"[\s,]*{_VERBS}\s+{_ROLE}\b", re.IGNORECASE)
_ASIDE = re.compile(r", (?:who|whom|whose|which)\b[^,\n]*,")
"""What is told of somebody between commas; whoever is named in it is not the one who speaks."""
_SUFFERED = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:also\s+|\w+ly\s+)?\Z")
_BY = re.compile(r"\s+by\s+(?:the\s+)?")
_WITHIN = re.compile(r"\b(?:in|at|from|of|to|for|with|by|on|near)\s+(?:the\s+)?\Z")
"""Before a body that is only the place or the owner of who speaks: `at a conference in Singapore, said`."""
_BARE = re.compile(
    r"[\s,]*(?:(?:also|then|later|has|have|had|officials?|police|\w+ly|(?:on\s+)?\w+day|this\s+\w+)[\s,]*)*\Z"
)
"""What may stand between a body and its verb: of `protesters the Times met said` the Times is not the speaker."""
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bMs)[.!?](?=\s+[A-Z“\"«]|\s*\Z)")
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is said, with its marks, and who says it: the key of an entity of the document, empty if unknown.

    `method` names the sieve: `name`, `continued` or `pronoun`.
    """

    span: Span
    speaker: str = ""
    method: str = ""


def iter_spans(text: str) -> Iterator[Span]:
    """Quotations of some length, in text order; one that is not closed ends with its paragraph."""
    for paragraph in _PARAGRAPH.finditer(text):
        at, end = paragraph.span()
        while at < end:
            close = _PAIRS.get(text[at])
            if close is None or (text[at] == '"' and at > 0 and text[at - 1].isalnum()):
                at += 1
                continue
            stop = text.find(close, at + 1, end)
            stop = end if stop < 0 else stop + 1
            if len(text[at:stop].split()) >= LEAST_WORDS:
                yield Span(at, stop)
            at = stop


def attribute(text: str, entities: Sequence[Entity]) -> list[Quotation]:
    """The quotations of a text, each with its speaker where that is sure."""
    spans = list(iter_spans(text))
    mentions = sorted(
        ((mention, entity) for entity in entities for mention in entity.mentions if mention.label in _SPEAKERS),
        key=lambda pair: pair[0].start,
    )
    starts = [mention.start for mention, _ in mentions]
    found: list[Quotation] = []
    for number, span in enumerate(spans):
        around = _Surroundings(text, spans, number)
        previous = found[-1] if found else None
        near = mentions[bisect_left(starts, around.above) : bisect_left(starts, around.paragraph.end)]
        found.append(
            _by_name(text, around, near) or _continued(text, span, previous, around) or
            _by_pronoun(text, around, near) or Quotation(span)
        )  # fmt: skip
    return found


class _Surroundings:
    """The words before and after a quotation in its paragraph, up to the next quotation or the end of the sentence.

    `above` is where the paragraph before begins.
    """

    def __init__(self, text: str, spans: Sequence[Span], number: int) -> None:
        self.span = spans[number]
        start = text.rfind("\n", 0, self.span.start) + 1
        end = text.find("\n", self.span.end)
        end = len(text) if end < 0 else end
        self.paragraph = Span(start, max(end, self.span.end))
        last = start
        while last and text[last - 1] == "\n":
            last -= 1
        self.above = text.rfind("\n", 0, last) + 1
        before = spans[number - 1].end if number else start
        after = spans[number + 1].start if number + 1 < len(spans) else end
        self.lead = Span(max(start, before), self.span.start)
        self.tail = Span(self.span.end, max(self.span.end, min(end, after)))
        lead_breaks = list(_SENTENCE_END.finditer(text, self.lead.start, self.lead.end))
        if lead_breaks:
            self.lead = Span(lead_breaks[-1].end(), self.lead.end)
        self.closed = text[self.span.end - 2 : self.span.end - 1] in (".", "!", "?")
        tail_break = _SENTENCE_END.search(text, self.tail.start, self.tail.end)
        if tail_break:
            self.tail = Span(self.tail.start, tail_break.end())
        if self.closed and not text[self.tail.start : self.tail.start + 2].lstrip(" ")[:1].islower():
            self.tail = Span(self.tail.start, self.tail.start)


def _by_name(text: str, around: _Surroundings, mentions: Sequence[tuple[Mention, Entity]]) -> Quotation | None:
    for part, before in ((around.tail, False), (around.lead, True)):
        asides = [match.span() for match in _ASIDE.finditer(text, part.start, part.end)]
        inside = [
            pair
            for pair in mentions
            if part.covers(pair[0].span) and not any(low <= pair[0].start < high for low, high in asides)
        ]
        verbs = [match.span() for match in _VERB.finditer(text, part.start, part.end)]
        for match in _ACCORDING.finditer(text, part.start, part.end):
            if not before and any(pair[0].start < match.start() for pair in inside):
                continue
            comma = text.find(",", match.end(), part.end)
            stop = comma if comma >= 0 else part.end
            follow = [pair for pair in inside if match.end() <= pair[0].start < min(stop, match.end() + NEAR)]
            follow = [pair for pair in follow if pair[0].label == "PERSON"] or follow
            if follow:
                return Quotation(around.span, follow[0][1].key, "name")
        speaker = _subject(text, part, inside, verbs, before=before)
        if speaker is not None:
            return Quotation(around.span, speaker.key, "name")
    return None


def _subject(
    text: str,
    part: Span,
    inside: Sequence[tuple[Mention, Entity]],
    verbs: Sequence[tuple[int, int]],
    *,
    before: bool,
) -> Entity | None:
    """Who does the saying: the name before the verb, or right after it where the sentence is turned."""
    if not inside or _pronoun_in(text, part, before=before) is not None:
        return None
    if before and text[part.start : part.end].rstrip().endswith(":"):
        return next((pair for pair in inside if pair[0].label == "PERSON"), inside[0])[1]
    if not verbs:
        return None
    start, end = verbs[-1] if before else verbs[0]
    if _SUFFERED.search(text, max(part.start, start - 24), start):
        by = _BY.match(text, end, part.end)
        return next((entity for mention, entity in inside if by and mention.start == by.end()), None)
    participle = text[start:end].endswith("ing")  # goes with the subject of the sentence
    ahead = [pair for pair in inside if pair[0].end <= start and (participle or start - pair[0].end < NEAR)]
    persons = [pair for pair in ahead if pair[0].label == "PERSON"]
    if not before:
        follow = [pair for pair in inside if 0 <= pair[0].start - end < NEAR // 2]
        follow = [pair for pair in follow if pair[0].label == "PERSON"] or [
            pair for pair in follow if text[pair[0].end : part.end].lstrip()[:1] in (".", ",", ";", "")
        ]
        turned = not text[part.start : start].strip(" ,")
        if turned:
            return follow[0][1] if follow else None
    if persons:
        return persons[0 if participle else -1][1]
    if len({entity.key for _, entity in ahead}) != 1 or not _BARE.match(text, ahead[-1][0].end, start):
        return None
    if _WITHIN.search(text, max(part.start, ahead[-1][0].start - 12), ahead[-1][0].start):
        return None
    return ahead[0][1]


def _pronoun_in(text: str, part: Span, *, before: bool) -> int | None:
    """Where a pronoun or an office with a verb of speech stands in the words beside a quotation."""
    match = _PRONOUN.search(text, part.start, part.end) or (
        None if before else _TURNED.match(text, part.start, part.end)
    )
    return match.start() if match is not None else None


def _continued(text: str, span: Span, previous: Quotation | None, around: _Surroundings) -> Quotation | None:
    """After `“…,” she said.` what is quoted next in the paragraph, and a paragraph that goes on with a new mark."""
    if previous is None or not previous.speaker:
        return None
    between = text[previous.span.end : span.start]
    unclosed = text[previous.span.end - 1] not in '”»"'
    if unclosed and between.strip() == "":
        return Quotation(span, previous.speaker, "continued")
    same = "\n" not in between and len(between) < NEAR
    if same and len(_SENTENCE_END.findall(between)) <= 1 and (_VERB.search(between) or between.strip() in ("", ",")):
        return Quotation(span, previous.speaker, "continued")
    return None


def _by_pronoun(text: str, around: _Surroundings, mentions: Sequence[tuple[Mention, Entity]]) -> Quotation | None:
    """`he said`, where the words before name one person, and the paragraph no other."""
    after, ahead = (_pronoun_in(text, part, before=part is around.lead) for part in (around.tail, around.lead))
    if after is None and ahead is None:
        return None
    high = around.span.start if ahead is None else ahead
    for low in (around.paragraph.start, around.above):
        near = {entity.key for mention, entity in mentions
                if low <= mention.start < high and entity.label == "PERSON"}  # fmt: skip
        if near:
            return Quotation(around.span, near.pop(), "pronoun") if len(near) == 1 else None
    return None
