"""Hostile formats are read by other processes, with limits, in order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newstui.ingest.article import ImportFailedError, Limits, Source
from newstui.ingest.pool import Read, Readers
from newstui.ingest.worker import decode_article, encode_article
from tests.unit.ingest.files import EXPORTS, OMNIVORE, PAGE, URL


def given(source: Source) -> tuple[str, Callable[[], Source]]:
    return source.origin, lambda: source


def read(*sources: Source, limits: Limits | None = None, jobs: int = 1) -> list[Read]:
    with Readers(limits or Limits(), jobs) as readers:
        return list(readers.read(given(source) for source in sources))


def test_sources_come_in_the_order_given_whoever_reads_them() -> None:
    sources = [
        Source(PAGE.encode(), "/x/1.html", URL),
        Source(b"A title\n\nText of it.", "/x/2.txt"),
        Source(PAGE.encode(), "/x/3.html"),
        Source(b"", "/x/4.txt"),
        Source(OMNIVORE, "/x/5.zip"),
    ]
    done = read(*sources, jobs=2)
    assert [each.origin for each in done] == [source.origin for source in sources]
    assert [len(each.articles) for each in done] == [1, 1, 1, 0, 1]
    assert done[0].articles[0].url == URL
    assert done[3].error.startswith("4.txt: ")


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_article_comes_through_the_process_as_it_is(kind: str) -> None:
    from newstui.ingest.registry import find_importer

    name, data = EXPORTS[kind]
    source = Source(data, name)
    for article in find_importer(source).read(source, Limits()):
        assert decode_article(encode_article(article)) == article


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    slow = Source(b"<html><body>" + b"<p>" * 400_000, "/x/slow.html")
    limits = replace(Limits(), seconds=0.4)
    first, second = read(slow, Source(b"A title\n\nText of it.", "/x/2.txt"), limits=limits)
    assert first.error == "slow.html: it took longer than 0.4 s, so it was left out."
    assert second.articles


def test_a_document_that_needs_too_much_memory_is_given_up() -> None:
    limits = replace(Limits(), memory_bytes=90 << 20)
    (done,) = read(Source(PAGE.encode() + b"<p>word</p>" * 600_000, "/x/huge.html"), limits=limits)
    assert not done.articles
    assert done.error.startswith("huge.html: ")


def test_what_is_cancelled_ends_at_once() -> None:
    asked = iter([False, False, True])
    with Readers(Limits(), cancelled=lambda: next(asked, True)) as readers:
        sources = [given(Source(PAGE.encode(), f"/x/{number}.html")) for number in range(50)]
        assert len(list(readers.read(sources))) < 3


def test_what_cannot_be_loaded_is_said_where_its_turn_is(tmp_path: Path) -> None:
    def load() -> Source:
        raise ImportFailedError("gone.txt: it is gone.")

    with Readers(Limits()) as readers:
        assert [each.error for each in readers.read([("gone.txt", load)])] == ["gone.txt: it is gone."]
