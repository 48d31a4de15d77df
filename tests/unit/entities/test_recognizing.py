"""Finding names: in ordinary news, in hostile text, and the same way every time."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.entities.dates import iter_dates, iter_money
from newstui.entities.decoding import TAGS, allowed_transitions, decode
from newstui.entities.recognizers import DefaultRecognizer, default_recognizer
from newstui.entities.tokens import parse_tokens
from newstui.text.graphemes import cluster_end, cluster_start

STORY = (
    "PARIS, France — Foreign Minister Helena Brandt said on Tuesday that the United Nations had asked Germany to "
    "help.\n\n"
    "Brandt met the head of the World Food Programme (WFP) in Geneva last week. “The WFP needs help now,” she said.\n\n"
    "The German Defense Ministry will pay $3 million. Officials told Tanjug news that Brandt returns on 4 May 2021."
)


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.span.slice(text), mention.label) for mention in default_recognizer().recognize(text)]


@pytest.mark.parametrize(
    "mention",
    [
        ("Helena Brandt", "PERSON"),
        ("United Nations", "ORG"),
        ("Germany", "GPE"),
        ("Geneva", "GPE"),
        ("Tuesday", "DATE"),
        ("last week", "DATE"),
        ("4 May 2021", "DATE"),
        ("$3 million", "MONEY"),
        ("German Defense Ministry", "ORG"),
        ("WFP", "ORG"),
    ],
)
def test_names_of_an_ordinary_story_are_found(mention: tuple[str, str]) -> None:
    assert mention in found(STORY)


def test_a_surname_is_the_person_named_in_full_everywhere() -> None:
    assert found(STORY).count(("Brandt", "PERSON")) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_mentions_of_any_text_are_sorted_apart_and_inside_it(text: str) -> None:
    end = 0
    for mention in default_recognizer().recognize(text):
        assert end <= mention.start < mention.end <= len(text)
        assert cluster_start(text, mention.start) == mention.start
        assert cluster_end(text, mention.end) == mention.end
        end = mention.end


@pytest.mark.parametrize(
    "text",
    ["", " \n", "\x00\u202e[b]", "A" * 5000, "Ankara " * 800, "(" * 3000, "ALL CAPS LINES\n" * 300, "e\u0301" * 500],
)
def test_hostile_texts_take_no_harm_and_no_time(text: str) -> None:
    assert isinstance(found(text), list)


MEASURED = """
import sys

def resident():
    lines = open("/proc/self/status").read().split("\\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

before = resident()
from newstui.entities.recognizers import default_recognizer
default_recognizer().recognize(sys.stdin.read())
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_finding_names_takes_little_memory_numpy_included() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=STORY * 10, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 45


@pytest.mark.slow
def test_five_times_the_text_takes_at_most_six_times_as_long() -> None:
    def seconds(text: str) -> float:
        begin = time.process_time()
        default_recognizer().recognize(text)
        return time.process_time() - begin

    short = (STORY.replace("Brandt", "Bender") + "\n\n" + STORY + "\n\n") * 200
    seconds(STORY)
    assert seconds(short * 5) < 6 * max(seconds(short), seconds(short))


def test_the_same_text_gives_the_same_names_whatever_came_before() -> None:
    first = DefaultRecognizer().recognize(STORY)
    recognizer = DefaultRecognizer()
    recognizer.recognize("Helena Brandt is a ship. WFP is a river.")
    assert recognizer.recognize(STORY) == first


def test_without_a_model_lists_and_rules_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    def damaged(*_: object, **__: object) -> None:
        raise ValueError("not a model")

    monkeypatch.setattr(np, "load", damaged)
    recognizer = DefaultRecognizer()
    names = [mention.span.slice(STORY) for mention in recognizer.recognize(STORY)]
    assert {"Germany", "United Nations", "Tuesday"} <= set(names)
    assert "cannot be read" in recognizer.problem


def test_no_inside_follows_an_outside() -> None:
    import numpy as np

    scores = np.zeros((5, len(TAGS)), np.float32)
    scores[:, TAGS.index("I-PERSON")] = 5
    scores[1, TAGS.index("B-ORG")] = 4
    tags = [TAGS[tag] for tag in decode(scores, allowed_transitions(), [(0, 3), (3, 5)])]
    for before, after in zip(["O", *tags], tags, strict=False):
        assert not after.startswith("I-") or before[2:] == after[2:]


def test_tokens_keep_the_text_and_part_glued_sentences() -> None:
    tokens = parse_tokens("U.S. on Wednesday.Turkish O'Rourke’s al-Qaida 1,000.50")
    assert tokens.words[:5] == ["U.S.", "on", "Wednesday", ".", "Turkish"]
    assert "O'Rourke" in tokens.words
    assert "1,000.50" in tokens.words


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 10 August 2016 and in July", ["10 August 2016", "July"]),
        ("since May 2015, last November, two weeks ago", ["May 2015", "last November", "two weeks ago"]),
        ("they may march in 1999", ["1999"]),
        ("2016-08-10", ["2016-08-10"]),
    ],
)
def test_dates_by_rule(text: str, dates: list[str]) -> None:
    assert [mention.span.slice(text) for mention in iter_dates(text)] == dates


def test_sums_of_money_by_rule() -> None:
    text = "It cost $1.5 million, or 40 euros, and 3 people."
    assert [mention.span.slice(text) for mention in iter_money(text)] == ["$1.5 million", "40 euros"]


def score(rows: list[dict[str, object]], labels: set[str]) -> float:
    """Strict F1 in percent, GPE and FAC counted as LOC."""
    hit = wrong = missed = 0
    for row in rows:
        text = str(row["text"])
        known = {"LOC" if label in ("GPE", "FAC") else label for label in row["labels"]} & labels  # type: ignore[attr-defined]  # JSON
        gold = {(m["start"], m["end"], "LOC" if m["label"] in ("GPE", "FAC") else m["label"]) for m in row["mentions"]}  # type: ignore[attr-defined]  # JSON
        guess = {
            (m.start, m.end, "LOC" if m.label in ("GPE", "FAC") else m.label)
            for m in default_recognizer().recognize(text)
        }
        gold = {each for each in gold if each[2] in known}
        guess = {each for each in guess if each[2] in known}
        hit, wrong, missed = hit + len(gold & guess), wrong + len(guess - gold), missed + len(gold - guess)
    return 200 * hit / (2 * hit + wrong + missed)


@pytest.mark.parametrize(("file", "least"), [("pud_dev.jsonl", 71), ("ewt_dev.jsonl", 66)])
@pytest.mark.slow
def test_the_bars_on_texts_that_were_not_trained_on(shared: Path, file: str, least: float) -> None:
    lines = (shared / "data/entities" / file).read_text(encoding="utf-8").splitlines()
    assert score([json.loads(line) for line in lines], {"PERSON", "ORG", "LOC", "NORP"}) >= least


def test_the_bar_on_the_wire_story(shared: Path) -> None:
    row = json.loads((shared / "data/entities/seed.json").read_text(encoding="utf-8"))
    gold = {(m["start"], m["end"], m["label"]) for m in row["mentions"]}
    guess = {(m.start, m.end, m.label) for m in default_recognizer().recognize(row["text"])}
    assert len(gold & guess) >= 76
