"""The border of a pane, which the mouse moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from textual import events
from textual.message import Message
from textual.widget import Widget

W = TypeVar("W", bound=Widget)
DRAGGED = "-dragged"


@dataclass
class EdgeMoved(Message):
    """The border of a pane is dragged to a column of the screen; `done` when the button is let go."""

    pane: Widget
    column: int
    done: bool = False

    @property
    def control(self) -> Widget:
        """The pane."""
        return self.pane


def movable_edge(side: Literal["left", "right"]) -> Callable[[type[W]], type[W]]:
    """Let the mouse move the border, one cell wide, that a class of panes has at a side.

    A decorator and no base, for Textual takes the style sheet of a class from its first base alone.
    """

    def add(pane: type[W]) -> type[W]:
        for handler in (_press(side), on_mouse_move, on_mouse_up):
            setattr(pane, handler.__name__, handler)
        return pane

    return add


def _press(side: str) -> Callable[[Widget, events.MouseDown], None]:
    def on_mouse_down(pane: Widget, event: events.MouseDown) -> None:
        """Take hold of the border; elsewhere the press is the pane's own."""
        if event.button == 1 and event.x == (0 if side == "left" else pane.outer_size.width - 1):
            pane.capture_mouse()
            pane.add_class(DRAGGED)
            event.stop()
            event.prevent_default()

    return on_mouse_down


def on_mouse_move(pane: Widget, event: events.MouseMove) -> None:
    """Drag it along; without a button the end of it was missed, as a slow line may deliver both ends at once."""
    if event.button:
        _drag(pane, event, done=False)
    else:
        _drop(pane)


def on_mouse_up(pane: Widget, event: events.MouseUp) -> None:
    """Let go."""
    _drag(pane, event, done=True)
    _drop(pane)


def _drag(pane: Widget, event: events.MouseEvent, *, done: bool) -> None:
    if pane.has_class(DRAGGED):
        event.stop()
        event.prevent_default()
        pane.post_message(EdgeMoved(pane, int(event.screen_x), done))


def _drop(pane: Widget) -> None:
    if pane.has_class(DRAGGED):
        pane.remove_class(DRAGGED)
        pane.release_mouse()


@movable_edge("right")
class SidePane(Widget):
    """A pane at the left with a border; what is in it fills it."""

    DEFAULT_CSS = "SidePane { height: 1fr; border-right: solid $rule; }"
