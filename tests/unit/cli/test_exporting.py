import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newstui.cli.main import main
from newstui.services.exporting_data import DATA_FORMATS
from newstui.store import Store
from tests.unit.cli.conftest import Run


def test_all_that_is_highlighted_goes_to_standard_output(run: Run) -> None:
    done = run("export")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("---\nnewstui: 1\n")
    assert "> Nothing was lost" in done.stdout
    assert "claim" in done.stdout
    assert done.stderr == ""


def test_an_article_by_its_reference(run: Run) -> None:
    done = run("export", "md", "z9k3", "--to", "-")
    assert done.exit_code == 0, done.output
    assert "id: 01k9x7f0v2j6r4s8t3w5y7z9k3" in done.stdout


def test_a_folder_is_merged_and_reported_on_standard_error(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "vault"
    done = run("export", "z9x7", "--to", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("new: ")
    assert "(1 new)" in done.stderr
    assert run("export", "z9x7", "--to", str(target)).stderr.startswith("same: ")
    (path,) = target.iterdir()
    path.write_text(path.read_text(encoding="utf-8") + "\nmine\n", encoding="utf-8")
    run("note", "w5h00001", "--set", "Another note.")
    dry = run("export", "z9x7", "--to", str(target), "--dry-run")
    assert "+Another note." in dry.stdout
    assert "Another note." not in path.read_text(encoding="utf-8")
    run("export", "z9x7", "--to", str(target), "-q")
    assert "Another note." in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith("\nmine\n")


def test_what_fails_is_said_and_is_exit_status_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xff\xfe")
    done = run("export", "z9x7", "--to", str(tmp_path / "x.md"))
    assert done.exit_code == 1
    assert "not UTF-8" in done.stderr


@pytest.mark.parametrize("name", ["json", *DATA_FORMATS])
def test_every_format(run: Run, name: str, tmp_path: Path) -> None:
    done = run("export", name, "z9x7")
    assert done.exit_code == 0, done.output
    assert "book" in done.stdout
    assert run("export", name, "z9x7", "--to", str(tmp_path / "out")).exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_json_ld_is_json(run: Run) -> None:
    assert json.loads(run("export", "jsonld").stdout)["total"] == 1


@pytest.mark.parametrize("name", ["jsonld", "jsonl"])
def test_an_export_comes_in_again(run: Run, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{name}"
    run("export", name, "--to", str(file))
    other = ["--library", str(tmp_path / "other")]
    done = CliRunner().invoke(main, [*other, "import", str(file)])
    assert done.exit_code == 0, done.output
    assert "highlights: 1 new" in done.stderr
    notes = CliRunner().invoke(main, [*other, "notes", "--json"]).stdout
    assert notes == run("notes", "--json").stdout
    again = CliRunner().invoke(main, [*other, "import", "-", "--dry-run"], input=file.read_bytes())
    assert "Would be: 1 unchanged" in again.stderr


def test_one_passage_alone(run: Run) -> None:
    assert json.loads(run("export", "jsonld", "z9x7#0001").stdout)["type"] == "Annotation"
    assert json.loads(run("export", "jsonld", "z9x7").stdout)["type"] == "AnnotationPage"
    assert run("export", "z9x7#0001").stdout.count("\n> ") == 1


def test_one_tag_in_one_file(run: Run, tmp_path: Path) -> None:
    assert run("export", "--tag", "claim", "--to", str(tmp_path / "claim.md")).exit_code == 0
    assert "# \\#claim\n" in (tmp_path / "claim.md").read_text(encoding="utf-8")
    none = run("export", "--tag", "nothing", "--to", str(tmp_path / "x.md"))
    assert (none.exit_code, none.stderr) == (1, "newstui: No highlight here has the tag 'nothing'.\n")


def test_a_template_by_name_and_a_broken_one(run: Run, tmp_path: Path) -> None:
    listed = [line.split("\t") for line in run("export", "--templates").stdout.splitlines()]
    assert [name for name, _ in listed] == ["cards", "questions", "reading"]
    assert all(Path(file).is_file() for _, file in listed)
    assert "- [ ] Denial. ([2](newstui://" in run("export", "--template", "questions", "z9x7").stdout
    (tmp_path / "mine.md.j2").write_text("{% block head %}\n{{ x }}{% endblock %}", encoding="utf-8")
    done = run("export", "--template", str(tmp_path / "mine.md.j2"), "--to", str(tmp_path / "vault"))
    assert done.exit_code == 2
    assert "line 2: 'x' is undefined" in done.stderr
    assert not (tmp_path / "vault").exists()


@pytest.mark.parametrize("flavor", ["obsidian", "logseq", "pandoc", "full"])
def test_flavors(run: Run, flavor: str) -> None:
    assert "Nothing was lost" in run("export", "--flavor", flavor).stdout


def test_an_unknown_flavor_names_the_known_ones(run: Run) -> None:
    done = run("export", "--flavor", "mint")
    assert done.exit_code == 2
    assert "obsidian" in done.stderr


def test_one_file_a_tag(run: Run, tmp_path: Path) -> None:
    assert run("export", "--by", "tag", "--to", str(tmp_path / "tags")).exit_code == 0
    assert (tmp_path / "tags" / "claim official.md").exists() or (tmp_path / "tags" / "claim-official.md").exists()


def test_nothing_to_export_is_one_sentence(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", create=True):
        pass
    done = CliRunner().invoke(main, ["--library", str(tmp_path / "empty"), "export"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("newstui: There are no highlights yet")
