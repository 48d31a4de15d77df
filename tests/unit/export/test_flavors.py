import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from newstui.export.digests import build_digests
from newstui.export.documents import render_document
from newstui.export.flavors import FLAVORS, build_flavor, passage_markdown
from newstui.export.markdown import MarkdownOptions
from newstui.export.merging import merge
from newstui.export.sheet import SheetLink
from newstui.model import AnchorState
from tests.unit.export.material import ARTICLE, BODY, annotation, sheet

SAID = annotation(
    "said Ada Quill of the Harbor Board",
    1,
    tags=("claim/official", "b c"),
    note="Denial. *Compare*\n\n- minutes",
    color=2,
)
NAME = annotation("Ada Quill", 2)
SIC = annotation("messages a day [sic]", 3)
GONE = annotation("never was there", 4, state=AnchorState.ORPHAN)


def written(flavor: str) -> str:
    return render_document(build_flavor(sheet(SAID, NAME, SIC, GONE), MarkdownOptions(flavor)))


@pytest.mark.parametrize("flavor", FLAVORS)
def test_every_flavor_can_be_exported_again(flavor: str) -> None:
    text = written(flavor)
    assert merge(build_flavor(sheet(SAID, NAME, SIC, GONE), MarkdownOptions(flavor)), text).text == text
    assert "## No longer in the text" in text
    assert "claim/official" in text


@pytest.mark.parametrize("flavor", FLAVORS)
def test_a_link_to_another_passage_is_a_link_in_every_flavor(flavor: str) -> None:
    ends = (
        SheetLink("contradicts →", "the line *went* ]( dead", "The [b]cable[/b]", "newstui://01k9#abc"),
        SheetLink("← <b>answers</b>", "w " * 100, "", "newstui://01k9#def"),
    )
    made = replace(sheet(SAID, NAME), links={NAME.id: ends})
    document = build_flavor(made, MarkdownOptions(flavor))
    text = render_document(document)
    read = re.sub("^ {4}", "", text, flags=re.MULTILINE)  # a footnote's lines, for a parser that has no footnotes
    tokens = [child for token in MarkdownIt("commonmark").parse(read) for child in token.children or ()]
    addresses = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert [str(address) for address in addresses if "01k9#" in str(address)] == [
        "newstui://01k9#abc",
        "newstui://01k9#def",
    ]
    assert not any(token.type == "html_inline" for token in tokens)
    shown = "".join(token.content for token in tokens if token.type == "text")
    assert "contradicts → " in shown
    assert "“the line *went* ]( dead”, The [b]cable[/b]" in shown
    assert merge(document, text).text == text
    edited = text.replace("contradicts →", "I say: contradicts →")
    assert merge(build_flavor(sheet(SAID, NAME), MarkdownOptions(flavor)), edited).text.count("I say:") == 1


def test_an_obsidian_callout_marks_every_line() -> None:
    text = written("obsidian")
    assert "> [!quote|claim]\n> said Ada Quill of the Harbor Board\n\n^nt-" in text
    assert "[[Ada Quill]]" in text


def test_a_logseq_bullet_has_properties_and_no_escaped_bracket() -> None:
    text = written("logseq")
    assert "- > said Ada Quill of the Harbor Board\n  id:: " in text
    assert "  tags:: claim/official, b-c\n" in text
    assert "\t- Denial. \\*Compare\\*\n\n\t  \\- minutes" in text
    assert re.search(r"id:: [0-9a-f]{8}-[0-9a-f]{4}-", text)
    odd = annotation("a [b", 5, body="a [b")
    assert "a &#91;b" in render_document(build_flavor(sheet(odd, body="a [b"), MarkdownOptions("logseq")))


def test_a_pandoc_division_has_attributes_and_a_citation() -> None:
    text = written("pandoc")
    assert '::: {#nt-w5h00001 .highlight tags="claim/official b-c"}\n\n> said' in text
    assert "[@marsh1998book, ¶2]" in text


def test_the_full_text_is_marked_and_has_a_footnote_each() -> None:
    text = written("full")
    assert "==said== ==Ada Quill==[^nt-w5h00002]== of" not in text
    assert "==said== ==Ada Quill==[^nt-w5h00002] ==of the Harbor Board==[^nt-w5h00001]" in text
    assert "==messages a day [sic]==[^nt-w5h00003]" in text
    assert "\n[^nt-w5h00001]: [¶2" in text
    assert "\n    Denial. \\*Compare\\*\n" in text
    bare = re.sub(r"==|\[\^nt-\w+\]", "", text[text.index("<!-- nt:text") :])
    assert BODY.split("\n\n")[1] in bare


def test_marks_close_at_the_end_of_a_paragraph() -> None:
    across = annotation(BODY[BODY.index("of his own") : BODY.index(" was lost")], 6)
    text = render_document(build_flavor(sheet(across), MarkdownOptions("full")))
    assert "==of his own.==\n\n==“Nothing==[^nt-w5h00006] was lost" in text


def test_a_digest_of_a_tag_takes_in_the_tags_below_it() -> None:
    ((_, digest),) = build_digests("tag", [sheet(SAID, NAME)], MarkdownOptions(), only="claim")
    text = render_document(digest)
    assert [block.ref for block in digest.blocks] == ["w5h00001"]
    assert "# \\#claim\n" in text
    assert "A book kept beside the wire (1998-05-17 · Harbor Gazette)" in text
    assert f"newstui://{ARTICLE.id}#w5h00001" in text
    assert merge(digest, text).text == text


def test_a_digest_of_an_entity_finds_it_under_any_name() -> None:
    ((_, digest),) = build_digests("entity", [sheet(SAID, NAME, SIC)], MarkdownOptions())
    assert {block.ref for block in digest.blocks} == {"w5h00001", "w5h00002"}


def test_a_passage_for_the_clipboard_has_no_markers() -> None:
    text = passage_markdown(ARTICLE, SAID)
    assert text == (
        "> said Ada Quill of the Harbor Board\n\n"
        "[A book kept beside the wire](http://gazette.example/book), R. Marsh, Ana Sá, Harbor Gazette, 1998-05-17\n\n"
        "Denial. \\*Compare\\*\n\n\\- minutes\n"
    )
