"""The head and the tail of a wire story: headline, byline, date, place, and where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newstui.text.dates import parse_published

MAX_TITLE = 200
_DASH = r"[–—―|]|--?"
_PART = re.compile(rf"\s+(?:{_DASH})\s+|(?<=\w)[—―](?=\w)|\s*—\s*")
_BY = re.compile(r"(?:By|BY|by)\s+(?=\S)")
_END = re.compile(r"[.!?…][\"”’')\]]*\Z")
_SMALL = frozenset(
    ["of", "the", "and", "de", "da", "do", "del", "di", "el", "la", "al", "an", "am", "der", "den", "upon", "sur"]
)
_URL = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:/\S*)?\Z", re.IGNORECASE)
_PLACE = r"[^\W\d_][^–—|:()\n]{0,70}?"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .’'-]+"
_DATED = r"(?:,\s+([^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[^\W\d_]{3,12}\.?,?\s+\d{4}))?"
_AGENCY = re.compile(rf"({_PLACE}){_DATED}\s*\(([^()\d]{{2,40}})\)\s*(?:[–—―_]|--?)\s*(?=\S)")
_BARE_PLACE = re.compile(rf"({_CAPITALS}(?:,\s+[^–—|:()\n.]{{2,40}})?)\s*(?:[–—―]|--)\s*(?=\S)")
_BYLINE_PLACE = re.compile(rf"({_PLACE})\s*(?:[–—―|]|--|:\s)\s*(?=\S)|({_PLACE})\s+-\s+(?=\S)")
_OUTLET = re.compile(
    r"\b(?:news|agency|agence|press|presse|times|post|reuters|tass|radio|tv|journal|herald|tribune|guardian|monitor|"
    r"gazette|daily|wire|wikinews|media|broadcasting|correspondent|staff)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What was read from the head and the tail of a story, and the paragraphs that are left."""

    paragraphs: tuple[str, ...]
    title: str = ""
    subtitle: str = ""
    author: str = ""
    source: str = ""
    site: str = ""
    url: str = ""
    place: str = ""
    published: str = ""


def read_wire(paragraphs: list[str], *, titled: bool = False) -> Head:
    """Take head and tail off a story; what is not there stays empty.

    Args:
        paragraphs: of the whole text.
        titled: the title is known, so the first paragraph is none.
    """
    head = _take_tail(Head(tuple(paragraphs)))
    if not titled and head.paragraphs and _is_title(head.paragraphs[0]) and len(head.paragraphs) > 1:
        head = replace(head, title=head.paragraphs[0], paragraphs=head.paragraphs[1:])
    return _take_dateline(head)


def _is_title(line: str) -> bool:
    if len(line) > MAX_TITLE or _URL.match(line):
        return False
    return (
        not _END.search(line) or line.endswith(("?", "!")) or line.isupper() or bool(re.search(r"\b\w\.\w?\.?\Z", line))
    )


def _take_tail(head: Head) -> Head:
    """A bare address at the very end says where the story is from."""
    if not head.paragraphs:
        return head
    *before, last = head.paragraphs
    rest, _, address = last.rpartition(" ")
    if not (_URL.match(address) or (_HOST.match(address) and address.count(".") >= 1)):
        return head
    if not before and not rest.strip():
        return head  # an address alone is the text
    if rest and not re.search(r"[.!?…:\"”’')\]]\Z", rest.rstrip()):
        return head
    found = address.rstrip(".,;)")
    kept = (*before, rest.rstrip()) if rest.strip() else tuple(before)
    if _URL.match(found):
        return replace(head, url=found, paragraphs=kept)
    if "@" in found or (rest and found.count(".") < 2):
        return head
    return replace(head, site=found, paragraphs=kept)


def _take_dateline(head: Head) -> Head:
    """Find the dateline in one of the first three paragraphs; what stands before it is subtitle, date or byline."""
    for depth in range(min(3, len(head.paragraphs))):
        paragraph = head.paragraphs[depth]
        found = _byline(head, paragraph) or _placed(head, paragraph)
        if found is not None:
            before = [line for line in head.paragraphs[:depth] if not parse_published(line)]
            if len(before) > 1 or any(len(line) > 300 for line in before):
                break
            dates = [parse_published(line) for line in head.paragraphs[:depth] if parse_published(line)]
            text = found.paragraphs[0]
            if before and not found.author and _is_byline(before[0]):
                found = replace(found, author=_BY.sub("", before.pop(), count=1))
            return replace(
                found,
                subtitle=before[0] if before else "",
                published=found.published or (dates[0] if dates else ""),
                paragraphs=tuple(part for part in (text, *head.paragraphs[depth + 1 :]) if part),
            )
    return _take_lone_lines(head)


def _take_lone_lines(head: Head) -> Head:
    """A date or a byline on a line of its own, right below the title."""
    for _ in range(2):
        if len(head.paragraphs) < 2:
            break
        line = head.paragraphs[0]
        published = parse_published(line)
        if published and not head.published:
            head = replace(head, published=published, paragraphs=head.paragraphs[1:])
        elif _is_byline(line) and not head.author:
            author = _BY.sub("", line, count=1)
            source = author if is_outlet(author) else ""
            head = replace(head, author=author, source=source, paragraphs=head.paragraphs[1:])
        else:
            break
    return head


def _is_byline(line: str) -> bool:
    return bool(_BY.match(line)) and len(line) <= 80 and not _END.search(line)


def _byline(head: Head, paragraph: str) -> Head | None:
    """`By Rudaw – 10 August 2016 – ERBIL, Kurdistan Region—Turkey and ...`."""
    by = _BY.match(paragraph)
    if not by:
        return None
    parts = list(_PART.finditer(paragraph, by.end(), 400))
    if len(parts) < 2:
        return None
    who = paragraph[by.end() : parts[0].start()].strip()
    published = parse_published(paragraph[parts[0].end() : parts[1].start()])
    if not published or len(who) > 80:
        return None
    rest = paragraph[parts[1].end() :]
    place = _BYLINE_PLACE.match(rest)
    where = ""
    if place and _is_place(place.group(1) or place.group(2)):
        where, rest = (place.group(1) or place.group(2)).strip(), rest[place.end() :]
    source = who if is_outlet(who) else ""
    return replace(head, author=who, source=source, published=published, place=where, paragraphs=(rest.strip(),))


def _placed(head: Head, paragraph: str) -> Head | None:
    """`GENEVA, Switzerland (AFP) — The talks ...`, also `GENEVA, Oct. 3, 2026 (AFP) — ...`."""
    match = _AGENCY.match(paragraph)
    published = parse_published(match.group(2) or "") if match else ""
    if match and _is_place(match.group(1)) and (published or not match.group(2)):
        return replace(
            head,
            place=match.group(1),
            published=published or head.published,
            source=match.group(3).strip(),
            paragraphs=(paragraph[match.end() :],),
        )
    match = _BARE_PLACE.match(paragraph)
    if match and match.group(1).split(",")[0].isupper():
        return replace(head, place=match.group(1).strip(), paragraphs=(paragraph[match.end() :],))
    return None


def _is_place(text: str) -> bool:
    """Whether words can be a place: few of them, each with a capital, but for small ones."""
    words = text.replace(",", " ").split()
    return 0 < len(words) <= 7 and all(word[0].isupper() or word.lower() in _SMALL for word in words)


def is_outlet(name: str) -> bool:
    """Whether a byline names an agency or a paper rather than a person."""
    words = name.split()
    return len(words) == 1 or name.isupper() or bool(_OUTLET.search(name))
