from typing import Any

import pytest

from tests.unit.cli.conftest import Run

ARTICLE = "01k9x7f0v2j6r4s8t3w5y7z9x7"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    seen: list[Any] = []
    monkeypatch.setattr("newstui.cli.reading.load_target", lambda _: lambda workspace, start: seen.append(start))
    monkeypatch.setattr("newstui.cli.reading.is_terminal", lambda: True)
    return seen


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ([], None),
        (["open", "z9x7"], ARTICLE),
        (["open", "z9x7#0001"], f"{ARTICLE}#01k9x7f0v2j6r4s8t3w5h00001"),
        (["open", f"newstui://{ARTICLE}#w5h00001"], f"{ARTICLE}#01k9x7f0v2j6r4s8t3w5h00001"),
    ],
)
def test_the_reader_opens_where_it_is_told(
    run: Run, started: list[Any], arguments: list[str], start: str | None
) -> None:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    assert started == [start]


def test_a_reference_to_nothing_is_said_before_the_screen_opens(run: Run, started: list[Any]) -> None:
    assert run("open", "zzzz").exit_code == 1
    assert run("-c").exit_code == 1
    assert started == []


def test_an_installation_without_screens_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'newstui.ui.app'", name="newstui.ui.app")

    monkeypatch.setattr("newstui.cli.reading.load_target", missing)
    monkeypatch.setattr("newstui.cli.reading.is_terminal", lambda: True)
    done = run()
    assert done.exit_code == 2
    assert "not part of this installation" in done.stderr


def test_without_a_terminal_the_same_comes_as_plain_text(run: Run) -> None:
    listed = run()
    assert listed.exit_code == 0
    assert "z9x7" in listed.stdout
    assert "no terminal" in listed.stderr
    assert run("open", "z9x7#0001").stdout.strip()
