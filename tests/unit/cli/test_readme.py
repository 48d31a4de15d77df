"""The examples of the README that name words of the sample library run on it as they stand."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from newstui.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
LINES = re.findall(r"^newstui .+", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
RUN = re.compile(r"newstui (list|search (?!--batch)|read|highlight (?!--from)|notes|tags|export(?!.*--watch)|entit)")
"""Left out is what needs files of the reader's own, a screen, or goes on until it is stopped."""
EXAMPLES = [re.split(r" +# | [|>] ", line)[0] for line in LINES if RUN.match(line)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(ROOT / "library", tmp_path_factory.mktemp("readme") / "library")


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_of_the_readme_does_something_on_the_sample(
    line: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--library", str(sample), *shlex.split(line.replace("~", str(tmp_path)))[1:]])
    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_an_export_into_one_folder_keeps_one_shape() -> None:
    shapes: dict[str, set[str]] = {}
    for line in LINES:
        if found := re.search(r"export --to (~\S+)(?: --(?:flavor|template) (\S+))?", line):
            shapes.setdefault(found[1], set()).add(found[2] or "")
    assert shapes
    assert all(len(each) == 1 for each in shapes.values()), shapes
