import dataclasses
import tomllib
from pathlib import Path

import pytest

from newstui.config import (
    DEFAULT_COLORS,
    EXPLAINED,
    Config,
    change_setting,
    explain_config,
    load_config,
    parse_config,
    save_setting,
)


def test_no_file_means_the_defaults_without_a_word(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == (Config(), [])


def test_one_wrong_entry_is_named_and_the_rest_works(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('measure = 300\ntheme = "paper"\ncolour = 1\n', encoding="utf-8")
    config, problems = load_config(path)
    assert config == Config(theme="paper")
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "measure = 300 was skipped; it takes a number from 45 to 100.",
        "no setting is called 'colour'; known are ascii, colors, columns, justify, layers, library, measure, plain,"
        " preset, recognizer, reduced_motion, theme.",
    ]


def test_a_broken_line_keeps_the_defaults_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("measure = \n", encoding="utf-8")
    config, problems = load_config(path)
    assert config == Config()
    assert "line 1" in problems[0]


def test_colors_are_found_by_the_users_name_or_number() -> None:
    config = Config(colors=("claim", "denial", "green", "rose", "violet", "gray"))
    assert (config.color_slot("Denial"), config.color_slot("6"), config.color_slot("7")) == (2, 6, None)
    assert config.color_name(0) == "claim"


def test_every_setting_is_explained_and_the_explanation_is_a_file_that_can_be_read() -> None:
    assert set(EXPLAINED) == {field.name for field in dataclasses.fields(Config)}
    mine = Config(theme='so "dark\\', measure=50, colors=("claim", *DEFAULT_COLORS[1:]), ascii=True)
    assert parse_config(tomllib.loads(explain_config(mine)), "x") == (mine, [])
    assert parse_config(tomllib.loads(explain_config(Config())), "x") == (Config(), [])
    assert all(line.startswith("#") for line in explain_config(Config()).splitlines() if line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "paper"\n'),
        ("theme='ink'  # mine\r\nmeasure = 50\r\n", 'theme="paper"  # mine\r\nmeasure = 50\r\n'),
        ('# theme = "ink"\nmeasure = 50\n', 'theme = "paper"\nmeasure = 50\n'),
        ('# theme = "old"\ntheme = "ink"\n', '# theme = "old"\ntheme = "paper"\n'),
        ('[x]\ntheme = "ink"\n', 'theme = "paper"\n[x]\ntheme = "ink"\n'),
        ('library = """\ntheme = "ink"\n"""\n', 'theme = "paper"\nlibrary = """\ntheme = "ink"\n"""\n'),
    ],
)
def test_one_setting_is_changed_and_every_other_line_stays(before: str, after: str) -> None:
    assert change_setting(before, "theme", "paper") == after


def test_a_list_is_changed_in_its_line() -> None:
    before = 'layers = ["ORG", "GPE"]  # mine\nmeasure = 50\n'
    assert change_setting(before, "layers", ("PERSON",)) == 'layers = ["PERSON"]  # mine\nmeasure = 50\n'


@pytest.mark.parametrize("text", ["measure = \n", 'theme = """ink"""\n'])
def test_settings_that_no_line_can_change_are_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"line|Invalid"):
        save_setting(path, "theme", "paper")
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == [text]


def test_a_setting_is_kept_where_there_was_no_file_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    save_setting(tmp_path / "link.toml", "theme", "paper")
    assert (tmp_path / "link.toml").is_symlink()
    assert load_config(tmp_path / "real.toml") == (Config(theme="paper"), [])
