"""Panes: their borders follow the mouse and the keys, and stay where they were put."""

from newstui.ui.desk import Desk
from newstui.ui.screens.library import LibraryScreen
from newstui.ui.widgets.pane_edge import SidePane
from tests.ui.pilots import OpenApp, drag, press


def widths(screen: object) -> tuple[int, int, int]:
    assert isinstance(screen, LibraryScreen)
    return screen.query_one(SidePane).outer_size.width, screen.list.outer_size.width, screen.preview.outer_size.width


async def test_borders_are_dragged_and_stay(open_app: OpenApp, desk: Desk) -> None:
    async with open_app(size=(150, 30)) as pilot:
        await press(pilot)
        rail, articles, preview = widths(pilot.app.screen)
        assert (rail, rail + articles + preview) == (26, 150)
        await drag(pilot, (25, 9), (35, 9))
        assert widths(pilot.app.screen)[0] == 36
        border = 150 - widths(pilot.app.screen)[2]
        await drag(pilot, (border, 9), (border - 20, 12))
        assert abs(widths(pilot.app.screen)[2] - (150 - border + 20)) <= 1
        await drag(pilot, (border - 20, 9), (0, 9))
        rail, articles, preview = widths(pilot.app.screen)
        assert (rail, articles > 20) == (36, True)
        kept = widths(pilot.app.screen)
    desk.panes.__init__(desk.panes._file)  # type: ignore[misc]  # as after a start
    async with open_app(size=(150, 30)) as pilot:
        await press(pilot)
        assert widths(pilot.app.screen) == kept
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert pilot.app.screen.query_one("Preview").outer_size.width == 80


async def test_keys_move_the_border_of_the_pane_that_has_them(open_app: OpenApp) -> None:
    async with open_app(size=(150, 30)) as pilot:
        await press(pilot)
        before = widths(pilot.app.screen)
        await press(pilot, "plus")
        wider = widths(pilot.app.screen)
        assert wider[2] > before[2]
        await press(pilot, "shift+tab", "3", "minus")
        assert widths(pilot.app.screen)[0] == before[0] - 12


async def test_a_press_beside_the_border_is_still_the_lists(open_app: OpenApp) -> None:
    async with open_app(size=(150, 30)) as pilot:
        await press(pilot)
        await pilot.click("#rail", offset=(4, 3))
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "rail"
        assert widths(pilot.app.screen)[0] == 26
