"""Two to four devices change one note, delete it, undo and synchronize in any order, under clocks wrong by years."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.store.loading import take
from newstui.store.memory import GRAVES, Memory
from newstui.store.merging import merge_lines, stamp_changes
from newstui.store.revisions import Document, content, elements, is_grave, merge
from newstui.store.steps import revert

KEY = ("annotations", "n1")
START = datetime(2026, 11, 25, 10, tzinfo=UTC)
YEAR = 365 * 86400
few = settings(max_examples=max(1, settings().max_examples // 4))


@dataclass
class World:
    """What happened: each word a user wrote is another, and each writing of it counts on its own."""

    words: itertools.count[int] = field(default_factory=itertools.count)
    writings: list[str] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    def lost(self, shown: set[str]) -> set[str]:
        """Words that nobody who had seen them removed and that are not shown."""
        return {word for at, word in enumerate(self.writings) if at not in self.removed} - shown

    def risen(self, shown: set[str]) -> set[str]:
        """Words shown although every writing of them was removed by somebody who had seen it."""
        return shown - {word for at, word in enumerate(self.writings) if at not in self.removed}


class Device:
    """One device: its memory, its clock, what it has seen, and its undo stack."""

    def __init__(self, name: str, wrong: int, world: World) -> None:
        self.name, self.wrong, self.world = name, wrong, world
        self.memory = Memory(Path("library"))
        self.seen: set[int] = set()
        self.done: list[tuple[Document | None, Document | None]] = []

    @property
    def version(self) -> Document | None:
        """The document or its tombstone."""
        living = self.memory.document(*KEY)
        return living if living is not None else self.memory.document(GRAVES, KEY[1])

    @property
    def shown(self) -> set[str]:
        """The words a user sees here."""
        return set(elements(self.memory.document(*KEY) or {}))

    def change(self, wanted: Document | None, moment: int, *, undo: bool = False) -> None:
        """What a user does here: by the store's own way, and counted for the world."""
        before, shown = content(self.memory.document(*KEY)), self.shown
        if wanted == before:
            return
        now = (START + timedelta(seconds=moment + self.wrong)).strftime("%Y-%m-%dT%H:%M:%SZ")
        take(self.memory, stamp_changes(self.memory, {KEY: wanted}, self.name, now))
        if not undo:
            self.done.append((before, wanted))
        for word in shown - self.shown:
            self.world.removed |= {at for at in self.seen if self.world.writings[at] == word}
        for word in sorted(self.shown - shown):
            self.seen.add(len(self.world.writings))
            self.world.writings.append(word)

    def act(self, action: str, pick: int, moment: int) -> None:
        """One of the things a user can do."""
        document = content(self.memory.document(*KEY))
        if action == "undo":
            if self.done:
                before, after = self.done.pop()
                self.change(revert(document, after, before), moment, undo=True)
            return
        if document is None:
            return
        body = list(document.get("body", ()))
        if action == "color":
            document["color"] = pick
        elif action == "title":
            document["title"] = f"Title {next(self.world.words)}"
        elif action == "tag":
            body.append({"purpose": "tagging", "value": f"tag {pick % 2}"})
        elif action == "untag":
            tags = [one for one in body if one["purpose"] == "tagging"]
            body = [one for one in body if not tags or one != tags[pick % len(tags)]]
        elif action == "note":
            body = [one for one in body if one["purpose"] == "tagging"]
            body.append({"purpose": "commenting", "value": f"note {next(self.world.words)}"})
        unique = {f"{one['purpose']}:{one['value']}": one for one in body}
        document = {**document, "body": list(unique.values())} if body else document
        if not body:
            document.pop("body", None)
        self.change(None if action == "delete" else document, moment)

    def take_in(self, other: Device) -> None:
        """Synchronize one way."""
        lines = other.memory.lines
        versions = [(table, id_, line) for table, rows in lines.items() for id_, line in rows.items()]
        take(self.memory, merge_lines(self.memory, versions))
        self.seen |= other.seen


