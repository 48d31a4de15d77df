"""One article with its highlights as a page of HTML: self-contained, everything escaped, no script."""

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from newstui.export.escaping import clean
from newstui.export.sheet import Sheet, block_refs, is_orphan
from newstui.model import Annotation

_STYLE = """\
:root { color-scheme: light dark; --ink: #222; --paper: #fdfcf9; --muted: #6b6b66; --rule: #d9d6cc; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e2dc; --paper: #1b1b1a; --muted: #9a988f; --rule: #3a3936; } }
body { background: var(--paper); color: var(--ink); font: 1.05rem/1.6 Georgia, serif; max-width: 42rem;
  margin: 3rem auto; padding: 0 1rem; }
.about, footer { color: var(--muted); font-size: .9rem; }
mark { color: inherit; padding: 0 .05em; border-bottom: 2px solid; }
.c1 { background: #f7e7a6; } .c2 { background: #cfe3f7; } .c3 { background: #d3ecc9; }
.c4 { background: #f7d3d8; } .c5 { background: #e3d6f5; } .c6 { background: #dededa; }
@media (prefers-color-scheme: dark) {
  .c1 { background: #5a4a12; } .c2 { background: #1f3f5e; } .c3 { background: #27482a; }
  .c4 { background: #5e2a33; } .c5 { background: #43305e; } .c6 { background: #444440; } }
section { border-top: 1px solid var(--rule); margin-top: 2rem; } blockquote { margin: 0 0 .3rem; }
.note { white-space: pre-wrap; } p { white-space: pre-line; }
"""


def build_page(sheet: Sheet) -> str:
    """The page: head, text with marks, and the list of highlights with tags and notes."""
    article = sheet.article
    refs = block_refs(sheet.annotations)
    known = (", ".join(article.author), article.source, article.published, article.url)
    about = _escape(" · ".join(part for part in known if part))
    language = f' lang="{_escape(article.language)}"' if article.language else ""
    body = "\n".join(_paragraphs(sheet, refs))
    notes = "\n".join(_entry(sheet, each, refs[each.id]) for each in sheet.annotations)
    section = f"<section>\n<h2>Highlights</h2>\n{notes}\n</section>\n" if notes else ""
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<meta name="generator" content="newstui">\n'
        f"<title>{_escape(article.title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{_escape(article.title)}</h1>\n<p class="about">{about}</p>\n'
        f"<article>\n{body}\n</article>\n{section}</body>\n</html>\n"
    )


def _escape(text: str) -> str:
    return html.escape(clean(text))


def _paragraphs(sheet: Sheet, refs: dict[str, str]) -> list[str]:
    placed = [each for each in sheet.annotations if not is_orphan(each)]
    found = []
    for match in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", sheet.body):
        inside = [each for each in placed if each.span.start < match.end() and each.span.end > match.start()]
        found.append(f"<p>{_marked(sheet.body, match.start(), match.end(), inside, refs)}</p>")
    return found


def _marked(body: str, start: int, end: int, inside: Sequence[Annotation], refs: dict[str, str]) -> str:
    """A paragraph cut at every edge of a highlight; each piece is marked as the innermost one over it."""
    opening: dict[int, list[Annotation]] = defaultdict(list)
    closing: dict[int, list[Annotation]] = defaultdict(list)
    for each in inside:
        opening[max(start, each.span.start)].append(each)
        closing[min(end, each.span.end)].append(each)
    over: dict[str, Annotation] = {}
    out = []
    for first, last in pairwise(sorted({start, end, *opening, *closing})):
        for each in closing[first]:
            over.pop(each.id, None)
        for each in opening[first]:
            over[each.id] = each
        words = _escape(body[first:last])
        if over:
            innermost = min(over.values(), key=lambda each: (len(each.span), each.id))
            named = f' id="at-{refs[innermost.id]}"' if first == innermost.span.start else ""
            words = f'<mark{named} class="c{innermost.color or 1}">{words}</mark>'
        out.append(words)
    return "".join(out)


def _entry(sheet: Sheet, annotation: Annotation, ref: str) -> str:
    lost = is_orphan(annotation)
    where = "no longer in the text" if lost else f"¶{sheet.paragraph_at(annotation.span.start)}"
    place = _escape(where) if lost else f'<a href="#at-{ref}">{_escape(where)}</a>'
    about = " · ".join([place, *(_escape("#" + tag) for tag in annotation.tags)])
    note = f'<div class="note">{_escape(annotation.note)}</div>\n' if annotation.note else ""
    return (
        f'<div id="nt-{ref}">\n<blockquote class="c{annotation.color or 1}">{_escape(annotation.quote)}</blockquote>\n'
        f'<p class="about">{about}</p>\n{note}</div>'
    )
