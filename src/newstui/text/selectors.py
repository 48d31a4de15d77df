"""What is kept of a passage to find it again: its words, and what stands beside them."""

from newstui.model import Span, TextQuoteSelector

CONTEXT = 64
"""How many code points are kept on either side of a quote; measured, more gives nothing."""


def capture(text: str, span: Span) -> TextQuoteSelector:
    """The selector of a range: its words as they are, and up to 64 code points on either side.

    Raises:
        ValueError: the range is empty or not within the text.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"{span.start} to {span.end} is no passage of a text of {len(text)} characters")
    before = text[max(0, span.start - CONTEXT) : span.start]
    return TextQuoteSelector(span.slice(text), before, text[span.end : span.end + CONTEXT])
