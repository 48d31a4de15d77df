"""The whole article with its highlights marked in the text, and a footnote for each."""

import re
from collections.abc import Sequence
from itertools import pairwise

from newstui.export.documents import Block, Document
from newstui.export.escaping import clean, escape, escape_heading
from newstui.export.markdown import (
    MarkdownOptions,
    about_line,
    front_matter,
    front_tags,
    headings_of,
    link_lines,
    note_text,
)
from newstui.export.sheet import Sheet, block_refs, is_orphan
from newstui.model import Annotation, Span

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_NOTE_OPEN, _NOTE_CLOSE = "\ufdd2", "\ufdd3"
_SIGNS = re.compile("[\ufdd0-\ufdd3]")


def build_full(sheet: Sheet, options: MarkdownOptions) -> Document:
    """One block with the body, `==` round what is marked, and footnotes with tags and notes.

    Where highlights overlap the marks are closed and opened again at their edges.
    """
    refs = block_refs(sheet.annotations)
    placed = [each for each in sheet.annotations if not is_orphan(each)]
    gone = [each for each in sheet.annotations if is_orphan(each)]
    parts = [*_paragraphs(sheet, placed, refs), *(_footnote(sheet, each, refs[each.id], options) for each in placed)]
    blocks = [Block("text", "\n\n".join(part for part in parts if part))]
    for each in gone:
        quote = escape(each.quote, headings=headings_of(sheet))
        lines = [f"> {line}".rstrip() for line in quote.split("\n")]
        note = note_text(sheet, each, options)
        about = [about_line(sheet, each, refs[each.id]), *link_lines(sheet, each)]
        text = "\n\n".join(part for part in ("\n".join(lines), *about, note) if part)
        blocks.append(Block(refs[each.id], text, orphan=True))
    title = escape_heading(sheet.article.title) or "Untitled"
    return Document(sheet.article.id, f"# {title}\n", tuple(blocks), front_matter(sheet), front_tags(sheet))


def _paragraphs(sheet: Sheet, placed: Sequence[Annotation], refs: dict[str, str]) -> list[str]:
    signs = _signs(sheet.body, placed, refs)
    headings = {block.start: block.level for block in sheet.article.blocks if block.kind == "heading"}
    paragraphs = []
    for match in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", sheet.body):
        inside = [(at, sign) for at, sign in signs if match.start() <= at <= match.end()]
        paragraph = _with_signs(sheet.body, match.start(), match.end(), inside)
        level = headings.get(match.start())
        if level is None:
            text = escape(paragraph, headings=headings_of(sheet), alone=not inside)
        else:
            text = "#" * min(6, max(1, level) + 1) + " " + escape_heading(paragraph)
        paragraphs.append(_unsign(text))
    return paragraphs


def _signs(body: str, placed: Sequence[Annotation], refs: dict[str, str]) -> list[tuple[int, str]]:
    """Where marks open and close and footnotes stand, in text order; marks never begin or end with a blank."""
    signs: list[tuple[int, str]] = []
    for start, end in _marked_runs(body, placed):
        signs += [(start, _OPEN), (end, _CLOSE)]
    for each in placed:
        signs.append((_last_word(body, each.span), f"{_NOTE_OPEN}{refs[each.id]}{_NOTE_CLOSE}"))
    order = {_CLOSE: 0, _NOTE_OPEN: 1, _OPEN: 2}
    return sorted(signs, key=lambda sign: (sign[0], order[sign[1][0]]))


def _marked_runs(body: str, placed: Sequence[Annotation]) -> list[tuple[int, int]]:
    """The highlighted ranges, cut at paragraphs, at the ends of highlights, and at beginnings after a blank."""
    cuts = {match.start() for match in re.finditer(r"\n\s*\n", body)}
    cuts |= {_last_word(body, each.span) for each in placed}
    cuts |= {each.span.start for each in placed if body[each.span.start - 1 : each.span.start].isspace()}
    runs = []
    for start, end in _union(placed):
        edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for first, last in pairwise(edges):
            words = body[first:last]
            if words.strip():
                kept = len(words) - len(words.lstrip())
                runs.append((first + kept, first + kept + len(words.strip())))
    return runs


def _union(placed: Sequence[Annotation]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for span in sorted(each.span for each in placed):
        if runs and span.start < runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], span.end)
        else:
            runs.append((span.start, span.end))
    return runs


def _last_word(body: str, span: Span) -> int:
    words = body[span.start : span.end]
    return span.start + len(words.rstrip()) if words.strip() else span.end


def _with_signs(body: str, start: int, end: int, signs: Sequence[tuple[int, str]]) -> str:
    out, last = [], start
    for at, sign in signs:
        out += [_SIGNS.sub("", clean(body[last:at])), sign]
        last = at
    return "".join([*out, _SIGNS.sub("", clean(body[last:end]))])


def _unsign(text: str) -> str:
    text = re.sub(f"{_NOTE_OPEN}([^{_NOTE_CLOSE}]*){_NOTE_CLOSE}", r"[^nt-\1]", text)
    return text.replace(_OPEN, "==").replace(_CLOSE, "==")


def _footnote(sheet: Sheet, annotation: Annotation, ref: str, options: MarkdownOptions) -> str:
    note = note_text(sheet, annotation, options)
    parts = [part.split("\n") for part in (*link_lines(sheet, annotation), note) if part]
    lines = [about_line(sheet, annotation, ref), *(line for part in parts for line in ("", *part))]
    return f"[^nt-{ref}]: " + "\n".join([lines[0], *(f"    {line}".rstrip() for line in lines[1:])])
