"""The picture in the README is what the program draws."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from newstui.model import Article
from newstui.ui.app import NewstuiApp
from newstui.ui.desk import Desk
from newstui.ui.keymap import load_default_keymap
from newstui.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _all_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw as on a terminal with all colors, wherever the tests run."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_the_picture_in_the_readme(tmp_path: Path, snap_compare: Any) -> None:
    shutil.copytree(ROOT / "library", tmp_path / "library")
    with Workspace.open(tmp_path / "library") as workspace:
        desk = Desk(workspace, workspace.config, load_default_keymap())
        story = next(article for article in workspace.store.all(Article) if article.title.startswith("MESOP"))
        workspace.dossiers.mentions(story.id)

        async def read(pilot: Pilot[None]) -> None:
            while not getattr(pilot.app.screen, "mentions", ()):
                await pilot.pause(0.1)
            await pilot.app.workers.wait_for_complete()
            await pilot.press(")", ")")
            await pilot.pause(0.2)

        assert snap_compare(NewstuiApp(desk, story.id), terminal_size=(120, 32), run_before=read)
        desk.close()


def test_the_picture_of_an_export(tmp_path: Path, snap_compare: Any) -> None:
    shutil.copytree(ROOT / "library", tmp_path / "library")
    with Workspace.open(tmp_path / "library") as workspace:
        desk = Desk(workspace, workspace.config, load_default_keymap(), last_export="~/vault/news")
        story = next(article for article in workspace.store.all(Article) if article.title == "The wire and the clock")

        async def export(pilot: Pilot[None]) -> None:
            await pilot.pause(0.2)
            await pilot.press("x")
            await pilot.pause(0.5)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause(0.2)

        assert snap_compare(NewstuiApp(desk, story.id), terminal_size=(100, 40), run_before=export)
        desk.close()
