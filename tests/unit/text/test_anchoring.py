"""Cases other tools got wrong, and the corners of the input."""

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newstui.model import AnchorState, Span
from newstui.text.anchoring import Anchor, Revision, anchor

OLD = (
    "The packet boat left before us on the fourth. Nobody on the pier had counted the mail bags, and Ines Corral, who "
    "kept the register, was ill that week.\n\n"
    "A second boat lay before us at noon. Its captain refused to take letters without a stamp, which was a rule that "
    "nobody had ever enforced on this coast.\n\n"
    "In the evening a third boat passed before us without a light. The keeper wrote it down and signed with his full "
    "name, as he did on every page of the book."
)


def find(
    new: str, quote: str, old: str = OLD, *, start: int | None = None, with_old: bool = True, context: int = 64
) -> Anchor:
    at = old.index(quote) if start is None else start
    end = at + len(quote)
    assert old[at:end] == quote
    prefix, suffix = old[max(0, at - context) : at], old[end : end + context]
    return Revision(new, old if with_old else None).find(quote, prefix, suffix, at, end)


def words(new: str, found: Anchor) -> str | None:
    return None if found.span is None else found.span.slice(new)


@pytest.fixture(params=[True, False], ids=["with the old text", "selectors only"])
def with_old(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_an_unchanged_text_gives_the_same_place(with_old: bool) -> None:
    found = find(OLD, "mail bags", with_old=with_old)
    assert (found.state, found.confidence) == (AnchorState.SAME, 1.0)
    assert words(OLD, found) == "mail bags"


@pytest.mark.parametrize("occurrence", [0, 1, 2])
def test_a_repeated_phrase_is_told_apart_by_its_surroundings(occurrence: int, with_old: bool) -> None:
    starts = [at for at in range(len(OLD)) if OLD.startswith("before us", at)]
    new = "A new first paragraph of some length, put in by the editor.\n\n" + OLD
    found = find(new, "before us", start=starts[occurrence], with_old=with_old)
    assert found.span is not None
    assert found.span.start == starts[occurrence] + len(new) - len(OLD)


def test_a_near_twin_does_not_take_over_when_its_paragraph_is_deleted(with_old: bool) -> None:
    twin = "The ferry of the morning was late because of the fog, and the mail was late with it."
    other = "The ferry of the evening was late because of the ice, and the mail was late with it."
    middle = "\n\n" + OLD + "\n\n"
    old, new = twin + middle + other, middle.lstrip() + other
    found = find(new, twin, old, with_old=with_old)
    assert found.span is None or not with_old


def test_a_name_corrected_here_is_not_found_further_on(with_old: bool) -> None:
    old = "The report was signed by Robin, who had seen the light.\n\n" + OLD + "\n\nLater Robin moved inland."
    new = old.replace("Robin", "Elisa", 1)
    assert find(new, "Robin", old, with_old=with_old).span is None


@pytest.mark.parametrize(
    ("old", "quote", "new"),
    [
        (
            "It was Linus who wrote it down.",
            "Linus",
            "All the machines were built in one yard, like the lines on paper.",
        ),
        (
            "We need a Developer, Frontend for this.",
            "Developer, Frontend",
            "It takes developers and designers alike to build.",
        ),
    ],
)
def test_short_quotes_are_not_found_in_similar_letters(old: str, quote: str, new: str, with_old: bool) -> None:
    assert find(new, quote, old, with_old=with_old).span is None


def test_overlapping_occurrences_keep_their_place() -> None:
    old = "They sold bananas here."
    for start in (old.index("ana"), old.index("ana") + 2):
        found = find("Once " + old, "ana", old, start=start)
        assert found.span == Span(start + 5, start + 8)


def test_a_paragraph_moved_is_followed(with_old: bool) -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([third, first, second])
    found = find(new, "signed with his full name", with_old=with_old)
    assert words(new, found) == "signed with his full name"


def test_joined_paragraphs_and_hard_wraps_change_nothing(with_old: bool) -> None:
    new = OLD.replace("\n\n", " ").replace(" nobody", "\nnobody")
    found = find(new, "which was a rule that nobody had ever enforced", with_old=with_old)
    assert words(new, found) == "which was a rule that\nnobody had ever enforced"
    assert found.state is AnchorState.SAME


def test_a_sentence_split_within_the_marked_words(with_old: bool) -> None:
    new = OLD.replace("letters without a stamp, which was a rule", "letters without a stamp. That was a rule")
    found = find(new, "take letters without a stamp, which was a rule that nobody", with_old=with_old)
    assert words(new, found) == "take letters without a stamp. That was a rule that nobody"
    assert found.state is AnchorState.CHANGED


@pytest.mark.parametrize(
    ("old_word", "new_word", "expected"),
    [
        ("captain refused", "master refused", "master refused to take letters without a stamp"),
        ("a stamp", "a seal", "captain refused to take letters without a seal"),
    ],
)
def test_the_first_or_the_last_marked_word_is_replaced(
    old_word: str, new_word: str, expected: str, with_old: bool
) -> None:
    new = OLD.replace(old_word, new_word)
    found = find(new, "captain refused to take letters without a stamp", with_old=with_old)
    assert words(new, found) == expected


def test_there_and_back_ends_where_it_began() -> None:
    quote = "counted the mail bags"
    gone = OLD.replace("Nobody on the pier had counted the mail bags, and ", "")
    assert find(gone, quote).span is None
    assert words(OLD, find(OLD, quote)) == quote
    changed = OLD.replace("mail bags", "sacks of mail")
    there = find(changed, quote)
    assert there.span is not None
    back = find(OLD, there.span.slice(changed), changed, start=there.span.start)
    assert words(OLD, back) == quote


def test_ten_small_edits_in_a_row_are_followed() -> None:
    text, quote = OLD, "a rule that nobody had ever enforced on this coast"
    span = Span(OLD.index(quote), OLD.index(quote) + len(quote))
    for number in range(10):
        new = f"Edit {number}. " + text.replace("boat", f"boat{number}", 1)
        found = find(new, span.slice(text), text, start=span.start)
        assert found.span is not None
        text, span = new, found.span
    assert span.slice(text) == quote


@pytest.mark.parametrize(
    "sentence",
    [
        "हमने कल शाम को बंदरगाह पर तीन नावें देखीं और सब लिख लिया।",
        "رأينا ثلاثة قوارب في الميناء مساء أمس وكتبنا كل شيء.",
        "昨天晚上我们在港口看到三条船，并且全部写了下来。",
        "Three boats 👩‍👩‍👧 and a flag 🇵🇹 stood in the harbor 👍🏽 last night.",
        "Cafe\u0301 owners saw nai\u0308ve sailors leave the cafe\u0301.",
    ],
)
def test_every_script_is_followed_and_no_grapheme_is_split(sentence: str, with_old: bool) -> None:
    old = "First line of the page.\n\n" + sentence + "\n\nLast line of the page."
    new = "First line of the page, with more words in it.\n\n" + sentence + "\n\nThe end."
    found = find(new, sentence, old, with_old=with_old)
    assert words(new, found) == sentence


def test_an_end_takes_its_combining_marks_along() -> None:
    old, new = "We met at the café today.", "We met at the cafe\u0301 today, late."
    found = find(new, "the café", old)
    assert words(new, found) == "the cafe\u0301"


@pytest.mark.parametrize("exact", ["", "\u00ad", "\u200b\u200b"])
def test_a_quote_without_anything_to_see_is_an_orphan(exact: str) -> None:
    assert Revision(OLD).find(exact, "The ", " packet", 4, 4).span is None


@pytest.mark.parametrize(("start", "end"), [(-5, -1), (30, 4), (10**9, 10**9 + 9), (0, 0)])
def test_a_position_that_is_none_is_ignored(start: int, end: int) -> None:
    at = OLD.index("mail bags")
    found = anchor(OLD, "mail bags", OLD[at - 30 : at], OLD[at + 9 : at + 39], start, end)
    assert found == Span(at, at + 9)


def test_only_a_quote_and_nothing_else() -> None:
    assert anchor(OLD, "kept the register", "", "", -1, -1) is not None
    assert anchor(OLD, "before us", "", "", -1, -1) is None  # three places, and nothing to tell them apart
    assert anchor(OLD, "never written anywhere", "", "", -1, -1) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("", "x"),
        ("short", "a quote longer than its text"),
        ("same", "same"),
        ("a", "a"),
        ("\x00\ud800", "\ud800"),
        (" ", " "),
    ],
)
def test_odd_input_gives_an_answer(text: str, exact: str) -> None:
    for old in (None, exact, text):
        found = Revision(text, old).find(exact, "", "", 0, len(exact))
        assert found.span is None or found.span.end <= len(text)


