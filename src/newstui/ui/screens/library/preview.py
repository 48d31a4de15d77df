"""The pane below the list: how an article begins, and its tags."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from newstui.services.catalog import Row
from newstui.text.display import visible
from newstui.ui.screens.library.rows import preview_facts
from newstui.ui.widgets.virtual_list import fit

ROWS = 5
"""Rows of text and tags; one more is the rule above."""
BEGINNING = 1200
"""Code points of an article that a preview can show."""


class Preview(Widget):
    """The beginning of an article. `row` and `beginning` are set by the screen; `beginning` may come later."""

    DEFAULT_CSS = "Preview { height: 6; background: $background; color: $text-muted; }"

    row: reactive[Row | None] = reactive(None, layout=False)
    beginning: reactive[str] = reactive("", layout=False)

    def render(self) -> Content:
        """Rule with facts, three rows of text, tags."""
        width = self.size.width
        row = self.row
        if row is None:
            return Content.styled("─" * width, "$rule")
        head = f" Preview · {preview_facts(row)} "
        rows = [Content.assemble(("─", "$rule"), head, ("─" * max(0, width - len(head) - 1), "$rule"))]
        tags = " ".join(f"#{tag}" for tag in row.tags)
        words = _rows(self.beginning, max(10, width - 2), ROWS - (1 if tags else 0))
        rows += [Content(f" {line}") for line in words]
        if tags:
            rows += [Content("")] * (ROWS - 1 - len(words))
            rows.append(Content.styled(" " + fit(tags, width - 2), "$text-secondary"))
        return Content("\n").join(rows)


def _rows(text: str, width: int, count: int) -> list[str]:
    from rich.cells import cell_len

    from newstui.text.wrapping import Lines, Wrapping

    shown = visible(" ".join(text[:BEGINNING].split()))
    wrapping = Wrapping(Lines(shown), width, lambda cluster: cell_len(cluster))
    spans = [wrapping.row_span(row) for row in range(min(count, wrapping.row_count))]
    return [shown[start:end].rstrip() for start, end in spans]
