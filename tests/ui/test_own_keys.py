"""Keys of one's own in the running program: macros with counts, remaps by id, and what is said of a wrong line."""

import dataclasses
import threading

import pytest

from newstui.ui.desk import Desk
from newstui.ui.patches import apply_patch, load_keymap
from tests.ui.pilots import BODIES, OpenApp, press, screen_text

SENTENCES = BODIES["Wires under the sea"]


async def test_a_macro_is_done_as_often_as_it_is_typed_or_counted(open_app: OpenApp, desk: Desk) -> None:
    own = {"reader": {", r": ["highlight_in_color_slot 4", "next_sentence", "toggle_star"]}}
    desk.keymap = apply_patch(desk.keymap, own, "keys.toml")
    async with open_app() as pilot:
        await press(pilot, "enter", "g", "g")
        disk = threading.Event()
        desk.writer.submit(disk.wait, 10)
        await pilot.press(",", "r", ",", "r", "2", ",", "r")  # all of it before the first is on the disk
        disk.set()
        await press(pilot)
        await pilot.pause(0.2)
        made = [note for note in desk.workspace.annotating.all() if note.color == 4]
        assert [note.span.slice(SENTENCES).split()[0] for note in sorted(made, key=lambda note: note.span.start)] == [
            "The", "Cyrus", "“The", "Nobody"
        ]  # fmt: skip
        article = made[0].target.source
        assert not next(row for row in desk.workspace.catalog.rows() if row.article.id == article).article.starred


async def test_a_macro_that_is_wrong_says_so_and_ends_nothing(open_app: OpenApp, desk: Desk) -> None:
    tables = {**desk.keymap.tables, "reader": {**desk.keymap.tables["reader"], ", x": "zen; levitate 2"}}
    desk.keymap = dataclasses.replace(desk.keymap, tables=tables)
    async with open_app() as pilot:
        await press(pilot, "enter", ",", "x")
        assert "There is no command 'levitate'" in screen_text(pilot)


async def test_a_remapped_key_is_the_one_that_footer_and_help_show(open_app: OpenApp, desk: Desk) -> None:
    desk.keymap = apply_patch(desk.keymap, {"remap": {"reader.tag": "ctrl+t"}, "reader": {"z": "zen"}}, "keys.toml")
    async with open_app() as pilot:
        assert "keys.toml: [reader] 'z' = 'zen' was skipped" in " ".join(screen_text(pilot).split())
        await press(pilot, "enter")
        assert "^T tag" in screen_text(pilot)
        await press(pilot, "ctrl+t")
        assert "Tags" in screen_text(pilot)


@pytest.mark.parametrize(
    ("preset", "keys", "shows"),
    [
        ("less", ("enter", "f", "b", "5", "0", "p"), "READ"),
        ("less", ("j", "D"), "3 articles"),
        ("newsboat", ("enter", "n"), "Names of the clerks"),
        ("newsboat", ("ctrl+k",), "Keys · library"),
    ],
)
async def test_a_preset_works_where_its_program_has_the_key(
    open_app: OpenApp, desk: Desk, preset: str, keys: tuple[str, ...], shows: str
) -> None:
    desk.keymap = load_keymap(preset)
    async with open_app() as pilot:
        await press(pilot, *keys)
        assert shows in screen_text(pilot)
