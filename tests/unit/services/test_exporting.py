import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.errors import NewstuiError, NotFoundError, StoppedError, UsageError
from newstui.export.markdown import MarkdownOptions
from newstui.model import Article, Link
from newstui.services.delivery import Delivery, ExportSummary, WriteOptions
from newstui.services.exporting import By, Choice, Exporting, ExportOptions, file_name
from newstui.services.exporting_data import DATA_FORMATS
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


def export(exporting: Exporting, target: Path, *ids: str, write: WriteOptions | None = None) -> ExportSummary:
    return exporting.export(Choice(ids or (ARTICLE.id, OTHER.id)), ExportOptions(), target, write)


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def test_a_folder_gets_one_file_an_article_and_a_second_export_writes_nothing(
    exporting: Exporting, tmp_path: Path
) -> None:
    target = tmp_path / "vault"
    assert [outcome.status for outcome in export(exporting, target).files] == ["new", "new"]
    before = written(target)
    assert list(before) == ["1998-05-17 a-book-kept-beside-the-wire.md", "2001-02-03 a-book-kept-beside-the-wire.md"]
    times = [path.stat().st_mtime_ns for path in target.iterdir()]
    assert [outcome.status for outcome in export(exporting, target).files] == ["same", "same"]
    assert [path.stat().st_mtime_ns for path in target.iterdir()] == times
    assert not list(target.glob(".*"))


def test_links_are_written_at_both_ends_and_written_again_when_one_changes(
    exporting: Exporting, store: Store, tmp_path: Path
) -> None:
    there = replace(annotation("Ada Quill", 2), target=replace(annotation("Ada Quill").target, source=OTHER.id))
    here = annotation("Nothing was lost", 1, tags=("claim",), note="Denial.")
    store.commit("x", [there])
    everything = exporting.everything()
    export(exporting, tmp_path)
    change = store.commit("Link", [replace(here, links=(Link("supports", there.id),))])
    assert set(exporting.touched(everything, ExportOptions(), change).articles) == {ARTICLE.id, OTHER.id}
    assert [outcome.status for outcome in export(exporting, tmp_path).files] == ["updated", "updated"]
    one, other = (text.decode() for text in written(tmp_path).values() if b"Ada" in text)
    assert f"- supports → [“Ada Quill”](newstui://{OTHER.id}#" in one
    assert f"- ← supports [“Nothing was lost”](newstui://{ARTICLE.id}#" in other
    reworded = store.commit("x", [replace(here, note="Other.", links=(Link("supports", there.id),))])
    assert OTHER.id in exporting.touched(everything, ExportOptions(), reworded).articles
    store.commit("x", remove=[there])
    export(exporting, tmp_path)
    assert b"supports" not in b"".join(written(tmp_path).values())


def test_two_articles_of_one_name_do_not_overwrite_each_other(
    exporting: Exporting, store: Store, tmp_path: Path
) -> None:
    store.commit("x", [replace(store.get(Article, OTHER.id), published=ARTICLE.published)])
    export(exporting, tmp_path, ARTICLE.id, OTHER.id)
    names = {path.name for path in tmp_path.glob("*.md")}
    assert names == {"1998-05-17 a-book-kept-beside-the-wire.md", "1998-05-17 a-book-kept-beside-the-wire z9k3.md"}


def test_a_renamed_and_moved_note_is_found_again(exporting: Exporting, store: Store, tmp_path: Path) -> None:
    target = tmp_path / "vault"
    export(exporting, target, ARTICLE.id)
    (path,) = target.glob("*.md")
    (target / "sub").mkdir()
    path.rename(target / "sub" / "mine.md")
    store.commit("x", [annotation("Ada Quill", 2)])
    (outcome,) = export(exporting, target, ARTICLE.id).files
    assert outcome.path == target / "sub" / "mine.md"
    assert outcome.counts == {"same": 1, "new": 1}
    assert list(written(target)) == ["sub/mine.md"]