def test_a_megabyte_of_one_letter_is_answered_in_bounded_time() -> None:
    text = "a" * 1_000_000
    began = time.process_time()
    Revision(text + "b", text).find("a" * 300, "a" * 64, "a" * 64, 5, 305)
    Revision(text).find("a" * 300 + "b", "a" * 64, "a" * 64, 5, 306)
    Revision("a b " * 60_000, "b a " * 60_000).find("a b a b a", "b ", " b", 2, 11)
    assert time.process_time() - began < 30


def test_rapidfuzz_is_not_loaded_for_an_unchanged_text() -> None:
    code = (
        "import sys\nfrom newstui.text.anchoring import anchor\n"
        "assert anchor('a b c', 'b', 'a ', ' c', 2, 3)\nsys.exit('rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("old_at_hand", [True, False])
def test_the_bars_on_real_edits(shared: Path, old_at_hand: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(shared / "tools")
    score = importlib.import_module("score_anchoring")
    lines = (shared / "data/anchoring/docs.jsonl").read_text("utf-8").split("\n")
    docs = {doc["id"]: doc["text"] for doc in map(json.loads, filter(None, lines))}
    cases = [
        json.loads(line) for line in (shared / "data/anchoring/cases.jsonl").read_text("utf-8").split("\n") if line
    ]
    verdicts = []
    revisions: dict[tuple[str, str], Revision] = {}
    for case in cases:
        asked = score.question(case, docs, 64, old_at_hand)
        key = case["old"], case["new"]
        revision = revisions.setdefault(key, Revision(asked.pop("text"), asked.pop("old_text")))
        span = revision.find(**{name: value for name, value in asked.items() if name not in ("text", "old_text")}).span
        answer = None if span is None else (span.start, span.end)
        verdicts.append((case["kind"] in score.GONE, score.verdict(case, answer, docs[case["new"]])))
    alive = [verdict for gone, verdict in verdicts if not gone]
    dead = [verdict for gone, verdict in verdicts if gone]
    bars = score.BARS[old_at_hand]
    assert 100 * (alive.count("exact") + alive.count("near")) / len(alive) >= bars["recovered"]
    assert 100 * alive.count("exact") / len(alive) >= bars["exact"]
    assert 100 * alive.count("wrong") / len(alive) <= bars["wrong"]
    assert 100 * dead.count("false") / len(dead) <= bars["false"]
