"""Finding in the article: a prompt at the bottom, hits marked as one types, `n` and `N` through them."""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from textual.message import Message

from newstui.model import Span
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen
    from newstui.ui.widgets.prompt import PromptRow


AT_ONCE = 200_000
"""Texts up to this many code points are looked through at once, longer ones on a thread."""


@dataclass
class HitsFound(Message):
    """A long text was looked through for a needle."""

    text: str
    needle: str
    start: int
    hits: list[Span]


class Finding:
    """The needle of one article, its hits, and the prompt while it is open."""

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self.prompt: PromptRow | None = None
        self.needle = ""
        self._origin = (0, 0)
        self._looking = False

    def open(self) -> None:
        """Show the prompt."""
        from newstui.ui.widgets.prompt import PromptRow

        screen = self._screen
        self._origin = (screen.view.cursor, screen.view.top)
        self.prompt = PromptRow("/", placeholder="find in this article")
        screen.mount(self.prompt, before=screen.status)
        screen.key_context = "findbox"

    def close(self) -> None:
        """Take the prompt away and give the keys back to the text."""
        if self.prompt is not None:
            self.prompt.remove()
            self.prompt = None
        self._screen.view.focus()
        self._screen.sync_context()

    def cancel(self) -> None:
        """Close the prompt and go back to where it was opened."""
        cursor, top = self._origin
        self.close()
        self.forget()
        self._screen.view.move_to(cursor, reveal=False)
        self._screen.view.scroll_to_row(top)

    def accept(self) -> None:
        """Close the prompt and stay at the hit."""
        if not self.needle:
            self.cancel()
            return
        self.close()
        if self.hits:
            self._screen.jumps.push(self._screen.article_id, self._origin[0])
        self._screen.say("Looking …" if self._looking else self._said())

    def forget(self) -> None:
        """Mark no hits any more."""
        self.needle = ""
        self._screen.view.marks.set_hits((), None)
        self._screen.view.remark()

    @property
    def hits(self) -> Sequence[Span]:
        """All hits in the order of the text."""
        return self._screen.view.marks.hits

    @property
    def summary(self) -> str:
        """Which hit of how many, or that there is none."""
        current = self._screen.view.marks.current_hit
        if not self.needle:
            return ""
        if not self.hits:
            return f"Nothing here is like {self.needle}."
        number = self.hits.index(current) + 1 if current in self.hits else 0
        return f"{number}/{len(self.hits)}"

    def _said(self, *, round_the_end: bool = False) -> str:
        """The summary as the status row says it."""
        if not self.hits:
            return self.summary
        rest = "round the end of the text" if round_the_end else "n next · N previous · esc clears"
        return f"{self.summary}  {self.needle} · {rest}"

    def look_for(self, needle: str, *, start: int | None = None) -> None:
        """Mark all hits, and go to the first one from an offset on; in a long text they follow."""
        self.needle = needle
        at = self._origin[0] if start is None else start
        if not needle.strip():
            self._take([], at)
        elif len(self._screen.view.text) <= AT_ONCE:
            self._take(self._find(self._screen.view.text, needle), at)
        elif not self._looking:
            self._look_aside(self._screen.view.text, needle, at)

    def _find(self, text: str, needle: str) -> list[Span]:
        return self._screen.desk.workspace.searching.find_in(text, needle)

    def _look_aside(self, text: str, needle: str, start: int) -> None:
        """Look through a long text beside the keys; only one thread does so at a time."""
        self._looking = True
        if self.prompt is not None:
            self.prompt.remark("looking …")

        def work() -> None:
            hits: list[Span] = []
            try:
                hits = self._find(text, needle)
            finally:
                with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
                    self._screen.post_message(HitsFound(text, needle, start, hits))

        Thread(target=work, name="newstui-find", daemon=True).start()

    def arrive(self, found: HitsFound) -> None:
        """Take the hits of a long text, or look again if something else is wanted by now."""
        self._looking = False
        view = self._screen.view
        if (found.text, found.needle) == (view.text, self.needle):
            self._take(found.hits, found.start)
        elif self.needle.strip():
            self._look_aside(view.text, self.needle, found.start)

    def _take(self, hits: Sequence[Span], start: int) -> None:
        number = bisect_left([hit.start for hit in hits], start) % len(hits) if hits else 0
        self._show(hits, number)
        if self.prompt is not None:
            self.prompt.remark(self.summary if hits else "nothing found" if self.needle.strip() else "")
        elif self.needle.strip():
            self._screen.say(self._said())

    def step(self, count: int) -> None:
        """Go to another hit, from the cursor on and round the ends."""
        hits = self.hits
        view = self._screen.view
        if not hits:
            self._screen.say("Nothing was looked for; / finds in this article.")
            return
        starts = [hit.start for hit in hits]
        if count > 0:
            number = bisect_left(starts, view.cursor + 1) + count - 1
        else:
            number = bisect_left(starts, view.cursor) + count
        self._show(hits, number % len(hits))
        if self.prompt is not None:
            self.prompt.remark(self.summary)
        else:
            self._screen.say(self._said(round_the_end=not 0 <= number < len(hits)))

    def _show(self, hits: Sequence[Span], number: int) -> None:
        view = self._screen.view
        view.marks.set_hits(hits, hits[number] if hits else None)
        view.forget()
        if hits:
            view.move_to(hits[number].start)
        elif self.prompt is not None:
            view.move_to(self._origin[0])


@reader_commands("find_here")
def find_here(screen: ReaderScreen, stroke: Stroke) -> None:
    """Find in this article, while typing or what is given."""
    if stroke.argument:
        screen.finding.look_for(stroke.argument, start=screen.view.cursor)
    else:
        screen.finding.open()


@reader_commands("next_match", "previous_match")
def next_match(screen: ReaderScreen, stroke: Stroke) -> None:
    """Go to the next or previous hit."""
    screen.finding.step(stroke.times if stroke.action == "next_match" else -stroke.times)


@reader_commands("next_result", "previous_result")
def next_result(screen: ReaderScreen, stroke: Stroke) -> None:
    """Look at the next or previous hit while the prompt is open."""
    screen.finding.step(1 if stroke.action == "next_result" else -1)


@reader_commands("open_result")
def open_result(screen: ReaderScreen, stroke: Stroke) -> None:
    """Stay at the hit."""
    screen.finding.accept()
