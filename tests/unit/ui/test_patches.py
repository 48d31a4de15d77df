"""Presets and a user's own keys over the keymap: the rest works, whatever one line says."""

import runpy
import sys
from pathlib import Path

import pytest

from newstui.ui.actions import ACTIONS, Step, describe_action, parse_steps
from newstui.ui.keymap import load_default_keymap
from newstui.ui.patches import PRESETS, apply_patch, key_problem, load_keymap

UI = Path(__file__).resolve().parent.parent.parent.parent / "src/newstui/ui"


def own(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_every_action_and_no_problem(preset: str) -> None:
    keymap = load_keymap(preset)
    assert keymap.problems == ()
    for context in keymap.contexts:
        wanted = {action for _, action in load_default_keymap().tree(context).items()}
        assert wanted <= {action for _, action in keymap.tree(context).items()}, context


@pytest.mark.parametrize("preset", PRESETS)
def test_the_checker_finds_nothing_in_the_keymap_and_each_preset(
    preset: str, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    patches = [] if preset == "vim" else [str(UI / f"keymaps/{preset}.toml")]
    monkeypatch.setattr(sys, "argv", ["check_keymap.py", str(UI / "keymap.toml"), *patches])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(shared / "tools/check_keymap.py"), run_name="__main__")
    assert end.value.code == 0
    assert "0 problems" in capsys.readouterr().out


def test_keys_of_ones_own_bind_unbind_remap_and_make_macros(tmp_path: Path) -> None:
    keymap = load_keymap("vim", own(tmp_path, """
        [reader]
        "Z" = ""
        "ctrl+t" = "zen"
        ", r" = ["toggle_read", "highlight_in_color_slot 2", "3 down"]
        [remap]
        "reader.tag" = ["T", "ctrl+g t"]
        "reader.repeat_last_tags" = "ctrl+x"
    """))  # fmt: skip
    tree = keymap.tree("reader")
    assert keymap.problems == ()
    assert tree.action(("Z",)) is None
    assert tree.action(("ctrl+t",)) == "zen"
    assert tree.keys_for("tag") == [("T",), ("ctrl+g", "t")]
    assert tree.keys_for("repeat_last_tags") == [("ctrl+x",)]
    assert parse_steps(tree.action((",", "r")) or "") == [
        Step("toggle_read"),
        Step("highlight_in_color_slot", None, "2"),
        Step("down", 3),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[reader]\n"x" = "zen"', "[global] binds these keys to export; unbind them there"),
        ('[reader]\n"z" = "zen"', "it clashes with 'z m' (global.toggle_mouse)"),
        ('[reader]\n"Z z" = "help"', "it clashes with 'Z' (reader.zen)"),
        ('[reader]\n"m a" = "zen"', "it clashes with 'm <c>' (reader.set_mark)"),
        ('[reader]\n"ctrl+m" = "zen"', "ctrl+m arrives as enter"),
        ('[reader]\n"ctrl+shift+x" = "zen"', "is sent by few terminals"),
        ('[reader]\n"bogus" = "zen"', "bogus is no key"),
        ('[reader]\n"3" = "zen"', "digits are counts"),
        ('[reader]\n"<c>" = "zen"', "stands only at the end"),
        ('[reader]\n", z" = "levitate"', "there is no action 'levitate'"),
        ('[reader]\n", z" = 3', "takes a text or a list of texts"),
        ('[reader]\n", z" = ""', "is not bound, so it cannot be unbound"),
        ('[global]\n"f1" = ""', "stays as it is"),
        ('[searchbox]\n"x" = "cancel"', "x could not be typed any more in searchbox"),
        ('[attic]\n"x" = "zen"', "[attic] is no table of the keymap"),
        ('[remap]\n"reader.levitate" = "x"', "nothing has the id 'reader.levitate'"),
        ("[reader", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_and_costs_only_its_line(tmp_path: Path, line: str, said: str) -> None:
    file = own(tmp_path, line)
    keymap = load_keymap("vim", file)
    assert len(keymap.problems) == 1
    assert keymap.problems[0].startswith(f"{file}: ")
    assert said in keymap.problems[0]
    assert keymap.tables == load_default_keymap().tables


def test_one_bad_line_does_not_take_the_good_one_with_it(tmp_path: Path) -> None:
    keymap = load_keymap("vim", own(tmp_path, '[reader]\n"z" = "zen"\n", z" = "zen"'))
    assert len(keymap.problems) == 1
    assert keymap.tree("reader").action((",", "z")) == "zen"


def test_a_preset_that_is_not_there_is_named_with_those_that_are() -> None:
    assert load_keymap("emacs").problems == ("There is no preset 'emacs'; there are vim, less, newsboat.",)


def test_a_macro_is_named_by_its_steps() -> None:
    assert describe_action("zen") is ACTIONS["zen"]
    assert describe_action("toggle_read; next_article").short == "read, next article"


def test_keys_that_every_terminal_sends_are_allowed() -> None:
    keys = ("a", "ü", "space", "ctrl+t", "alt+x", "alt+left", "shift+tab", "shift+up", "f12", "<c>", "+")
    assert [key for key in keys if key_problem(key)] == []


def test_a_patch_leaves_the_keymap_it_is_laid_over_as_it_was() -> None:
    before = load_default_keymap()
    apply_patch(before, {"reader": {"Z": ""}}, "x")
    assert before == load_default_keymap()