def test_a_note_without_its_front_matter_is_found_by_its_blocks(exporting: Exporting, tmp_path: Path) -> None:
    export(exporting, tmp_path, ARTICLE.id)
    (path,) = tmp_path.glob("*.md")
    text = path.read_text(encoding="utf-8")
    path.unlink()
    (tmp_path / "mine.md").write_text(text[text.index("# A book") :], encoding="utf-8")
    (outcome,) = export(exporting, tmp_path, ARTICLE.id).files
    assert outcome.path.name == "mine.md"
    assert outcome.counts == {"same": 1}


def test_a_file_of_the_user_with_that_name_is_left_alone(exporting: Exporting, tmp_path: Path) -> None:
    mine = tmp_path / file_name(ARTICLE)
    mine.write_text("my own", encoding="utf-8")
    (outcome,) = export(exporting, tmp_path, ARTICLE.id).files
    assert outcome.path.name == "1998-05-17 a-book-kept-beside-the-wire z9x7.md"
    assert mine.read_text(encoding="utf-8") == "my own"


def test_a_dry_run_writes_nothing_and_shows_the_difference(exporting: Exporting, tmp_path: Path) -> None:
    (outcome,) = export(exporting, tmp_path / "v", ARTICLE.id, write=WriteOptions(dry_run=True)).files
    assert outcome.status == "new"
    assert "+> Nothing was lost" in outcome.diff
    assert not (tmp_path / "v").exists()


def test_several_pages_need_a_folder(exporting: Exporting, tmp_path: Path) -> None:
    everything = Choice((ARTICLE.id, OTHER.id))
    with pytest.raises(UsageError, match="folder"):
        exporting.export(everything, ExportOptions("html"), tmp_path / "one.html")


def test_several_articles_go_into_one_file_passage_by_passage(
    exporting: Exporting, store: Store, tmp_path: Path
) -> None:
    other = annotation("Ada Quill", 7)
    store.commit("x", [replace(other, target=replace(other.target, source=OTHER.id))])
    (outcome,) = export(exporting, tmp_path / "all.md").files
    text = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert outcome.counts == {"new": 2}
    assert text.index("> Nothing was lost") < text.index("> Ada Quill")
    assert text == "".join(exporting.iter_text(Choice((ARTICLE.id, OTHER.id)), ExportOptions()))
    (again,) = export(exporting, tmp_path / "all.md").files
    assert again.status == "same"


def test_what_cannot_be_written_is_said_and_the_rest_is_written(exporting: Exporting, tmp_path: Path) -> None:
    export(exporting, tmp_path, ARTICLE.id, OTHER.id)
    first, second = sorted(tmp_path.glob("*.md"))
    first.write_bytes(b"---\nid: " + ARTICLE.id.encode() + b"\n---\n\xff\xfe not UTF-8")
    second.unlink()
    summary = export(exporting, tmp_path, ARTICLE.id, OTHER.id)
    assert [outcome.status for outcome in summary.files] == ["failed", "new"]
    assert "UTF-8" in summary.files[0].remarks[0]
    assert first.read_bytes().endswith(b"not UTF-8")
    assert summary.failed == 1


def test_a_folder_in_the_way_is_one_sentence(exporting: Exporting, tmp_path: Path) -> None:
    (tmp_path / "x.md" / "deep").mkdir(parents=True)
    (outcome,) = export(exporting, tmp_path / "x.md" / "deep" / "y.md", ARTICLE.id).files
    assert outcome.status == "new"
    (tmp_path / "file").write_bytes(b"")
    (outcome,) = export(exporting, tmp_path / "file" / "y.md", ARTICLE.id).files
    assert outcome.status == "failed"


