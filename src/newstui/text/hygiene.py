"""What a text from outside may hold: no escape sequences, no controls, one kind of blank, NFC."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}"  # OSC, DCS, SOS, PM, APC
    r"(?:\x07|\x1b\\|\x9c|(?=\n)|\Z)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x1b[ -/]*[0-~]?"
)
_BREAKS = {0x0B: "\n", 0x85: "\n", 0x2028: "\n", 0x0C: "\n\n", 0x2029: "\n\n"}
_DELETED = (
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
    *range(0xD800, 0xE000),
)  # fmt: skip
_BLANKS = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_DELETED, None),
    **_BREAKS,
    **dict.fromkeys(_BLANKS, " "),
}
# two sets, for one that reaches beyond U+FFFF is searched seventy times more slowly
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u2028-\u202f\u205f\u2060\u2066-\u2069\u3000\ud800-\udfff\ufeff"
    "\ufff9-\ufffb]"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_ASCII_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[ \t]+")


def clean_text(text: str) -> str:
    """A text with line breaks as newlines, without what could act on a terminal, in NFC; twice is as once.

    Words stay as they are. Joiners that Persian and emoji families need (U+200C, U+200D) stay.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text or any(char in text for char in "\x9b\x9d\x90\x98\x9e\x9f"):
        text = _ESCAPES.sub("", text)
    if text.isascii():
        return text.translate(_TABLE) if _ASCII_SUSPECT.search(text) else text
    if _SUSPECT.search(text) or _TAGS.search(text):
        text = text.translate(_TABLE)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """A title, name or tag: cleaned, on one line, single blanks, none outside."""
    line = clean_text(text).replace("\n", " ")
    return (_SPACES.sub(" ", line) if "  " in line or "\t" in line else line).strip()
