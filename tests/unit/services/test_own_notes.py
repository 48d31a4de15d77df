"""Markdown that newstui exported is imported: what was written there comes in, and nothing is doubled."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from newstui.cli.main import main
from newstui.ingest.article import Source
from newstui.model import Annotation, Article
from newstui.store import Store
from newstui.workspace import Workspace

STORY = "A headline of it\n\nThe line went dead at noon. Nobody asked the clerk why it did.\n\nThe end came later."
FLAVORS = ("plain", "obsidian", "logseq", "pandoc", "full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one article and two highlights, one with a note, beside it an empty vault."""
    with Workspace(Store.open(tmp_path / "library", create=True)) as workspace:
        workspace.importing.run([Source(STORY.encode(), "/x/a.txt", "https://example.org/a")])
        (article,) = workspace.store.all(Article)
        workspace.annotating.highlight_quote(article.id, "Nobody asked the clerk", tags=["blame game"], note="Why?")
        workspace.annotating.highlight_quote(article.id, "The end came later")
    return tmp_path


def call(folder: Path, *arguments: str, library: str = "library") -> str:
    done = CliRunner().invoke(main, ["--library", str(folder / library), *arguments])
    assert done.exit_code == 0, done.stderr
    return done.stderr


def records(folder: Path, library: str = "library") -> tuple[list[Article], list[Annotation]]:
    with Store.open(folder / library) as store:
        return list(store.all(Article)), sorted(store.all(Annotation), key=lambda each: each.span.start)


@pytest.mark.parametrize("flavor", FLAVORS)
def test_what_was_written_in_the_vault_comes_in_once(folder: Path, flavor: str) -> None:
    call(folder, "export", "--to", str(folder / "vault"), "--flavor", flavor)
    before = records(folder)
    assert "1 unchanged" in call(folder, "import", str(folder / "vault"))
    assert records(folder) == before
    (file,) = (folder / "vault").glob("*.md")
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("Why?", "Why? *Because* of 2 \\* 3."), encoding="utf-8")
    assert "1 updated, 1 highlight" in call(folder, "import", str(folder / "vault"))
    articles, (first, second) = records(folder)
    assert articles == before[0]
    assert (first.note, first.tags, first.target) == (
        "Why? *Because* of 2 * 3.", ("blame game",), before[1][0].target
    )  # fmt: skip
    assert second == before[1][1]
    assert "1 unchanged" in call(folder, "import", str(folder / "vault"))


def test_a_tag_that_was_added_in_the_vault_comes_in(folder: Path) -> None:
    call(folder, "export", "--to", str(folder / "vault"))
    (file,) = (folder / "vault").glob("*.md")
    written = file.read_text(encoding="utf-8")
    file.write_text(
        written.replace("#blame-game", "#blame-game #clerk", 1).replace("tags: [", "tags: [history, "), encoding="utf-8"
    )
    call(folder, "import", str(file))
    (article,), (first, _) = records(folder)
    assert (article.tags, first.tags) == (("history",), ("blame game", "clerk"))


@pytest.mark.parametrize("flavor", FLAVORS)
def test_a_library_without_the_article_gets_it_under_its_own_id(folder: Path, flavor: str) -> None:
    call(folder, "export", "--to", str(folder / "vault"), "--flavor", flavor)
    call(folder, "import", str(folder / "vault"), library="other")
    (mine,), (first, _) = records(folder)
    (theirs,), made = records(folder, "other")
    assert (theirs.id, theirs.title, theirs.url) == (mine.id, mine.title, mine.url)
    assert first.quote in {each.quote for each in made}
    assert "Why?" in {each.note for each in made}
