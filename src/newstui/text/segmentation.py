"""Words, sentences, paragraphs and quotations of a text, looked up by offset.

Every lookup reads a bounded stretch round the offset, so it takes the same time in a text of any length. Sentences
follow the habits of the wire: abbreviations and initials end none, a quotation keeps its closing mark, a dateline is
its own unit, and two sentences glued by a lost blank (`Wednesday.Turkish`, `partners.“Turkey`) are two.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from newstui.model import Span

OPENING = "“‘«‹([{「『（《〈【"
"""Signs that belong to what follows."""
CLOSING = "”’»›)]}.,;:!?…%、。，．！？）」』》〉】：；"
"""Signs that belong to what stands before, and begin no row."""

_MARK = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u200c\u200d"
_WORD = re.compile(rf"\w[\w{_MARK}]*(?:[’'\-‐‑·]\w[\w{_MARK}]*)*")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_PIECE = 1 << 16
"""Code points whose words are counted at a time."""
_REACH = 20_000
"""How far, in code points, a paragraph is searched for its sentences on either side of an offset."""

# -- words


def _line(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", max(0, offset - _REACH), offset) + 1 or max(0, offset - _REACH)
    end = text.find("\n", offset, offset + _REACH)
    return start, end if end >= 0 else min(len(text), offset + _REACH)


def word_at(text: str, offset: int) -> Span | None:
    """The word that holds an offset, with inner apostrophes and hyphens, or None between words."""
    start, end = _line(text, offset)
    start = max(start, offset - 256)
    for match in _WORD.finditer(text, start, end):
        if match.start() > offset:
            return None
        if offset < match.end():
            return Span(*match.span())
    return None


def next_word(text: str, offset: int) -> Span | None:
    """The first word that begins behind an offset."""
    here = word_at(text, offset)
    match = _WORD.search(text, here.end if here else offset + 1 if offset < len(text) else offset)
    return Span(*match.span()) if match else None


def previous_word(text: str, offset: int) -> Span | None:
    """The last word that begins before an offset."""
    reach = 256
    while True:
        low = max(0, offset - reach)
        found = None
        for match in _WORD.finditer(text, low, offset):
            if match.start() > low or low == 0:
                found = match
        if found is not None:
            return word_at(text, found.start()) or Span(*found.span())
        if low == 0:
            return None
        reach *= 4


def count_words(text: str) -> int:
    """How many words there are."""
    count = start = 0
    while start < len(text):  # by pieces, for all words of a long text at once would fill the memory
        end = text.find(" ", start + _PIECE)
        end = end if end >= 0 else len(text)
        count += len(_WORD.findall(text, start, end))
        start = end
    return count


# -- paragraphs


def paragraph_at(text: str, offset: int) -> Span:
    """The paragraph that holds an offset; blank lines count to the one before them."""
    at = max(0, min(offset, len(text)))
    while at > 0 and text[at - 1] == "\n" and (at == len(text) or text[at] == "\n"):
        at -= 1
    start = text.rfind("\n\n", 0, at)
    begin = 0 if start < 0 else start + 2
    while begin < len(text) and text[begin] == "\n":
        begin += 1
    return Span(begin, _paragraph_end(text, begin))


def _paragraph_end(text: str, begin: int) -> int:
    end = text.find("\n\n", begin)
    end = len(text) if end < 0 else end
    while end > begin and text[end - 1] == "\n":
        end -= 1
    return end


def next_paragraph(text: str, offset: int) -> int | None:
    """Where the paragraph after the one at an offset begins."""
    match = _BREAK.search(text, paragraph_at(text, offset).end)
    return match.end() if match and match.end() < len(text) else None


def previous_paragraph(text: str, offset: int) -> int | None:
    """Where the paragraph at an offset begins, or if it begins there the one before."""
    here = paragraph_at(text, offset)
    if here.start < offset:
        return here.start
    return paragraph_at(text, here.start - 1).start if here.start > 0 else None


# -- sentences


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ALWAYS = _set("vs cf e.g i.e viz al ca approx ph.d")
"""Abbreviations, also in small letters, that what follows belongs to: they never end a sentence."""
_TITLES = _set(
    "mr mrs ms mx dr prof gen col lt sgt capt cmdr maj adm brig cpl pvt sen rep gov pres hon rev fr sr st mt ft messrs"
    " mme mlle mgr ed eds"
)
"""The same, but only with a capital: `rep.` may end a sentence, `Rep.` does not."""
_NUMBERED = _set("no nos art vol pp p fig sec op ch")
"""Abbreviations only before a number."""
_SHORT = _set(
    "inc ltd co corp bros jr etc jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m"
    " u.s u.k u.n e.u d.c dept est ave blvd rd assn assoc univ ala ariz calif colo conn del fla ga ill ind kan ky la"
    " md mass mich minn miss mo mont neb nev n.h n.j n.m n.y n.c n.d okla ore pa r.i s.c s.d tenn tex va vt wash wis"
    " w.va wyo"
)
"""Abbreviations with a capital or an inner dot that end a sentence only before a word that often begins one."""
_STARTERS = _set(
    "the a an in on at it its he she they we i you but and this that these those there when while if as for after"
    " before since however his her their our my what who why how no yes according also all some many most one two"
)
_SPEECH = re.compile(
    r"(?:(?:the|a|an) )?(?:[\w’'.-]+ ){1,3}"
    r"(?:said|asked|told|added|replied|wrote|shouted|cried|wondered|warned|says|asks)\b"
)
_END = re.compile(
    "(?P<mark>[.!?…]+)(?P<close>[”’»)\\]]*)"
    '(?:(?P<gap>[^\\S\\n]+|\\n(?!\\n)\\s*)(?=(?P<next>[“‘«(\\["\'—–-]*\\w))|(?P<glued>(?=[A-Z“«]))|(?="))'
    "|(?P<cjk>[。！？]+[」』）”’]*)"
)
_DATELINE = re.compile(
    r"(?:By [^—–\n]{2,60} [–—-] )?(?:\d{1,2} \w{3,9} \d{4} [–—-] )?"
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+)*(?:, [^—–\n(]{2,40}?)?(?: \([^)\n]{2,24}\))?"
    r"(?:\s*[—–]\s*|\s+-{1,2}\s+)(?=\S)"
)
_BEFORE = re.compile(r"[\w.’'-]+\Z")
_DOTTED = re.compile(r"(?:\w\.)+\w")


def _ends_sentence(text: str, match: re.Match[str], low: int) -> int | None:
    """Where the sentence ends that a candidate may end, or None when it ends none."""
    if match["cjk"]:
        return match.end("cjk")
    mark, close, start = match["mark"], match["close"], match.start()
    glued = match["gap"] is None
    end = match.end("close")
    if glued:
        return _ends_glued(text, start, end, low)
    after = text[match.end("gap") : match.end("gap") + 60]
    first = after.lstrip("“‘«([\"'—–-")[:1]
    if close and mark[-1] in "!?…" and _SPEECH.match(after):
        return None
    if not (first.isupper() or first.isdigit() or not first.islower()):
        return None
    if mark == "." and not close and _is_abbreviation(text, start, low, after):
        return None
    return end


def _ends_glued(text: str, start: int, end: int, low: int) -> int | None:
    """A sentence end without a blank behind: a word of small letters, and a capitalized one or a quotation after it."""
    before = text[max(low, start - 2) : start]
    if not (before[-1:] in ("”", "’", "»", ")", "]", '"') or (before[-1:].islower() and before[:-1].isalpha())):
        return None
    following = text[end : end + 3]
    if following[:1] != '"':
        follows = following[:1] in ("“", "«") or following[1:2].islower() or following[1:2] in (" ", "’", "'", "")
        return end if follows else None
    if text.count('"', low, end) % 2 == 0:
        return end if following[1:2].isalpha() else None
    after = following[1:].lstrip()  # the mark closes what was opened in this paragraph
    return end + 1 if after[:1].isupper() or not after else None


def _is_abbreviation(text: str, dot: int, low: int, after: str) -> bool:
    found = _BEFORE.search(text, max(low, dot - 24), dot)
    if found is None:
        return False
    written = found.group()
    folded = written.casefold().lstrip("’'-")
    first = _WORD.search(after)
    following = first.group() if first else ""
    shaped = written[0].isupper() or "." in written or folded in ("inc", "ltd", "co", "corp", "etc")
    if folded in _ALWAYS or (shaped and folded in _TITLES):
        return True
    if following[:1].isdigit() and (folded in _NUMBERED or (shaped and folded in _SHORT)):
        return True
    if len(written) == 1 and written.isupper() and written != "I":
        return following.casefold() not in _STARTERS or following == "I"
    if shaped and (folded in _SHORT or _DOTTED.fullmatch(written)):
        return following.casefold() not in _STARTERS and not after.startswith(("“", '"'))
    return written.isdecimal() and (found.start() == low or text[found.start() - 1] == "\n")


def sentence_breaks(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of one paragraph begin.

    Args:
        text: the whole text.
        start: where the paragraph begins.
        end: where it ends, exclusive.

    Returns:
        Ascending offsets; the first is `start`.
    """
    breaks = [start]
    dateline = _DATELINE.match(text, start, end)
    searched = start
    if dateline and not dateline.group().islower() and dateline.end() < end:
        breaks.append(dateline.end())
        searched = dateline.end()
    for match in _END.finditer(text, searched, end):
        stop = _ends_sentence(text, match, start)
        if stop is None or stop >= end:
            continue
        while stop < end and text[stop].isspace():
            stop += 1
        if breaks[-1] < stop < end:
            breaks.append(stop)
    return breaks


