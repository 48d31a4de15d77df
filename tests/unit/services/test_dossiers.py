"""Names of a library: counted over articles, corrected once for good, kept in a cache that may vanish."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.errors import UsageError
from newstui.export.dossier import render_dossier
from newstui.model import Article, Mention, Span
from newstui.services.annotating import Annotating
from newstui.services.correcting import Correcting
from newstui.services.dossiers import Dossiers
from newstui.services.recognition import Recognition
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


def build(store: Store, recognizer: Counting | None, cache: Path) -> Dossiers:
    return Dossiers(store, Recognition(store, recognizer, cache))


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
    return build(store, Counting(), tmp_path / "cache")


@pytest.fixture
def correcting(store: Store) -> Correcting:
    return Correcting(store)


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
    build(store, recognizer, tmp_path / "cache").mentions(article.id)
    build(store, recognizer, tmp_path / "cache").mentions(article.id)
    assert recognizer.asked == 1
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_bytes(b"[[0, 99999, 1")
    assert build(store, recognizer, tmp_path / "cache").mentions(article.id)
    assert recognizer.asked == 2


def test_corrections_hold_in_the_article_or_in_the_library_and_are_undone(
    store: Store, dossiers: Dossiers, correcting: Correcting
) -> None:
    first, second = store.all(Article)
    correcting.correct_name("drop", "Reading")
    assert ("Reading", "GPE") not in surfaces(dossiers, second, BODIES[1])
    correcting.correct_name("retype", "Helena Brandt", label="ORG", article_id=first.id)
    assert ("Helena Brandt", "ORG") in surfaces(dossiers, first, BODIES[0])
    assert ("Helena Brandt", "PERSON") in surfaces(dossiers, second, BODIES[1])
    correcting.correct_name("add", "Brandt left", label="EVENT")
    assert ("Brandt left", "EVENT") in surfaces(dossiers, first, BODIES[0])
    for _ in range(3):
        store.undo()
    assert surfaces(dossiers, second, BODIES[1]) == [("Helena Brandt", "PERSON"), ("Reading", "GPE")]


def test_a_narrow_add_survives_a_wide_drop(store: Store, dossiers: Dossiers, correcting: Correcting) -> None:
    first = store.all(Article)[0]
    correcting.correct_name("add", "Ankara", label="GPE", article_id=first.id)
    correcting.correct_name("drop", "Ankara")
    assert ("Ankara", "GPE") in surfaces(dossiers, first, BODIES[0])


def test_one_mention_is_corrected_and_stays_so_when_the_text_moves(
    store: Store, dossiers: Dossiers, correcting: Correcting
) -> None:
    first = store.all(Article)[0]
    at = BODIES[0].rindex("Ankara")
    correcting.correct_mention("drop", first.id, Span(at, at + 6))
    assert surfaces(dossiers, first, BODIES[0]).count(("Ankara", "GPE")) == 1
    longer = "News at noon. " + BODIES[0]
    store.commit("Revise", [replace(first, text=store.add_text(longer), earlier=(first.text,))])
    assert [mention.start for mention in dossiers.mentions(first.id) if mention.label == "GPE"] == [14]


def test_a_correction_whose_words_are_gone_is_listed_and_not_lost(
    store: Store, dossiers: Dossiers, correcting: Correcting
) -> None:
    first = store.all(Article)[0]
    correcting.correct_mention("retype", first.id, Span(0, 6), label="ORG")
    store.commit("Revise", [replace(first, text=store.add_text("Something else entirely."))])
    assert [each.surface for each in dossiers.lost(first.id)] == ["Ankara"]
    store.undo()
    assert surfaces(dossiers, first, BODIES[0])[0] == ("Ankara", "ORG")


def test_bounds_of_one_mention_and_of_a_name(store: Store, dossiers: Dossiers, correcting: Correcting) -> None:
    first, second = store.all(Article)
    correcting.correct_mention("bounds", first.id, Span(16, 22), label="PERSON")
    assert surfaces(dossiers, first, BODIES[0])[1] == (BODIES[0][16:22], "PERSON")
    correcting.correct_name("bounds", "Helena Brandt", into="Brandt")
    assert ("Brandt", "PERSON") in surfaces(dossiers, second, BODIES[1])


class Newer(Counting):
    """A later model: it knows the same names, and takes all of them for companies."""

    version = "2"

    def recognize(self, text: str) -> list[Mention]:
        return [replace(mention, label="ORG", score=500.0) for mention in super().recognize(text)]


@pytest.mark.parametrize("scope", ["mention", "article", "library"])
@pytest.mark.parametrize(
    ("action", "surface", "label", "into", "wanted"),
    [
        ("drop", "Ankara", "", "", None),
        ("retype", "Ankara", "LOC", "", ("Ankara", "LOC")),
        ("add", "spoke", "EVENT", "", ("spoke", "EVENT")),
        ("bounds", "Helena Brandt", "PERSON", "Brandt", ("Brandt", "PERSON")),
    ],
)
def test_every_correction_survives_undo_and_redo_another_model_and_another_text(
    store: Store, correcting: Correcting, tmp_path: Path, scope: str, action: str, surface: str, label: str, into: str,
    wanted: tuple[str, str] | None,
) -> None:  # fmt: skip
    first = store.all(Article)[0]
    at = BODIES[0].index(into or surface)
    place = Span(at, at + len(into or surface))

    def here(recognizer: Counting, before: str = "") -> tuple[str, str] | None:
        body = before + BODIES[0]
        found = build(store, recognizer, tmp_path / recognizer.version).mentions(first.id)
        start = place.start + len(before)
        return next(((m.span.slice(body), m.label) for m in found if m.start == start), None)

    untouched = here(Counting())
    if scope == "mention":
        correcting.correct_mention(action, first.id, place, label=label)
    else:
        owner = first.id if scope == "article" else ""
        correcting.correct_name(action, surface, label=label, article_id=owner, into=into)
    assert here(Counting()) == wanted != untouched
    store.undo()
    assert here(Counting()) == untouched
    store.redo()
    assert here(Counting()) == here(Newer()) == wanted
    longer = "News at noon. " + BODIES[0]
    store.commit("Revise", [replace(first, text=store.add_text(longer), earlier=(first.text,))])
    assert here(Newer(), "News at noon. ") == wanted


def test_what_a_recognizer_found_is_the_same_bytes_before_and_after_corrections(
    store: Store, dossiers: Dossiers, correcting: Correcting, tmp_path: Path
) -> None:
    dossiers.index()
    before = {file.name: file.read_bytes() for file in (tmp_path / "cache").rglob("*.json")}
    correcting.correct_name("drop", "Ankara")
    dossiers.index()
    assert {file.name: file.read_bytes() for file in (tmp_path / "cache").rglob("*.json")} == before
    assert before


def test_what_an_article_names_first_is_new_there_and_nothing_is_in_the_first_of_all(
    store: Store, dossiers: Dossiers
) -> None:
    first, second = store.all(Article)

    def new(article: Article) -> set[str]:
        return {entity.name for entity in dossiers.first_named(article.id, dossiers.index())}

    assert new(first) == set()
    assert new(second) == {"Reading"}
    store.commit("Trash", [replace(first, deleted="2026-01-01T00:00:00Z")])
    assert new(second) == set()
    store.commit("Add", [Article(new_id(), "Third", store.add_text("Ankara and Reading."))])
    assert new(store.all(Article)[-1]) == {"Ankara"}


def test_things_are_merged_split_and_named(store: Store, dossiers: Dossiers, correcting: Correcting) -> None:
    correcting.merge("GPE:reading", "GPE:ankara")
    assert {(each.name, each.mentions) for each in dossiers.index() if each.label == "GPE"} == {("Reading", 3)}
    correcting.split("GPE:ankara", "Reading")
    assert {(each.name, each.mentions) for each in dossiers.index() if each.label == "GPE"} == {
        ("Ankara", 2),
        ("Reading", 1),
    }
    first = store.all(Article)[0]
    correcting.alias("Ankara", "PERSON:helena brandt", article_id=first.id)
    assert dossiers.find("Helena Brandt").mentions == 4
    for _ in range(3):
        store.undo()
    assert dossiers.find("Ankara").mentions == 2


def test_a_name_means_who_is_written_just_so_before_who_is_written_alike(dossiers: Dossiers) -> None:
    helena = dossiers.find("Helena Brandt")
    loud = replace(helena, key="ORG:helena brandt", name="HELENA BRANDT", label="ORG", mentions=1)
    index = [*dossiers.index(), loud]
    assert dossiers.find("HELENA BRANDT", index=index) == loud
    assert dossiers.find("Helena Brandt", index=index) == helena
    assert dossiers.find("helena brandt", index=index) == helena


def test_merges_in_a_circle_end(dossiers: Dossiers, correcting: Correcting) -> None:
    correcting.merge("GPE:reading", "GPE:ankara")
    correcting.merge("GPE:ankara", "GPE:reading")
    assert dossiers.find("Reading").mentions == 3


def test_names_alike_are_suggested_until_they_are_said_to_be_two(
    store: Store, dossiers: Dossiers, correcting: Correcting
) -> None:
    correcting.correct_name("add", "H. Brandt", label="PERSON")
    store.commit("Import", [Article(new_id(), "Third", store.add_text("H. Brandt is back."))])
    (pair,) = dossiers.suggestions()
    assert {pair.one.name, pair.other.name} == {"Helena Brandt", "H. Brandt"}
    correcting.distinguish(pair.one.key, pair.other.key)
    assert dossiers.suggestions() == []


def test_a_dossier_gathers_what_was_said_done_and_noted(
    store: Store, dossiers: Dossiers, correcting: Correcting
) -> None:
    body = "Helena Brandt was in Ankara on 4 May 2021. “We will sign it very soon,” said Helena Brandt."
    article = Article(new_id(), "Brandt [returns]", store.add_text(body), published="2021-05-05")
    store.commit("Import", [article])
    correcting.correct_name("add", "4 May 2021", label="DATE")
    note = Annotating(store).highlight(article.id, Span(0, 20), tags=["travel"])
    index = dossiers.index()
    dossier = dossiers.dossier(dossiers.find("Helena Brandt", index=index), index)
    assert [near.iso for near in dossier.dates] == ["2021-05-04"]
    assert [passage.words for passage in dossier.said] == ["“We will sign it very soon,”"]
    assert [each.id for each in dossier.highlights] == [note.id]
    assert {each.name for each in dossier.company} == {"Ankara", "Reading"}
    assert dossier.entity.trend == (("2020-01", 2), ("2021-05", 2))
    assert dossier.entity.first_seen == store.all(Article)[0].id
    page = render_dossier(dossier)
    assert "# Helena Brandt" in page
    assert "**Helena Brandt** was in Ankara" in page
    assert "said **Helena Brandt**. —" in page


@pytest.mark.parametrize(("action", "surface", "label"), [("melt", "x", ""), ("add", "x", "SHIP"), ("drop", "  ", "")])
def test_what_is_no_correction_is_refused(correcting: Correcting, action: str, surface: str, label: str) -> None:
    with pytest.raises(UsageError):
        correcting.correct_name(action, surface, label=label)


def test_a_process_of_its_own_finds_the_same_names(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = store.all(Article)[0]
    here = build(store, None, tmp_path / "here").mentions(article.id)
    monkeypatch.setattr("newstui.services.recognition.APART", 10)
    there = build(store, None, tmp_path / "there")
    recognizer = type(there.recognition.recognizer)
    monkeypatch.setattr(recognizer, "recognize", lambda self, text: pytest.fail("found in this process"))
    assert there.mentions(article.id) == here
    assert here