def test_a_read_only_note_stays(exporting: Exporting, store: Store, tmp_path: Path) -> None:
    export(exporting, tmp_path, ARTICLE.id)
    (path,) = tmp_path.glob("*.md")
    path.chmod(0o444)
    store.commit("x", [annotation("Ada Quill", 2)])
    (outcome,) = export(exporting, tmp_path, ARTICLE.id).files
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
    export(exporting, tmp_path, ARTICLE.id)
    (path,) = tmp_path.glob("*.md")
    (tmp_path / "z copy.md").write_bytes(path.read_bytes())
    (outcome,) = export(exporting, tmp_path, ARTICLE.id).files
    assert outcome.status == "same"
    assert "same id" in outcome.remarks[-1]


BOTH = Choice((ARTICLE.id, OTHER.id))


@pytest.mark.parametrize("name", DATA_FORMATS)
def test_every_data_format_replaces_itself_and_nothing_else(exporting: Exporting, name: str, tmp_path: Path) -> None:
    options = ExportOptions(name)
    files = list(exporting.files(BOTH, options))
    assert len(files) == (2 if name == "html" else 1)
    assert "book" in files[0].text
    assert {each.status for each in exporting.export(BOTH, options, tmp_path / "x").files} == {"new"}
    assert {each.status for each in exporting.export(BOTH, options, tmp_path / "x").files} == {"same"}
    for path in (tmp_path / "x").iterdir():
        path.write_text("mine", encoding="utf-8")
    assert {each.status for each in exporting.export(BOTH, options, tmp_path / "x").files} == {"failed"}
    assert {path.read_text(encoding="utf-8") for path in (tmp_path / "x").iterdir()} == {"mine"}


def test_unknown_names_are_one_sentence(exporting: Exporting) -> None:
    unknown = MarkdownOptions(flavor="mint")
    for options in (ExportOptions("docx"), ExportOptions(markdown=unknown)):
        with pytest.raises(NewstuiError):
            exporting.files(BOTH, options)
    for format_name in ("md", "csv"):
        with pytest.raises(NotFoundError, match="No highlight here has the tag 'no'"):
            exporting.files(replace(BOTH, about=("tag", "no")), ExportOptions(format_name))
    with pytest.raises(UsageError, match="Markdown"):
        exporting.files(replace(BOTH, about=("entity", "Ada Quill")), ExportOptions("csv"))


def test_the_rows_of_a_tag(exporting: Exporting, store: Store) -> None:
    store.commit("x", [annotation("Ada Quill", 2, tags=("claim/doubtful",)), annotation("forty", 3, tags=("claims",))])
    (file,) = exporting.files(replace(BOTH, about=("tag", "claim")), ExportOptions("cite"))
    assert [line for line in file.text.split("\n") if line.startswith("“")] == ["“Nothing was lost”", "“Ada Quill”"]


def test_the_clipboard(exporting: Exporting) -> None:
    marked = annotation("Nothing was lost", 1)
    assert exporting.annotation_markdown([marked.id]).startswith("> Nothing was lost\n\n[A book kept")
    assert exporting.citation(ARTICLE.id, "words").startswith("“words”\n— R. Marsh")


def test_digests_by_tag(exporting: Exporting) -> None:
    (digest,) = exporting.files(BOTH, ExportOptions(by="tag"))
    assert digest.name == "claim.md"
    assert "> Nothing was lost" in digest.text


@pytest.mark.parametrize("by", ["tag", "entity", "all"])
def test_what_has_to_read_all_first_stops_at_an_article(exporting: Exporting, tmp_path: Path, by: By) -> None:
    asked: list[bool] = []

    def soon() -> bool:
        asked.append(bool(asked))
        return asked[-1]

    options = ExportOptions(by=by)
    assert exporting.export(exporting.everything(), options, tmp_path / "notes", cancelled=soon).stopped
    assert asked == [False, True]
    assert not written(tmp_path / "notes")
    with pytest.raises(StoppedError):
        exporting.preview(exporting.everything(), options, tmp_path / "notes", lambda: True)


