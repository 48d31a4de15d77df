import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.workspace import Workspace
from tests.unit.cli.conftest import Run


def test_highlights_are_listed_with_references_quotes_tags_and_notes(run: Run) -> None:
    done = run("notes")
    assert done.exit_code == 0, done.output
    assert done.stdout == "z9x7#0001  Nothing was lost #claim/official\n    Denial.\n"


def test_json_lines_hold_everything(run: Run) -> None:
    (line,) = run("notes", "--json").stdout.splitlines()
    record = json.loads(line)
    assert record["quote"] == "Nothing was lost"
    assert (record["color"], record["tags"], record["state"]) == ("blue", ["claim/official"], "same")


def test_quoted_words_are_highlighted_also_as_someone_types_them(run: Run) -> None:
    done = run(
        "highlight",
        "z9x7",
        "--quote",
        '"but the order of things was."',
        "--tag",
        "order",
        "--note",
        "n",
        "--color",
        "green",
    )
    assert done.exit_code == 0, done.output
    assert "“but the order of things was.”" in done.stdout
    record = json.loads(run("notes", "--article", "z9x7", "--json").stdout.splitlines()[1])
    assert (record["note"], record["tags"], record["color"]) == ("n", ["order"], "green")


def test_every_occurrence_on_request(run: Run) -> None:
    done = run("highlight", "z9x7", "--quote", "the", "--all", "--json")
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) > 3
    first = run("highlight", "z9x7", "--quote", "the")
    assert "places" in first.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["highlight", "z9x7", "--quote", "never written"], 1, "does not hold"),
        (["highlight", "zzzz", "--quote", "x"], 1, "zzzz"),
        (["highlight", "z9x7", "--quote", "the", "--color", "mauve"], 2, "mauve"),
        (["note", "zzzz"], 1, "zzzz"),
        (["note", "0001", "--set", "x", "--edit"], 2, "either"),
        (["notes", "--orphans"], 1, "no such highlight"),
    ],
)
def test_bad_input_is_one_sentence(run: Run, arguments: list[str], status: int, says: str) -> None:
    done = run(*arguments)
    assert done.exit_code == status, done.output
    assert says in done.stderr
    assert done.stdout == ""


def test_a_note_is_shown_set_and_read_from_standard_input(run: Run) -> None:
    assert run("note", "z9x7#0001").stdout == "Denial.\n"
    assert run("note", "0001", "--set", "New.").exit_code == 0
    assert run("note", "0001").stdout == "New.\n"
    assert run("note", "0001", "--set", "-", stdin="Line 1\nLine 2\n").exit_code == 0
    assert run("note", "0001").stdout == "Line 1\nLine 2\n"


def test_a_note_is_written_in_the_editor(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write('more')", encoding="utf-8")
    assert run("note", "0001", "--edit", env={"VISUAL": f"{sys.executable} {script}"}).exit_code == 0
    assert run("note", "0001").stdout == "Denial.\nmore\n"


def test_the_codebook_from_the_command_line(run: Run, tmp_path: Path) -> None:
    assert run("tags", "describe", "claim/official", "By an office", "--color", "green").exit_code == 0
    assert run("tags", "describe", "claim/official").stdout == "green\nBy an office\n"
    page = run("tags", "show", "claim").stdout
    assert page.startswith("#claim\n1 passage in 1 article\n\n")
    assert "▎ “Nothing was lost,” said" in page
    assert "\n    Denial.\n    #claim/official   blue\n" in page
    assert run("tags", "show", "nowhere").exit_code == 1
    book = run("tags", "export").stdout
    assert "claim/official,By an office,3,1" in book
    (tmp_path / "book.csv").write_text("tag,description\nclaim,Said by somebody\n", encoding="utf-8")
    assert run("tags", "import", str(tmp_path / "book.csv")).exit_code == 0
    assert run("tags", "describe", "claim").stdout == "Said by somebody\n"
    assert run("tags", "move", "claim/official", "/").exit_code == 0
    assert json.loads(run("notes", "--json").stdout)["tags"] == ["official"]
    assert run("tags", "split", "official", "minister", "lost", "-n").stdout == "Nothing was lost\n"
    assert run("tags", "split", "official", "minister", "lost").exit_code == 0
    assert run("tags", "count").stdout.startswith("minister  1 █")
    assert "minister" in run("tags", "together").stdout
    assert run("tags", "import", "-", "--format", "json", stdin="{").exit_code == 2


def test_highlights_come_in_as_json_lines_in_one_step(run: Run) -> None:
    quote = "the order of things"
    lines = [
        {"article": "z9x7", "quote": quote, "tags": ["order"], "color": "green", "note": "n"},
        {"article": "z9x7", "start": 0, "end": 5},
    ]
    done = run("highlight", "--from", "-", "--json", stdin="\n".join(json.dumps(line) for line in lines))
    assert done.exit_code == 0, done.output
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["quote"], first["tags"], first["color"], first["links"]) == (quote, ["order"], "green", [])
    assert second["end"] == 5
    assert run("undo").exit_code == 0
    assert len(run("notes", "--json").stdout.splitlines()) == 1
    for bad, says in (
        ("{", "line 1"),
        ('{"article": "z9x7", "quote": "never written"}', "does not hold"),
        ('{"article": "z9x7", "start": 0, "end": 5, "quote": "zzz"}', "offsets"),
        ('{"article": "z9x7", "quote": "the", "tags": "one"}', "list"),
        ("", "holds no highlights"),
    ):
        refused = run("highlight", "--from", "-", stdin=bad)
        assert refused.exit_code in (1, 2)
        assert says in refused.stderr
    assert run("highlight", "z9x7").exit_code == 2


