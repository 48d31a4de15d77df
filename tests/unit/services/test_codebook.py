"""Changes of a tag over the whole library: what carries it, what was said about it, and one undo step."""

from pathlib import Path

import pytest

from newstui.errors import NotFoundError, UsageError
from newstui.model import Annotation, Article, Span, Tag
from newstui.store import Store, new_id
from newstui.workspace import Workspace

BODY = "The harbor froze in the first week. Nobody had seen it so still, and the pilots went home on foot."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Store.open(tmp_path / "library", create=True) as store:
        sha = store.add_text(BODY)
        store.commit("Import", [Article(new_id(), f"Title {n}", sha, 20, tags=("inbox",)) for n in range(2)])
    return Workspace.open(tmp_path / "library")


def tag_passages(workspace: Workspace, *tags: str) -> list[str]:
    article = workspace.store.all(Article)[0]
    return [workspace.annotating.highlight(article.id, Span(n, n + 9), tags=[tag]).id for n, tag in enumerate(tags)]


def tags_of(workspace: Workspace) -> list[tuple[str, ...]]:
    return [note.tags for note in workspace.store.all(Annotation)]


def counts(workspace: Workspace) -> dict[str, int]:
    return {use.name: use.count for use in workspace.tagging.uses()}


def test_uses_follow_every_change(workspace: Workspace) -> None:
    assert counts(workspace) == {"inbox": 2}
    (ice, _) = tag_passages(workspace, "ice", "ice/harbor")
    assert counts(workspace) == {"inbox": 2, "ice": 1, "ice/harbor": 1}
    workspace.annotating.change(ice, tags=["inbox", "snow"])
    assert counts(workspace) == {"inbox": 3, "snow": 1, "ice/harbor": 1}
    workspace.catalog.trash([workspace.store.all(Article)[1].id])
    assert counts(workspace)["inbox"] == 2
    workspace.history.undo()
    workspace.history.undo()
    workspace.annotating.remove([ice])
    assert counts(workspace) == {"inbox": 2, "ice/harbor": 1}
    assert [use.name for use in workspace.tagging.uses()] == ["inbox", "ice/harbor"]


def test_a_tag_is_renamed_with_all_below_it_and_with_what_was_said(workspace: Workspace) -> None:
    tag_passages(workspace, "ice", "Ice/harbor", "icebox")
    workspace.codebook.describe("ice", description="Frozen water", color=2)
    workspace.codebook.rename("ice", "weather/ice")
    assert tags_of(workspace) == [("weather/ice",), ("weather/ice/harbor",), ("icebox",)]
    assert workspace.codebook.record("weather/ice").description == "Frozen water"
    assert workspace.codebook.record("ice") == Tag("", "ice")
    workspace.history.undo()
    assert tags_of(workspace) == [("ice",), ("Ice/harbor",), ("icebox",)]
    assert workspace.codebook.record("ice").color == 2


def test_merging_keeps_what_was_said_about_each(workspace: Workspace) -> None:
    tag_passages(workspace, "ice", "snow", "frost")
    workspace.codebook.describe("ice", description="One", color=3)
    workspace.codebook.describe("frost", description="Two")
    workspace.codebook.merge(["ice", "snow"], "frost")
    assert tags_of(workspace) == [("frost",)] * 3
    record = workspace.codebook.record("frost")
    assert (record.description, record.color) == ("Two\nOne", 3)
    assert len(workspace.store.all(Tag)) == 1


def test_a_tag_moves_under_another_and_out_again_but_not_under_itself(workspace: Workspace) -> None:
    tag_passages(workspace, "ice", "ice/harbor")
    workspace.codebook.move("ice", "weather")
    assert tags_of(workspace) == [("weather/ice",), ("weather/ice/harbor",)]
    workspace.codebook.move("weather/ice/harbor", "")
    assert tags_of(workspace) == [("weather/ice",), ("harbor",)]
    with pytest.raises(UsageError, match="below itself"):
        workspace.codebook.move("weather/ice", "weather/ice/harbor")


def test_some_passages_of_a_tag_are_split_off(workspace: Workspace) -> None:
    first, second, third = tag_passages(workspace, "ice", "ice", "snow")
    workspace.codebook.split("ice", "ice/thick", [second, third])
    assert tags_of(workspace) == [("ice",), ("ice/thick",), ("snow",)]
    with pytest.raises(NotFoundError, match="None of these"):
        workspace.codebook.split("ice", "x", [third])
    assert workspace.history.undo() == "Split 1 passage of #ice off as #ice/thick"
    assert first


def test_a_deleted_tag_leaves_everything_and_comes_back_with_its_description(workspace: Workspace) -> None:
    tag_passages(workspace, "ice", "ice/harbor")
    workspace.codebook.describe("ice/harbor", description="Where ships wait")
    workspace.codebook.delete("ice")
    assert tags_of(workspace) == [(), ()]
    assert not workspace.store.all(Tag)
    workspace.history.undo()
    assert workspace.codebook.record("ice/harbor").description == "Where ships wait"
    with pytest.raises(NotFoundError, match="no tag"):
        workspace.codebook.delete("sand")


def test_a_spelling_is_forgiven_and_the_same_tags_come_in_the_same_order(workspace: Workspace) -> None:
    tag_passages(workspace, "weather/ice", "weather/icy", "harbor")
    names = [suggestion.name for suggestion in workspace.tagging.suggest("wether")]
    assert names == ["weather/ice", "weather/icy", "wether"]
    assert [s.name for s in workspace.tagging.suggest("ic")] == ["weather/ice", "weather/icy", "ic"]


def test_several_tags_are_moved_colored_and_deleted_in_one_step_each(workspace: Workspace) -> None:
    tag_passages(workspace, "ice", "ice/harbor", "fog")
    assert workspace.codebook.move("ice", "weather", "fog", "ice/harbor").label == "Move 3 tags under #weather"
    assert counts(workspace) == {"inbox": 2, "weather/ice": 1, "weather/harbor": 1, "weather/fog": 1}
    workspace.codebook.recolor(["weather", "weather/fog"], 5)
    assert [workspace.codebook.record(name).color for name in ("weather", "weather/fog")] == [5, 5]
    assert workspace.codebook.delete("weather/ice", "weather/fog").label == "Delete 2 tags"
    assert tags_of(workspace) == [(), ("weather/harbor",), ()]
    for _ in range(3):
        workspace.history.undo()
    assert counts(workspace) == {"inbox": 2, "ice": 1, "ice/harbor": 1, "fog": 1}
    assert workspace.codebook.merge(["ice", "ice/harbor"], "cold").label == "Merge 2 tags into #cold"
    assert tags_of(workspace) == [("cold",), ("cold",), ("fog",)]
