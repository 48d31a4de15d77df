"""The index of a library: kept, brought up to date, built anew when it is of no use, and used while it grows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from newstui import paths
from newstui.model import Article, Span
from newstui.services import indexing, indexing_aside
from newstui.services.index_files import index_folder
from newstui.services.indexing import Growth
from newstui.store import Store, new_id
from newstui.workspace import Workspace

TOWNS = ["Geneva", "Ankara", "Moscow", "Aleppo", "Oslo", "Vienna", "Quito", "Lima", "Hanoi", "Perth"]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    with Store.open(folder, create=True) as store:
        articles = [
            Article(new_id(), f"Day {n}", store.add_text(f"Talks in {town} ended."), 4) for n, town in enumerate(TOWNS)
        ]
        store.commit("Import", articles)
    return folder


@contextmanager
def searched(library: Path) -> Iterator[Workspace]:
    with Workspace.open(library) as workspace:
        yield workspace


def found(workspace: Workspace, query: str) -> list[str]:
    return [workspace.store.get(Article, hit.article_id).title for hit in workspace.searching.search(query).hits]


def files(library: Path) -> list[Path]:
    folder = index_folder(library)
    return sorted(folder.iterdir()) if folder.exists() else []


def build(library: Path) -> Path:
    with searched(library) as workspace:
        assert found(workspace, "ankara") == ["Day 1"]
    (path,) = files(library)
    return path


def test_an_index_is_kept_outside_the_library_and_used_again(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build(library)
    assert library not in path.parents
    assert paths.cache_dir() in path.parents
    monkeypatch.setattr("newstui.search.building.build_segment", None)  # nothing is read again
    with searched(library) as workspace:
        assert found(workspace, "ankra") == ["Day 1"]
        assert workspace.searching.index.message == ""


def test_only_articles_of_which_anything_changed_are_looked_at_again(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(library)
    with Store.open(library) as store:
        articles = store.all(Article)
        store.commit("Star", [replace(articles[1], starred=True)])
        store.commit("Rename", [replace(articles[2], title="Another day")])
    looked_at = []
    fingerprint = indexing.LibraryIndex._fingerprint

    def note(index: indexing.LibraryIndex, article: Article) -> int:
        looked_at.append(article.title)
        return fingerprint(index, article)

    monkeypatch.setattr(indexing.LibraryIndex, "_fingerprint", note)
    with searched(library) as workspace:
        assert found(workspace, "ankara") == ["Day 1"]
        assert looked_at == ["Day 1", "Another day", "Another day"]  # the one that is found otherwise is indexed
        assert found(workspace, "title:another") == ["Another day"]


def broken(data: bytes, how: str) -> bytes:
    match how:
        case "truncated":
            return data[: len(data) // 2]
        case "empty":
            return b""
        case "another version":
            return data.replace(b'"unicode": "', b'"unicode": "9', 1)
        case "foreign":
            return b"%PDF-1.7" + data
        case _:
            return data[:40] + bytes(60) + data[100:]


@pytest.mark.parametrize("how", ["truncated", "empty", "another version", "foreign", "overwritten"])
def test_a_file_that_is_of_no_use_is_built_anew_with_a_message(library: Path, how: str) -> None:
    path = build(library)
    path.write_bytes(broken(path.read_bytes(), how))
    with searched(library) as workspace:
        assert found(workspace, "ankara") == ["Day 1"]
        assert "built anew" in workspace.searching.index.message
    build(library)


def test_a_deleted_index_is_built_anew(library: Path) -> None:
    build(library).unlink()
    build(library)


def test_a_folder_that_cannot_be_written_costs_only_time(library: Path) -> None:
    folder = index_folder(library)
    folder.parent.mkdir(parents=True)
    folder.write_text("a file in the way")
    with searched(library) as workspace:
        assert found(workspace, "ankara") == ["Day 1"]


def test_what_changed_while_nobody_looked_is_found(library: Path) -> None:
    build(library)
    with Workspace.open(library) as workspace:
        first, second, third = workspace.store.all(Article)[:3]
        workspace.annotating.highlight(first.id, Span(0, 5), note="compare the cable")
        workspace.catalog.tag([second.id], ["capital"])
        workspace.store.commit("Remove", remove=[third])
    with searched(library) as workspace:
        assert found(workspace, "cable") == ["Day 0"]
        assert found(workspace, "capital") == ["Day 1"]
        assert found(workspace, "moscow") == []


def test_an_index_grows_in_parts_that_can_be_searched_and_ends_as_one_file(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "PARTS", 3)
    monkeypatch.setattr(indexing, "FEW", 0)
    with searched(library) as workspace:
        index = workspace.searching.index
        index.aside = True
        seen: list[tuple[Growth, int]] = []

        def report(growth: Growth, path: Path | None) -> None:
            result = workspace.searching.search("talks")
            assert (result.growth is None) == growth.complete
            assert len(result.hits) == growth.done
            seen.append((growth, len(files(library))))

        index.complete(report)
        assert [growth.done for growth, _ in seen] == sorted(growth.done for growth, _ in seen)
        assert max(count for _, count in seen) > 1
        assert len(files(library)) == 1
        assert len(found(workspace, "talks")) == len(TOWNS)


def test_what_was_built_before_a_crash_is_not_built_again(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "PARTS", 3)
    with searched(library) as workspace:
        stop = iter([False, False, False, True])
        workspace.searching.index.complete(cancelled=lambda: next(stop, True))
        done = workspace.searching.index.growth.done
    assert 0 < done < len(TOWNS)
    with searched(library) as workspace:
        workspace.searching.index.aside = True
        monkeypatch.setattr(indexing, "FEW", 0)
        assert 0 < len(found(workspace, "talks")) <= done
        workspace.searching.index.complete()
        assert len(found(workspace, "talks")) == len(TOWNS)


def test_another_process_builds_a_large_index(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "FEW", 0)
    with searched(library) as workspace:
        told: list[Growth] = []
        indexing_aside.complete_aside(workspace.searching.index, library, told.append, lambda: False)
        assert told[-1].complete
        assert len(files(library)) == 1
        assert len(found(workspace, "talks")) == len(TOWNS)


def test_files_come_whole_or_not_at_all(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newstui.services.index_files.os.fsync", fail)
    with searched(library) as workspace:
        assert found(workspace, "ankara") == ["Day 1"]
    assert files(library) == []


def test_a_lost_text_costs_its_own_words_until_it_is_back(library: Path) -> None:
    with searched(library) as workspace:
        lost = next(each for each in workspace.store.all(Article) if each.title == "Day 2")
    path = next(library.glob(f"texts/*/{lost.text}.txt"))
    aside = path.rename(path.with_suffix(".aside"))
    with searched(library) as workspace:
        assert (found(workspace, "moscow"), found(workspace, "ankara")) == ([], ["Day 1"])
        assert [each.name for each in workspace.dossiers.index() if each.name == "Moscow"] == []
        aside.rename(path)
        assert [each.name for each in workspace.dossiers.index() if each.name == "Moscow"] == ["Moscow"]
    with searched(library) as workspace:
        assert found(workspace, "moscow") == ["Day 2"]
