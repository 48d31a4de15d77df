"""From bytes to text: what the file says about itself, then what it can be."""

from __future__ import annotations

import codecs
import re

from newstui.ingest.article import ImportFailedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = [
    "cp1252", "cp1254", "cp1256", "cp1251", "cp1253", "cp1255", "cp1250", "cp932", "euc_jp", "gb18030", "big5",
    "euc_kr", "latin2",
]  # fmt: skip
_SAMPLE = 100_000
_BINARY = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF-", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"RIFF", b"OggS",
    b"ID3", b"\x00\x00\x01\x00", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"SQLite format 3",
    b"\xca\xfe\xba\xbe",
)  # fmt: skip
_WESTERN = frozenset([*map(chr, range(128)), *"“”‘’–—…•€£°«»éèêëàâäáãçñöôóòõüûúùíîïßÉÀÇÖÜÄÑ"])
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
LITTLE = 16
"""Below this many letters beyond ASCII a guess by frequency is worth little."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_binary(data: bytes, name: str) -> None:
    """Raise `ImportFailedError` for what is no text: pictures, archives, programs."""
    head = data[:4096]
    if data.startswith(_BINARY) or (len(_CONTROLS.findall(head)) > len(head) * 0.1 and not _utf16(data)):
        raise ImportFailedError(f"{name}: this is no text, so it was left out.")


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """The text in some bytes, and sentences about what was doubtful.

    The order: byte order mark, the declared charset if it decodes strictly, UTF-8, UTF-16 by its zeros, UTF-8 with few
    errors, then the likeliest of the charsets that news were kept in.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text, problems = _lenient(data, name)
            return text.removeprefix("\ufeff"), problems
    for name in (declared, "utf-8"):
        strict = _strict(data, name)
        if strict is not None and (name != "utf-8" or "\x00" not in strict):
            return strict, []
    wide_name = _utf16(data)
    if wide_name:
        return _lenient(data, wide_name)
    broken = data.decode("utf-8", "replace")
    wrong, wide = broken.count("\ufffd"), sum(char > "\x7f" for char in broken)
    if wrong <= max(2, wide // 20) and wide > 2 * wrong:
        return broken, [f"{wrong} characters could not be read and are shown as �."]
    western = _strict(data, "cp1252")
    if western is not None and len(_NOT_ASCII.findall(data)) < LITTLE and set(western) <= _WESTERN:
        return western, []
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    return _lenient(data, best.encoding if best else "cp1252")


def _strict(data: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _lenient(data: bytes, name: str) -> tuple[str, list[str]]:
    text = data.decode(name, "replace")
    wrong = text.count("\ufffd")
    return text, [f"{wrong} characters could not be read and are shown as �."] if wrong else []


def _utf16(data: bytes) -> str:
    sample = data[:2000]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""
