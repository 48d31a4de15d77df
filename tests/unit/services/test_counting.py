"""Counts of tags against small libraries counted by hand."""

from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.model import Article, Span
from newstui.services.counting import Frequency
from newstui.store import Store, new_id
from newstui.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Store.open(tmp_path / "library", create=True) as store:
        sha = store.add_text("x" * 100)
        months = ("2016-08-10", "2016-08", "2016-07-01")
        store.commit("Import", [Article(new_id(), "T", sha, 1, published=month, tags=("wire",)) for month in months])
    opened = Workspace.open(tmp_path / "library")
    one, two, _ = opened.store.all(Article)
    for article, start, end, tags in (
        (one, 0, 10, ["claim/official", "nato"]),
        (one, 5, 20, ["claim", "denial"]),
        (one, 30, 40, ["nato"]),
        (two, 0, 10, ["claim/denied"]),
        (two, 50, 60, ["nato"]),
    ):
        opened.annotating.highlight(article.id, Span(start, end), tags=tags)
    return opened


def test_a_tag_counts_for_its_parents_once_a_passage(workspace: Workspace) -> None:
    found = {each.tag: each for each in workspace.counting.frequencies()}
    assert found["claim"] == Frequency("claim", 3, 0, 2)
    assert found["claim/official"] == Frequency("claim/official", 1, 0, 1)
    assert found["wire"] == Frequency("wire", 0, 3, 3)
    assert {e.tag: e.passages for e in workspace.counting.frequencies(below=False)}["claim"] == 1
    assert workspace.counting.months("claim") == [("2016-08", 3)]


def test_tags_go_together_on_a_passage_on_overlapping_ones_and_in_an_article(workspace: Workspace) -> None:
    tags = ["claim", "nato", "denial"]
    assert workspace.counting.together(tags).counts == ((3, 1, 1), (1, 3, 1), (1, 1, 1))
    assert workspace.counting.together(tags, scope="article").counts == ((2, 2, 1), (2, 2, 1), (1, 1, 1))
    assert workspace.counting.together(["nato", "denial"]).pairs() == [("nato", "denial", 1)]
    assert workspace.counting.together().tags[0] == "nato"


def test_a_codebook_is_taken_in_without_losing_what_was_said(workspace: Workspace) -> None:
    workspace.codebook.describe("nato", description="The alliance", color=2)
    text = "tag,description,color\nnato,,5\nclaim,What somebody says,\nnew/one,Not used yet,3\n"
    assert workspace.codebook.load(text, "csv").label == "Import codebook: 3 tags"
    said = {code.tag: (code.description, code.color, code.count) for code in workspace.codebook.codes()}
    assert said["nato"] == ("The alliance", 5, 3)
    assert said["claim"] == ("What somebody says", 0, 1)
    assert said["new/one"] == ("Not used yet", 3, 0)
    workspace.history.undo()
    assert workspace.codebook.record("nato").color == 2
    with pytest.raises(UsageError):
        workspace.codebook.load("{", "json")
