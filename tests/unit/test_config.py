import dataclasses
import tomllib
from pathlib import Path

from newstui.config import DEFAULT_COLORS, EXPLAINED, Config, explain_config, load_config, parse_config


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
