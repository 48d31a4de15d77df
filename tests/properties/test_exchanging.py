"""What is exported and taken into an empty library is the same library."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.ingest.article import Source
from newstui.model import Annotation, Article, Span
from newstui.services.exporting import ExportOptions
from newstui.store import Store, new_id
from newstui.text.hygiene import clean_line, clean_text
from newstui.workspace import Workspace
from tests.properties.texts import ANY_TEXT

WORDS = ANY_TEXT.map(clean_text)
LINES = ANY_TEXT.map(clean_line)
TAGS = st.lists(st.sampled_from(["nato", "a/b", "claim/official", "ünïcode", "two words"]), unique=True, max_size=3)
MARKS = st.tuples(st.integers(0, 200), st.integers(1, 40), WORDS, TAGS, st.integers(0, 6))
BODIES = st.lists(st.tuples(LINES, WORDS.map(lambda text: "x" + text), st.lists(MARKS, max_size=4)), max_size=3)
FORMATS = ("jsonld", "jsonl")


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    with Store.open(folder, create=True) as store:
        yield Workspace(store)


def fill(workspace: Workspace, bodies: list[tuple[str, str, list[tuple[int, int, str, list[str], int]]]]) -> None:
    for number, (title, body, marks) in enumerate(bodies):
        text = f"{number} {body}"
        article = Article(
            new_id(), title or "T", workspace.store.add_text(text), 1, "2026-01-01T00:00:00Z", published="2026-01-02"
        )
        workspace.store.commit("x", [article])
        for start, length, note, tags, color in marks:
            span = Span(start % len(text), min(len(text), start % len(text) + length))
            if span.slice(text).strip():
                workspace.annotating.highlight(article.id, span, tags=tags, note=note, color=color)
    made = workspace.annotating.all()
    for one, other in pairwise(made):
        workspace.linking.link(one.id, other.id, "contradicts")


def exported(workspace: Workspace, format_name: str) -> bytes:
    pieces = workspace.exporting.iter_text(workspace.exporting.everything(), ExportOptions(format_name))
    return "".join(pieces).encode("utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
@settings(max_examples=10)
@given(bodies=BODIES)
def test_export_and_import_into_an_empty_library_give_the_same(format_name: str, bodies: list[object]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "one") as one,
        opened(Path(folder) / "two") as two,
    ):
        fill(one, bodies)  # type: ignore[arg-type]  # as BODIES makes them
        content = exported(one, format_name)
        if not one.store.all(Annotation):
            return
        summary = two.importing.run([Source(content, "-")])
        assert not summary.failures
        assert two.store.all(Annotation) == one.store.all(Annotation)
        marked = {each.article for each in one.store.all(Annotation)}
        assert list(two.store.all(Article)) == [each for each in one.store.all(Article) if each.id in marked]
        assert exported(two, format_name) == content
        before = two.store.version
        again = two.importing.run([Source(content, "-")])
        assert set(again.counts) == {"unchanged"}
        assert two.store.version == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "type", "target", "selector", "exact", "prefix", "start", "end", "body", "value", "purpose", "items",
         "first", "newstui", "articles", "article", "text", "created", "color", "state", "source", "title",
         "anchoredFrom", "links", "kind", "to"]
    ), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=25)
@given(selector=JSON, body=JSON, own=JSON, source=JSON)
def test_whatever_others_write_is_taken_in_or_said_in_a_sentence(
    selector: object, body: object, own: object, source: object
) -> None:
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "newstui": own, "body": body,
        "target": {"source": source, "selector": [{"type": "TextQuoteSelector", "exact": "the words"}, selector]},
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "one") as one:
        one.importing.run([Source(json.dumps([item, {"newstui": own}]).encode("utf-8", "replace"), "-")])
        for each in one.store.all(Annotation):
            assert each.span.end <= 10**21
            assert each.quote
        assert list(one.maintaining.check()) == []
