"""`newstui entities` and `newstui entity`: what is found, and what a user says of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newstui.cli.main import main
from newstui.model import Article, Span
from newstui.store import Store, new_id
from newstui.workspace import Workspace

STORY = (
    "Foreign Minister Helena Brandt said on Tuesday that the United Nations had asked Germany to help.\n\n"
    "“We need help now, not in a year,” Helena Brandt said in Geneva."
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "library", create=True) as store:
        store.commit("Import", [Article(new_id(), "Help", store.add_text(STORY), published="2021-05-05")])
    return tmp_path / "library"


def run(library: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--library", str(library), *words])


def test_a_name_is_corrected_and_the_correction_undone(library: Path) -> None:
    assert "Germany" in run(library, "entities").output
    assert run(library, "entity", "not", "Germany").exit_code == 0
    assert "Germany" not in run(library, "entities").output
    run(library, "undo")
    assert "Germany" in run(library, "entities").output


def test_the_history_names_an_alias_as_it_is_written(library: Path) -> None:
    assert run(library, "entity", "alias", "Lena", "Helena Brandt").exit_code == 0
    assert "Alias: Lena is Helena Brandt" in run(library, "history").output


def test_two_are_made_one_and_shown(library: Path) -> None:
    run(library, "entity", "is", "Geneva", "org")
    run(library, "entity", "merge", "Geneva", "United Nations")
    shown = run(library, "entity", "show", "United Nations").output
    assert "2 mentions in 1 article" in shown
    assert "Also: Geneva" in shown


def test_a_dossier_says_who_said_it_and_when(library: Path) -> None:
    shown = run(library, "entity", "show", "Brandt").output
    assert "We need help now" in shown.partition("## Said")[2]
    assert "2021-05-04" in shown


def test_what_is_not_there_is_one_sentence(library: Path) -> None:
    result = run(library, "entity", "show", "Nobody")
    assert result.exit_code != 0
    assert "No article names 'Nobody'" in result.output


def test_what_is_new_in_an_article_is_asked_for_that_article(library: Path) -> None:
    with Store.open(library) as store:
        body = "Helena Brandt said on Tuesday that she had met the President of France in Paris."
        store.commit("Import", [Article(new_id(), "Later", store.add_text(body), added="2099-01-01T00:00:00Z")])
    shown = run(library, "entities", "Later", "--new").output
    assert "Paris" in shown
    assert "Brandt" not in shown
    assert "New in which articles?" in run(library, "entities", "--new").output


def test_a_correction_whose_words_are_gone_is_listed(library: Path) -> None:
    assert "Every correction has its place" in run(library, "entities", "--lost").output
    with Workspace.open(library) as workspace:
        (article,) = workspace.store.all(Article)
        workspace.correcting.correct_mention("drop", article.id, Span(17, 30))
        workspace.store.commit("Revise", [replace(article, text=workspace.store.add_text("Another text."))])
    assert "drop            Helena Brandt" in run(library, "entities", "--lost").output
