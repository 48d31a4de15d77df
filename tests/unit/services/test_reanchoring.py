from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.errors import NotFoundError, UsageError
from newstui.model import AnchorState, Annotation, Article, Span
from newstui.services.reanchoring import Reanchoring
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY, annotation

ADA = annotation("said Ada Quill of the Harbor Board", 1, note="Denial.")
LOST = annotation("forty messages a day", 2)
GONE_SENTENCE = (
    "By the spring of 1871 the line to Porto Santo carried forty messages a day [sic], and nobody knew how many "
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as opened:
        sha256 = opened.add_text(BODY)
        marked = [replace(each, target=replace(each.target, text=sha256)) for each in (ADA, LOST)]
        opened.commit("x", [replace(ARTICLE, text=sha256), *marked])
        yield opened


def revise(store: Store, body: str) -> None:
    article = store.get(Article, ARTICLE.id)
    earlier = (article.text, *article.earlier)
    store.commit("Update", [replace(article, text=store.add_text(body), earlier=earlier)])


def test_an_unchanged_text_changes_nothing(store: Store) -> None:
    reanchoring = Reanchoring(store)
    assert reanchoring.pending(ARTICLE.id) == []
    done = reanchoring.reanchor(ARTICLE.id)
    assert done.transaction is None
    assert done.label == "Text updated: 2 same"


def test_what_moved_is_followed_and_what_is_gone_is_kept_as_an_orphan(store: Store) -> None:
    reanchoring = Reanchoring(store)
    body = "A new first paragraph.\n\n" + BODY.replace(GONE_SENTENCE, "Then ").replace("said Ada", "said Miss Ada")
    revise(store, body)
    assert len(reanchoring.pending(ARTICLE.id)) == 2
    done = reanchoring.reanchor(ARTICLE.id)
    assert done.label == "Text updated: 1 changed, 1 orphan"
    ada, lost = store.get(Annotation, ADA.id), store.get(Annotation, LOST.id)
    assert ada.quote == "said Miss Ada Quill of the Harbor Board" == ada.span.slice(body)
    assert (ada.state, ada.note) == (AnchorState.CHANGED, "Denial.")
    assert ada.anchored_from is not None
    assert ada.anchored_from.quote == ADA.target.quote
    assert (lost.state, lost.target.quote) == (AnchorState.ORPHAN, LOST.target.quote)
    assert [each.id for each in reanchoring.orphans()] == [LOST.id]
    assert reanchoring.pending(ARTICLE.id) == []


def test_it_is_one_step_that_can_be_undone(store: Store) -> None:
    revise(store, BODY.replace("said Ada", "said Miss Ada"))
    before = store.all(Annotation)
    Reanchoring(store).reanchor(ARTICLE.id)
    assert store.all(Annotation) != before
    store.undo()
    assert store.all(Annotation) == before


def test_there_and_back_ends_where_it_began(store: Store) -> None:
    reanchoring = Reanchoring(store)
    before = store.all(Annotation)
    revise(store, BODY.replace(GONE_SENTENCE, "Then ").replace("said Ada", "said Miss Ada"))
    reanchoring.reanchor(ARTICLE.id)
    revise(store, BODY)
    reanchoring.reanchor(ARTICLE.id)
    assert store.all(Annotation) == before


def test_twice_is_once(store: Store) -> None:
    revise(store, "New. " + BODY.replace("said Ada", "said Miss Ada"))
    Reanchoring(store).reanchor(ARTICLE.id)
    after = store.all(Annotation)
    assert Reanchoring(store).reanchor(ARTICLE.id).transaction is None
    assert store.all(Annotation) == after


def test_a_lost_old_text_is_done_without(store: Store) -> None:
    marked = store.get(Annotation, ADA.id)
    store.commit("x", [replace(marked, target=replace(marked.target, text="0" * 64))])
    Reanchoring(store).reanchor(ARTICLE.id)
    assert store.get(Annotation, ADA.id).span == ADA.span


def test_cancelling_leaves_the_rest_as_it_is(store: Store) -> None:
    revise(store, "New. " + BODY)
    done = Reanchoring(store).reanchor(ARTICLE.id, cancelled=lambda: True)
    assert (done.left, done.transaction) == (2, None)


def test_accept_detach_attach(store: Store) -> None:
    reanchoring = Reanchoring(store)
    body = BODY.replace("said Ada", "said Miss Ada")
    revise(store, body)
    reanchoring.reanchor(ARTICLE.id)
    reanchoring.accept([ADA.id])
    assert store.get(Annotation, ADA.id).state is AnchorState.SAME
    reanchoring.detach(ADA.id)
    assert store.get(Annotation, ADA.id).state is AnchorState.ORPHAN
    with pytest.raises(UsageError):
        reanchoring.accept([ADA.id])
    reanchoring.attach(ADA.id, Span(0, 9))
    attached = store.get(Annotation, ADA.id)
    assert (attached.quote, attached.state) == ("The clerk", AnchorState.SAME)


def test_what_strayed_is_listed_gone_first_and_the_passages_it_may_be_are_suggested(store: Store) -> None:
    reanchoring = Reanchoring(store)
    revise(store, BODY.replace(GONE_SENTENCE, "Then ").replace("said Ada", "said Miss Ada"))
    reanchoring.reanchor(ARTICLE.id)
    assert [each.id for each in reanchoring.to_review()] == [LOST.id, ADA.id]
    text = store.text(store.get(Article, ARTICLE.id).text)
    reanchoring.detach(ADA.id)
    words = [each.span.slice(text) for each in reanchoring.suggest(ADA.id) if each.span]
    assert words[0] == "said Miss Ada Quill of the Harbor Board"
    reanchoring.attach_to_words(LOST.id, "said Miss Ada Quill")
    assert store.get(Annotation, LOST.id).span.slice(text) == "said Miss Ada Quill"
    assert [each.id for each in reanchoring.to_review(ARTICLE.id)] == [ADA.id]


def test_words_that_are_not_there_or_too_often_attach_nothing(store: Store) -> None:
    reanchoring = Reanchoring(store)
    for words, why in (("no such words", "nowhere"), ("the", "times")):
        with pytest.raises(NotFoundError, match=why):
            reanchoring.attach_to_words(LOST.id, words)
