"""What was done to the library, by name and time: what can be taken back, and what can be done again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from newstui.services.history import measure
from newstui.text.figures import counted, local_time, within
from newstui.ui.desk import Desk
from newstui.ui.dispatch import Commands
from newstui.ui.screens.list_screen import ListScreen, filter_commands
from newstui.ui.screens.looking import look
from newstui.ui.widgets.virtual_list import Piece, VirtualList, fit

if TYPE_CHECKING:
    from newstui.store import Step

history_commands: Commands[HistoryScreen] = Commands(filter_commands)
NOW = "── now: what is above can be done again, what is below can be taken back ──"


class HistoryScreen(ListScreen["Step | None"]):
    """A step a line, the newest first; enter takes back, or does again, all from now to there."""

    commands = history_commands
    hints: ClassVar[tuple[str, ...]] = ("open", "undo", "redo", "filter_query", "close_or_quit", "help")

    def __init__(self, desk: Desk) -> None:
        items: VirtualList[Step | None] = VirtualList(
            self._paint,
            key=lambda step: step.number if step is not None else 0,
            is_heading=lambda step: step is None,
        )
        super().__init__(desk, "history", "History", items)
        self._shown = False

    def reload(self) -> None:
        """Read the journal on a worker, for it may reach back for weeks."""
        look(self, "history", lambda _: self.desk.workspace.history.steps(), self._take)

    def _take(self, steps: list[Step]) -> None:
        wanted = self.query_text.strip().casefold()
        found = [step for step in steps if wanted in f"{step.time} {step.label}".casefold()]
        rows: list[Step | None] = [step for step in found if step.undone]
        ahead = len(rows)
        if found:
            rows += [None, *(step for step in found if not step.undone)]
        said = f"{counted(len(found) - ahead, 'step')} to take back" + (f" · {ahead} to do again" if ahead else "")
        why = (
            "Nothing of that name was done.\n\nz x shows all." if wanted else "Nothing was done yet that u takes back."
        )
        self.show_items(rows, said, why)
        if not self._shown and len(rows) > ahead + 1:
            self._shown = True
            self.list.move_to(ahead + 1)

    def _paint(self, step: Step | None, width: int) -> Sequence[Sequence[Piece]]:
        if step is None:
            return [[(fit(NOW.ljust(width, "─"), width), "muted")]]
        state = "undone  " if step.undone else ""
        size = measure(step)
        room = max(10, width - 18 - len(state) - len(size))
        return [
            [(f"{local_time(step.time)}  ", "muted"), (state, "accent"), (fit(step.label, room), ""), (size, "muted")]
        ]

    def on_virtual_list_item_opened(self, message: VirtualList.ItemOpened) -> None:
        """Go to the state before the step, or after it if it was taken back."""
        step: Step | None = message.item
        if step is None:
            return
        history, number = self.desk.workspace.history, step.number
        done = "Did again" if step.undone else "Undid"

        def then(labels: list[str]) -> None:
            last = within(labels[-1]) if labels else ""
            if len(labels) == 1:
                self.say(f"{done}: {last}", "ok")
            elif labels:
                self.say(f"{done} {counted(len(labels), 'step')}, the last one: {last}", "ok")

        self.save(lambda: history.travel(number), then)
