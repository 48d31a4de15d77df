"""Finding in the article: a prompt at the bottom, hits marked as one types, `n` and `N` through them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newstui.model import Span
from newstui.ui.dispatch import Stroke
from newstui.ui.screens.reader.commands import reader_commands

if TYPE_CHECKING:
    from newstui.ui.screens.reader.screen import ReaderScreen
    from newstui.ui.widgets.prompt import PromptRow


class Finding:
    """The needle of one article, its hits, and the prompt while it is open."""

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self.prompt: PromptRow | None = None
        self.needle = ""
        self._origin = (0, 0)

    def open(self) -> None:
        """Show the prompt."""
        from newstui.ui.widgets.prompt import PromptRow

        screen = self._screen
        self._origin = (screen.view.cursor, screen.view.top)
        self.prompt = PromptRow("/", placeholder="find in this article")
        screen.mount(self.prompt, after=screen.view)
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
        self._screen.say(self._said())

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
        """Mark all hits, and go to the first one from an offset on."""
        view = self._screen.view
        self.needle = needle
        hits = self._screen.desk.workspace.searching.find_in(view.text, needle) if needle.strip() else []
        at = self._origin[0] if start is None else start
        number = bisect_left([hit.start for hit in hits], at) % len(hits) if hits else 0
        self._show(hits, number)
        if self.prompt is not None:
            self.prompt.remark(self.summary if hits else "nothing found" if needle.strip() else "")

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
        view.move_to(hits[number].start if hits else self._origin[0])


@reader_commands("find_here")
def find_here(screen: ReaderScreen, stroke: Stroke) -> None:
    """Find in this article."""
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
