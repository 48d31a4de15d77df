"""What holds at every commit: layout, style, types, contracts, and what a command may load."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = {
    "pyproject.toml", "README.md", "src", "library", "tests", "themes", "LICENSE", "CHANGELOG.md", ".gitignore", ".ci",
}  # fmt: skip
SCRIPTS = Path(sys.executable).parent


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)


def tracked() -> list[str]:
    listed = run("git", "ls-files")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    assert {name.split("/")[0] for name in tracked()} <= ALLOWED


@pytest.mark.parametrize("command", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",)])
def test_style_types_and_contracts_hold(command: tuple[str, ...]) -> None:
    done = run(SCRIPTS / command[0], *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_continuous_run_uses_the_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- tests -->" in readme
    assert "README.md" in (ROOT / ".ci/run").read_text(encoding="utf-8")


LOADED = """
import sys
sys.argv = ["newstui", *{arguments!r}]
from newstui.__main__ import main
try:
    main()
except SystemExit as end:
    assert end.code in (0, None), end.code
print(*sorted(name.split(".")[0] for name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("list",),
        ("search", "telegraph"),
        ("notes",),
        ("tags",),
        ("entities",),
        ("export",),
    ],
)
def test_a_command_without_a_screen_never_loads_textual(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(sys.executable, "-c", LOADED.format(arguments=list(arguments)), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split("\n")[-2].split())
    assert not loaded & {"textual", "rich"}
