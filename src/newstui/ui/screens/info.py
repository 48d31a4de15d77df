"""What is known about an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from newstui.model import Article
from newstui.text.display import visible
from newstui.text.figures import counted, local_time
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.screens.dialog import DialogBox, DialogScreen
from newstui.ui.screens.general import general_commands
from newstui.ui.widgets.status import KeyHints

info_commands: Commands[InfoDialog] = Commands(general_commands)


class InfoDialog(DialogScreen[None]):
    """The fields of an article, what was done to it, and where it came from."""

    DEFAULT_CSS = """
    InfoDialog Horizontal { height: auto; }
    InfoDialog .fact--name { width: 12; color: $text-muted; }
    InfoDialog .fact--value { width: 1fr; height: auto; }
    InfoDialog KeyHints { margin: 1 0 0 0; }
    """
    commands = info_commands
    hints: ClassVar[tuple[str, ...]] = ("cancel",)

    def __init__(self, desk: Desk, article_id: str) -> None:
        super().__init__(desk, "form")
        self.row = desk.workspace.catalog.row(article_id)

    def compose(self) -> ComposeResult:
        """One row a fact."""
        with DialogBox("About this article"):
            for name, value in self._facts():
                if value:
                    with Horizontal():
                        yield Static(name, markup=False, classes="fact--name")
                        yield Static(Content(visible(value.replace("\n", " "))), classes="fact--value")
            yield KeyHints()

    def _facts(self) -> Iterator[tuple[str, str]]:
        row, article = self.row, self.row.article
        yield from _origin(article)
        yield "Length", counted(article.words, "word")
        yield "Tags", " ".join("#" + tag for tag in row.tags)
        yield "In", ", ".join(article.collections)
        yield "Highlights", f"{row.highlights}, with {counted(row.notes, 'note')}"
        yield (
            "Reading",
            f"{row.status}, {round(row.progress * 100)}%" + (f", last {local_time(row.opened)}" if row.opened else ""),
        )
        yield "Revisions", f"{len(article.earlier)} earlier" if article.earlier else ""
        yield "Reference", self.desk.workspace.catalog.short_ref(article.id)


def _origin(article: Article) -> Iterator[tuple[str, str]]:
    yield "Title", article.title
    yield "Subtitle", article.subtitle
    yield "Author", ", ".join(article.author)
    yield "Source", " · ".join(part for part in (article.source, article.site) if part)
    yield "Published", " · ".join(part for part in (article.published, article.place) if part)
    yield "Address", article.url
    yield "Language", article.language
    yield (
        "Imported",
        " from ".join(
            part for part in (article.added and local_time(article.added), article.provenance.origin) if part
        ),
    )


@info_commands("cancel", "save")
def close(screen: InfoDialog, stroke: Stroke) -> None:
    """Close."""
    screen.dismiss(None)
