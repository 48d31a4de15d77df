"""Highlights of other tools find their words, wherever the text came from, and come in once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.ingest.article import ImportedArticle, ImportedNote, Source
from newstui.model import AnchorState, Annotation, Article, Provenance
from newstui.services.importing import ImportOptions, Outcome
from newstui.services.incoming import Incoming
from newstui.store import Store
from newstui.workspace import Workspace
from tests.unit.ingest.files import EXPORTS, PAGE, PROSE, URL


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Store.open(tmp_path / "library", create=True):
        pass
    with Workspace.open(tmp_path / "library") as opened:
        yield opened


def take(workspace: Workspace, *kinds: str) -> list[Outcome]:
    outcomes: list[Outcome] = []
    sources = [Source(EXPORTS[kind][1], f"/x/{EXPORTS[kind][0]}") for kind in kinds]
    workspace.importing.run(sources, ImportOptions(), outcomes.append)
    return outcomes


def bytes_of(workspace: Workspace) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in workspace.store.path.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_imported_twice_changes_no_byte(workspace: Workspace, kind: str) -> None:
    assert {each.status for each in take(workspace, kind)} == {"added"}
    before = bytes_of(workspace)
    assert {each.status for each in take(workspace, kind)} == {"unchanged"}
    assert bytes_of(workspace) == before
    assert list(workspace.maintaining.check()) == []


@pytest.mark.parametrize("kind", ["omnivore", "wallabag", "readwise", "hypothesis", "koreader", "kindle"])
def test_highlights_stand_on_their_words(workspace: Workspace, kind: str) -> None:
    take(workspace, kind)
    article = workspace.store.all(Article)[0]
    text = workspace.reading.text(article)
    notes = workspace.store.annotations_of(article.id)
    note = next(each for each in notes if each.note.startswith("who paid?"))
    assert PROSE[1].startswith(note.quote)
    assert note.span.slice(text) == note.quote
    assert note.state is AnchorState.SAME


def test_what_many_tools_know_of_one_article_comes_together_in_it(workspace: Workspace) -> None:
    take(workspace, "pocket", "instapaper", "omnivore", "readwise", "hypothesis", "koreader", "kindle")
    (article,) = workspace.store.all(Article)
    assert workspace.reading.text(article).split("\n\n") == list(PROSE)
    assert article.archived
    assert article.provenance.importer == "omnivore"
    notes = workspace.store.all(Annotation)
    assert all(each.state is not AnchorState.ORPHAN for each in notes)
    assert len({(each.quote, each.note) for each in notes}) == len(notes)


def test_a_bookmark_becomes_the_page_when_the_page_comes_and_never_the_other_way(workspace: Workspace) -> None:
    take(workspace, "pocket")
    workspace.importing.run([Source(PAGE.encode(), "/x/a.html", URL)])
    (article,) = workspace.store.all(Article)
    assert article.provenance.importer == "html"
    assert PROSE[1] in workspace.reading.text(article)
    take(workspace, "pocket")
    assert workspace.store.all(Article)[0] == article


def test_a_highlight_without_its_words_is_an_orphan_until_the_text_comes(workspace: Workspace) -> None:
    fields = ImportedArticle("Harbor opens", "Some other text altogether.", url=URL, notes=(ImportedNote(PROSE[1]),))
    incoming = Incoming(workspace.store, (), update=True, duplicates="skip")
    incoming.add(fields, Provenance("wallabag", "/x/w.json"))
    changes = incoming.take()
    assert changes.outcomes[0].orphans == 1
    workspace.store.add_text(changes.bodies[0])
    workspace.store.commit("Import", [*changes.articles, *changes.annotations])
    assert workspace.store.all(Annotation)[0].quote == PROSE[1]
    workspace.importing.run([Source(PAGE.encode(), "/x/a.html", URL)])
    (note,) = workspace.store.all(Annotation)
    assert note.state is not AnchorState.ORPHAN
    assert note.span.slice(workspace.reading.text(workspace.store.all(Article)[0])) == PROSE[1]


def test_a_tag_that_is_none_does_not_stop_an_import(workspace: Workspace) -> None:
    csv = f"title,url,time_added,tags,status\nHarbor opens,{URL},1600000000,/|#|good,unread\n"
    workspace.importing.run([Source(csv.encode(), "/x/pocket.csv")])
    assert workspace.store.all(Article)[0].tags == ("good",)


def test_bookmarks_with_the_same_title_stay_apart(workspace: Workspace) -> None:
    csv = f"title,url,time_added,tags,status\nUntitled,{URL}/1,1,,unread\nUntitled,{URL}/2,2,,unread\n"
    workspace.importing.run([Source(csv.encode(), "/x/pocket.csv")])
    assert len(workspace.store.all(Article)) == 2
