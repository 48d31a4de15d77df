"""Any text leaves newstui as Markdown that reads back as that text, and any name as a file name that can be used."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newstui.export.escaping import block_quote, clean, escape
from newstui.export.naming import MAX_BYTES, free_name, safe_name, slugify
from tests.properties.texts import ANY_TEXT

READERS = (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"]))


def read(parser: MarkdownIt, markdown: str) -> tuple[list[str], str]:
    """The kinds of blocks, and the text."""
    kinds, parts = [], []
    for token in parser.parse(markdown):
        if token.type == "inline":
            for child in token.children or []:
                kinds.append(child.type)
                parts.append("\n" if child.type == "softbreak" else child.content)
            parts.append("\n\n")
        else:
            kinds.append(token.type)
    return kinds, "".join(parts)


def normalized(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


@given(ANY_TEXT)
def test_a_quote_reads_back_as_plain_paragraphs(text: str) -> None:
    for parser in READERS:
        kinds, found = read(parser, block_quote(text) + "\n\nafter\n")
        assert normalized(found) == (normalized(text) + " after").strip(" ")
        plain = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "text", "softbreak"}
        assert set(kinds) <= plain
        assert kinds.count("blockquote_open") == 1


@given(st.text(st.sampled_from("abivx12 ,.;?()/-–’\u00a0\u2028"), min_size=2, max_size=12))
def test_the_short_way_for_quiet_text_ends_where_the_long_one_does(text: str) -> None:
    assert escape(text) == escape(f"{text}\n\n^").removesuffix("\n\n\\^").removesuffix("\\^")


@given(ANY_TEXT)
def test_a_note_reads_back_as_plain_paragraphs(text: str) -> None:
    for parser in READERS:
        kinds, found = read(parser, escape(text) + "\n<!-- /nt:x -->\n")
        assert normalized(found).startswith(normalized(text))
        assert set(kinds) <= {"paragraph_open", "paragraph_close", "text", "softbreak", "html_block"}


@given(ANY_TEXT | st.sampled_from(["CON", "nul.txt", "..", "com1", ".hidden", "a" * 300, "é" * 200, "👩‍👩‍👧" * 30]))
def test_a_file_name_is_safe_everywhere(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode("utf-8")) <= MAX_BYTES
    assert not re.search(r'[*"\\/<>:|?#^\[\]\x00-\x1f]', name)
    assert name.endswith(".md")
    stem = name.removesuffix(".md")
    assert stem == stem.strip(". ")
    assert stem
    assert stem.split(".")[0].strip().casefold() not in {"con", "nul", "com1", "prn", "aux"}


@given(ANY_TEXT, st.integers(0, 3))
def test_a_taken_name_gets_an_ending(text: str, times: int) -> None:
    name = safe_name(text)
    taken: set[str] = set()
    for _ in range(times + 1):
        free = free_name(name, "z9x7", taken)
        assert free.casefold() not in taken
        assert len(free.encode("utf-8")) <= MAX_BYTES
        taken.add(free.casefold())


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Turkey and Russia: joint defense", "turkey-and-russia-joint-defense"),
        ("It’s “over”", "its-over"),
        ("Çavuşoğlu in 東京", "çavuşoğlu-in-東京"),
        ("???", ""),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugify(title) == slug
