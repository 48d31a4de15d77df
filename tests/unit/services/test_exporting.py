import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.export.markdown import MarkdownOptions
from newstui.model import Article
from newstui.services.exporting import DATA_FORMATS, ExportFile, Exporting, WriteOptions, combine, file_name
from newstui.services.vault import Vault, replace_note
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY, COLORS, annotation

OTHER = replace(ARTICLE, id="01k9x7f0v2j6r4s8t3w5y7z9k3", title="A book kept beside the wire", published="2001-02-03")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as opened:
        sha256 = opened.add_text(BODY)
        noted = annotation("Nothing was lost", 1, tags=("claim",), note="Denial.")
        opened.commit("x", [replace(ARTICLE, text=sha256), replace(OTHER, text=sha256), noted])
        yield opened


@pytest.fixture
def exporting(store: Store) -> Exporting:
    return Exporting(store, colors=COLORS)


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def test_a_folder_gets_one_file_an_article_and_a_second_export_writes_nothing(
    exporting: Exporting, tmp_path: Path
) -> None:
    files = exporting.markdown([ARTICLE.id, OTHER.id])
    target = tmp_path / "vault"
    assert [outcome.status for outcome in exporting.write(files, target).files] == ["new", "new"]
    before = written(target)
    assert list(before) == ["1998-05-17 a-book-kept-beside-the-wire.md", "2001-02-03 a-book-kept-beside-the-wire.md"]
    times = [path.stat().st_mtime_ns for path in target.iterdir()]
    assert [outcome.status for outcome in exporting.write(files, target).files] == ["same", "same"]
    assert [path.stat().st_mtime_ns for path in target.iterdir()] == times
    assert not list(target.glob(".*"))


def test_two_articles_of_one_name_do_not_overwrite_each_other(
    exporting: Exporting, store: Store, tmp_path: Path
) -> None:
    store.commit("x", [replace(store.get(Article, OTHER.id), published=ARTICLE.published)])
    exporting.write(exporting.markdown([ARTICLE.id, OTHER.id]), tmp_path)
    names = {path.name for path in tmp_path.glob("*.md")}
    assert names == {"1998-05-17 a-book-kept-beside-the-wire.md", "1998-05-17 a-book-kept-beside-the-wire z9k3.md"}


def test_a_renamed_and_moved_note_is_found_again(exporting: Exporting, store: Store, tmp_path: Path) -> None:
    target = tmp_path / "vault"
    exporting.write(exporting.markdown([ARTICLE.id]), target)
    (path,) = target.glob("*.md")
    (target / "sub").mkdir()
    path.rename(target / "sub" / "mine.md")
    store.commit("x", [annotation("Ada Quill", 2)])
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), target).files
    assert outcome.path == target / "sub" / "mine.md"
    assert outcome.counts == {"same": 1, "new": 1}
    assert list(written(target)) == ["sub/mine.md"]


def test_a_note_without_its_front_matter_is_found_by_its_blocks(exporting: Exporting, tmp_path: Path) -> None:
    exporting.write(exporting.markdown([ARTICLE.id]), tmp_path)
    (path,) = tmp_path.glob("*.md")
    text = path.read_text(encoding="utf-8")
    path.unlink()
    (tmp_path / "mine.md").write_text(text[text.index("# A book") :], encoding="utf-8")
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path).files
    assert outcome.path.name == "mine.md"
    assert outcome.counts == {"same": 1}


def test_a_file_of_the_user_with_that_name_is_left_alone(exporting: Exporting, tmp_path: Path) -> None:
    mine = tmp_path / file_name(ARTICLE)
    mine.write_text("my own", encoding="utf-8")
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path).files
    assert outcome.path.name == "1998-05-17 a-book-kept-beside-the-wire z9x7.md"
    assert mine.read_text(encoding="utf-8") == "my own"


def test_a_dry_run_writes_nothing_and_shows_the_difference(exporting: Exporting, tmp_path: Path) -> None:
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path / "v", WriteOptions(dry_run=True)).files
    assert outcome.status == "new"
    assert "+> Nothing was lost" in outcome.diff
    assert not (tmp_path / "v").exists()


