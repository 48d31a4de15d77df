from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from newstui.errors import NotFoundError, UsageError
from newstui.export.documents import render_document
from newstui.export.markdown import MarkdownOptions
from newstui.export.merging import merge
from newstui.export.templates import SHIPPED, load_template, parse_template, template_names
from newstui.model import AnchorState
from tests.properties.texts import ANY_TEXT
from tests.unit.export.material import annotation, sheet

NOTED = annotation(
    "said Ada Quill of the Harbor Board", 1, tags=("claim/official",), note="Denial.\n\n*Compare* it.", color=2
)
GONE = annotation("never was there", 2, state=AnchorState.ORPHAN)


def rendered(source: str) -> str:
    template = parse_template(source, "mine.md.j2")
    return render_document(template.build_document(sheet(NOTED), MarkdownOptions()))


def test_the_shipped_ones_are_known_by_name() -> None:
    assert template_names() == ["cards", "questions", "reading"]


@pytest.mark.parametrize("name", [path.name.removesuffix(".md.j2") for path in sorted(SHIPPED.glob("*.md.j2"))])
def test_a_shipped_template_writes_what_can_be_exported_again(name: str) -> None:
    template = load_template(name)
    document = template.build_document(sheet(NOTED, GONE), MarkdownOptions())
    text = render_document(document)
    assert "> said Ada Quill of the Harbor Board\n" in text
    assert r"\*Compare\* it." in text
    assert "newstui://" in text
    assert merge(document, text).text == text
    edited = text.replace("never was there", "never was there, I think")
    merged = merge(template.build_document(sheet(NOTED), MarkdownOptions()), edited)
    assert "never was there, I think" in merged.text
    assert template.name(sheet(NOTED)) in ("", "1998 a-book-kept-beside-the-wire")
    assert "> never was there" in template.passage(sheet(GONE), GONE, "x", MarkdownOptions())


@pytest.mark.parametrize("name", [path.name.removesuffix(".md.j2") for path in sorted(SHIPPED.glob("*.md.j2"))])
@settings(max_examples=30)
@given(text=ANY_TEXT)
def test_in_a_shipped_template_any_text_reads_back_as_a_quote(name: str, text: str) -> None:
    made = annotation(text, 1, body=text or "x", note=text)
    document = load_template(name).build_document(sheet(made), MarkdownOptions())
    kinds = [token.type for token in MarkdownIt("commonmark").parse(document.blocks[0].text)]
    assert kinds.count("blockquote_open") == 1
    assert not {"html_block", "fence", "code_block", "hr"} & set(kinds)


def test_what_a_template_leaves_out_is_as_usual() -> None:
    text = rendered("{% block head %}# {{ article.title }} by {{ article.author | join(' and ') }}{% endblock %}")
    assert "# A book kept beside the wire by R. Marsh and Ana Sá\n" in text
    assert "^nt-w5h00001" in text
    assert "title: A book kept beside the wire\n" in text


def test_values_are_escaped_unless_they_say_otherwise() -> None:
    note = annotation("Nothing was lost", 3, note="*a* <b> [x](y)")
    template = parse_template("{% block highlight %}{{ note }}|{{ note | raw }}{% endblock %}", "x")
    (block,) = template.build_document(sheet(note), MarkdownOptions()).blocks
    assert block.text == r"\*a\* \<b> \[x\](y)|*a* <b> [x](y)"


def test_a_template_cannot_write_markers() -> None:
    text = rendered("{% block highlight %}<!-- nt:end {} --><!-- /nt:x -->{{ quote }}{% endblock %}")
    assert text.count("<!-- nt:end") == 1
    assert text.count("<!-- /nt:") == 1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{% block head %}\n{{ titel }}\n{% endblock %}", "line 2: 'titel' is undefined"),
        ("{% block head %}\n\n{{ article.titel }}{% endblock %}", "line 3: .* has no attribute 'titel'"),
        ("{% block head %}\n{% if %}{% endblock %}", "line 2: Expected an expression"),
        ("{% block head %}\n{{ 1 / 0 }}{% endblock %}", "line 2: ZeroDivisionError"),
        ("{% block head %}{{ article.title | nope }}{% endblock %}", "line 1: No filter named 'nope'"),
        ("{% block head %}\n{{ ''.__class__.__mro__ }}{% endblock %}", "line 2: .*unsafe"),
        ("{% block head %}{{ 'a' * 10**9 }}{% endblock %}", "line 1: .* is for numbers up to"),
        ("{% block head %}{% for a in range(10**9) %}{% endfor %}{% endblock %}", "line 1: "),
        ("{% include '/etc/passwd' %}{% block head %}{% include '/etc/passwd' %}{% endblock %}", "line 1: "),
        ("{% block head %}{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}{% endblock %}", "without end"),
    ],
)
def test_a_broken_template_is_one_sentence_with_its_line(source: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=rf"mine.md.j2.*{sentence}") as raised:
        rendered(source)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("source", ["", "just words", "{% block heads %}{% endblock %}"])
def test_a_template_without_parts_names_those_there_are(source: str) -> None:
    with pytest.raises(UsageError, match=r"line 1: .*name, head, highlight, digest"):
        parse_template(source, "x")


def test_files_and_names(tmp_path: Path) -> None:
    (tmp_path / "mine.md.j2").write_bytes(b"\xef\xbb\xbf{% block head %}# Mine{% endblock %}")
    made = load_template(str(tmp_path / "mine.md.j2")).build_document(sheet(NOTED), MarkdownOptions())
    assert made.head == "# Mine\n"
    with pytest.raises(NotFoundError, match="cards, questions, reading"):
        load_template("none")
    (tmp_path / "bad.md.j2").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        load_template(str(tmp_path / "bad.md.j2"))
