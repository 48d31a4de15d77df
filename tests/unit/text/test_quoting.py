import pytest

from newstui.text.quoting import quoted


@pytest.mark.parametrize(
    ("words", "most", "line"),
    [
        ("a move", 0, "“a move”"),
        ("a\n move", 0, "“a move”"),
        ("“So it is.”", 0, "“So it is.”"),
        ("“So it is,” he said", 0, "““So it is,” he said”"),
        ("a longer move", 8, "“a longer…”"),
        ("“", 0, "““”"),
    ],
)
def test_a_passage_is_quoted_once_on_one_line(words: str, most: int, line: str) -> None:
    assert quoted(words, most) == line
