from newstui.text.spans import SpanIndex, cut_runs


def test_overlapping_and_at() -> None:
    index = SpanIndex([(5, 9, "b"), (0, 100, "a"), (8, 8, "empty"), (8, 20, "c")])
    assert index.at(8) == [(0, 100, "a"), (5, 9, "b"), (8, 20, "c")]
    assert index.at(9) == [(0, 100, "a"), (8, 20, "c")]
    assert index.overlapping(4, 6) == [(0, 100, "a"), (5, 9, "b")]
    assert index.at(100) == []
    assert len(index) == 3


def test_neighbors_by_start() -> None:
    index = SpanIndex([(5, 9, "b"), (0, 100, "a"), (8, 20, "c")])
    assert index.after(4) == 1
    assert index.after(5) == 2
    assert index.after(8) is None
    assert index.before(5) == 0
    assert index.before(0) is None
    assert SpanIndex[str]().after(0) is None


def test_runs_are_cut_at_every_edge() -> None:
    assert cut_runs(0, 10, [(0, 4, "a"), (2, 12, "b")]) == [(0, 2, ("a",)), (2, 4, ("a", "b")), (4, 10, ("b",))]
    assert cut_runs(3, 5, []) == [(3, 5, ())]
    assert cut_runs(5, 5, [(0, 9, "a")]) == []
    assert cut_runs(0, 3, [(5, 9, "a")]) == [(0, 3, ())]
