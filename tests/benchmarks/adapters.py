"""Thin adapters through which scoring tools outside the project call the product's own code."""

from newstui.model import Span


def anchor(
    text: str, exact: str, prefix: str, suffix: str, start: int, end: int, old_text: str | None
) -> tuple[int, int] | None:
    """Where a passage stands in a changed text, None if it is gone."""
    from newstui.text.anchoring import anchor as find

    span: Span | None = find(text, exact, prefix, suffix, start, end, old_text)
    return None if span is None else (span.start, span.end)
