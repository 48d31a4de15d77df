"""What a codebook says comes back from every format, and nothing of it acts in the program that opens it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.errors import UsageError
from newstui.export.codebooks import FORMATS, Code, dump_codebook, parse_codebook
from newstui.text.plots import bar, bars, letter, matrix

NAME = st.text("abÄ=+-'\"<&>, 日", min_size=1, max_size=8).filter(str.strip)
CODES = st.lists(
    st.builds(Code, NAME, st.text("ab\n=<>&'\",;", max_size=12).map(str.strip), st.integers(0, 6), st.integers(0, 9)),
    max_size=5,
    unique_by=lambda code: code.tag,
)


@given(CODES, st.sampled_from(FORMATS))
def test_a_codebook_reads_back(codes: list[Code], form: str) -> None:
    read = parse_codebook(dump_codebook(codes, form), form)
    wanted = {(code.tag, code.description, code.color) for code in codes}
    assert {(code.tag, code.description, code.color) for code in read} == wanted


def test_nested_tags_are_codes_below_codes() -> None:
    text = dump_codebook([Code("claim/official", "By an office", 2), Code("claim/official/denial")], "qdc")
    assert text.count('isCodable="false"') == 1
    assert [code.tag for code in parse_codebook(text, "qdc")] == ["claim/official", "claim/official/denial"]


def test_a_spreadsheet_takes_no_tag_for_a_formula() -> None:
    text = dump_codebook([Code("=cmd()", "-1")], "csv")
    assert text.splitlines()[1] == "'=cmd(),'-1,,0"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", "{"),
        ("json", "[1]"),
        ("csv", "name\nx\n"),
        ("qdc", "<CodeBook"),
        ("qdc", "<Other/>"),
        ("qdc", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Other>&e;</Other>'),
    ],
)
def test_what_is_no_codebook_is_refused_in_a_sentence(form: str, text: str) -> None:
    with pytest.raises(UsageError, match="nothing was changed"):
        parse_codebook(text, form)


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_is_as_long_as_its_share(share: float, width: int) -> None:
    drawn = bar(share, width)
    assert abs(len(drawn) - share * width) <= 1
    assert bool(drawn) == (share > 0)


def test_bars_and_tables_fit_and_say_their_numbers() -> None:
    rows = [("a/very/long/name/of/a/tag", 40), ("b", 3), ("c", 0)]
    drawn = bars(rows, 40)
    assert all(len(row) <= 40 for row in drawn)
    assert drawn[0].startswith("…ame/of/a/tag 40 ████")
    assert drawn[2].endswith(" 0")
    table = matrix(["nato", "claim"], [[5, 2], [2, 9]], 40)
    assert table[0].split() == ["A", "B"]
    assert table[1].split() == ["A", "nato", "5", "█2"]
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    assert bars([], 10) == []
