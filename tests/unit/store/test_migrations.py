"""Libraries of older newstuis open, keep everything, and lose nothing if the process dies on the way."""

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import LibraryReadOnlyError, NewstuiError
from newstui.model import (
    AnchorState,
    Annotation,
    Article,
    Block,
    Correction,
    Provenance,
    ReadingState,
    SavedSearch,
    Tag,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from newstui.store import Store
from newstui.store.codec import decode, encode
from tests.unit.store.faults import FAR, KilledError, abandon, failing, slowly

SCHEMA_1 = Path(__file__).parent / "schema1"
NOTES = ["the lamp at the mouth", "who, then?"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library as schema 1 left it: one entry folded, three only in the journal, members of other programs."""
    return Path(shutil.copytree(SCHEMA_1, tmp_path / "old"))


def notes(store: Store) -> list[str]:
    return sorted(note.note for note in store.all(Annotation))


def test_a_library_of_schema_1_opens_with_all_it_holds_and_is_written_as_schema_2(old: Path) -> None:
    before = {name: (old / name).read_bytes() for name in ("articles.json", "annotations.json")}
    with Store.open(old) as store:
        assert store.warnings == []
        assert notes(store) == NOTES
        article = store.all(Article)[0]
        assert (article.title, article.author, article.tags) == ("The lamp", ("A. Keeper",), ("harbor",))
        assert store.text(article.text).startswith("The lamp at the harbor mouth")
        assert [tag.description for tag in store.all(Tag)] == ["what burns"]
        for note in store.all(Annotation):
            position = note.target.position
            assert store.text(article.text)[position.start : position.end] == note.target.quote.exact
    articles, annotations = (json.loads((old / name).read_text(encoding="utf-8")) for name in sorted(before)[::-1])
    assert articles["_meta"]["1"]["schema"] == annotations["_meta"]["1"]["schema"] == 2
    assert articles["articles"][article.id]["x-shelf"] == {"row": 3}
    assert annotations["annotations"]["01m8a05zk76camfns34yk1fd5b"]["x-mine"] == [1, {"deep": True}]
    assert annotations["photos"] == {"p1": {"name": "lamp.jpg"}}
    assert {name: (old / "backups/before-schema-2" / name).read_bytes() for name in before} == before
    with Store.open(old) as store:
        assert (store.warnings, notes(store)) == ([], NOTES)


def test_what_was_done_under_schema_1_can_be_undone(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newstui.store.engine.device_id", lambda: "old0device")
    with Store.open(old) as store:
        assert [done.label for done in store.history()][-1] == "Delete 1 highlight"
        store.undo()
        assert notes(store) == ["", *NOTES]
        store.undo()
        store.undo()
        assert notes(store) == ["", "which lamp?"]
    with Store.open(old) as store:
        assert notes(store) == ["", "which lamp?"]


@pytest.mark.parametrize("how", ["half", "ENOSPC", *slowly("before", "after", "EIO")])
def test_a_migration_that_ends_at_any_call_loses_nothing(tmp_path: Path, how: str) -> None:
    with failing(FAR, "") as faults:
        Store.open(Path(shutil.copytree(SCHEMA_1, tmp_path / "count"))).close()
    assert faults.count > 10
    for at in range(1, faults.count + 1):
        folder = Path(shutil.copytree(SCHEMA_1, tmp_path / f"{how}{at}"))
        with failing(at, how), suppress(KilledError, NewstuiError):
            Store.open(folder).close()
        abandon()
        with Store.open(folder) as store:
            assert notes(store) == NOTES
            assert len(store.all(Article)) == 1
        kept = folder / "backups" / "before-schema-2"
        assert (kept / "articles.json").read_bytes() == (SCHEMA_1 / "articles.json").read_bytes()
        assert (kept / "annotations.json").read_bytes() == (SCHEMA_1 / "annotations.json").read_bytes()


def test_a_library_of_schema_1_opened_for_reading_is_shown_and_not_touched(old: Path) -> None:
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    with Store.open(old, read_only=True) as store:
        assert notes(store) == NOTES
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("file", ["articles.json", "annotations.json"])
@pytest.mark.parametrize("schema", ["3", "99", '"two"', "null"])
def test_one_file_of_a_newer_schema_is_enough_to_write_to_none(old: Path, file: str, schema: str) -> None:
    path = old / file
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 1', f'"schema": {schema}'), encoding="utf-8")
    before = {path: path.read_bytes() for path in old.glob("*.json")}
    with Store.open(old) as store:
        assert any(file in warning and "newer" in warning for warning in store.warnings)
        with pytest.raises(LibraryReadOnlyError):
            store.commit("No", remove=store.all(Article))
    assert {path: path.read_bytes() for path in old.glob("*.json")} == before


# -- documents there and back

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
WORD = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
WORDS = st.lists(WORD, max_size=3, unique=True).map(tuple)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
SIZE = st.integers(0, 10**6)
TARGET = st.builds(Target, WORD, WORD, st.builds(TextPositionSelector, SIZE, SIZE), st.builds(TextQuoteSelector, TEXT))
RECORDS = st.one_of(
    st.builds(
        Annotation, st.just("i"), TARGET, WORDS, TEXT, SIZE, TEXT, TEXT, st.sampled_from(AnchorState),
        st.floats(0, 1), st.none() | TARGET,
    ),
    st.builds(
        Article, st.just("i"), TEXT, TEXT, SIZE, TEXT, author=WORDS, tags=WORDS, starred=st.booleans(),
        blocks=st.lists(st.builds(Block, WORD, SIZE, SIZE, SIZE), max_size=2).map(tuple),
        provenance=st.builds(Provenance, WORD, WORD, WORD), earlier=WORDS,
    ),
    st.builds(Tag, st.just("i"), TEXT, SIZE, TEXT),
    st.builds(SavedSearch, st.just("i"), TEXT, TEXT),
    st.builds(Correction, st.just("i"), WORD, WORD, TEXT, TEXT, st.none() | TARGET, TEXT, TEXT),
    st.builds(ReadingState, st.just("i"), SIZE),
)  # fmt: skip


@given(RECORDS, st.dictionaries(st.text("abcdefgh-", min_size=1).map("x-{}".format), ANY, max_size=3))
def test_a_record_comes_back_as_it_was_and_strange_members_stay(record: Any, strange: dict[str, Any]) -> None:
    stored = json.loads(json.dumps({**encode(record), **strange}))
    found = decode(type(record), "i", stored)
    assert found == record
    assert json.loads(json.dumps(encode(found, stored))) == stored