@st.composite
def histories(draw: st.DrawFn, *, deleting: bool) -> tuple[World, list[Device], list[Document]]:
    """A world after some history, its devices, and every version there was."""
    world = World()
    wrong = st.sampled_from((0, 0, 1, -1, 3 * YEAR, -2 * YEAR))
    devices = [Device(name, draw(wrong), world) for name in "abcd"[: draw(st.integers(2, 4))]]
    body = [{"purpose": "tagging", "value": "tag 0"}, {"purpose": "commenting", "value": "begun"}]
    first = {"target": {"source": "a1"}, "color": 0, "body": body}
    devices[0].change(first, 0)
    for other in devices[1:]:
        other.take_in(devices[0])
    actions = ["color", "title", "tag", "untag", "note", "sync", "sync"] + ["undo", "delete"] * deleting
    versions: list[Document] = []
    numbers = st.integers(0, len(devices) - 1)
    steps = st.lists(st.tuples(st.sampled_from(actions), numbers, numbers), min_size=4, max_size=12)
    for moment, (action, at, pick) in enumerate(draw(steps)):
        device = devices[at]
        if action == "sync":
            device.take_in(devices[pick])
        else:
            device.act(action, pick, moment // 2)
        versions += [device.version] if device.version is not None else []
    return world, devices, versions


def settle(devices: list[Device], order: list[Device]) -> None:
    """Everybody hears of everybody, around in some order, until nothing is new to anybody."""
    before: list[Any] = []
    while before != (before := [device.version for device in devices]):
        for device, other in itertools.permutations(order, 2):
            device.take_in(other)


def join(ours: Document, theirs: Document) -> Document:
    return merge(ours, theirs, table=KEY[0])


@few
@given(histories(deleting=False), st.randoms(use_true_random=False))
def test_all_devices_come_to_hold_the_same_and_every_word_that_nobody_removed(
    history: tuple[World, list[Device], list[Document]], random: Any
) -> None:
    world, devices, _ = history
    settle(devices, random.sample(devices, len(devices)))
    assert all(device.version == devices[0].version for device in devices)
    assert not world.lost(devices[0].shown)
    assert not world.risen(devices[0].shown)


@few
@given(histories(deleting=True), st.randoms(use_true_random=False))
def test_so_they_do_where_notes_are_deleted_and_undone(
    history: tuple[World, list[Device], list[Document]], random: Any
) -> None:
    world, devices, _ = history
    settle(devices, random.sample(devices, len(devices)))
    assert all(device.version == devices[0].version for device in devices)
    assert not world.lost(devices[0].shown)


def triples(history: tuple[World, list[Device], list[Document]]) -> list[tuple[Document, ...]]:
    """Versions of three devices as they are now, and the last ones of before."""
    found = [device.version for device in history[1] if device.version is not None] + history[2][-3:]
    return list(itertools.permutations(found, 3))


@few
@given(histories(deleting=False))
def test_merging_is_commutative_associative_and_idempotent(
    history: tuple[World, list[Device], list[Document]],
) -> None:
    for one, two, three in triples(history):
        assert join(one, two) == join(two, one)
        assert join(join(one, two), two) == join(one, two) == join(one, join(one, two))
        assert join(join(one, two), three) == join(one, join(two, three))


@few
@given(histories(deleting=True))
def test_in_whatever_order_tombstones_come_the_same_is_dead(
    history: tuple[World, list[Device], list[Document]],
) -> None:
    for one, two, three in triples(history):
        assert join(one, two) == join(two, one)
        assert join(join(one, two), two) == join(one, two)
        assert is_grave(join(join(one, two), three)) == is_grave(join(one, join(two, three)))


@few
@given(histories(deleting=True), st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_who_has_seen_the_same_agrees_on_what_is_dead(
    history: tuple[World, list[Device], list[Document]], one: Any, two: Any
) -> None:
    found = [device.version for device in history[1]]
    states = []
    for random in (one, two):
        merged = random.sample(found, len(found))
        while len(merged) > 1:
            merged.append(join(merged.pop(random.randrange(len(merged))), merged.pop(random.randrange(len(merged)))))
        states.append(is_grave(merged[0]))
    assert states[0] == states[1]


def begun(count: int) -> tuple[World, list[Device]]:
    """Devices that all have a note with two tags."""
    world = World()
    devices = [Device(name, 0, world) for name in "abcd"[:count]]
    devices[0].change({"target": {"source": "a1"}, "body": [{"purpose": "tagging", "value": "tag 0"}]}, 0)
    for other in devices[1:]:
        other.take_in(devices[0])
    return world, devices


def test_a_tag_added_on_two_devices_is_removed_only_by_who_has_seen_both() -> None:
    _, (one, two, three) = begun(3)
    one.act("tag", 1, 1)
    two.act("tag", 1, 1)
    three.take_in(two)
    three.act("untag", 1, 2)
    a, b, c = (device.version or {} for device in (one, two, three))
    assert join(join(a, b), c) == join(a, join(b, c))
    assert "tagging:tag 1" in elements(join(join(a, b), c))


def test_what_an_undone_deletion_brings_back_is_new_to_who_never_had_it() -> None:
    _, (one, two) = begun(2)
    two.act("note", 0, 1)
    two.act("delete", 0, 2)
    two.act("undo", 0, 3)
    one.act("tag", 1, 4)
    settle([one, two], [one, two])
    assert one.shown == {"tagging:tag 0", "tagging:tag 1", "commenting:note 0"} == two.shown


def test_a_note_that_two_devices_changed_dies_when_each_change_was_seen_by_a_deletion() -> None:
    _, (one, two, three, four) = begun(4)
    one.act("color", 1, 1)
    two.act("color", 2, 1)
    three.take_in(one)
    three.act("delete", 0, 2)
    four.take_in(two)
    four.act("delete", 0, 2)
    a, b, c, d = (device.version or {} for device in (one, two, three, four))
    assert is_grave(join(join(a, c), join(b, d)))
    assert not is_grave(join(join(a, b), c))
    assert is_grave(join(join(join(a, b), c), d))
    assert is_grave(join(join(a, d), join(b, c)))
