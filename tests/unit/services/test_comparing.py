"""Edited copies are grouped, and what differs is told word by word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import NotFoundError
from newstui.ingest.article import Source
from newstui.model import Article
from newstui.store import Store
from newstui.text.diffs import Piece, diff_words, iter_around, mark_changes
from newstui.workspace import Workspace

COPY = "\n\n".join(f"Sentence number {n} of a story about the harbor and its {n * 7} ships." for n in range(20))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Store.open(tmp_path / "library", create=True):
        pass
    with Workspace.open(tmp_path / "library") as opened:
        texts = [COPY, COPY.replace("number 3", "No. 3"), COPY.replace("ships", "boats", 3), "Other words. " * 40]
        sources = [Source(f"T{n}\n\n{text}".encode(), "-", f"https://{n}.example.org/") for n, text in enumerate(texts)]
        opened.importing.run(sources)
        yield opened


def test_copies_are_grouped_and_the_rest_stands_alone(workspace: Workspace) -> None:
    (group,) = workspace.comparing.groups()
    assert [article.title for article in group] == ["T0", "T1", "T2"]
    first = next(article for article in workspace.store.all(Article) if article.title == "T0")
    assert {each.article.title for each in workspace.comparing.alike(first.id)} == {"T1", "T2"}
    workspace.catalog.trash([article.id for article in group[1:]])
    assert workspace.comparing.groups() == []


def test_a_revision_is_compared_with_the_one_before(workspace: Workspace) -> None:
    changed = Source(f"T0\n\n{COPY}\n\nOne more.".encode(), "-", "https://0.example.org/")
    workspace.importing.run([changed])
    article = next(article for article in workspace.store.all(Article) if article.title == "T0")
    comparing = workspace.comparing
    pieces = comparing.diff(comparing.revision(article.id, 1), comparing.revision(article.id))
    assert [piece for piece in pieces if piece.kind != "same"] == [Piece("new", "\n\nOne more.")]
    with pytest.raises(NotFoundError, match="1 earlier revisions, not 2"):
        comparing.revision(article.id, 2)


def test_what_differs_is_marked_with_the_words_around_it() -> None:
    old = "The harbor opened again on Monday after nine days of strike. " * 3
    pieces = diff_words(old, old.replace("Monday", "Tuesday", 1) + "And more.")
    assert mark_changes(list(iter_around(pieces))).startswith("The harbor opened again on [-Monday-]{+Tuesday+} after")
    assert "…" in mark_changes(list(iter_around(pieces)))


@given(st.text("ab \n.é", max_size=60), st.text("ab \n.é", max_size=60))
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
