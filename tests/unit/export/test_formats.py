import csv
import importlib
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from newstui.errors import UsageError
from newstui.export.citations import build_bibtex, build_csl, citation_keys, cite
from newstui.export.hypothesis import iter_file
from newstui.export.identifiers import from_uri, to_uri
from newstui.export.interchange import iter_annotations
from newstui.export.lossless import iter_lines, parse_lines
from newstui.export.page import build_page
from newstui.export.tables import COLUMNS, READWISE_COLUMNS, iter_csv, iter_readwise
from newstui.export.webannotation import Form, build_annotation, iter_document
from newstui.model import AnchorState, Annotation
from tests.unit.export.material import ARTICLE, BODY, annotation, sheet

NOTED = annotation("Nothing was lost", 1, tags=("claim/official", "foreign policy"), note='=1+1\n"quoted", 中', color=2)
BARE = annotation("forty messages a day [sic]", 2)
GONE = replace(annotation("Ada Quill", 3, state=AnchorState.ORPHAN), confidence=0.0, anchored_from=BARE.target)


@pytest.fixture
def validator(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("jsonschema")
    monkeypatch.syspath_prepend(shared / "tools")
    module: ModuleType = importlib.import_module("validate_webannotation")
    schemas = module.Schemas(module.DATA, "annotationMusts.test")

    def failures(item: dict[str, Any]) -> list[Any]:
        assert len(schemas.assertions) == 54
        return [*schemas.failures(item).items(), *module.own_failures(item, BODY)]

    return failures


@pytest.mark.parametrize("each", [NOTED, BARE, GONE, replace(BARE, id="x y\x00", created="", modified="today")])
def test_every_annotation_meets_the_data_model(each: Annotation, validator: Any) -> None:
    for article in (ARTICLE, replace(ARTICLE, url="not a <uri>"), replace(ARTICLE, url="", id="short")):
        assert validator(build_annotation(each, article)) == []


def test_without_note_and_tags_there_is_no_body() -> None:
    assert "body" not in build_annotation(BARE, ARTICLE)


def document(form: Form, *annotations: Annotation, texts: bool = True) -> Any:
    return json.loads("".join(iter_document([sheet(*annotations)], form, "x", texts=texts)))


def test_one_annotation_a_page_and_a_collection() -> None:
    one, page, collection = (document(form, NOTED, BARE) for form in ("annotation", "page", "collection"))
    assert one == build_annotation(NOTED, ARTICLE)
    assert [each["type"] for each in (one, page, collection)] == [
        "Annotation",
        "AnnotationPage",
        "AnnotationCollection",
    ]
    assert collection["total"] == len(page["items"]) == 2
    assert page["items"] == collection["first"]["items"]
    assert page["newstui"]["articles"][0]["body"] == BODY
    assert "newstui" not in document("collection", NOTED, texts=False)


@pytest.mark.parametrize("each", [NOTED, BARE, GONE])
@pytest.mark.parametrize("form", ["annotation", "page", "collection"])
def test_an_annotation_comes_back_equal(each: Annotation, form: Form) -> None:
    (back,) = iter_annotations(document(form, each))
    assert back.annotation == each
    assert (back.source, back.title) == (ARTICLE.url, ARTICLE.title)


def test_annotations_of_others_are_read_as_far_as_they_go() -> None:
    document = [
        {"target": {"source": "http://a.example", "selector": {"type": "TextQuoteSelector", "exact": "words"}}},
        {"target": "http://a.example", "body": {"value": "a page note"}},
        {"bodyValue": "said", "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "x"}]}]},
        "nothing", 5, None, {"type": "AnnotationPage"},
    ]  # fmt: skip
    found = list(iter_annotations(document))
    assert [each.annotation.quote for each in found] == ["words", "x"]
    assert found[1].annotation.note == "said"


@pytest.mark.parametrize("id_", ["01k9x7f0v2j6r4s8t3w5y7z9x7", "7zzzzzzzzzzzzzzzzzzzzzzzzz", "short", "ü/1 x", ""])
def test_ids_are_uris_and_back(id_: str) -> None:
    assert from_uri(to_uri(id_)) == id_
    assert to_uri(id_).startswith("urn:")


def test_csv_reads_back_through_the_standard_reader() -> None:
    rows = list(csv.reader(io.StringIO("".join(iter_csv([sheet(NOTED, BARE)])), newline="")))
    assert tuple(rows[0]) == COLUMNS
    first = dict(zip(COLUMNS, rows[1], strict=True))
    assert (first["quote"], first["note"], first["tags"]) == (NOTED.quote, NOTED.note, "; ".join(NOTED.tags))
    assert BODY[int(first["start"]) : int(first["end"])] == first["quote"]
    assert len(rows) == 3


def test_formulas_are_guarded_on_request_only() -> None:
    assert ',"=1+1' in "".join(iter_csv([sheet(NOTED)]))
    assert ",\"'=1+1" in "".join(iter_csv([sheet(NOTED)], safe_cells=True))
    assert "".join(iter_csv([], bom=True)).startswith("\ufeffid,")


def test_readwise_takes_tags_in_the_note() -> None:
    rows = list(csv.reader(io.StringIO("".join(iter_readwise([sheet(NOTED)])), newline="")))
    assert tuple(rows[0]) == READWISE_COLUMNS
    assert rows[1][4].split("\n")[0] == ".claim/official .foreign-policy"
    assert rows[1][6] == "2026-02-03 04:05:06+00:00"


def test_citation_keys_are_short_and_told_apart_by_a_letter() -> None:
    twin = replace(ARTICLE, id="01k9x7f0v2j6r4s8t3w5y7z9x8")
    bare = replace(ARTICLE, id="z", author=(), source="", title="", published="")
    assert list(citation_keys([twin, ARTICLE, bare]).values()) == ["marsh1998book", "marsh1998booka", "untitled"]


NASTY = replace(ARTICLE, title="100% of {A & B} cost $5 #1 a_b ~ ^ \\ “x”", author=("Smith & Sons", "D. de la Cruz"))


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("form", ["biblatex", "csljson"])
def test_references_are_read_by_pandoc(form: str) -> None:
    text = build_bibtex([NASTY]) if form == "biblatex" else json.dumps(build_csl([NASTY]))
    done = subprocess.run(
        ["pandoc", "-f", form, "-t", "csljson"], input=text, capture_output=True, text=True, check=True
    )
    (item,) = json.loads(done.stdout)
    plain = item["title"].replace('<span class="nocase">', "").replace("</span>", "")
    assert plain == NASTY.title
    assert [name.get("literal") or name["family"] for name in item["author"]] == list(NASTY.author)
    assert item["issued"]["date-parts"] == [[1998, 5, 17]]


def test_a_quotation_says_where_it_is_from() -> None:
    assert cite(ARTICLE, "words") == (
        "“words”\n— R. Marsh, Ana Sá, “A book kept beside the wire”, Harbor Gazette, 1998-05-17, http://gazette.example/book"
    )


def test_json_lines_come_back_equal() -> None:
    given = sheet(NOTED, BARE, GONE)
    loaded = parse_lines("".join(iter_lines([given], str)), "x.jsonl")
    assert loaded.articles == ((ARTICLE, BODY),)
    assert loaded.annotations == given.annotations


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"newstui": 99}', '{"kind": "article"}', '{"kind": "annotation", "id": 5}', "{}"]
)
def test_what_is_not_ours_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(UsageError, match="line 2"):
        parse_lines('{"newstui": 1}\n' + line, "x.jsonl")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.tags and self.marked and self.get_starttag_text() and self.tags[-1] == "mark":
            self.marked[-1] = self.marked[-1] or data


