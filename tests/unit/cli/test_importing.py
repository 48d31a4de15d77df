"""`newstui import` as it is typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newstui.cli.main import main
from newstui.ingest.watching import Watch

STORY = "A headline of it\n\nThe line went dead at noon. Nobody asked the clerk why it did.\n\nThe end came later."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    return tmp_path


def call(folder: Path, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--library", str(folder / "library"), *arguments], input=given)


def test_what_failed_is_listed_and_can_be_tried_again(folder: Path) -> None:
    failed = folder / "failed.tsv"
    done = call(folder, "import", str(folder / "in"), "--failures", str(failed))
    assert done.exit_code == 1
    assert "1 added, 1 failed" in done.stderr
    path, reason = failed.read_text(encoding="utf-8").rstrip("\n").split("\t")
    assert path == str(folder / "in" / "b.txt")
    assert "no text" in reason
    (folder / "in" / "b.txt").write_text("Another one\n\nWith words in it.", encoding="utf-8")
    assert call(folder, "import", "--retry", str(failed)).exit_code == 0


def test_json_says_what_became_of_each_and_data_only(folder: Path) -> None:
    done = call(folder, "import", "--json", str(folder / "in"))
    added, failed = map(json.loads, done.stdout.splitlines())
    assert (added["status"], added["title"], added["text"]) == ("added", "A headline of it", STORY.partition("\n\n")[2])
    assert failed["status"] == "failed"


def test_a_collection_is_listed_filled_and_searched(folder: Path) -> None:
    assert call(folder, "collections").exit_code == 1
    call(folder, "import", "--collection", "Aleppo 2016", str(folder / "in" / "a.txt"))
    (folder / "in" / "b.txt").write_text("Another one\n\nWith words in it.", encoding="utf-8")
    ref = json.loads(call(folder, "import", "--json", str(folder / "in" / "b.txt")).stdout)["ref"]
    assert call(folder, "collections").stdout.split() == ["1", "Aleppo", "2016"]
    assert call(folder, "collections", "add", "aleppo 2016", ref).stderr == "Put 1 article into Aleppo 2016\n"
    assert len(call(folder, "list", 'collection:"Aleppo 2016"').stdout.splitlines()) == 2
    assert call(folder, "collections", "remove", "Aleppo 2016", ref).exit_code == 0
    assert call(folder, "collections", "rename", "Aleppo 2016", "North").exit_code == 0
    assert json.loads(call(folder, "collections", "--json").stdout) == {"collection": "North", "articles": 1}
    assert call(folder, "collections", "delete", "North").exit_code == 0
    assert len(call(folder, "list").stdout.splitlines()) == 2


def test_a_dry_run_says_what_would_be_and_does_nothing(folder: Path) -> None:
    done = call(folder, "import", "--dry-run", str(folder / "in" / "a.txt"))
    assert "Would be: 1 added" in done.stderr
    assert call(folder, "list").stdout == ""


def test_the_first_failure_can_end_it(folder: Path) -> None:
    (folder / "in" / "0.txt").write_bytes(b"")
    done = call(folder, "import", "--fail-fast", str(folder / "in"))
    assert done.exit_code == 1


def test_nothing_named_is_explained(folder: Path) -> None:
    done = call(folder, "import")
    assert done.exit_code == 2
    assert "Name a file" in done.stderr


def test_the_importers_are_listed_with_what_they_need(folder: Path) -> None:
    lines = call(folder, "importers", "--json").stdout.splitlines()
    formats = {record["name"]: record for record in map(json.loads, lines)}
    assert {"text", "pdf", "warc", "omnivore", "kindle"} <= set(formats)
    assert formats["text"]["ready"]


def test_a_watch_tells_what_is_new_once_it_stands_still(folder: Path) -> None:
    watch = Watch([folder / "in"])
    assert watch.changed() == []
    new = folder / "in" / "c.txt"
    new.write_text("New\n\nWords.", encoding="utf-8")
    assert watch.changed() == []
    assert watch.changed() == [new]
    assert watch.changed() == []
    watch.forget([new])
    assert watch.changed() == []
    assert watch.changed() == [new]


def test_a_web_archive_is_found_in_a_folder(folder: Path) -> None:
    (folder / "in" / "a.warc.gz").write_bytes(b"\x1f\x8b no archive")
    done = call(folder, "import", str(folder / "in"))
    assert "a.warc.gz" in done.stderr


def test_copies_are_compared(folder: Path) -> None:
    call(folder, "import", str(folder / "in" / "a.txt"))
    none = call(folder, "compare")
    assert (none.exit_code, none.stderr) == (1, "newstui: No two articles are copies of each other.\n")
    assert "Every highlight stands on the words" in call(folder, "reanchor", "--list").stderr
    text = "\n\n".join(f"Sentence number {n} of a story about the harbor and its {n * 7} ships." for n in range(20))
    for name, body in (("c", text), ("d", text.replace("number 3", "No. 3"))):
        (folder / "in" / f"{name}.txt").write_text(f"Title {name}\n\n{body}", encoding="utf-8")
    done = call(folder, "import", str(folder / "in" / "c.txt"), str(folder / "in" / "d.txt"))
    assert "much like 'Title c'" in done.stderr
    lines = call(folder, "compare").stdout.splitlines()
    assert [line.split()[-1] for line in lines] == ["c", "d"]
    first, second = (line.split()[0] for line in lines)
    assert "[-number-]{+No.+} 3" in call(folder, "compare", first, second).stdout
    assert "Title d" in call(folder, "compare", first).stdout
    assert call(folder, "compare", first, "--earlier", "1").exit_code == 1
    assert call(folder, "compare", first, second, first).exit_code == 2
