"""File names that every file system takes, made of text from outside."""

import re
import unicodedata
from collections.abc import Container

MAX_BYTES = 120
_FORBIDDEN = re.compile(r'[*"\\/<>:|?#^\[\]\x00-\x1f\x7f-\x9f]+')
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)


def slugify(text: str) -> str:
    """Words of a title in lower case with hyphens between them; letters of every script stay."""
    folded = unicodedata.normalize("NFC", text).lower()
    return "-".join(re.findall(r"\w+", re.sub(r"(?<=\w)['’](?=\w)", "", folded)))


def safe_name(name: str, suffix: str = ".md", *, fallback: str = "untitled") -> str:
    """A file name with its suffix: NFC, at most 120 bytes of UTF-8, nothing a file system or Obsidian refuses.

    Args:
        name: the wished name without suffix; slashes in it do not make folders.
        suffix: with its dot.
        fallback: what it is called if nothing of the wish can stay.
    """
    text = unicodedata.normalize(
        "NFC", "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in name)
    )
    text = _clip(" ".join(_FORBIDDEN.sub(" ", text).split()), MAX_BYTES - len(suffix.encode()))
    text = text.lstrip(". ").rstrip(". ")
    if text.split(".")[0].strip().casefold() in _DEVICES:
        text = _clip(f"_{text}", MAX_BYTES - len(suffix.encode()))
    return (text or fallback) + suffix


def free_name(name: str, ref: str, taken: Container[str]) -> str:
    """The name itself, or the name with the end of an id where another file has it.

    Args:
        name: a safe name.
        ref: the end of the article's id.
        taken: casefolded names that are in use.
    """
    if name.casefold() not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    number = 0
    while True:
        ending = f" {ref}" if not number else f" {ref} {number}"
        room = MAX_BYTES - len((ending + dot + suffix).encode())
        candidate = _clip(stem, room).rstrip(". ") + ending + dot + suffix
        if candidate.casefold() not in taken:
            return candidate
        number += 1


def _clip(text: str, size: int) -> str:
    """The longest beginning of at most `size` bytes that cuts no character and no combining mark off its letter."""
    if len(text.encode("utf-8", "replace")) <= size:
        return text
    clipped = text.encode("utf-8", "replace")[: size + 1].decode("utf-8", "ignore")
    while clipped and (len(clipped.encode()) > size or unicodedata.combining(text[len(clipped)])):
        clipped = clipped[:-1]
    return clipped.rstrip(" -")
