"""Markdown with properties, as note-taking tools and people write it."""

from hypothesis import given
from hypothesis import strategies as st

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.markdown import MarkdownImporter

NOTE = """---
title: "A ring: of wires"
author:
  - "[[Jane Doe]]"
source: Morning Post
published: 2016-08
tags: [history/agencies, "#wire"]
---
# A ring: of wires

LONDON — It *began* with [pigeons](https://example.org "x") and ==ended== with [[Reuters|a baron]].
It went on.

## The heading

> A quotation
> of two lines.

1. first
2. second
   - inner

```
code  stays
```

| a | b |
|---|---|
| c | d |
<!-- gone -->
"""


def read(text: str) -> ImportedArticle:
    return next(MarkdownImporter().read(Source(text.encode(), "/x/note.md"), Limits()))


def test_properties_become_fields_and_markup_goes() -> None:
    article = read(NOTE)
    assert (article.title, article.author, article.source) == ("A ring: of wires", ("Jane Doe",), "Morning Post")
    assert (article.published, article.place, article.tags) == ("2016-08", "LONDON", ("history/agencies", "wire"))
    assert article.text.split("\n\n") == [
        "It began with pigeons and ended with a baron. It went on.",
        "The heading",
        "A quotation of two lines.",
        "1. first",
        "2. second",
        "• inner",
        "code  stays",
        "a | b",
        "c | d",
    ]


def test_blocks_stand_where_their_words_are() -> None:
    article = read(NOTE)
    found = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert found == [
        ("heading", "The heading"),
        ("quote", "A quotation of two lines."),
        ("item", "1. first"),
        ("item", "2. second"),
        ("item", "• inner"),
        ("code", "code  stays"),
    ]


def test_broken_properties_are_read_line_by_line_and_the_text_is_kept() -> None:
    article = read("---\ntitle: A: b: [c\nx: &a [*a]\n---\nThe text.")
    assert article.title == "A: b: [c"
    assert article.text == "The text."
    assert article.warnings


def test_an_object_in_the_properties_is_never_made() -> None:
    article = read("---\ntitle: !!python/object/apply:os.system ['true']\n---\nThe text.")
    assert article.text == "The text."


def test_properties_without_an_end_are_text() -> None:
    assert "title: x" in read("---\ntitle: x\n\nThe text.").text


def test_a_clipped_page_gives_title_and_url_and_not_its_excerpt() -> None:
    article = read(
        "---\ncreated: 2022-05-04T10:11:12 (UTC +02:00)\ntags: []\nsource: https://example.org/a\nauthor: Desk\n---\n\n"
        "# The title\n\n> ## Excerpt\n> How it begins\n\n---\nHow it begins and goes on."
    )
    assert (article.title, article.url, article.text) == (
        "The title",
        "https://example.org/a",
        "How it begins and goes on.",
    )
    assert article.author == ("Desk",)


@given(st.text(max_size=300))
def test_any_text_is_an_article_or_refused_and_blocks_lie_in_it(text: str) -> None:
    try:
        article = read(text)
    except ImportFailedError:
        return
    for block in article.blocks:
        assert 0 <= block.start <= block.end <= len(article.text)
