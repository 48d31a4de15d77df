import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newstui import __version__
from newstui.cli.main import main
from newstui.cli.verbs import SECTIONS, VerbGroup
from newstui.errors import LibraryLockedError


def test_the_version_is_one_line() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"newstui {__version__}\n"


def test_help_groups_the_verbs_by_purpose_and_shows_examples() -> None:
    done = CliRunner().invoke(main, ["--help"])
    assert done.exit_code == 0
    assert done.output.index("\nRead:") < done.output.index("\nExamples:")
    assert "newstui import wire/*.txt" in done.output


@pytest.mark.parametrize("name", [verb.name for verbs in SECTIONS.values() for verb in verbs])
def test_every_listed_verb_loads_and_has_help(name: str) -> None:
    context = click.Context(main)
    assert isinstance(main, VerbGroup)
    if name not in main.list_commands(context):
        assert main.get_command(context, name) is None
        return
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert "Usage: " in done.output


def test_a_misspelled_verb_is_answered_with_the_nearest() -> None:
    done = CliRunner().invoke(main, ["opne"])
    assert done.exit_code == 2
    assert "'open'" in done.output


def test_no_control_of_an_argument_reaches_the_terminal() -> None:
    done = CliRunner().invoke(main, ["\x1b]52;c;x\x07"])
    assert done.exit_code == 2
    assert "\x1b" not in done.output


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> VerbGroup:
    group = VerbGroup("newstui")

    def load(self: VerbGroup, ctx: click.Context, name: str) -> click.Command:
        @click.command()
        def fail() -> None:
            if name == "interrupt":
                raise KeyboardInterrupt
            raise LibraryLockedError("Someone else\x1b[2J writes to it.")

        return fail

    monkeypatch.setattr(VerbGroup, "get_command", load)
    return group


def test_a_failure_is_one_sentence_and_its_exit_status(failing: VerbGroup) -> None:
    done = CliRunner().invoke(failing, ["x"])
    assert done.exit_code == 3
    assert done.stderr == "newstui: Someone else␛[2J writes to it.\n"
    assert done.stdout == ""


def test_an_interrupt_ends_with_130(failing: VerbGroup) -> None:
    assert CliRunner().invoke(failing, ["interrupt"]).exit_code == 130


def test_nothing_but_the_table_is_imported_for_the_help(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['newstui', '--help']\n"
        "from newstui.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "bad = {'newstui.store', 'newstui.services', 'newstui.workspace', 'textual', 'tinydb', 'yaml', 'numpy'}\n"
        "sys.exit(sorted(bad & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
