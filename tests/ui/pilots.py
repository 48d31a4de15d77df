"""What tests of screens share: a small library in words, and looking at a screen under a Pilot."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from itertools import groupby

from textual import events
from textual.pilot import Pilot

BODIES = {
    "Wires under the sea": "The cable reached Ireland at dusk. Cyrus Field sent nine words to London.\n\n"
    "“The Queen has answered,” the clerk said. Nobody slept that night in Valentia.\n\nThe line went dead in October.",
    "Names of the clerks": "Mevlüt Çavuşoğlu was spelled in five ways before noon. The desk kept one of them.\n\n"
    "The others were lost.",
    "東京からの電報": "東京の新聞は電報を待っていた。 The answer came on Friday.\n\n"
    "👩‍👩‍👧 at the window, 🇯🇵 on the roof.",
    "[b]Markup[/b] and \x1b]52;c;ZXZpbA==\x07 escapes": "A line with \x1b[2J and [Wednesday] in it.\n\n"
    "And \u202eanother.",
}
"""Titles and bodies of the library every test of a screen begins with, in the order they are shown."""

WORD = 4
"""Letters from which on they are not waited for one by one."""
OpenApp = Callable[..., AbstractAsyncContextManager[Pilot[None]]]
"""Runs the program: `async with open_app(size=(80, 24)) as pilot`."""


def screen_text(pilot: Pilot[None]) -> str:
    """What the screen shows, row by row."""
    return "\n".join("".join(segment.text for segment in row) for row in pilot.app.screen._compositor.render_strips())


async def paste(pilot: Pilot[None], text: str) -> None:
    """Put a text into the field that has the focus at once: a path of a hundred characters takes seconds to press."""
    await pilot.pause()
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what they start: writes and redrawing. Words are typed fast, letter behind letter."""
    for typed, group in groupby(keys, lambda key: len(key) == 1 and key.isalnum()):
        run = list(group)
        if typed and len(run) >= WORD:
            for key in run:
                pilot.app.post_message(events.Key(key, key))
            await pilot.pause()
        else:
            await pilot.press(*run)
    await pilot.pause()
    while any(getattr(screen, "saving", 0) for screen in pilot.app.screen_stack):
        await pilot.pause(0.01)
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.02)


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the left button at a cell of the screen, move to another, and let go."""
    for event, (x, y) in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        pilot.app.post_message(event(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        await pilot.pause()
    await press(pilot)
