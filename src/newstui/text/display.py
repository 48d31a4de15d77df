"""What may reach a terminal: text from outside made visible and harmless, one code point for one."""

import re

_C0 = {code: 0x2400 + code for code in range(0x20)}
_VISIBLE = {
    **_C0,
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], 0x25C7),
    0x2028: 0x21B5,
    0x2029: 0x00B6,
    0xFEFF: 0x25C7,
    **dict.fromkeys([0xFFF9, 0xFFFA, 0xFFFB], 0x25C7),
    **dict.fromkeys(range(0xE0000, 0xE0080), 0x25C7),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def is_harmless(text: str) -> bool:
    """Whether nothing in the text could act on a terminal; a line break could."""
    return _HARMFUL.search(text) is None


def visible(text: str) -> str:
    """The text with every control, bidi override, line separator and lone surrogate replaced by a visible sign.

    The result has the same length in code points, so offsets stay valid: C0 becomes U+2400 and following, DEL `␡`,
    C1 and surrogates `�`, line and paragraph separators `↵` and `¶`, bidi and tag characters `◇`. Line breaks and
    tabs are replaced too: give it one line at a time.
    """
    return text if _HARMFUL.search(text) is None else text.translate(_VISIBLE)


def visible_lines(text: str) -> str:
    """`visible`, but line breaks and tabs stay: for text printed over several lines."""
    if _HARMFUL.search(text) is None:
        return text
    return "\n".join("\t".join(visible(cell) for cell in line.split("\t")) for line in text.split("\n"))
