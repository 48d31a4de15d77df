"""Laws of the index: what is in it, where, and in which order, for any texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.search.building import build_segment, merge_segments
from newstui.search.expanding import allowed_edits
from newstui.search.folding import iter_words
from newstui.search.index import Match, SearchIndex
from newstui.search.segment import Segment, Unit, high_bits, no_bodies, pack_high, unpack_high
from newstui.search.tokens import WordNumbers, iter_tokens

ANY = st.one_of(st.text(max_size=40), st.text(alphabet="abİßs'’ -\n_9éſ東京", max_size=40))
WORDS = st.sampled_from(
    ["coup", "coups", "couple", "soup", "attempt", "atempt", "ceasefire", "cease", "fire", "Erdoğan", "erdogan", "noon"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6)


def as_units(texts: list[str]) -> list[Unit]:
    return [Unit(f"a{number}", "text", text) for number, text in enumerate(texts)]


def told(matches: list[Match]) -> list[tuple[str, int, int, int]]:
    return [(match.unit.article, match.start, match.end, match.tier) for match in matches]


def words_in(segment: Segment) -> list[list[tuple[str, int]]]:
    found = []
    for unit in range(segment.size):
        stream, _ = segment.words_of(np.array([unit]))
        places = [(segment.vocabulary[word], segment.start_of(unit, at)) for at, word in enumerate(stream.tolist())]
        found.append(places)
    return found


@given(st.lists(ANY, max_size=6))
def test_many_texts_at_once_give_the_words_of_each(texts: list[str]) -> None:
    numbers = WordNumbers()
    tokens = list(iter_tokens(texts, numbers))
    names = list(numbers.words)
    keys = [names[number] for piece in tokens for number in piece.numbers.tolist()]
    starts = [start for piece in tokens for start in piece.starts.tolist()]
    counts = [count for piece in tokens for count in piece.counts.tolist()]
    words = [list(iter_words(text)) for text in texts]
    assert [(key, start) for key, start in zip(keys, starts, strict=True)] == [
        (word.key, word.start) for each in words for word in each
    ]
    assert counts == [len(each) for each in words]


@given(st.lists(ANY, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_merged_segments_hold_what_one_segment_would(texts: list[str], kept: list[bool]) -> None:
    units = [*as_units(texts), *(Unit(f"a{at}", "note", text, f"n{at}") for at, text in enumerate(texts))]
    half = len(units) // 2
    parts = [build_segment(units[:half], no_bodies), build_segment(units[half:])]
    alive = [np.array((kept * 2)[: part.size], np.bool_) for part in parts]
    bodies = {unit.article: unit.text for unit in units if unit.field == "text"}.__getitem__
    merged = merge_segments(list(zip(parts, alive, strict=True)), bodies)
    left = [*np.array(units, object)[:half][alive[0]], *np.array(units, object)[half:][alive[1]]]
    fresh = build_segment(left, bodies)
    assert [merged.unit(number) for number in range(merged.size)] == left
    assert merged.vocabulary == fresh.vocabulary
    assert words_in(merged) == words_in(fresh)
    assert [merged.units_of(word).tolist() for word in range(len(fresh.vocabulary))] == [
        fresh.units_of(word).tolist() for word in range(len(fresh.vocabulary))
    ]


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=3))
def test_words_as_typed_never_stand_below_beginnings_and_those_never_below_misspellings(
    texts: list[str], query: list[str]
) -> None:
    matches = SearchIndex(as_units(texts)).search(" ".join(query), 20)
    order = [(match.absent, match.missed, match.tier) for match in matches]
    assert order == sorted(order)


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=3), WORDS)
def test_a_further_word_never_brings_an_article_that_misses_more_above_one_that_misses_fewer(
    texts: list[str], query: list[str], further: str
) -> None:
    longer = SearchIndex(as_units(texts)).search(" ".join([*query, further]), 20)
    absent = [match.absent for match in longer]
    assert absent == sorted(absent)


@settings(max_examples=40)
@given(TEXTS, TEXTS, st.lists(WORDS, min_size=1, max_size=2).map(" ".join))
def test_an_index_that_was_changed_finds_what_a_fresh_one_finds(old: list[str], new: list[str], query: str) -> None:
    changed = SearchIndex(as_units(old))
    for unit in as_units(new):
        changed.replace({unit.article: [unit]})
    gone = [f"a{number}" for number in range(len(new), len(old))]
    changed.replace({article: [] for article in gone})
    fresh = SearchIndex(as_units(new))
    assert sorted(told(changed.search(query, 50))) == sorted(told(fresh.search(query, 50)))


@pytest.mark.parametrize(("word", "edits"), [("eu", 0), ("seo", 1), ("coup", 1), ("ankara", 2)])
def test_longer_words_may_hold_more_wrong_letters(word: str, edits: int) -> None:
    assert allowed_edits(word) == edits


@given(st.sampled_from([1, 1 << 16, 1 << 18, 1 << 20, 1 << 24]), st.data())
def test_numbers_of_words_come_back_whole_however_many_words_there_are(vocabulary: int, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, vocabulary - 1), max_size=50))
    words = np.array(numbers, np.uint32)
    packed, bits = pack_high(words, vocabulary), high_bits(vocabulary)
    assert len(packed) == -(-len(words) * bits // 8)
    at = np.arange(len(words))[::-1]
    high = unpack_high(packed, at, bits) if bits else np.zeros(len(at), np.uint32)
    assert (((words & 0xFFFF)[at] | high << np.uint32(16)) == words[at]).all()
