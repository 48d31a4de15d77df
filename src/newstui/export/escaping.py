"""Plain text that reads back as itself in CommonMark, GFM, Pandoc and Obsidian, with as few backslashes as that takes.

What is escaped depends on the place (see the table in the design of the export): a full set of backslashes is what
readers of Markdown notes complain about, and the usual dozen of characters lets half of all nasty passages break.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import cache

_ANYWHERE = r"""
    [\\*`~^|]                                                   # always
    | (?<![^\W_])_ | _(?![^\W_])                                # but between two letters or digits
    | <(?=[A-Za-z/!?]|[^\s<>]*@)                                # a tag, a comment, an address
    | &(?=\#?\w+;)                                              # a character reference
    | (?<![\w\#&])\#(?=\S)                                      # a tag of Obsidian
    | (?<![^\W_])@(?=[\w{*.)]) | @(?=[^\s@]*@)                       # a citation of Pandoc
    | !(?=\[)
    | (?<!\d):(?=[\w+-]+:) | :(?=[\w+-]*[^\W\d][\w+-]*:) | :(?=(?:100|1234):)   # an emoji's name
    | :(?=:)                                                    # a division, an inline field
    | (?<=\])\{ | \{(?=\s*[\#.=%{])                             # attributes, templates
    | =(?==) | (?<==)= | %(?=%) | (?<=%)% | \$(?=\$) | (?<=\$)\$
"""
_BRACKETS = r"| [\[\]]"
_DOLLARS = r"| \$"
_HEADING = r"| \{ | \#(?=\#*$)"
_ROMAN = r"(?=[ivxlcdm])m*(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"
_LIST_MARK = re.compile(rf"(\d+|[A-Za-z]|{_ROMAN}|\#)([.)])(?=\s|$)", re.IGNORECASE)
_ENCLOSED_MARK = re.compile(rf"\((?:\d+|[A-Za-z]|{_ROMAN}|\#|@[\w-]*)\)(?=\s|$)", re.IGNORECASE)
_INITIAL = re.compile(r"[A-Z]\. ?(?=\S)")
_RULE = re.compile(r"[-=_*:|+ \t]+$")
_LINE_START = re.compile(r"[>%]|#+(?=\s|$)|[-+](?=\s|$)|:(?=\s|$)")
_PAIR = re.compile(r"\[([^\[\]]*)\](?![(\[:{])")
_TASK = re.compile(r"[ xX]?")
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|xmpp)(?=:\S)|www(?=\.\S)", re.IGNORECASE)
_LAST_WORD = re.compile(r"\S+$")
_MATH = re.compile(r"\$(?=\S)[^$]*(?<=\S)\$", re.DOTALL)
_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """The text with LF at the ends of its lines and without other controls (a tab stays)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(
        "�" if "\ud800" <= char <= "\udfff" else char
        for char in text
        if char in _KEPT_CONTROLS or unicodedata.category(char) != "Cc"
    )


def escape(text: str, *, headings: Collection[str] = ()) -> str:
    """Escape a passage of one or more paragraphs; each line of the result may stand at the start of a line.

    Runs of blank lines become one, and blanks at the ends of lines go; all else reads back unchanged.

    Args:
        text: the passage; lines end at LF, CR and CRLF only.
        headings: headings of the same file. Pandoc takes `[Heading]` for a link to it.
    """
    lines = [line.strip(" \t") for line in clean(text).split("\n")]
    brackets = not _brackets_may_stay(lines, {_reference_key(heading) for heading in headings})
    paragraphs = []
    for paragraph in _paragraphs(lines):
        dollars = _MATH.search("\n".join(paragraph)) is not None
        paragraphs.append("\n".join(_escape_line(line, brackets, dollars) for line in paragraph))
    return "\n\n".join(paragraphs)


def escape_inline(text: str, *, headings: Collection[str] = ()) -> str:
    """Escape a text as one line that does not stand at the start of a line: of a heading, or within a sentence."""
    line = " ".join(clean(text).split())
    brackets = not _brackets_may_stay([line], {_reference_key(heading) for heading in headings})
    return _escape_within(line, brackets, _MATH.search(line) is not None)


def escape_heading(text: str) -> str:
    """Escape a text as the content of an ATX heading, where `{...}` and closing number signs mean something."""
    line = " ".join(clean(text).split())
    return _escape_within(line, not _brackets_may_stay([line], set()), _MATH.search(line) is not None, heading=True)


def block_quote(text: str, *, headings: Collection[str] = ()) -> str:
    """A passage as a block quote, every line marked, so that no paragraph of it can fall out."""
    return prefix_lines(escape(text, headings=headings), "> ")


def prefix_lines(text: str, prefix: str) -> str:
    """Put a prefix before each line (without its trailing blanks before an empty line)."""
    return "\n".join(prefix + line if line else prefix.rstrip() for line in text.split("\n"))


def obsidian_tag(name: str) -> str:
    """A tag as Obsidian takes it: letters, digits, `_ - /`, blanks as `-`, and never digits alone."""
    slug = re.sub(r"[^\w/\-]+", "-", name.strip()).strip("-")
    return slug if re.search(r"[^\d/\-_]", slug) else "n" + slug


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _reference_key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _brackets_may_stay(lines: list[str], headings: set[str]) -> bool:
    """Whether every bracket of the passage is one of a harmless pair within its line."""
    for line in lines:
        if "[" not in line and "]" not in line:
            continue
        rest = _PAIR.sub("", line)
        if "[" in rest or "]" in rest:
            return False
        for pair in _PAIR.finditer(line):
            inner = pair[1]
            if inner.startswith(("^", "@", "!", "-@")) or _TASK.fullmatch(inner) or _reference_key(inner) in headings:
                return False
    return True


def _escape_line(line: str, brackets: bool, dollars: bool) -> str:
    """Escape one line without blanks at its ends, for the start of a line."""
    escaped = _escape_within(line, brackets, dollars)
    if escaped.startswith(("\\", "&#x")) and not line.startswith("\\"):
        start = ""
    elif _RULE.match(line) or _LINE_START.match(line) or _ENCLOSED_MARK.match(line):
        start = "\\"
    else:
        mark = _LIST_MARK.match(line)
        if mark and not _INITIAL.match(line):
            return f"{mark[1]}\\{escaped[len(mark[1]) :]}"
        start = ""
    return start + escaped


def _escape_within(line: str, brackets: bool, dollars: bool, *, heading: bool = False) -> str:
    return _encode_edges(_special(brackets, dollars, heading).sub(r"\\\g<0>", line))


@cache
def _special(brackets: bool, dollars: bool, heading: bool) -> re.Pattern[str]:
    optional = (_BRACKETS, brackets), (_DOLLARS, dollars), (_HEADING, heading)
    return re.compile(_ANYWHERE + "".join(part for part, wanted in optional if wanted), re.VERBOSE)


def _encode_edges(line: str) -> str:
    """Blanks beyond ASCII at either end as character references: some readers trim them."""
    body = line.strip()
    if body == line:
        return line
    start = line.index(body) if body else len(line)
    tail = line[start + len(body) :]
    if not tail.startswith((" ", "\t")):  # a bare address would swallow the reference
        body = _LAST_WORD.sub(lambda word: _ADDRESS.sub(r"\g<0>\\", word[0]), body)
    return _encode(line[:start]) + body + _encode(tail)


def _encode(blanks: str) -> str:
    return "".join(char if char in " \t" else f"&#x{ord(char):X};" for char in blanks)
