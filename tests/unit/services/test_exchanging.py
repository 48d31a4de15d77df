import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newstui.errors import UsageError
from newstui.export.webannotation import iter_document
from newstui.ingest.sniffing import is_package
from newstui.model import AnchorState, Annotation, Article, Link
from newstui.services.exchanging import Exchanging, Taken, parse_package
from newstui.services.reanchoring import Reanchoring
from newstui.store import Store
from tests.unit.export.material import ARTICLE, BODY, annotation, sheet

NOTED = annotation("Nothing was lost", 1, tags=("claim",), note="Denial.", color=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as opened:
        yield opened


def take_in(store: Store, document: Any, *, dry_run: bool = False) -> list[Taken]:
    text = document if isinstance(document, str) else json.dumps(document)
    return Exchanging(store, Reanchoring(store).reanchor).take_in(parse_package(text, "x.jsonld"), dry_run=dry_run)


def exported(*annotations: Annotation, texts: bool = False) -> str:
    return "".join(iter_document([sheet(*annotations)], "collection", "x", texts=texts))


def test_annotations_find_their_article_by_its_address_and_their_words_in_another_text(store: Store) -> None:
    other = replace(ARTICLE, id="01k9x7f0v2j6r4s8t3w5y7z9k3", url="https://gazette.example/book/?utm_source=x")
    store.commit("x", [replace(other, text=store.add_text("An editor's line before.\n\n" + BODY))])
    (taken,) = take_in(store, exported(NOTED))
    assert (taken.article.id, taken.added, taken.counts) == (other.id, False, {"new": 1})
    (found,) = store.all(Annotation)
    assert (found.id, found.article, found.tags, found.note) == (NOTED.id, other.id, ("claim",), "Denial.")
    assert found.span.start == NOTED.span.start + len("An editor's line before.\n\n")
    assert found.state is not AnchorState.ORPHAN


def test_without_its_article_an_annotation_brings_the_quotes_and_finds_its_place_when_the_text_comes(
    store: Store,
) -> None:
    (taken,) = take_in(store, exported(NOTED, annotation("of his own", 2)))
    assert (taken.article.title, taken.article.url, taken.added) == (ARTICLE.title, ARTICLE.url, True)
    assert store.text(taken.article.text) == "of his own\n\nNothing was lost\n"
    revised = replace(taken.article, text=store.add_text(BODY), earlier=(taken.article.text,))
    store.commit("x", [revised])
    Reanchoring(store).reanchor(ARTICLE.id)
    found = store.get(Annotation, NOTED.id)
    assert found.span.slice(BODY) == NOTED.quote


def test_the_newer_of_two_wins_and_the_older_is_kept_out(store: Store) -> None:
    take_in(store, exported(NOTED, texts=True))
    newer = replace(NOTED, note="Changed.", modified="2026-05-05T00:00:00Z")
    assert take_in(store, exported(newer))[0].counts == {"updated": 1}
    assert take_in(store, exported(NOTED))[0].counts == {"kept": 1}
    assert store.get(Annotation, NOTED.id).note == "Changed."
    assert store.get(Annotation, NOTED.id).span == NOTED.span


def test_what_others_wrote_gets_the_same_id_each_time(store: Store) -> None:
    item = {
        "id": "https://other.example/annotations/5", "type": "Annotation", "created": "yesterday",
        "body": [{"value": "a note\x1b]52;c;x\x07"}, {"purpose": "tagging", "value": "#nato"}],
        "target": {
            "source": "http://other.example/story",
            "selector": {"type": "TextQuoteSelector", "exact": "some words", "prefix": "before "},
        },
    }  # fmt: skip
    (taken,) = take_in(store, item)
    assert (taken.article.title, taken.counts) == ("http://other.example/story", {"new": 1})
    assert take_in(store, item)[0].counts == {"same": 1}
    (found,) = store.all(Annotation)
    assert (found.note, found.tags, found.quote, found.created) == ("a note", ("nato",), "some words", "")


def test_a_dry_run_changes_nothing(store: Store) -> None:
    assert take_in(store, exported(NOTED, texts=True), dry_run=True)[0].counts == {"new": 1}
    assert not store.all(Article)
    assert not store.all(Annotation)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a": 1}', "null", '{"newstui": 1}\n{"kind": 5'])
def test_what_is_no_package_is_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"mine\.json"):
        parse_package(text, "mine.json")


def test_packages_are_known_by_name_and_by_how_they_begin(tmp_path: Path) -> None:
    feed, ours = tmp_path / "feed.json", tmp_path / "ours.json"
    feed.write_text('{"version": "https://jsonfeed.org/version/1.1"}', encoding="utf-8")
    ours.write_text(exported(NOTED), encoding="utf-8")
    assert [is_package(path) for path in (feed, ours, Path("x.jsonld"), Path("x.txt"))] == [False, True, True, False]
    assert is_package(feed, "jsonld")
    assert not is_package(ours, "feed")


def test_links_come_along_harmless_and_are_not_lost_to_a_tool_that_does_not_know_them(store: Store) -> None:
    other = annotation("of his own", 2)
    links = (Link("contradicts", other.id), Link("\x1b]0;x\x07\x1b[2J", other.id), Link("see also", "nowhere"))
    linked = replace(NOTED, links=links)
    take_in(store, exported(linked, other, texts=True))
    assert store.get(Annotation, NOTED.id).links == (Link("contradicts", other.id),)
    take_in(store, exported(replace(NOTED, note="Admitted.", modified="2030-01-01T00:00:00Z"), texts=True))
    changed = store.get(Annotation, NOTED.id)
    assert (changed.note, changed.links) == ("Admitted.", (Link("contradicts", other.id),))
