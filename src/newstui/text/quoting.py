"""A passage as one quotes it in a line."""

OPENING = '“„«‘"'
"""Marks that a quotation begins with."""
CLOSING = '”“»’"'


def quoted(words: str, most: int = 0) -> str:
    """Words on one line, in marks unless they stand in marks already.

    Args:
        words: the passage.
        most: code points that are shown; all of them if it is 0.
    """
    line = " ".join(words.split())
    if most and len(line) > most:
        line = line[:most] + "…"
    return line if len(line) > 1 and line[0] in OPENING and line[-1] in CLOSING else f"“{line}”"