def _stretch(text: str, offset: int) -> tuple[int, int]:
    """The paragraph round an offset, or what lies within reach of it when it is very long."""
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    start = text.rfind("\n\n", low, offset + 1)
    end = text.find("\n\n", offset, high)
    if start >= 0 and end >= 0 and start + 2 <= offset:
        return start + 2, end
    paragraph = paragraph_at(text, offset)
    if len(paragraph) <= 2 * _REACH:
        return paragraph.start, paragraph.end
    grid = _REACH // 2  # the same stretch for neighboring offsets, so that motions agree with each other
    low = max(paragraph.start, offset // grid * grid - grid)
    return low, min(paragraph.end, low + 4 * grid)


def sentence_at(text: str, offset: int) -> Span:
    """The sentence that holds an offset, without the blanks round it; blanks count to the sentence before them."""
    start, end = _stretch(text, max(0, min(offset, len(text))))
    breaks = sentence_breaks(text, start, end)
    number = max(0, bisect_right(breaks, offset) - 1)
    begin = breaks[number]
    stop = breaks[number + 1] if number + 1 < len(breaks) else end
    return _trimmed(text, begin, stop)


def _trimmed(text: str, begin: int, stop: int) -> Span:
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    while begin < stop and text[begin].isspace():
        begin += 1
    return Span(begin, stop)


def next_sentence(text: str, offset: int) -> int | None:
    """Where the next sentence begins, in this paragraph or the one after."""
    start, end = _stretch(text, offset)
    breaks = sentence_breaks(text, start, end)
    number = bisect_right(breaks, offset)
    if number < len(breaks):
        return breaks[number]
    return next_paragraph(text, offset)


def previous_sentence(text: str, offset: int) -> int | None:
    """Where the sentence at an offset begins, or if it begins there the one before."""
    here = sentence_at(text, offset)
    if here.start < offset:
        return here.start
    if here.start == 0:
        return None
    before = sentence_at(text, here.start - 1)
    return before.start if before.start < offset else None


# -- quotations

_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』"}


def quotation_at(text: str, offset: int) -> Span | None:
    """The innermost quotation of the paragraph that holds an offset, with its marks.

    A quotation that is not closed ends with the paragraph, as one that goes on in the next paragraph does. Straight
    quotes are paired in turn.
    """
    start, end = _stretch(text, offset)
    open_marks: list[tuple[int, str]] = []
    found: list[Span] = []
    straight = -1
    for at in range(start, end):
        char = text[at]
        if char == '"':
            if straight >= 0:
                found.append(Span(straight, at + 1))
            straight = -1 if straight >= 0 else at
        elif open_marks and char in open_marks[-1][1]:
            found.append(Span(open_marks.pop()[0], at + 1))
        elif char in _PAIRS:
            open_marks.append((at, _PAIRS[char]))
    found += [Span(at, end) for at, _ in open_marks]
    holding = [span for span in found if offset in span]
    return min(holding, key=len, default=None)


def inside_quotation(text: str, span: Span) -> Span:
    """A quotation without its marks; the closing one may be missing."""
    start = span.start + 1
    closing = '"' if text[span.start] == '"' else _PAIRS.get(text[span.start], "")
    end = span.end - 1 if span.end > start and text[span.end - 1] in closing else span.end
    return Span(start, max(start, end))
