"""Names of a library: counted over articles, corrected once for good, kept in a cache that may vanish."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.model import Article, Mention, Span
from newstui.services.dossiers import Dossiers
from newstui.store import Store, new_id

BODIES = ["Ankara spoke to Helena Brandt. Brandt left Ankara.", "Helena Brandt returned. Reading is a city."]


class Counting:
    """A recognizer of two names that counts how often it is asked."""

    name, version, labels = "counting", "1", frozenset({"PERSON", "GPE"})

    def __init__(self) -> None:
        self.asked = 0

    def recognize(self, text: str) -> list[Mention]:
        self.asked += 1
        found = []
        for name, label in (("Helena Brandt", "PERSON"), ("Ankara", "GPE"), ("Reading", "GPE")):
            at = text.find(name)
            while at >= 0:
                found.append(Mention(Span(at, at + len(name)), label, 1.0))
                at = text.find(name, at + 1)
        return sorted(found, key=lambda mention: mention.start)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as opened:
        articles = [
            Article(new_id(), f"Article {n}", opened.add_text(body), published=f"2020-01-0{n + 1}")
            for n, body in enumerate(BODIES)
        ]
        opened.commit("Import", articles)
        yield opened


@pytest.fixture
def dossiers(store: Store, tmp_path: Path) -> Dossiers:
    return Dossiers(store, Counting(), tmp_path / "cache")


def surfaces(dossiers: Dossiers, article: Article, body: str) -> list[tuple[str, str]]:
    return [(mention.span.slice(body), mention.label) for mention in dossiers.mentions(article.id)]


def test_entities_are_counted_over_articles_the_newest_first(store: Store, dossiers: Dossiers) -> None:
    first, second = store.all(Article)
    brandt = next(each for each in dossiers.index() if each.name == "Helena Brandt")
    assert (brandt.mentions, brandt.articles) == (2, (second.id, first.id))
    assert {each.name for each in dossiers.index([first.id])} == {"Helena Brandt", "Ankara"}


def test_a_text_is_recognized_once_and_a_lost_cache_is_made_again(store: Store, tmp_path: Path) -> None:
    recognizer = Counting()
    article = store.all(Article)[0]
    Dossiers(store, recognizer, tmp_path / "cache").mentions(article.id)
    Dossiers(store, recognizer, tmp_path / "cache").mentions(article.id)
    assert recognizer.asked == 1
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_bytes(b"[[0, 99999, 1")
    assert Dossiers(store, recognizer, tmp_path / "cache").mentions(article.id)
    assert recognizer.asked == 2


def test_corrections_hold_in_the_article_or_in_the_library_and_are_undone(store: Store, dossiers: Dossiers) -> None:
    first, second = store.all(Article)
    dossiers.correct("drop", "Reading")
    assert ("Reading", "GPE") not in surfaces(dossiers, second, BODIES[1])
    dossiers.correct("retype", "Helena Brandt", label="ORG", article_id=first.id)
    assert ("Helena Brandt", "ORG") in surfaces(dossiers, first, BODIES[0])
    assert ("Helena Brandt", "PERSON") in surfaces(dossiers, second, BODIES[1])
    dossiers.correct("add", "Brandt left", label="EVENT")
    assert ("Brandt left", "EVENT") in surfaces(dossiers, first, BODIES[0])
    for _ in range(3):
        store.undo()
    assert surfaces(dossiers, second, BODIES[1]) == [("Helena Brandt", "PERSON"), ("Reading", "GPE")]


def test_a_narrow_add_survives_a_wide_drop(store: Store, dossiers: Dossiers) -> None:
    first = store.all(Article)[0]
    dossiers.correct("add", "Ankara", label="GPE", article_id=first.id)
    dossiers.correct("drop", "Ankara")
    assert ("Ankara", "GPE") in surfaces(dossiers, first, BODIES[0])


@pytest.mark.parametrize(("action", "surface", "label"), [("melt", "x", ""), ("add", "x", "SHIP"), ("drop", "  ", "")])
def test_what_is_no_correction_is_refused(dossiers: Dossiers, action: str, surface: str, label: str) -> None:
    with pytest.raises(UsageError):
        dossiers.correct(action, surface, label=label)


def test_a_process_of_its_own_finds_the_same_names(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = store.all(Article)[0]
    here = Dossiers(store, cache=tmp_path / "here").mentions(article.id)
    monkeypatch.setattr("newstui.services.dossiers.APART", 10)
    there = Dossiers(store, cache=tmp_path / "there")
    monkeypatch.setattr(type(there.recognizer), "recognize", lambda self, text: pytest.fail("found in this process"))
    assert there.mentions(article.id) == here
    assert here
