"""What was done is listed by name; going to a step takes back, or does again, all that lies between."""

from pathlib import Path

import pytest

from newstui.errors import NotFoundError
from newstui.model import Annotation, Article, Span
from newstui.services.history import measure
from newstui.store import Store, new_id
from newstui.workspace import Workspace

BODY = "One two three four five six seven."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "library", create=True) as store:
        store.commit("Import", [Article(new_id(), "Title", store.add_text(BODY), 7)])
    with Workspace.open(tmp_path / "library") as workspace:
        article = workspace.store.all(Article)[0].id
        for tag in ("a", "b", "c"):
            workspace.annotating.highlight(article, Span(0, 3), tags=[tag])
        workspace.codebook.rename("a", "z")
    return tmp_path / "library"


def labels(workspace: Workspace) -> list[tuple[str, bool]]:
    return [(step.label, step.undone) for step in workspace.history.steps()]


def test_several_steps_are_taken_back_and_done_again_at_once_after_a_restart(library: Path) -> None:
    with Workspace.open(library) as workspace:
        before = workspace.store.all(Annotation)
        assert [label for label, _ in labels(workspace)] == [
            "Rename tag #a to #z", "Tag passage #c", "Tag passage #b", "Tag passage #a", "Import",
        ]  # fmt: skip
        assert measure(workspace.history.steps()[0]) == "1 passage"
        second = workspace.history.steps()[2]
        assert workspace.history.travel(second.number) == ["Rename tag #a to #z", "Tag passage #c", "Tag passage #b"]
        assert [note.tags for note in workspace.store.all(Annotation)] == [("a",)]
    with Workspace.open(library) as workspace:
        assert labels(workspace)[:4] == [
            ("Rename tag #a to #z", True), ("Tag passage #c", True), ("Tag passage #b", True),
            ("Tag passage #a", False),
        ]  # fmt: skip
        assert workspace.history.travel(workspace.history.steps()[1].number) == ["Tag passage #b", "Tag passage #c"]
        assert labels(workspace)[0] == ("Rename tag #a to #z", True)
        assert workspace.history.redo() == "Rename tag #a to #z"
        assert workspace.store.all(Annotation) == before
        with pytest.raises(NotFoundError, match="no step 999"):
            workspace.history.travel(999)


def test_a_new_change_forgets_what_could_be_done_again(library: Path) -> None:
    with Workspace.open(library) as workspace:
        workspace.history.undo()
        workspace.annotating.remove([workspace.store.all(Annotation)[0].id])
        assert labels(workspace)[:2] == [("Delete 1 highlight", False), ("Tag passage #c", False)]


def test_what_is_kept_as_lines_alone_is_taken_back_as_well(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.store.steps.KEPT_WHOLE", 3)
    with Workspace.open(library) as workspace:
        before = workspace.store.all(Annotation)
        article = workspace.store.all(Article)[0].id
        for start in (0, 4, 8):
            made = workspace.annotating.highlight(article, Span(start, start + 3), note="one")
            workspace.annotating.change(made.id, note="two", color=start)
        workspace.annotating.retag([note.id for note in before], ["all"], [])
        workspace.annotating.remove([note.id for note in before])
        after = workspace.store.all(Annotation)
        done = [workspace.history.undo() for _ in range(8)]
        assert workspace.store.all(Annotation) == before
        assert [workspace.history.redo() for _ in range(8)] == done[::-1]
        assert workspace.store.all(Annotation) == after
