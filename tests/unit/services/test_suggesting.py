"""Tags are suggested from what they were used for, and forgotten with it."""

from pathlib import Path

import pytest

from newstui.errors import NotFoundError, UsageError
from newstui.model import Article, Span
from newstui.services.annotating import Draft
from newstui.services.linking import KINDS
from newstui.store import Store, new_id
from newstui.workspace import Workspace

BETWEEN = "Nothing else was printed on that page but the names of the ships and the hours of the tides. "
BODY = (
    "The harbor froze in January and the pilots waited. A frozen harbor keeps no pilots in work. "
    + BETWEEN
    + "The court heard the appeal on Monday. Judges of the court rejected an appeal before noon. "
    + BETWEEN
    + "Frost held the harbor until spring. The minister appealed to the high court."
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Store.open(tmp_path / "library", create=True) as store:
        sha = store.add_text(BODY)
        store.commit("Import", [Article(new_id(), f"Title {n}", sha, 20, published=f"2026-0{n + 1}") for n in range(2)])
    return Workspace.open(tmp_path / "library")


def sentence(words: str) -> Span:
    start = BODY.index(words)
    return Span(start, BODY.index(".", start) + 1)


def tag(workspace: Workspace, words: str, *tags: str, number: int = 0) -> str:
    article = workspace.store.all(Article)[number]
    return workspace.annotating.highlight(article.id, sentence(words), tags=tags).id


def asked(workspace: Workspace, words: str, *given: str) -> list[str]:
    return workspace.suggesting.tags_for(workspace.store.all(Article)[1].id, sentence(words), given=given)


def test_a_passage_gets_the_tags_of_passages_like_it(workspace: Workspace) -> None:
    assert asked(workspace, "Frost held") == []
    tag(workspace, "The harbor froze", "weather/ice")
    tag(workspace, "The court heard", "law")
    assert asked(workspace, "A frozen harbor")[0] == "weather/ice"
    assert asked(workspace, "The minister appealed")[0] == "law"
    assert "law" not in asked(workspace, "The minister appealed", "law")


def test_the_name_of_a_tag_in_the_passage_is_enough(workspace: Workspace) -> None:
    tag(workspace, "The court heard", "january")
    assert asked(workspace, "The harbor froze")[0] == "january"


def test_what_is_taken_back_is_forgotten(workspace: Workspace) -> None:
    tag(workspace, "The harbor froze", "ice")
    assert asked(workspace, "A frozen harbor") == ["ice"]
    made = tag(workspace, "The court heard", "law")
    workspace.annotating.change(made, tags=["courts"])
    assert asked(workspace, "The minister appealed")[0] == "courts"
    for _ in range(3):
        workspace.history.undo()
    assert asked(workspace, "A frozen harbor") == []


def test_marks_tell_as_words_do(workspace: Workspace) -> None:
    sha = workspace.store.add_text("Who asked? Nobody knew. “It was me,” she said. Where then? It lay there.")
    workspace.store.commit("Import", [Article(new_id(), "Marks", sha, 14)])
    article = workspace.store.all(Article)[2].id
    for start, end, name in ((0, 10, "question"), (11, 23, "fact"), (24, 46, "quotation")):
        workspace.annotating.highlight(article, Span(start, end), tags=[name])
    assert workspace.suggesting.tags_for(article, Span(47, 58))[0] == "question"


def test_a_tag_that_goes_with_a_given_one_comes_first(workspace: Workspace) -> None:
    tag(workspace, "The harbor froze", "ice", "pilots")
    tag(workspace, "The court heard", "law", "appeals")
    assert asked(workspace, "Frost held the harbor", "law")[0] == "appeals"


def test_many_changes_are_learned_when_somebody_asks_and_can_wait(workspace: Workspace) -> None:
    article = workspace.store.all(Article)[0].id
    workspace.annotating.highlight_all([Draft(article, sentence("The harbor froze"), ("ice",))] * 300)
    assert asked(workspace, "A frozen harbor") == ["ice"]
    workspace.codebook.rename("ice", "frost")
    assert workspace.suggesting.is_behind
    here = workspace.store.all(Article)[1].id, sentence("A frozen harbor")
    assert workspace.suggesting.tags_for(*here, wait=False) == ["ice"]
    workspace.suggesting.prepare()
    assert workspace.suggesting.tags_for(*here, wait=False) == ["frost"]


def test_similar_ones_come_first_in_the_tag_line(workspace: Workspace) -> None:
    tag(workspace, "The harbor froze", "ice")
    tag(workspace, "The court heard", "law", "icon")
    suggested = workspace.tagging.suggest("", alike=["ice", "gone"])
    assert [(s.name, s.reason) for s in suggested] == [("ice", "alike"), ("icon", "recent"), ("law", "recent")]
    assert [s.name for s in workspace.tagging.suggest("ic", alike=["icon"])][:2] == ["icon", "ice"]


def test_links_go_both_ways_and_are_one_step_each(workspace: Workspace) -> None:
    one, other = tag(workspace, "The harbor froze", "a"), tag(workspace, "The court heard", "b", number=1)
    workspace.linking.link(one, other, "contradicts")
    workspace.linking.link(one, other, "contradicts")
    workspace.linking.link(other, one, "answers")
    assert [(linked.words, linked.annotation.id) for linked in workspace.linking.of(one)] == [
        ("contradicts →", other),
        ("← answers", other),
    ]
    assert workspace.linking.kinds() == [*KINDS, "answers"]
    workspace.annotating.change(one, tags=["c"], note="kept")
    assert len(workspace.linking.of(other)) == 2
    workspace.annotating.remove([other])
    assert workspace.linking.of(one) == []
    workspace.history.undo()
    workspace.linking.unlink(other, one)
    assert workspace.linking.of(one) == []
    with pytest.raises(NotFoundError, match="not linked"):
        workspace.linking.unlink(other, one)
    for wrong in (("x", one, one), ("  ", one, other), ("\x1b[2J", one, other)):
        with pytest.raises(UsageError):
            workspace.linking.link(wrong[1], wrong[2], wrong[0])


def test_whole_words_are_found_here_and_in_the_library(workspace: Workspace) -> None:
    first, second = (article.id for article in workspace.store.all(Article))
    words = [(o.article, o.span.slice(BODY)) for o in workspace.occurring.words("appeal", [first])]
    assert words == [(first, "appeal"), (first, "appeal")]
    both = [o.span.slice(BODY) for o in workspace.occurring.words("the  harbor", [first])]
    assert both == ["The harbor", "the harbor"]
    assert [o.span.slice(BODY) for o in workspace.occurring.words("The harbor", [first])] == ["The harbor"]
    everywhere = workspace.occurring.words("court")
    assert [o.article for o in everywhere] == [second] * 3 + [first] * 3
    workspace.annotating.highlight(first, everywhere[3].span)
    assert [o.highlighted for o in workspace.occurring.words("court")] == [False, False, False, True, False, False]
    assert workspace.occurring.words("  ") == []
    assert workspace.occurring.words("court", cancelled=lambda: True) == []
