"""Importing into a library: new, changed, the same, twice, and what cannot be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.ingest.article import Source
from newstui.model import AnchorState, Article, Span
from newstui.services import importing
from newstui.services.importing import ImportOptions, Outcome, canonical_url
from newstui.store import Store
from newstui.workspace import Workspace

STORY = "A headline of it\n\nThe line went dead at noon. Nobody asked the clerk why it did.\n\nThe end came later."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Store.open(tmp_path / "library", create=True):
        pass
    with Workspace.open(tmp_path / "library") as opened:
        yield opened


def run(workspace: Workspace, *sources: str | Path | Source, **options: object) -> list[Outcome]:
    outcomes: list[Outcome] = []
    workspace.importing.run(sources, ImportOptions(**options), outcomes.append)  # type: ignore[arg-type]  # as given
    return outcomes


def test_importing_twice_changes_no_byte(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    assert [outcome.status for outcome in run(workspace, tmp_path / "a.txt")] == ["added"]
    before = {path: path.read_bytes() for path in workspace.store.path.rglob("*") if path.is_file()}
    assert [outcome.status for outcome in run(workspace, tmp_path / "a.txt")] == ["unchanged"]
    assert {path: path.read_bytes() for path in workspace.store.path.rglob("*") if path.is_file()} == before


def test_a_changed_file_is_a_revision_and_its_highlights_move_with_their_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    run(workspace, file)
    article = workspace.store.all(Article)[0]
    text = workspace.reading.text(article)
    kept = workspace.annotating.highlight_quote(article.id, "Nobody asked the clerk", note="why?")[0]
    lost = workspace.annotating.highlight(article.id, Span(text.index("The end"), len(text)))
    file.write_text(
        STORY.replace("The line", "Yesterday the line").replace("The end came later.", ""), encoding="utf-8"
    )
    assert [outcome.status for outcome in run(workspace, file)] == ["updated"]
    changed = workspace.store.get(Article, article.id)
    assert changed.earlier == (article.text,)
    now, gone = (workspace.catalog.annotation(note.id) for note in (kept, lost))
    assert now.span.slice(workspace.reading.text(changed)) == "Nobody asked the clerk"
    assert gone.state is AnchorState.ORPHAN


def test_the_same_text_from_elsewhere_is_a_duplicate_and_gives_its_tags(workspace: Workspace) -> None:
    run(workspace, Source(STORY.encode(), "-", "https://example.org/a"), tags=("one",))
    outcomes = run(workspace, Source(STORY.encode(), "-", "https://example.org/b"), tags=("two",))
    assert [outcome.status for outcome in outcomes] == ["duplicate"]
    assert [article.tags for article in workspace.store.all(Article)] == [("one", "two")]


def test_addresses_that_differ_in_nothing_that_matters_are_one() -> None:
    same = ["http://www.example.org/a/?utm_source=x&b=2&a=1#top", "https://example.org/a?a=1&b=2&fbclid=9"]
    assert len({canonical_url(url) for url in same}) == 1


def test_one_bad_file_never_stops_the_rest(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in {
        "a.txt": STORY.encode(),
        "b.txt": b"",
        "c.md": b"# Title\n\nText.",
        "d.jpg": b"\xff\xd8",
    }.items():
        (tmp_path / "in" / name).write_bytes(data)
    outcomes = run(workspace, tmp_path / "in", tmp_path / "none.txt")
    assert [outcome.status for outcome in outcomes] == ["added", "failed", "added", "failed"]
    assert all(outcome.message.endswith(".") for outcome in outcomes if outcome.status == "failed")
    assert len(workspace.store.all(Article)) == 2


def test_an_address_that_is_not_of_the_web_is_refused_as_one(workspace: Workspace) -> None:
    (outcome,) = run(workspace, "ftp://example.org/story.txt")
    assert outcome.message == "ftp://example.org/story.txt: only http and https addresses can be fetched."


def test_a_run_is_one_step_of_undo(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Another one\n\nWith other words in it.", encoding="utf-8")
    run(workspace, tmp_path / "a.txt", tmp_path / "b.txt")
    assert workspace.history.undo() == "Import 2 articles"
    assert workspace.store.all(Article) == []


def test_a_run_that_is_written_in_parts_is_one_step_too(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"Number {number}\n\nWith words of {number}.", encoding="utf-8")
    run(workspace, *(tmp_path / f"{number}.txt" for number in range(2)))
    run(workspace, *(tmp_path / f"{number}.txt" for number in range(2, 8)))
    workspace.catalog.star([workspace.store.ids(Article)[0]], True)
    assert workspace.history.undo() == "Star 1 article"
    assert workspace.history.undo() == "Import 6 articles"
    assert len(workspace.store.ids(Article)) == 2
    assert workspace.history.redo() == "Import 6 articles"
    assert len(workspace.store.ids(Article)) == 8
    assert workspace.history.redo() == "Star 1 article"
    assert [workspace.history.undo() for _ in range(4)] == [
        "Star 1 article", "Import 6 articles", "Import 2 articles", None
    ]  # fmt: skip


def test_a_dry_run_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    assert [outcome.status for outcome in run(workspace, tmp_path / "a.txt", dry_run=True)] == ["added"]
    assert workspace.store.all(Article) == []


def test_an_article_in_the_trash_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    run(workspace, tmp_path / "a.txt")
    workspace.catalog.trash([workspace.store.all(Article)[0].id])
    run(workspace, tmp_path / "a.txt")
    assert len(workspace.catalog.rows()) == 1


COPY = "\n\n".join([*(f"Sentence number {n} of a story about the harbor and its {n * 7} ships." for n in range(20))])


def test_an_edited_wire_copy_is_named_and_never_merged(workspace: Workspace) -> None:
    run(workspace, Source(f"First copy\n\n{COPY}".encode(), "-", "https://one.example.org/"))
    edited = COPY.replace("number 3 of a story", "three of the tale").replace("ships", "boats", 2)
    (outcome,) = run(workspace, Source(f"Second copy\n\n{edited}".encode(), "-", "https://two.example.org/"))
    assert outcome.status == "added"
    assert [each.article.title for each in outcome.alike] == ["First copy"]
    assert 0.9 <= outcome.alike[0].likeness < 1
    assert len(workspace.store.all(Article)) == 2


def test_of_many_copies_each_is_compared_with_a_few_and_all_are_one_group(workspace: Workspace) -> None:
    copies = [COPY.replace("harbor", f"harbor {n}", 1) for n in range(40)]
    sources = [Source(f"Copy {n}\n\n{text}".encode(), f"/x/{n}.txt") for n, text in enumerate(copies)]
    outcomes = run(workspace, *sources)
    assert [len(outcome.alike) for outcome in outcomes] == [min(n, 12) for n in range(40)]
    (group,) = workspace.comparing.groups()
    assert len(group) == 40


def test_stories_on_one_subject_are_not_alike(workspace: Workspace) -> None:
    run(workspace, Source(f"First\n\n{COPY}".encode(), "-", "https://one.example.org/"))
    other = "\n\n".join(f"Another {n} words about ships in the harbor, {n} of them." for n in range(25))
    (outcome,) = run(workspace, Source(f"Second\n\n{other}".encode(), "-", "https://two.example.org/"))
    assert outcome.alike == ()


def test_the_same_text_can_be_kept_as_an_article_of_its_own(workspace: Workspace) -> None:
    run(workspace, Source(STORY.encode(), "-", "https://example.org/a"))
    (outcome,) = run(workspace, Source(STORY.encode(), "-", "https://example.org/b"), duplicates="keep")
    assert outcome.status == "added"
    assert len(workspace.store.all(Article)) == 2


def test_a_duplicate_can_leave_its_address_so_that_the_article_is_found_by_either(workspace: Workspace) -> None:
    one, other = "https://example.org/a", "https://mirror.example.net/a"
    run(workspace, Source(STORY.encode(), "-", one))
    (linked,) = run(workspace, Source(STORY.encode(), "-", other), duplicates="link")
    assert linked.status == "duplicate"
    (again,) = run(workspace, Source(STORY.encode(), "-", other))
    assert again.status == "unchanged"
    (revised,) = run(workspace, Source(f"{STORY} And more.".encode(), "-", other))
    assert revised.status == "updated"
    (article,) = workspace.store.all(Article)
    assert article.also == (other,)
    assert [row.article.id for row in workspace.catalog.rows("url:mirror.example.net")] == [article.id]


def test_an_article_is_filed_into_collections_and_found_by_them(workspace: Workspace) -> None:
    run(workspace, Source(STORY.encode(), "-", "https://example.org/a"), collections=("Aleppo  2016",))
    run(workspace, Source(b"Another one\n\nWith other words in it.", "-"))
    given = ("Wire", "aleppo 2016")
    (again,) = run(workspace, Source(STORY.encode(), "-", "https://example.org/a"), collections=given)
    assert again.status == "unchanged"
    (found,) = workspace.catalog.rows('collection:"aleppo 2016"')
    assert found.article.collections == ("Aleppo 2016", "Wire")
    assert workspace.collecting.counts() == {"Aleppo 2016": 1, "Wire": 1}
    workspace.collecting.rename("Wire", "Aleppo 2016")
    workspace.collecting.dissolve("Aleppo 2016")
    assert workspace.collecting.counts() == {}
    assert len(workspace.catalog.rows()) == 2


def test_a_collection_without_a_name_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        run(workspace, Source(STORY.encode(), "-"), collections=(" ",))


def test_a_changed_text_can_be_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    run(workspace, tmp_path / "a.txt")
    before = workspace.store.all(Article)
    (tmp_path / "a.txt").write_text(STORY + " And more.", encoding="utf-8")
    assert [each.status for each in run(workspace, tmp_path / "a.txt", update=False)] == ["unchanged"]
    assert workspace.store.all(Article) == before


def test_cancel_keeps_what_is_done(workspace: Workspace) -> None:
    sources = [Source(f"Title {n}\n\nText {n}.".encode(), f"/x/{n}.txt") for n in range(50)]
    read: list[str] = []
    summary = workspace.importing.run(sources, cancelled=lambda: len(read) >= 20, progress=read.append)
    assert summary.stopped
    assert len(workspace.store.all(Article)) == len(read) < 50


def test_highlights_follow_their_text_in_the_same_step(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    run(workspace, file)
    article = workspace.store.all(Article)[0]
    note = workspace.annotating.highlight_quote(article.id, "Nobody asked the clerk")[0]
    file.write_text(STORY.replace("The line", "Yesterday the line"), encoding="utf-8")
    (outcome,) = run(workspace, file)
    assert outcome.warnings == ("Text updated: 1 same.",)
    assert workspace.catalog.annotation(note.id).span.start > note.span.start
    assert workspace.history.undo() == "Import 1 article"
    assert workspace.store.get(Article, article.id) == article
    assert workspace.catalog.annotation(note.id) == note
