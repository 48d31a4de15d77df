"""Plain text that reads back as itself in CommonMark, GFM, Pandoc and Obsidian, with as few backslashes as that takes.

What is escaped depends on the place (see the table in the design of the export): a full set of backslashes is what
readers of Markdown notes complain about, and the usual dozen of characters lets half of all nasty passages break.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache

_ANYWHERE = r"""
    [\\^]                                                       # always
    | (?<![^\W_])_ | _(?![^\W_])                                # but between two letters or digits
    | <(?=[A-Za-z/!?]|[^\s<>]*@)                                # a tag, a comment, an address
    | &(?=\#?\w+;)                                              # a character reference
    | (?<![\w\#&])\#(?=\d*(?:[^\W\d]|[-_/]|[^\x00-\x7f]))       # a tag of Obsidian, which is no number
    | (?<![^\W_])@(?=[\w{*.)]) | @(?=[^\s@]*@)                       # a citation of Pandoc
    | !(?=\[)
    | (?<!\d):(?=[\w+-]+:) | :(?=[\w+-]*[^\W\d][\w+-]*:) | :(?=(?:100|1234):)   # an emoji's name
    | :(?=:)                                                    # a division, an inline field
    | (?<=\])\{ | \{(?=\s*[\#.=%{])                             # attributes, templates
    | %(?=%) | (?<=%)% | \$(?=\$) | (?<=\$)\$
"""
_SOMETIMES = {
    "brackets": r"[\[\]]",
    "dollars": r"\$",
    "stars": r"\*",
    "tildes": "~",
    "ticks": "`",
    "marks": "=(?==) | (?<==)=",
    "heading": r"\{ | \#(?=\#*$)",
}
"""What is escaped where it could mean something, by what `_dangers` calls it."""
_IN_PAIRS = {
    "stars": re.compile(r"\*.*\*", re.DOTALL),
    "tildes": re.compile("~.*~", re.DOTALL),
    "ticks": re.compile("`.*`", re.DOTALL),
    "marks": re.compile("==.*==", re.DOTALL),
    "dollars": re.compile(r"\$(?=\S)[^$]*(?<=\S)\$", re.DOTALL),
}
"""What means nothing alone in a paragraph."""
_ROMAN = r"(?=[ivxlcdm])m*(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"
_LIST_MARK = re.compile(rf"(\d+|[A-Za-z]|{_ROMAN}|\#)([.)])(?=\s|$)", re.IGNORECASE)
_ENCLOSED_MARK = re.compile(rf"\((?:\d+|[A-Za-z]|{_ROMAN}|\#|@[\w-]*)\)(?=\s|$)", re.IGNORECASE)
_INITIAL = re.compile(r"[A-Z]\. ?(?=\S)")
_RULE = re.compile(r"[-=_*:|+ \t]+$")
_LINE_START = re.compile(r"[>%|]|#+(?=\s|$)|[-+*:~](?=\s|$)")
_PAIR = re.compile(r"\[([^\[\]]*)\](?![(\[{])")
_DEFINITION = re.compile(r"^\[[^\[\]]*\]:", re.MULTILINE)
_HARMLESS = r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\\^*~`|_<&#@!:{}%$=\[\]]"
_QUIET = re.compile(rf"(?!(?:{_ROMAN})[.)])[^\W\d_]{{2}}(?:{_HARMLESS}*(?!\s){_HARMLESS})?", re.IGNORECASE)
"""One line in which nothing can mean anything, as most sentences are."""
_TASK = re.compile(r"[ xX]?")
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|xmpp)(?=:\S)|www(?=\.\S)", re.IGNORECASE)
_LAST_WORD = re.compile(r"\S+$")
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


def escape(text: str, *, headings: Collection[str] = (), alone: bool = True) -> str:
    """Escape a passage of one or more paragraphs; each line of the result may stand at the start of a line.

    Runs of blank lines become one, and blanks at the ends of lines go; all else reads back unchanged.

    Args:
        text: the passage; lines end at LF, CR and CRLF only.
        headings: headings of the same file. Pandoc takes `[Heading]` for a link to it.
        alone: nothing else will stand in its paragraphs, so that half of a pair means nothing.
    """
    if _QUIET.fullmatch(text):
        return text
    lines = [line.strip(" \t") for line in clean(text).split("\n")]
    escaped = []
    for paragraph in _paragraphs(lines):
        words = "\n".join(paragraph)
        dangers = _dangers(words, brackets=not _brackets_may_stay(words, headings), alone=alone)
        escaped.append("\n".join(_escape_line(line, dangers, first=not at) for at, line in enumerate(paragraph)))
    return "\n\n".join(escaped)


def escape_inline(text: str, *, headings: Collection[str] = ()) -> str:
    """Escape a text as a part of one line, but not of its start: within a sentence, whatever else stands in it."""
    line = " ".join(clean(text).split())
    if _QUIET.fullmatch(line):
        return line
    return _escape_within(line, _dangers(line, brackets=not _brackets_may_stay(line, headings), alone=False))


def escape_heading(text: str) -> str:
    """Escape a text as the content of an ATX heading, where `{...}` and closing number signs mean something."""
    line = " ".join(clean(text).split())
    dangers = _dangers(line, brackets=not _brackets_may_stay(line, ()), alone=True)
    return _escape_within(line, dangers | {"heading"})


def escape_cell(text: str) -> str:
    """Escape a text as a cell of a table."""
    return escape_inline(text).replace("|", "\\|")


def block_quote(text: str, *, headings: Collection[str] = ()) -> str:
    """A passage as a block quote, every line marked, so that no paragraph of it can fall out."""
    return prefix_lines(escape(text, headings=headings), "> ")


def prefix_lines(text: str, prefix: str) -> str:
    """Put a prefix before each line (without its trailing blanks before an empty line)."""
    return "\n".join(prefix + line if line else prefix.rstrip() for line in text.split("\n"))


@lru_cache(1024)
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


def _brackets_may_stay(paragraph: str, headings: Collection[str]) -> bool:
    """Whether every bracket of a paragraph is one of a harmless pair."""
    if "[" not in paragraph and "]" not in paragraph:
        return True
    rest = _PAIR.sub("", paragraph)
    if "[" in rest or "]" in rest or _DEFINITION.search(paragraph):
        return False
    named = {_reference_key(heading) for heading in headings}
    inside = (pair[1] for pair in _PAIR.finditer(paragraph))
    return not any(
        each.startswith(("^", "@", "!", "-@", "\n"))
        or each.endswith("\n")
        or _TASK.fullmatch(each)
        or _reference_key(each) in named
        for each in inside
    )


def _dangers(paragraph: str, *, brackets: bool, alone: bool) -> frozenset[str]:
    """What could mean something in a paragraph, by the keys of `_SOMETIMES`."""
    if alone:
        found = {name for name, pair in _IN_PAIRS.items() if pair.search(paragraph)}
    else:
        found = set(_IN_PAIRS) - {"dollars"} | ({"dollars"} if "$" in paragraph else set())
    return frozenset(found | {"brackets"} if brackets else found)


def _escape_line(line: str, dangers: frozenset[str], *, first: bool) -> str:
    """Escape one line without blanks at its ends, for the start of a line."""
    escaped = _escape_within(line, dangers)
    if escaped.startswith(("\\", "&#x")) and not line.startswith("\\"):
        return escaped
    if _RULE.match(line) or _LINE_START.match(line) or (first and _ENCLOSED_MARK.match(line)):
        return "\\" + escaped
    mark = _LIST_MARK.match(line)
    if mark and not _INITIAL.match(line) and (first or (mark[1].isdecimal() and int(mark[1]) == 1)):
        return f"{mark[1]}\\{escaped[len(mark[1]) :]}"
    return escaped


def _escape_within(line: str, dangers: frozenset[str]) -> str:
    return _encode_edges(_special(dangers).sub(r"\\\g<0>", line))


@cache
def _special(dangers: frozenset[str]) -> re.Pattern[str]:
    return re.compile(" | ".join([_ANYWHERE, *(_SOMETIMES[name] for name in sorted(dangers))]), re.VERBOSE)


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
