"""The pages of a tag and of an article hold everything there is about them, and lead on to it."""

from pathlib import Path

import pytest

from newstui.errors import NotFoundError
from newstui.model import Article, Span
from newstui.services.page_rows import Goal, PageLayout, Row
from newstui.store import Store, new_id
from newstui.workspace import Workspace

BODY = "The harbor froze in the first week. Nobody had seen it so still, and the pilots went home on foot."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Store.open(tmp_path / "library", create=True) as store:
        sha = store.add_text(BODY)
        store.commit(
            "Import",
            [Article(new_id(), f"Title {n}", sha, 20, published=f"2026-0{n + 1}-03", source="Desk") for n in range(3)],
        )
    return Workspace.open(tmp_path / "library")


def highlight(workspace: Workspace, number: int, words: str, *tags: str, note: str = "", color: int = 0) -> str:
    article = workspace.store.all(Article)[number].id
    start = BODY.index(words)
    return workspace.annotating.highlight(
        article, Span(start, start + len(words)), tags=tags, note=note, color=color
    ).id


def rows_of_tag(workspace: Workspace, tag: str, wanted: str = "", width: int = 80) -> list[Row]:
    return PageLayout(width, len, workspace.config.color_name).tag(workspace.pages.tag(tag), wanted)


def text(rows: list[Row]) -> str:
    return "\n".join(row.text for row in rows)


def test_a_tag_is_told_with_its_meaning_its_company_its_months_and_its_passages(workspace: Workspace) -> None:
    made = highlight(workspace, 0, "harbor froze", "ice", "port", note="Which harbor?\nAsk.", color=2)
    highlight(workspace, 1, "still", "ice/calm")
    highlight(workspace, 1, "so still", "quiet")
    highlight(workspace, 2, "pilots", "people")
    workspace.codebook.describe("ice", description="Frozen water", color=4)
    workspace.catalog.tag([workspace.store.all(Article)[2].id], ["ice"], [])
    page = workspace.pages.tag("#ice")
    assert page.passages == 2
    assert page.below == (("ice/calm", 1),)
    assert dict(page.beside) == {"port": 1, "quiet": 1}
    assert page.months == (("2026-01", 1), ("2026-02", 1))
    assert [article.title for article in page.whole] == ["Title 2"]
    assert [group.article.title for group in page.groups] == ["Title 1", "Title 0"]
    rows = rows_of_tag(workspace, "ice")
    shown = text(rows)
    for words in ("rose · 2 passages in 2 articles", "Frozen water", "below    #ice/calm 1", "2026-02 1", "Title 2"):
        assert words in shown
    assert "The “harbor froze” in the first week." in shown
    assert "    Which harbor?\n    Ask.\n    #port   blue" in shown
    goals = {row.goal for row in rows}
    assert {Goal("passage", made), Goal("tag", "ice/calm"), Goal("article", page.groups[0].article.id)} <= goals


def test_a_parent_that_was_never_given_has_a_page_and_a_row_in_the_tree(workspace: Workspace) -> None:
    highlight(workspace, 0, "harbor", "claim/official/denied")
    highlight(workspace, 1, "pilots", "claim/official")
    assert [(use.name, use.count, total) for use, total in workspace.tagging.tree()] == [
        ("claim", 0, 2), ("claim/official", 1, 2), ("claim/official/denied", 1, 1),
    ]  # fmt: skip
    assert workspace.pages.tag("claim").passages == 2
    assert "part of  #claim" in text(rows_of_tag(workspace, "claim/official"))
    workspace.codebook.rename("claim", "said")
    assert workspace.tagging.tree()[0][0].name == "said"
    with pytest.raises(NotFoundError, match="no tag #claim"):
        workspace.pages.tag("claim")


def test_an_article_is_told_with_notes_tags_names_and_links(workspace: Workspace) -> None:
    one = highlight(workspace, 0, "harbor froze", "ice", note="Cold.")
    other = highlight(workspace, 2, "pilots went home", "people", "ice")
    highlight(workspace, 2, "Nobody")
    workspace.linking.link(one, other, "contradicts")
    page = workspace.pages.article(workspace.store.all(Article)[2].id)
    assert [note.quote for note in page.notes] == ["Nobody", "pilots went home"]
    assert dict(page.tags) == {"people": 1, "ice": 1}
    shown = text(PageLayout(80, len, workspace.config.color_name).article(page))
    assert "Desk · 2026-03-03" in shown
    assert "20 words · 2 passages · 0 notes" in shown
    assert "← contradicts “harbor froze”  Title 0" in shown
    only = text(PageLayout(80, len, workspace.config.color_name).article(page, "nobody"))
    assert "“Nobody”" in only
    assert "pilots went home”" not in only


def test_no_row_is_wider_than_the_page_and_no_control_reaches_it(workspace: Workspace) -> None:
    highlight(workspace, 0, BODY[:-1], "ice", note="A \x1b[2J note " * 30)
    highlight(workspace, 1, "pilots", "ice/of a very long name that goes on and on", "port")
    for width in (30, 33, 80, 200):
        rows = rows_of_tag(workspace, "ice", width=width)
        assert max(len(row.text) for row in rows) <= width
        assert "\x1b" not in text(rows)
    found = {row.goal.id for row in rows_of_tag(workspace, "ice", "#PORT") if row.goal and row.goal.kind == "passage"}
    assert found == {note.id for note in workspace.annotating.all() if "port" in note.tags}
