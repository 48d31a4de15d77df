"""Dragging past the edge of the text: it scrolls, the selection grows, and ends where the button is let go."""

from textual import events

from newstui.model import Annotation, Article
from newstui.store import new_id
from newstui.ui.desk import Desk
from newstui.ui.screens.reader import ReaderScreen
from tests.ui.pilots import OpenApp, press, screen_text


async def test_the_blank_row_that_a_drag_ends_on_is_no_part_of_the_passage(open_app: OpenApp, desk: Desk) -> None:
    store = desk.workspace.store
    short = Article(new_id(), "Short", store.add_text("The line went dead.\n\nNobody knew why."), 7)
    store.commit("Import", [short])
    async with open_app(start=short.id) as pilot:
        await press(pilot)
        lines = screen_text(pilot).splitlines()
        row = next(n for n, line in enumerate(lines) if "The line went dead." in line)
        at = lines[row].index("line")
        assert not lines[row + 1][:70].strip()
        await pilot.mouse_down(offset=(at, row))
        pilot.app.post_message(
            events.MouseMove(None, at, row + 1, 0, 0, 1, False, False, False, screen_x=at, screen_y=row + 1)
        )
        await pilot.mouse_up(offset=(at, row + 1))
        await press(pilot, "c", "2")
        assert [note.quote for note in store.all(Annotation) if note.article == short.id] == ["line went dead."]


async def test_a_drag_below_the_text_scrolls_and_selects_and_one_above_it_goes_back(
    desk: Desk, open_app: OpenApp
) -> None:
    store, body = desk.workspace.store, "\n\n".join(f"Paragraph {n} begins, 日本 and ends." for n in range(200))
    long = Article(new_id(), "Long", store.add_text(body), 1000)
    store.commit("Import", [long])
    async with open_app(start=long.id) as pilot:
        await press(pilot, "space")
        reader = pilot.app.screen
        assert isinstance(reader, ReaderScreen)
        view, top = reader.view, reader.view.top

        async def move(x: int, y: int) -> None:
            pilot.app.post_message(events.MouseMove(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
            await pilot.pause(0.4)

        await pilot.mouse_down(offset=(20, 10))
        begun = view.cursor
        await move(24, 23)
        assert view.top > top
        assert view.selection is not None
        assert view.selection.start == begun
        assert view.selection.end > begun + 10 * len("Paragraph 10 begins")
        lowest = view.top
        await move(24, 0)
        assert view.top < lowest
        await pilot.mouse_up(offset=(24, 4))
        await press(pilot)
        after, chosen = view.top, view.selection
        await pilot.pause(0.2)
        assert (view.top, view.selection) == (after, chosen)
