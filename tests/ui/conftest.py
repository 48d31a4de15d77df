"""A library in a temporary folder, and the program over it under a Pilot."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newstui.model import Article, Span
from newstui.store import Store, new_id
from newstui.ui.app import NewstuiApp
from newstui.ui.desk import Desk
from newstui.ui.keymap import load_default_keymap
from newstui.workspace import Workspace
from tests.ui.pilots import BODIES, OpenApp


def add_articles(store: Store) -> list[Article]:
    """Put the articles of `BODIES` into a library, the first one newest."""
    articles = [
        Article(
            new_id(), title, store.add_text(body), len(body.split()), "2026-01-01T00:00:00Z", source="Desk",
            published=f"2026-01-{20 - number:02}",
        )
        for number, (title, body) in enumerate(BODIES.items())
    ]  # fmt: skip
    store.commit("Import", articles)
    return articles


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of four articles; the first has two overlapping highlights, one with tag and note."""
    folder = tmp_path / "library"
    with Store.open(folder, create=True) as store:
        articles = add_articles(store)
    with Workspace.open(folder) as workspace:
        workspace.annotating.highlight(
            articles[0].id, Span(0, 34), tags=["cable/atlantic"], note="Which year?", color=2
        )
        workspace.annotating.highlight(articles[0].id, Span(10, 17), color=3)
    return folder


@pytest.fixture
def workspace(library: Path) -> Iterator[Workspace]:
    """The library of the test, open."""
    with Workspace.open(library) as opened:
        yield opened


@pytest.fixture
def desk(workspace: Workspace) -> Iterator[Desk]:
    """What the screens of the test work with."""
    made = Desk(workspace, workspace.config, load_default_keymap())
    yield made
    made.close()


@pytest.fixture
def open_app(desk: Desk) -> OpenApp:
    """Run the program: `async with open_app(size=(80, 24)) as pilot`."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24), start: str | None = None) -> AsyncIterator[Pilot[None]]:
        async with NewstuiApp(desk, start).run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return run
