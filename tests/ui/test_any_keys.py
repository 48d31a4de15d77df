"""Any keys in any order: the program stays, and the library is right afterwards."""

import random

import pytest

from newstui.ui.desk import Desk
from newstui.ui.keymap import load_default_keymap
from tests.ui.pilots import OpenApp

NAMES = {
    "?": "question_mark", ":": "colon", "/": "slash", "(": "left_parenthesis", ")": "right_parenthesis",
    "{": "left_curly_bracket", "}": "right_curly_bracket", "[": "left_square_bracket", "]": "right_square_bracket",
    "*": "asterisk", "=": "equals_sign", "+": "plus", "-": "minus", "$": "dollar_sign", "%": "percent_sign",
    ".": "full_stop", ",": "comma", "'": "apostrophe", "`": "grave_accent", "|": "vertical_line",
}  # fmt: skip
SIZES = [(80, 24), (140, 45), (30, 10), (18, 5), (100, 30)]


async def press_any(open_app: OpenApp, desk: Desk, seed: int, count: int) -> None:
    chance = random.Random(seed)  # no secrets here
    tables = load_default_keymap().tables.values()
    keys = sorted({key for table in tables for bound in table for key in bound.split()} - {"ctrl+q", "ctrl+z", "<c>"})
    keys += [*"123abcxyz", *["enter", "escape"] * 4]
    pressed: list[str] = []
    async with open_app(size=(80, 24)) as pilot:
        for _ in range(count):
            key = chance.choice(keys)
            if key == "q" and len(pilot.app.screen_stack) == 1:
                continue
            pressed.append(key)
            await pilot.press(NAMES.get(key, key))
            assert pilot.app.is_running, f"it ended after {pressed[-20:]}"
            if chance.random() < 0.03:
                await pilot.resize_terminal(*chance.choice(SIZES))
    desk.close()
    assert [finding.what for finding in desk.workspace.maintaining.check()] == []


@pytest.mark.parametrize("seed", [1])
async def test_any_keys(open_app: OpenApp, desk: Desk, seed: int) -> None:
    await press_any(open_app, desk, seed, 120)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 30))
async def test_any_keys_for_long(open_app: OpenApp, desk: Desk, seed: int) -> None:
    await press_any(open_app, desk, seed, 600)