def test_several_files_need_a_folder(exporting: Exporting, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        exporting.write(exporting.markdown([ARTICLE.id, OTHER.id]), tmp_path / "one.md")


def test_what_cannot_be_written_is_said_and_the_rest_is_written(exporting: Exporting, tmp_path: Path) -> None:
    exporting.write(exporting.markdown([ARTICLE.id, OTHER.id]), tmp_path)
    first, second = sorted(tmp_path.glob("*.md"))
    first.write_bytes(b"---\nid: " + ARTICLE.id.encode() + b"\n---\n\xff\xfe not UTF-8")
    second.unlink()
    summary = exporting.write(exporting.markdown([ARTICLE.id, OTHER.id]), tmp_path)
    assert [outcome.status for outcome in summary.files] == ["failed", "new"]
    assert "UTF-8" in summary.files[0].remarks[0]
    assert first.read_bytes().endswith(b"not UTF-8")
    assert summary.failed == 1


def test_a_folder_in_the_way_is_one_sentence(exporting: Exporting, tmp_path: Path) -> None:
    (tmp_path / "x.md" / "deep").mkdir(parents=True)
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path / "x.md" / "deep" / "y.md").files
    assert outcome.status == "new"
    (tmp_path / "file").write_bytes(b"")
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path / "file" / "y.md").files
    assert outcome.status == "failed"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes everywhere")
def test_a_read_only_note_stays(exporting: Exporting, store: Store, tmp_path: Path) -> None:
    exporting.write(exporting.markdown([ARTICLE.id]), tmp_path)
    (path,) = tmp_path.glob("*.md")
    path.chmod(0o444)
    store.commit("x", [annotation("Ada Quill", 2)])
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path).files
    assert outcome.status == "failed"


def test_a_file_changed_while_it_is_written_is_merged_again(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"now")
    assert not replace_note(path, "new", b"before")
    assert path.read_bytes() == b"now"
    path.chmod(0o640)
    assert replace_note(path, "new", b"now")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_links_and_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("---\nid: abc\n---\n", encoding="utf-8")
    vault = tmp_path / "vault"
    (vault / ".trash").mkdir(parents=True)
    (vault / ".trash" / "a.md").write_text("---\nid: abc\n---\n", encoding="utf-8")
    (vault / "link.md").symlink_to(outside)
    assert Vault.scan(vault).by_id == {}


def test_two_copies_of_a_note_are_said(exporting: Exporting, tmp_path: Path) -> None:
    exporting.write(exporting.markdown([ARTICLE.id]), tmp_path)
    (path,) = tmp_path.glob("*.md")
    (tmp_path / "z copy.md").write_bytes(path.read_bytes())
    (outcome,) = exporting.write(exporting.markdown([ARTICLE.id]), tmp_path).files
    assert outcome.status == "same"
    assert "same id" in outcome.remarks[-1]


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_every_data_format_gives_text(exporting: Exporting, name: str) -> None:
    files = exporting.data([ARTICLE.id, OTHER.id], name)
    assert len(files) == (2 if name == "html" else 1)
    assert "book" in files[0].text


def test_unknown_names_are_one_sentence(exporting: Exporting) -> None:
    with pytest.raises(UsageError, match="format"):
        exporting.data([ARTICLE.id], "docx")
    with pytest.raises(UsageError, match="flavor"):
        exporting.markdown([ARTICLE.id], MarkdownOptions(flavor="mint"))


def test_one_stream_of_several_articles_has_one_front_matter(exporting: Exporting) -> None:
    text = combine(exporting.markdown([ARTICLE.id, OTHER.id]))
    assert text.count("\n---\n") == 1
    assert text.count("# A book kept beside the wire\n") == 2
    assert combine([ExportFile("a", "x"), ExportFile("b", "y")]) == "xy"


def test_the_clipboard(exporting: Exporting) -> None:
    marked = annotation("Nothing was lost", 1)
    assert exporting.annotation_markdown([marked.id]).startswith("> Nothing was lost\n\n[A book kept")
    assert exporting.citation(ARTICLE.id, "words").startswith("“words”\n— R. Marsh")


def test_digests_by_tag(exporting: Exporting) -> None:
    (digest,) = exporting.digests([ARTICLE.id, OTHER.id], "tag")
    assert digest.name == "claim.md"
    assert "> Nothing was lost" in digest.text
