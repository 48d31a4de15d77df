from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newstui.cli.main import main
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY, annotation

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with two articles and one highlight, `z9x7#0001`."""
    folder = tmp_path / "library"
    with Store.open(folder, create=True) as store:
        sha256 = store.add_text(BODY)
        other = replace(ARTICLE, id="01k9x7f0v2j6r4s8t3w5y7z9k3", title="Hostile \x1b]52;c;x\x07 [b]title[/b]", tags=())
        marked = annotation("Nothing was lost", 1, tags=("claim/official",), note="Denial.", color=2)
        marked = replace(marked, target=replace(marked.target, text=sha256))
        store.commit("x", [replace(ARTICLE, text=sha256), replace(other, text=store.add_text("Clear \x1b[2J text."))])
        store.commit("Tag passage", [marked])
    return folder


@pytest.fixture
def run(library: Path) -> Run:
    """Run the command line on the library; a control that would reach a terminal fails the test."""

    def run_with(*arguments: str, stdin: str | None = None, env: dict[str, str] | None = None) -> Result:
        done = CliRunner().invoke(main, ["--library", str(library), *arguments], input=stdin, env=env)
        assert not {"\x1b", "\x07", "\x9b"} & set(done.output), done.output
        return done

    return run_with
