"""Views: queries under a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article
from newstui.services.views import BUILT_IN
from newstui.store import Store, new_id
from newstui.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Store.open(tmp_path / "library", create=True) as store:
        text = store.add_text("Words.")
        store.commit("Import", [Article(new_id(), f"Title {n}", text, 1, starred=n == 1) for n in range(3)])
    with Workspace.open(tmp_path / "library") as opened:
        yield opened


def test_built_in_views_count_what_they_find(workspace: Workspace) -> None:
    counts = {view.name: workspace.views.count(view.query) for view in workspace.views.all()}
    assert counts == {"All articles": 3, "Inbox": 3, "Unread": 3, "Starred": 1, "Archive": 0, "Trash": 0}


def test_a_view_is_saved_replaced_found_and_removed_and_each_step_can_be_undone(workspace: Workspace) -> None:
    views = workspace.views
    views.save(" First  things ", "title:0")
    views.save("first things", "is:starred")
    assert [(view.name, view.query) for view in views.all()[len(BUILT_IN) :]] == [("first things", "is:starred")]
    assert views.count(views.find("FIRST THINGS").query) == 1
    views.remove("First Things")
    assert len(views.all()) == len(BUILT_IN)
    workspace.store.undo()
    workspace.store.undo()
    assert views.find("first things").query == "title:0"


def test_names_that_cannot_be_are_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        workspace.views.save("  ", "x")
    with pytest.raises(UsageError, match="always there"):
        workspace.views.save("inbox", "x")
    with pytest.raises(UsageError, match="always there"):
        workspace.views.remove("Inbox")
    with pytest.raises(NotFoundError, match="No view is called 'elsewhere'; there are All articles, Inbox"):
        workspace.views.find("elsewhere")