def test_highlights_move_to_an_article_that_has_their_words(run: Run, library: Path) -> None:
    with Workspace.open(library) as workspace:
        article = workspace.catalog.article("z9x7")
        body = "A later edition. " + workspace.reading.text(article).replace("Ada Quill", "Ada M. Quill")
        copy = replace(article, id="01k9x7f0v2j6r4s8t3w5y7zcpy", text=workspace.store.add_text(body))
        workspace.store.commit("Import", [copy])
    run("highlight", "z9x7", "--quote", "said Ada Quill of the Harbor Board")
    done = run("notes", "--article", "z9x7", "--move-to", "zcpy")
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("Moved 2 highlights to A book kept beside the wire; the words of 1 differ there")
    shown = run("notes").stdout
    assert "zcpy#0001  Nothing was lost" in shown
    assert "said Ada M. Quill of the Harbor Board (changed)" in shown
    assert run("notes", "--article", "zcpy", "--move-to", "z9k3").exit_code == 2
    assert "said Ada M. Quill" in run("notes").stdout
    assert run("undo").exit_code == 0
    assert "z9x7#0001  Nothing was lost" in run("notes").stdout


def test_the_same_highlight_twice_is_one_unless_it_is_wanted_again(run: Run) -> None:
    command = ("highlight", "z9x7", "--quote", "Ada Quill", "--tag", "people")
    first = run(*command).stdout
    before = run("notes").stdout
    again = run(*command)
    assert (again.exit_code, again.stdout) == (0, first)
    assert again.stderr == "This highlight was there already; --again makes another.\n"
    assert run("notes").stdout == before
    run("tag", "+seen", "--", first.split()[0])
    assert "already" in run(*command).stderr
    assert run(*command, "--note", "Who?").stderr == ""
    line = json.dumps({"article": "z9x7", "quote": "Ada Quill", "tags": ["people"]})
    assert "2 of these" in run("highlight", "--from", "-", stdin=f"{line}\n{line}\n").stderr
    count = len(run("notes").stdout.splitlines())
    assert run(*command, "--again").exit_code == 0
    assert len(run("notes").stdout.splitlines()) == count + 1


def test_all_that_a_query_finds_is_changed_in_one_step(run: Run) -> None:
    assert run("notes", "tag:claim", "--tag", "new", "-n").stdout.startswith("z9x7#0001")
    done = run("notes", "tag:claim", "--tag", "new", "--untag", "claim/official", "--recolor", "rose")
    assert done.exit_code == 0, done.output
    record = json.loads(run("notes", "--json").stdout)
    assert (record["tags"], record["color"]) == (["new"], "rose")
    assert run("notes", "tag:new", "--delete").exit_code == 0
    assert run("notes").exit_code == 1
    assert run("undo", "2").exit_code == 0
    assert json.loads(run("notes", "--json").stdout)["tags"] == ["claim/official"]
    assert run("notes", "--delete").exit_code == 2
    assert run("notes", "tag:claim", "--delete", "--tag", "x").exit_code == 2


def test_the_page_of_an_article_and_of_a_tag_is_printed(run: Run) -> None:
    run("highlight", "z9x7", "--quote", "Ada Quill", "--tag", "people")
    page = run("page", "z9x7", "--width", "60").stdout
    assert page.startswith("A book kept beside the wire\n")
    assert "2 passages · 1 note" in page
    assert "▎ “Nothing was lost,” said" in page
    assert max(map(len, page.splitlines())) <= 60
    record = json.loads(run("page", "z9x7", "--json").stdout)
    assert record["tags"] == {"claim/official": 1, "people": 1}
    assert len(record["passages"]) == 2
    tag = run("page", "#claim", "--width", "60").stdout
    assert tag.startswith("#claim\n1 passage in 1 article\n")
    assert tag == run("tags", "show", "claim", "--width", "60").stdout
    assert json.loads(run("tags", "show", "claim", "--json").stdout)["below"] == {"claim/official": 1}
    assert run("page", "#nowhere").exit_code == 1
