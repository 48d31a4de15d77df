"""The history: what was done, by name; one key goes back several steps, and forward again."""

from newstui.model import Article, Span
from newstui.ui.desk import Desk
from tests.ui.pilots import OpenApp, press, screen_text


async def test_several_steps_are_taken_back_from_the_list_and_done_again(desk: Desk, open_app: OpenApp) -> None:
    annotating, article = desk.workspace.annotating, desk.workspace.store.all(Article)[0].id
    for name in ("first", "second", "third"):
        annotating.highlight(article, Span(0, 9), tags=[name])
    async with open_app() as pilot:
        await press(pilot, "g", "h")
        rows = [line for line in screen_text(pilot).splitlines() if "Tag passage" in line]
        assert [row.split("#")[1].split()[0] for row in rows] == ["third", "second", "first", "cable/atlantic"]
        await press(pilot, "j", "enter")
        assert "Undid 2 steps, the last one: tag passage #second" in screen_text(pilot)
        assert {tag for note in annotating.all() for tag in note.tags} == {"first", "cable/atlantic"}
        shown = screen_text(pilot)
        assert "what is below can be taken back ──" in shown
        assert shown.index("undone  Tag passage #second") < shown.index("now:") < shown.index("Tag passage #first")
        await press(pilot, "g", "g", "enter")
        assert "Did again 2 steps, the last one: tag passage #third" in screen_text(pilot)
        assert "third" in {tag for note in annotating.all() for tag in note.tags}


async def test_a_kind_of_names_keeps_its_capitals_when_it_is_undone(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        desk.workspace.correcting.correct_name("retype", "Swiss", label="NORP")
        await press(pilot, "u")
        assert "Undid: NORP now: Swiss" in screen_text(pilot)


async def test_a_click_and_the_filter_find_a_step(desk: Desk, open_app: OpenApp) -> None:
    async with open_app() as pilot:
        await press(pilot, "g", "h", "equals_sign", *"import", "enter")
        assert "Import" in screen_text(pilot)
        assert "Tag passage" not in screen_text(pilot)
        await press(pilot, "escape")
        row = next(n for n, line in enumerate(screen_text(pilot).splitlines()) if "Highlight passage" in line)
        await pilot.click(offset=(20, row), times=2)
        await press(pilot)
        assert "Undid: highlight passage" in screen_text(pilot)