def test_a_single_passage_is_a_file_of_its_own(exporting: Exporting, store: Store, tmp_path: Path) -> None:
    export(exporting, tmp_path, ARTICLE.id)
    store.commit("x", [annotation("Ada Quill", 2)])
    (outcome,) = exporting.export(exporting.passages([annotation("x", 2).id]), ExportOptions(), tmp_path).files
    assert outcome.status == "new"
    assert outcome.counts == {"new": 1}
    assert "Nothing was lost" in next(tmp_path.glob("1998*.md")).read_text(encoding="utf-8")


def test_an_article_without_highlights_any_more_loses_them_in_the_vault_too(
    exporting: Exporting, store: Store, tmp_path: Path
) -> None:
    exporting.export(exporting.everything(), ExportOptions(), tmp_path)
    store.commit("x", remove=[annotation("Nothing was lost", 1)])
    (outcome,) = exporting.export(exporting.everything(), ExportOptions(), tmp_path).files
    assert outcome.counts == {"removed": 1}


def test_a_preview_is_the_very_text_of_the_first_file(exporting: Exporting, tmp_path: Path) -> None:
    seen = exporting.preview(BOTH, ExportOptions(), tmp_path)
    assert seen is not None
    assert seen.files == 2
    export(exporting, tmp_path)
    assert seen.path.read_text(encoding="utf-8") == seen.text
    seen.path.write_text(seen.text + "\nmine\n", encoding="utf-8")
    again = exporting.preview(BOTH, ExportOptions(), tmp_path)
    assert again is not None
    assert again.text == seen.text + "\nmine\n"
    assert exporting.preview(Choice(()), ExportOptions(), tmp_path) is None


def test_markdown_is_not_merged_into_what_is_no_markdown(exporting: Exporting, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    exporting.export(BOTH, ExportOptions("csv"), table)
    before = table.read_bytes()
    (outcome,) = exporting.export(BOTH, ExportOptions(), table).files
    assert outcome.remarks == (f"{table} is no Markdown and was left as it is; give another name.",)
    assert table.read_bytes() == before


def test_devices_and_pipes_take_what_a_file_would(exporting: Exporting) -> None:
    (full,) = exporting.export(BOTH, ExportOptions("csv"), Path("/dev/full")).files
    assert full.status == "failed"
    assert "No space left" in full.remarks[0]
    assert exporting.export(BOTH, ExportOptions(), Path("/dev/null")).failed == 0


def test_a_full_disk_leaves_the_note_as_it_was(
    exporting: Exporting, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(exporting, tmp_path, ARTICLE.id)
    (path,) = tmp_path.glob("*.md")
    before = path.read_bytes()
    store.commit("x", [annotation("Ada Quill", 2)])

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    (outcome,) = export(exporting, tmp_path, ARTICLE.id).files
    assert outcome.status == "failed"
    assert "No space left on device" in outcome.remarks[0]
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_link_in_the_way_is_not_followed_and_a_linked_target_stays_a_link(
    exporting: Exporting, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("theirs", encoding="utf-8")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / file_name(ARTICLE)).symlink_to(outside)
    (outcome,) = export(exporting, vault, ARTICLE.id).files
    assert outcome.path.name.endswith(" z9x7.md")
    assert outside.read_text(encoding="utf-8") == "theirs"
    (tmp_path / "link.md").symlink_to(outside)
    export(exporting, tmp_path / "link.md", ARTICLE.id)
    assert (tmp_path / "link.md").is_symlink()
    assert outside.read_text(encoding="utf-8").endswith("theirs\n") or "theirs" in outside.read_text(encoding="utf-8")


def test_an_export_can_be_stopped_between_two_files(exporting: Exporting, tmp_path: Path) -> None:
    files = exporting.files(BOTH)
    seen: list[str] = []
    summary = Delivery(tmp_path).write(files, lambda outcome: seen.append(outcome.status), lambda: bool(seen))
    assert (summary.stopped, seen) == (True, ["new"])
    assert str(summary) == "1 file: 1 new; highlights: 1 new"
