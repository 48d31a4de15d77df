"""The dossier of one thing: what the library knows of it, a line each; enter goes to the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from newstui.errors import NewstuiError
from newstui.model import Span
from newstui.text.figures import counted
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands, Stroke
from newstui.ui.messages import OpenPassage
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.looking import Cancelled, look
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.model import Dossier, Passage

dossier_commands: Commands[DossierScreen] = Commands(filter_commands)
BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it belongs to, its words, when and where; `key` leads to another dossier."""

    section: str
    before: str = ""
    words: str = ""
    after: str = ""
    when: str = ""
    article: str = ""
    span: Span | None = None
    key: str = ""


class DossierScreen(ListScreen[Line]):
    """What is known of an entity of the library.

    Args:
        desk: what the screens work with.
        key: of the entity.
        name: shown until it is found.
    """

    commands = dossier_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "add_alias", "split_name", "export", "filter_query", "undo", "help")

    def __init__(self, desk: Desk, key: str, name: str) -> None:
        items: VirtualList[Line] = VirtualList(self._paint, key=lambda line: f"{line.section}{line.article}{line.span}")
        super().__init__(desk, "dossier", name, items)
        self.key = key
        self.dossier: Dossier | None = None
        self.by_date = False
        """Whether the lines are in order of their dates and not of what they belong to."""

    def reload(self) -> None:
        """Gather on a worker, then show."""
        if self.dossier is None and self.status is not None:
            self.status.place = "Looking for names ..."
        dossiers = self.desk.workspace.dossiers

        def find(cancelled: Cancelled) -> Dossier | None:
            index = dossiers.index(cancelled=cancelled)
            found = next((each for each in index if each.key == self.key), None)
            return dossiers.dossier(found, index) if found is not None and not cancelled() else None

        look(self, "dossier", find, self._take)

    def _take(self, dossier: Dossier | None) -> None:
        self.dossier = dossier
        if dossier is None:
            self.show_items([], "", "No article names it any more.\n\nu takes the last change back.")
            return
        wanted = self.query_text.strip().casefold()
        lines = [
            line
            for line in iter_lines(dossier)
            if wanted in f"{line.section} {line.before} {line.words} {line.after} {line.when}".casefold()
        ]
        if self.by_date:
            lines.sort(key=lambda line: line.when, reverse=True)
        entity = dossier.entity
        country = f" {entity.country}" if entity.country else ""
        self.header.left = entity.name
        figures = f"{entity.label}{country} · {entity.mentions:,} in {len(entity.articles):,} {sparkline(dossier)}"
        self.show_items(lines, figures.rstrip(), "Nothing holds that.\n\nz x shows all.")

    def _paint(self, line: Line, width: int) -> Sequence[Sequence[Piece]]:
        head: Piece = (f"{line.section:<10} ", "accent")
        when: Piece = (f"{line.when:<10} ", "muted")
        room = max(10, width - 24)
        before = line.before[-max(0, (room - len(line.words)) // 2) :] if line.before else ""
        words = fit(line.words, min(len(line.words), room - len(before)))
        return [
            [head, when, (before, "muted"), (words, ""), (fit(line.after, room - len(before) - len(words)), "muted")]
        ]

    def prompt_done(self, name: str, text: str) -> None:
        """Another spelling was typed: it is this one's, or is not."""
        if not text.strip():
            return
        correcting, key = self.desk.workspace.correcting, self.key
        if name == "alias":
            meant = self.dossier.entity.name if self.dossier is not None else ""
            self.save(
                lambda: correcting.alias(text, key, name=meant),
                lambda _: self.say(f"{text} means this; u takes it back.", "ok"),
            )
        else:
            self.save(lambda: correcting.split(key, text), lambda _: self.say(f"{text} stands for itself now.", "ok"))

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Go to the place, or to the dossier of who is named with it."""
        line: Line = message.item
        if line.key:
            self.app.push_screen(DossierScreen(self.desk, line.key, line.words))
        elif line.article:
            app = self.app
            self.dismiss(None)
            app.post_message(OpenPassage(line.article, start=line.span.start if line.span else None))


def iter_lines(dossier: Dossier) -> Iterator[Line]:
    """The dossier, a line each, what the user made of it first."""
    entity = dossier.entity
    if entity.aliases:
        yield Line("also", words=", ".join(entity.aliases))
    if entity.first_seen:
        title, when = dossier.titles.get(entity.first_seen, ("", ""))
        yield Line("first seen", words=title, when=when, article=entity.first_seen)
    for note in dossier.highlights:
        tags = "".join(f" #{tag}" for tag in note.tags)
        after = f" — {note.note}" if note.note else ""
        when = dossier.titles.get(note.article, ("", ""))[1]
        yield Line(
            "marked", words=note.target.quote.exact, after=after + tags, when=when, article=note.article, span=note.span
        )
    for passage in dossier.said:
        yield _line("said", passage, dossier)
    for near in dossier.dates:
        yield _line("date", near.passage, dossier, near.iso)
    for company in dossier.company:
        shared = (
            f" {company.label} · {counted(company.articles, 'article')}, {counted(company.paragraphs, 'paragraph')}"
        )
        yield Line("with", words=company.name, after=shared, key=company.key)
    for passage in dossier.roles:
        yield _line("meant", passage, dossier)
    for passage in dossier.mentions:
        yield _line("named", passage, dossier)


def _line(section: str, passage: Passage, dossier: Dossier, when: str = "") -> Line:
    when = when or dossier.titles.get(passage.article, ("", ""))[1]
    return Line(section, passage.before, passage.words, passage.after, when, passage.article, passage.span)


def sparkline(dossier: Dossier) -> str:
    """The mentions of the last twelve months that have any, as bars."""
    counts = [count for _, count in dossier.entity.trend[-12:]]
    top = max(counts, default=0)
    return "".join(BARS[max(1, round(count * (len(BARS) - 1) / top))] for count in counts) if len(counts) > 1 else ""


@dossier_commands("add_alias")
def add_alias(screen: DossierScreen, stroke: Stroke) -> None:
    """Ask for another spelling of it."""
    screen.open_prompt("alias", "also written:", "", "a name as it stands in the articles")


@dossier_commands("split_name")
def split_name(screen: DossierScreen, stroke: Stroke) -> None:
    """Ask for a spelling that is somebody else."""
    aliases = screen.dossier.entity.aliases if screen.dossier is not None else ()
    screen.open_prompt("split", "is somebody else:", aliases[0] if aliases else "", ", ".join(aliases))


@dossier_commands("export")
def export(screen: DossierScreen, stroke: Stroke) -> None:
    """Ask for a file and write the dossier into it, as Markdown."""
    from newstui.ui.screens.asking import AskDialog

    dossier = screen.dossier
    if dossier is None:
        return

    def done(typed: str | None) -> None:
        if typed is None or not typed.strip():
            return
        try:
            path = screen.desk.workspace.dossiers.export(dossier, typed)
        except NewstuiError as error:
            screen.say(str(error), "error")
            return
        screen.say(f"Written to {path}.", "ok")

    screen.app.push_screen(
        AskDialog(screen.desk, "Export the dossier", "A new Markdown file:", text="~/dossier.md"), done
    )


@dossier_commands("sort")
def sort(screen: DossierScreen, stroke: Stroke) -> None:
    """By date, or by what the lines belong to."""
    screen.by_date = not screen.by_date
    screen.reload()
