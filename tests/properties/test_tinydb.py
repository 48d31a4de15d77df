"""The library behind TinyDB's seams against TinyDB in memory: same answers and errors, durable, undone."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tinydb import Query, TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from newstui.errors import NotSavedError
from newstui.store import Store
from newstui.store.revisions import content

FIELDS = st.fixed_dictionaries(
    {"name": st.sampled_from(["sea", "cable", "Türkiye", "a\u2028b\r\n"])},
    optional={
        "color": st.integers(0, 3),
        "x-list": st.lists(st.integers(0, 2), max_size=2),
        "x-deep": st.just({"y": [1]}),
    },
)
CONDITIONS: list[Any] = [
    where("color") == 1,
    where("color") > 1,
    where("name").matches("s.*"),
    where("x-list").any([1]),
    ~where("x-deep").exists(),
    Query()["x-deep"]["y"].all([1]) & (where("color") != 0),
    Query().noop(),
]
PICK = st.integers(0, 9)
State = dict[int, dict[str, Any]]


def deepen(document: Any) -> None:
    """Change what is inside a document, in place."""
    document.setdefault("x-list", []).append(len(document["name"]))
    if "x-deep" in document:
        document["x-deep"]["y"].append(2)


CHANGES: list[Any] = [
    {"color": 2},
    {"name": "renamed", "x-list": []},
    {},
    deepen,
    lambda found: found.pop("color", None),
]


class Plain(MemoryStorage):
    """In memory as on a disk: no document shares its lists with another, or with the caller."""

    def write(self, data: Any) -> None:
        super().write(json.loads(json.dumps(data)))

    def read(self) -> Any:
        return json.loads(json.dumps(super().read()))


class Seams(RuleBasedStateMachine):
    """Both databases; documents are known by the integer that the plain one gave them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.plain = TinyDB(storage=Plain)
        self.ids: dict[int, str] = {}
        self.past: list[State] = []

    @initialize()
    def begin(self) -> None:
        self.store = Store.open(Path(self.folder.name) / "library", create=True)
        self.database = self.store.database

    def teardown(self) -> None:
        with contextlib.suppress(AttributeError):
            self.store.close()
        self.folder.cleanup()

    # -- both

    @property
    def theirs(self) -> Table:
        return self.plain.table("tags")

    @property
    def ours(self) -> Table:
        return self.database.table("tags")

    def state(self) -> State:
        """All documents of the plain one."""
        return {document.doc_id: dict(document) for document in self.theirs}

    def number(self, id_: Any) -> int:
        return next((number for number, known in self.ids.items() if known == id_), -1) if isinstance(id_, str) else id_

    def shape(self, answer: Any) -> Any:
        """An answer in the words of both."""
        if isinstance(answer, Document):
            return self.number(answer.doc_id), content(answer)
        if isinstance(answer, list):
            return sorted((self.shape(one) for one in answer), key=repr)
        return self.number(answer) if isinstance(answer, str) else answer

    def ask(self, question: Callable[[Table, Callable[[int], Any]], Any]) -> None:
        """Do the same to both; what is new in both is the same document."""
        before, steps, known = self.state(), len(self.store.history()), {one.doc_id for one in self.ours}
        answers: list[Any] = []
        for table, id_of in ((self.theirs, int), (self.ours, lambda number: self.ids.get(number, "none"))):
            try:
                answers.append(question(table, id_of))
            except (ValueError, RuntimeError, KeyError) as error:
                said = str(error)
                for number, id_ in self.ids.items():
                    said = said.replace(id_, str(number))
                answers.append((type(error), said))
        fresh = [one.doc_id for one in self.ours if one.doc_id not in known]
        added = [number for number in self.state() if number not in before]
        self.ids |= dict(zip(added, map(str, fresh), strict=True))
        assert self.shape(answers[1]) == self.shape(answers[0])
        changed = self.state() != before
        assert len(self.store.history()) == steps + changed
        self.past += [before] * changed

    # -- what TinyDB can do

    @rule(document=FIELDS)
    def insert(self, document: dict[str, Any]) -> None:
        self.ask(lambda table, _: table.insert(document))

    @rule(documents=st.lists(FIELDS, max_size=3))
    def insert_multiple(self, documents: list[dict[str, Any]]) -> None:
        self.ask(lambda table, _: table.insert_multiple(documents))

    @rule(document=FIELDS, pick=PICK)
    def insert_with_an_id(self, document: dict[str, Any], pick: int) -> None:
        if pick in self.ids:
            self.ask(lambda table, id_of: table.insert(Document(document, id_of(pick))))

    @rule(wrong=st.sampled_from([3, None, "text", [1]]))
    def insert_what_is_no_document(self, wrong: Any) -> None:
        self.ask(lambda table, _: table.insert(wrong))
        self.ask(lambda table, _: table.insert_multiple([wrong]))

    @rule(change=st.sampled_from(CHANGES), condition=st.sampled_from([None, *CONDITIONS]))
    def update(self, change: Any, condition: Any) -> None:
        self.ask(lambda table, _: table.update(change, condition))

    @rule(change=st.sampled_from(CHANGES), picks=st.lists(PICK, max_size=3, unique=True))
    def update_by_id(self, change: Any, picks: list[int]) -> None:
        self.ask(lambda table, id_of: table.update(change, doc_ids=[id_of(pick) for pick in picks]))

    @rule(pairs=st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(CONDITIONS)), max_size=2))
    def update_multiple(self, pairs: list[Any]) -> None:
        self.ask(lambda table, _: table.update_multiple(pairs))

    @rule(document=FIELDS, condition=st.sampled_from([None, *CONDITIONS]))
    def upsert(self, document: dict[str, Any], condition: Any) -> None:
        self.ask(lambda table, _: table.upsert(document, condition))

    @rule(condition=st.sampled_from([None, *CONDITIONS]))
    def remove(self, condition: Any) -> None:
        self.ask(lambda table, _: table.remove(condition))

    @rule(picks=st.lists(PICK, max_size=3, unique=True))
    def remove_by_id(self, picks: list[int]) -> None:
        self.ask(lambda table, id_of: table.remove(doc_ids=[id_of(pick) for pick in picks]))

    @rule()
    def truncate(self) -> None:
        self.ask(lambda table, _: table.truncate())

    @rule(all_=st.booleans(), name=st.sampled_from(["tags", "none"]))
    def drop(self, all_: bool, name: str) -> None:  # drawn
        databases = {id(self.theirs): self.plain, id(self.ours): self.database}
        self.ask(lambda table, _: databases[id(table)].drop_tables() if all_ else databases[id(table)].drop_table(name))

    @rule(condition=st.sampled_from([None, *CONDITIONS]), pick=PICK)
    def look(self, condition: Any, pick: int) -> None:
        self.ask(lambda table, id_of: table.get(doc_id=id_of(pick)))
        self.ask(lambda table, id_of: table.get(doc_ids=[id_of(pick), id_of(1)]))
        self.ask(lambda table, id_of: table.contains(doc_id=id_of(pick)))
        self.ask(lambda table, _: table.contains(condition))
        if condition is None:
            self.ask(lambda table, _: table.get())
        else:
            self.ask(lambda table, _: table.search(condition))
            self.ask(lambda table, _: table.count(condition))
            self.ask(lambda table, _: table.get(condition) in table.search(condition) or table.get(condition))

    # -- what it cannot

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.store.path)
        self.database = self.store.database

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.store.undo() is not None
        self.plain.storage.write({"tags": {str(number): found for number, found in self.past.pop().items()}})
        self.theirs.clear_cache()

    @invariant()
    def both_hold_the_same(self) -> None:
        if hasattr(self, "store"):
            assert self.shape(self.ours.all()) == self.shape(self.theirs.all())
            assert len(self.ours) == len(self.theirs)
            assert [one.doc_id for one in self.ours] == [one.doc_id for one in self.ours.all()]
            assert self.database.tables() == (self.plain.tables() if self.state() else set())


Seams.TestCase.settings = settings(
    max_examples=max(1, settings().max_examples // 4),
    stateful_step_count=20,
    phases=[Phase.generate],  # with a disk behind it, shrinking takes minutes
)
TestSeams = Seams.TestCase


def test_an_updater_that_fails_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as store:
        tags = store.database.table("tags")
        tags.insert_multiple([{"name": "one", "x": [1]}, {"name": "two", "x": []}])

        def fail(document: Any) -> None:
            document["x"].append(document["x"][0])

        with pytest.raises(IndexError):
            tags.update(fail)
        assert [one["x"] for one in tags] == [[1], []]
        assert len(store.history()) == 1


def test_what_is_none_of_newstuis_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library", create=True) as store:
        with pytest.raises(NotSavedError, match="has no table 'photos'"):
            store.database.table("photos").insert({"name": "cat"})
        with pytest.raises(NotSavedError, match="not finite"):
            store.database.table("tags").insert({"name": "n", "x": float("nan")})
        with pytest.raises(NotSavedError, match="set"):
            store.database.table("tags").insert({"name": "n", "x": {1, 2}})
        assert store.database.tables() == set()
