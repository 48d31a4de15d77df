"""The pane below the list: how an article begins, and its tags."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from newstui.services.catalog import Row
from newstui.text.display import visible
from newstui.ui.screens.library.rows import preview_facts
from newstui.ui.widgets.pane_edge import movable_edge
from newstui.ui.widgets.virtual_list import fit

BEGINNING = 6000
"""Code points of an article that a preview can show."""


@movable_edge("left")
class Preview(Widget):
    """The beginning of an article. `row` and `beginning` are set by the screen; `beginning` may come later."""

    DEFAULT_CSS = "Preview { height: 6; background: $background; color: $text-muted; }"

    row: reactive[Row | None] = reactive(None, layout=False)
    beginning: reactive[str] = reactive("", layout=False)

    def render(self) -> Content:
        """Rule with facts, rows of text, tags."""
        width, room = self.content_size
        row = self.row
        if row is None:
            return Content.styled("─" * width, "$rule")
        facts = f" Preview · {preview_facts(row)} "
        head = fit(facts, min(cell_len(facts), max(0, width - 1)))
        rows = [Content.assemble(("─", "$rule"), head, ("─" * max(0, width - cell_len(head) - 1), "$rule"))]
        tags = " ".join(f"#{tag}" for tag in row.tags)
        count = max(1, room - (2 if tags else 1))
        words = _rows(self.beginning, max(10, width - 2), count)
        rows += [Content(f" {line}") for line in words]
        if tags:
            rows += [Content("")] * (count - len(words))
            rows.append(Content.styled(" " + fit(tags, width - 2), "$text-secondary"))
        return Content("\n").join(rows)


def _rows(text: str, width: int, count: int) -> list[str]:
    """The beginning of a text as so many rows; by words alone, for nothing here is converted back to offsets."""
    rows: list[str] = []
    for paragraph in text[:BEGINNING].split("\n\n"):
        if rows:
            rows.append("")
        row = ""
        for word in visible(paragraph).split():
            if row and cell_len(row) + 1 + cell_len(word) > width:
                rows.append(row)
                row = ""
            row = f"{row} {word}" if row else word
            while cell_len(row) > width:
                rows.append(set_cell_size(row, width))
                row = row[len(rows[-1].rstrip()) :]
        rows.append(row)
        if len(rows) >= count:
            break
    return rows[:count]
