import pytest

from newstui.export.escaping import block_quote, clean, escape, escape_cell, escape_heading, escape_inline, obsidian_tag


@pytest.mark.parametrize(
    "text",
    [
        "“The officials go there tonight [Wednesday],” he said — snake_case, C# and F#, a@b.example, 12:30:45.",
        "It cost $5, then $6 (or 7 %), 3 < 4 & 5 > 2; see http://example.org/a_b?c=d#e and AT&T.",
        "J. Smith and I. Newton; 1986 was a year. (a) is not the start here: A - B + C = D",
        "A. Smith opened the line.",
        "By Reuters | 10 November 2019 | Paris",
        "Closes #37; use *.example.org, ~/notes, the == operator and O`Brien’s 5 $.",
        "He said [in Paris\nand in Rome] that\n2016. was over.",
        "עברית and 中文 and émigré 👩‍👩‍👧 stay as they are",
    ],
)
def test_ordinary_prose_needs_no_backslash(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* `b` ~c~ ^d^ e\\f a|b", r"\*a\* \`b\` \~c\~ \^d\^ e\\f a|b"),
        ("_a_ and a_b", r"\_a\_ and a_b"),
        ("1. one", r"1\. one"),
        ("(a) one", r"\(a) one"),
        ("iv) four", r"iv\) four"),
        ("A.  Smith", r"A\.  Smith"),
        ("* item", r"\* item"),
        ("~ item", r"\~ item"),
        ("| line", r"\| line"),
        ("a | b\n--|--", "a | b\n\\--|--"),
        ("in\n1. May", "in\n1\\. May"),
        ("a == b == c", r"a \=\= b \=\= c"),
        ("- item", r"\- item"),
        ("Title\n---", "Title\n\\---"),
        ("Title\n===", "Title\n\\==="),
        ("> quoted", r"\> quoted"),
        ("#tag, #tag", r"\#tag, \#tag"),
        ("a [b](c)", r"a \[b\](c)"),
        ("[a] and [b", r"\[a\] and \[b"),
        ("[ ] task", r"\[ \] task"),
        ("<b> and <!-- and a < b", r"\<b> and \<!-- and a < b"),
        ("&amp; & &#35;", r"\&amp; & \&#35;"),
        (":smile: :+1:", r"\:smile: \:+1:"),
        ("$x$ and $y$", r"\$x\$ and \$y\$"),
        ("@cite a@b", r"\@cite a@b"),
        ("key:: value", r"key\:: value"),
        ("{{x}} [a]{.b}", r"\{{x}} \[a\]\{.b}"),
    ],
)
def test_what_would_mean_something_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_backslash_before_a_dollar_does_not_unescape_it() -> None:
    assert escape(r"\$x$") == r"\\\$x\$"


def test_pairs_of_brackets_that_name_a_heading_are_escaped() -> None:
    assert escape("[Highlights]", headings=["Highlights"]) == r"\[Highlights\]"
    assert escape("[Highlights]") == "[Highlights]"


def test_lines_end_at_line_feeds_only_and_controls_go() -> None:
    assert clean("a\r\nb\rc\x00\x0b\x0c\x85d\u2028e\tf") == "a\nb\ncd\u2028e\tf"


def test_blanks_beyond_ascii_at_an_edge_are_written_as_references() -> None:
    assert escape("\u3000a\u00a0") == "&#x3000;a&#xA0;"
    assert escape("http://a.example\u00a0") == r"http\://a.example&#xA0;"


def test_every_line_of_a_quote_is_marked() -> None:
    assert block_quote("a\n\n\nb\nc") == "> a\n>\n> b\n> c"


def test_half_of_a_pair_is_escaped_where_the_other_half_may_stand_beside_it() -> None:
    assert escape("a * b") == "a * b"
    assert escape("a * b", alone=False) == escape_inline("a * b") == r"a \* b"
    assert escape_cell("a | b") == r"a \| b"


def test_a_line_within_a_sentence_needs_no_escape_for_line_starts() -> None:
    assert escape_inline("1. a\n b") == "1. a b"


def test_a_heading_keeps_its_braces_and_number_signs() -> None:
    assert escape_heading("a {#b} c ##") == r"a \{\#b} c \#\#"


@pytest.mark.parametrize(
    ("tag", "form"),
    [("foreign policy", "foreign-policy"), ("2016", "n2016"), ("#hash", "hash"), ("a/b", "a/b"), ("日本", "日本")],
)
def test_tags_as_obsidian_takes_them(tag: str, form: str) -> None:
    assert obsidian_tag(tag) == form
