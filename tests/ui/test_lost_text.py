"""One text of a library is gone: it costs that article's words, and nothing else."""

import pytest

from newstui.model import Article
from newstui.workspace import Workspace
from tests.ui.pilots import OpenApp, press, screen_text


def lose(workspace: Workspace, title: str) -> Article:
    """Take an article's text away behind newstui's back."""
    article = next(each for each in workspace.store.all(Article) if each.title == title)
    next(workspace.store.path.glob(f"texts/*/{article.text}.txt")).unlink()
    return article


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["g", "e"], "Mevlüt"),
        (["F", *"clerks"], "Names of the clerks"),
        (["j", "enter", "v", "w", "g", "asterisk"], "Occurrences"),
        (["g", "n"], "The cable reached Ireland"),
        (["enter"], "cannot be read"),
    ],
    ids=["names", "search", "occurrences", "highlights", "opening it"],
)
async def test_the_others_are_read_searched_and_named(
    open_app: OpenApp, workspace: Workspace, keys: list[str], wanted: str
) -> None:
    lose(workspace, "Wires under the sea")
    async with open_app(size=(100, 30)) as pilot:
        await press(pilot)
        assert "cannot be read" in screen_text(pilot)
        for key in keys:
            await press(pilot, key)
        assert wanted in screen_text(pilot)


async def test_what_a_worker_runs_into_is_said_and_the_program_goes_on(
    open_app: OpenApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = lose(workspace, "Names of the clerks")
    monkeypatch.setattr(workspace.dossiers, "index", lambda *_, **__: workspace.store.text(article.text))
    async with open_app(size=(100, 30)) as pilot:
        await pilot.press("g", "e")
        for _ in range(20):
            await pilot.pause(0.02)
        assert "cannot be read" in screen_text(pilot)
        await press(pilot, "q")
        assert "Wires under the sea" in screen_text(pilot)
