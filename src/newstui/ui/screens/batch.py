"""Who occurs where: the lines of a file, such as names, each searched for; by line, and by article."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message

from newstui.model import Article
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import LibraryChanged, OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.services.batch import BatchRow
    from newstui.services.exporting import Choice
    from newstui.ui.screens.base import KeyedScreen

ORDERS = ("as in the file", "by most articles", "by article")
TOLD_EVERY = 0.2
"""Seconds between two looks at what a long file has found so far."""
MOST_TOLD = 30
"""Names that are told of an article, and articles of a name, at most."""
batch_commands: Commands[BatchScreen] = Commands(filter_commands)


@dataclass(frozen=True, slots=True)
class Line:
    """A query with the articles it is in, or an article with the queries that are in it; `places` are the most first.

    `article` is the id of the article, empty for a query; `problem` says what of the query was not understood.
    """

    name: str
    places: tuple[tuple[str, int], ...]
    article: str = ""
    problem: str = ""


class BatchScreen(ListScreen[Line]):
    """A query a line, with how many articles it is in, how often, and where the most; also those that are in none.

    Args:
        desk: what the screens work with.
        path: the file; a line a query, empty ones and those that begin with `;` are left out.
    """

    commands = batch_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "sort", "filter_query", "pipe", "export", "close_or_quit", "help")

    @dataclass
    class Found(Message):
        """What the worker has found so far, `through` the whole file or not; `failed` says why it cannot be read."""

        rows: tuple[BatchRow, ...]
        titles: Mapping[str, str]
        through: bool
        failed: str = ""

    def __init__(self, desk: Desk, path: Path) -> None:
        items: VirtualList[Line] = VirtualList(self._paint, key=lambda line: (line.article, line.name))
        super().__init__(desk, "batch", f"Who occurs where: {path.name}", items)
        self.path = path
        self.order = ORDERS[0]
        self._found = self.Found((), {}, through=False)

    def on_mount(self) -> None:
        """Ask the lines beside the keys."""
        super().on_mount()
        self.run_worker(self._look, thread=True, exclusive=True, group="batch")

    def _look(self) -> None:
        from newstui.services.batch import iter_batch

        workspace, told = self.desk.workspace, time.monotonic()
        rows: list[BatchRow] = []
        titles: dict[str, str] = {}
        try:
            with self.path.open(encoding="utf-8", errors="replace") as lines:
                for row in iter_batch(workspace.store, workspace.searching, lines):
                    rows.append(row)
                    titles |= {id_: workspace.store.get(Article, id_).title for id_ in row.places if id_ not in titles}
                    if not self.is_attached:
                        return
                    if time.monotonic() > told + TOLD_EVERY:
                        told = time.monotonic()
                        self.post_message(self.Found(tuple(rows), dict(titles), through=False))
        except OSError as error:
            why = f"{self.path} cannot be read: {error.strerror or error}."
            self.post_message(self.Found((), {}, through=True, failed=why))
            return
        self.post_message(self.Found(tuple(rows), titles, through=True))

    def on_batch_screen_found(self, message: Found) -> None:
        """Show it."""
        self._found = message
        self.list.forget()
        self.reload()

    def on_library_changed(self, message: LibraryChanged) -> None:
        """What was found stays; opening the file again counts anew."""

    # -- the lines

    def reload(self) -> None:
        """The lines that hold what was typed, in their order."""
        found, wanted = self._found, self.query_text.strip().casefold()
        lines = self._articles() if self.order == "by article" else self._queries()
        if self.order == "by most articles":
            lines.sort(key=lambda line: -len(line.places))
        lines = [line for line in lines if wanted in f"{line.name} {self._told(line)}".casefold()]
        why = found.failed or ("No line holds that." if wanted else "The file holds no query; write one a line.")
        self.show_items(lines, self._figures(), why if found.through else "Searching …")
        problem = next((f"{row.query}: {row.problem}" for row in found.rows if row.problem), "")
        if problem and not wanted and self.status is not None:
            self.status.place = problem

    def _queries(self) -> list[Line]:
        return [
            Line(row.query, tuple(Counter(row.places).most_common()), problem=row.problem) for row in self._found.rows
        ]

    def _articles(self) -> list[Line]:
        """The articles, those first in which the most names occur together."""
        places: dict[str, Counter[str]] = {}
        for row in self._found.rows:
            for id_, count in row.places.items():
                places.setdefault(id_, Counter())[row.query] += count
        found = sorted(places.items(), key=lambda each: (-len(each[1]), -each[1].total()))
        return [Line(self._found.titles[id_], tuple(counts.most_common()), id_) for id_, counts in found]

    def _figures(self) -> str:
        found = self._found
        hits = sum(bool(row.places) for row in found.rows)
        if not found.through:
            return f"{len(found.rows):,} asked …"
        articles = len({id_ for row in found.rows for id_ in row.places})
        return f"{hits:,} of {len(found.rows):,} found · {counted(articles, 'article')} · {self.order}"

    def _told(self, line: Line) -> str:
        """Where the query is, or who is in the article."""
        if line.problem:
            return line.problem
        names = line.places[:MOST_TOLD]
        told = [(name if line.article else self._found.titles[name], count) for name, count in names]
        return " · ".join(f"{name} ×{count}" if count > 1 else name for name, count in told) or "nowhere"

    def _paint(self, line: Line, width: int) -> Sequence[Sequence[Piece]]:
        times = sum(count for _, count in line.places)
        figures = f"{len(line.places):>5,} {f'×{times:,}' if times else '':<7} "
        room = max(12, (width - len(figures)) // (2 if line.article else 3))
        tone = "" if line.places else "muted"
        rest = fit(self._told(line), max(1, width - len(figures) - room - 2))
        return [[(figures, "accent" if line.places else "muted"), (fit(line.name, room) + "  ", tone), (rest, "muted")]]

    # -- going on

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Search for the query, or read the article with all places of the name that is in it most; both come back."""
        line: Line = message.item
        if line.article:
            needle = line.places[0][0].strip('"')
            self.post_message(OpenPassage(line.article, needle=needle, above=True))
            return
        from newstui.ui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.desk, query=line.name))

    def to_pipe(self) -> dict[str, str]:
        """The whole table as CSV, a row a query and a column an article."""
        from newstui.services.batch import batch_table

        return {"table (CSV)": batch_table(self._found.rows, self._found.titles)} if self._found.rows else {}

    def to_export(self) -> dict[str, Choice]:
        """All articles that any of the queries is in."""
        from newstui.services.exporting import Choice

        return {"found": Choice(tuple(dict.fromkeys(id_ for row in self._found.rows for id_ in row.places)))}


@batch_commands("sort")
def sort(screen: BatchScreen, stroke: Stroke) -> None:
    """As in the file, by the number of articles, or the other way round: by article, who is in it."""
    screen.order = ORDERS[(ORDERS.index(screen.order) + stroke.times) % len(ORDERS)]
    screen.reload()
    screen.list.move_to(0)
    screen.say(f"Listed {screen.order}.")


def ask_batch(screen: KeyedScreen[Any], path: str) -> None:
    """List who occurs where, of the lines of a file; without a path ask for it."""
    from newstui.ui.screens.asking import AskDialog

    desk = screen.desk

    def take(typed: str | None) -> None:
        if typed is not None and typed.strip():
            desk.last_batch = typed.strip()
            screen.app.push_screen(BatchScreen(desk, Path(desk.last_batch).expanduser()))

    if path:
        take(path)
        return
    about = "A file with a name or a query a line. Each is searched for: in which articles it is, and how often."
    dialog = AskDialog(desk, "Who occurs where", about, text=desk.last_batch, placeholder="~/names.txt")
    screen.app.push_screen(dialog, take)
