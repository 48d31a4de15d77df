import pytest

from newstui.text.graphemes import cluster_at, cluster_end, cluster_start, is_simple, iter_clusters


def clusters(text: str) -> list[str]:
    return [text[start:end] for start, end in iter_clusters(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["a", "b", "c"],
        ["🇹🇷", "🇷🇺", "x"],
        ["🇹🇷", "🇷"],
        ["👩\u200d👩\u200d👧\u200d👦", "!"],
        ["👍🏽", "👍"],
        ["e\u0301", "t", "a\u0308\u0301"],
        ["☺\ufe0f", "☺\ufe0e", " "],
        ["1\ufe0f\u20e3", "2"],
        ["क्षि", "त"],
        ["각", "가"],
        ["\u1100\u1161\u11a8", "x"],
        ["\u0301", "a"],
        ["土", "耳", "其"],
        ["\t", "\x1b", "a"],
        ["❤\ufe0f\u200d🔥", "x"],
    ],
)
def test_clusters(parts: list[str]) -> None:
    assert clusters("".join(parts)) == parts


def test_a_line_break_is_never_joined() -> None:
    assert clusters("a\n\u0301b") == ["a", "\n", "\u0301", "b"]


def test_curly_quotes_dashes_and_accents_are_simple() -> None:
    assert is_simple("“Turkey’s” — naïve café … Çavuşoğlu, Владимир, Ἀθῆναι 10 €")


@pytest.mark.parametrize("text", ["a\tb", "e\u0301", "土", "🇹🇷", "a\u200db", "\x1b[2J", "\u202e", "soft\u00adhyphen"])
def test_what_is_not_simple(text: str) -> None:
    assert not is_simple(text)


def test_an_offset_in_a_long_text_finds_its_cluster() -> None:
    text = "x" * 500 + "🇹🇷" * 40 + "é" * 500
    assert cluster_at(text, 501 + 38) == (538, 540)
    assert cluster_start(text, 539) == 538
    assert cluster_end(text, 539) == 540
    assert cluster_end(text, 540) == 540


def test_the_ends_of_a_text() -> None:
    assert cluster_at("", 0) == (0, 0)
    assert cluster_start("ab", 2) == 2
    assert cluster_end("ab", 2) == 2
    assert cluster_start("e\u0301", 1) == 0