def test_a_page_shows_the_words_and_escapes_everything() -> None:
    hostile = replace(ARTICLE, title="<script>alert(1)</script>", url='"><img src=x>')
    reader = _Reader()
    page = build_page(sheet(replace(NOTED, note="<b>&\x1b"), BARE, GONE, article=hostile))
    reader.feed(page)
    assert not {"script", "img", "b"} & set(reader.tags)
    assert reader.marked == ["Nothing was lost", "forty messages a day [sic]"]
    assert "<script>alert(1)</script>" in "".join(reader.text)
    assert "\x1b" not in page
    assert "no longer in the text" in page


def test_overlapping_marks_nest_cleanly_on_a_page() -> None:
    outer, inner = annotation("said Ada Quill of the Harbor Board", 1), annotation("Ada Quill", 2)
    reader = _Reader()
    reader.feed(build_page(sheet(outer, inner)))
    assert reader.marked == ["said ", "Ada Quill", " of the Harbor Board"]


def test_hypothesis_counts_utf_16_units() -> None:
    made = annotation("of his own", 4, body="😀" + BODY, tags=("a/b",), note="x")
    there = sheet(made, annotation("gone", 5, state=AnchorState.ORPHAN), body="😀" + BODY)
    file = json.loads("".join(iter_file([there])))
    first, lost = file["annotations"]
    position, quote = first["target"][0]["selector"]
    units = ("😀" + BODY).encode("utf-16-le")
    assert units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") == quote["exact"] == "of his own"
    assert (first["text"], first["tags"], first["uri"]) == ("x", ["a/b"], ARTICLE.url)
    assert [each["type"] for each in lost["target"][0]["selector"]] == ["TextQuoteSelector"]


def test_no_format_is_loaded_before_it_is_used() -> None:
    code = "import sys, newstui.services.exporting as _"
    code += "\nbad = {'csv', 'yaml', 'jinja2', 'difflib', 'newstui.export.webannotation'} & set(sys.modules)"
    code += "\nsys.exit(sorted(bad) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
