"""Reading, tags, history, re-anchoring and settings from the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from newstui.cli.main import main
from newstui.model import Article
from newstui.store import Store
from newstui.workspace import Workspace
from tests.unit.cli.conftest import Run


def test_an_article_is_printed_wrapped_and_harmless(run: Run) -> None:
    done = run("read", "z9x7", "--width", "40")
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.split("\n"))) <= 40
    assert done.stdout.startswith("A book kept beside the wire\n\nR. Marsh, Ana Sá · Harbor Gazette ·\n1998-05-17\n")
    assert "Clear ␛[2J text." in run("read", "z9k3").stdout
    assert run("read", "z9k3", "--raw").stdout == "Clear ␛[2J text.\n"


def test_tags_are_listed_renamed_merged_and_deleted(run: Run) -> None:
    assert set(run("tags").stdout.split()) == {"telegraph", "claim/official"}
    assert run("tags", "--tree", "--counts").stdout == "       claim\n    1    official\n    1  telegraph\n"
    assert json.loads(run("tags", "--json").stdout.splitlines()[0])["count"] == 1
    assert run("tags", "rename", "claim", "said").exit_code == 0
    assert run("tags", "merge", "said/official", "telegraph").exit_code == 0
    assert run("tags").stdout == "telegraph\n"
    assert run("tags", "delete", "telegraph").exit_code == 0
    done = run("tags")
    assert (done.exit_code, done.stdout) == (1, "")
    assert run("tags", "merge", "x").exit_code == 2


def test_the_history_is_listed_and_gone_back_and_forth_in(run: Run) -> None:
    run("tags", "rename", "claim", "said")
    run("tags", "rename", "said", "told")
    steps = [json.loads(line) for line in run("history", "--json").stdout.splitlines()]
    assert [step["label"] for step in steps[:3]] == [
        "Rename tag #said to #told",
        "Rename tag #claim to #said",
        "Tag passage",
    ]
    assert steps[0]["changed"] == "1 passage"
    assert "Rename tag #said to #told  (1 passage)" in run("history", "-n", "1").stdout
    done = run("undo", "--to", str(steps[1]["number"]))
    assert done.stderr == "Taken back: Rename tag #said to #told\nTaken back: Rename tag #claim to #said\n"
    assert "claim/official" in run("tags").stdout
    assert run("undo", "--to", str(steps[1]["number"])).exit_code == 1
    assert "undone  Rename tag #said" in run("history").stdout
    assert run("redo", "--to", str(steps[0]["number"])).exit_code == 0
    assert "told/official" in run("tags").stdout
    assert run("redo").exit_code == 1


def test_the_places_that_capitals_lead_to_are_listed_and_forgotten(run: Run, library: Path) -> None:
    assert run("marks").exit_code == 1
    with Workspace.open(library) as workspace:
        article = workspace.store.all(Article)[0]
        workspace.marks.put("A", article.id, 7)
        workspace.marks.put("b", article.id, 9)
        workspace.store.readings.flush()
    (mark,) = [json.loads(line) for line in run("marks", "--json").stdout.splitlines()]
    assert mark == {"letter": "A", "article": article.id, "start": 7, "title": article.title}
    assert run("marks", "remove", "A").exit_code == 0
    assert run("marks", "remove", "A").exit_code == 1


def test_passages_are_tagged_by_reference(run: Run) -> None:
    assert run("tag", "+nato", "-claim/official", "--", "z9x7#0001").exit_code == 0
    assert json.loads(run("notes", "--json").stdout)["tags"] == ["nato"]
    assert run("tag", "+x", "-n", "--", "z9x7#0001").stdout == "Nothing was lost\n"


def test_passages_are_tagged_in_one_step_and_what_has_the_tag_is_left_alone(run: Run, library: Path) -> None:
    made = run("highlight", "z9x7", "--quote", "of his own", "--tag", "nato").stdout.split()[0]
    assert run("tag", "+nato", "--", "z9x7#0001", made).stderr == "Tag 2 highlights #nato\n"
    with Workspace.open(library) as workspace:
        assert all("nato" in note.tags for note in workspace.annotating.all())
        assert len(workspace.history.entries()[-1].changes) == 1
    assert run("undo").stderr == "Taken back: Tag 2 highlights #nato\n"
    assert run("notes", "tag:nato").stdout == f"{made}  of his own #nato\n"


@pytest.mark.parametrize("arguments", [["+nato"], ["z9x7"], ["+nato", "--"]])
def test_a_tag_needs_something_to_be_given_to(run: Run, arguments: list[str]) -> None:
    assert run("tag", *arguments).exit_code == 2


def test_nothing_to_take_back_is_one_sentence(run: Run, library: Path) -> None:
    with Store.open(library) as store:
        known = bool(store.history())
    done = run("undo")
    assert done.exit_code == (0 if known else 1)
    assert run("undo", "--list").exit_code == 0
    assert run("redo").exit_code in (0, 1)


def test_highlights_are_found_again(run: Run, library: Path) -> None:
    with Store.open(library) as store:
        article = store.get(Article, "01k9x7f0v2j6r4s8t3w5y7z9x7")
        body = "New. " + store.text(article.text).replace("Nothing was lost", "Nothing at all was lost")
        store.commit("x", [replace(article, text=store.add_text(body))])
    assert "old text" in run("reanchor", "--list").stdout
    assert "1 changed" in run("reanchor").stderr
    assert json.loads(run("notes", "--json").stdout)["quote"] == "Nothing at all was lost"
    assert json.loads(run("reanchor", "--list", "--json").stdout)["state"] == "changed"
    assert run("reanchor", "z9x7#0001", "--quote", "at all was lost").stderr == "Attached: 1 highlight.\n"


def test_settings_keys_and_themes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert 'theme = "ink"\n' in run("config").stdout
    assert run("config", "check").exit_code == 0
    file = Path(run("config", "path").stdout.strip())
    file.parent.mkdir(parents=True)
    file.write_text("measure = 5\n", encoding="utf-8")
    done = run("config", "check")
    assert done.exit_code == 1
    assert "measure" in done.stderr
    assert "Tag the selection" in run("keys", "reader").stdout
    assert json.loads(run("keys", "reader", "--json").stdout.splitlines()[0])["context"] == "reader"
    assert run("keys", "nowhere").exit_code == 2
    (file.parent / "themes").mkdir()
    (file.parent / "themes" / "mine.toml").write_text("", encoding="utf-8")
    assert "  mine\n" in run("themes").stdout


def test_a_library_that_is_none_is_one_sentence(run: Run, tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        done = CliRunner().invoke(main, ["--library", str(folder), "notes"])
        assert done.exit_code in (1, 4)
        assert done.stderr.count("\n") == 1


def test_a_library_that_is_written_elsewhere_is_read_but_not_changed(run: Run, library: Path) -> None:
    with Store.open(library):
        assert run("notes").exit_code == 0
        done = run("highlight", "z9x7", "--quote", "the clerk")
        assert done.exit_code in (1, 3)
