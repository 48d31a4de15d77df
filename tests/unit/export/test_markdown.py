import importlib
import json
import random
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from newstui.export.documents import render_document
from newstui.export.escaping import escape
from newstui.export.markdown import MarkdownOptions, build_document
from newstui.model import AnchorState, Target, TextPositionSelector, TextQuoteSelector
from tests.unit.export.material import ARTICLE, annotation, sheet

EXPECTED = """\
---
newstui: 1
id: 01k9x7f0v2j6r4s8t3w5y7z9x7
title: A book kept beside the wire
author: [R. Marsh, Ana Sá]
source: Harbor Gazette
url: http://gazette.example/book
published: 1998-05-17
tags: [claim/official, newstui, telegraph]
people: ["[[Ada Quill]]"]
highlights: 2
---

# A book kept beside the wire

## Highlights

<!-- nt:w5h00001 {first} -->
> said Ada Quill of the Harbor Board

^nt-w5h00001

[¶2, 28%](newstui://01k9x7f0v2j6r4s8t3w5y7z9x7#w5h00001) · #claim/official · [[Ada Quill]] · claim

Denial. \\*Compare\\* the minutes.
<!-- /nt:w5h00001 -->

## No longer in the text

<!-- nt:w5h00002 {second} -->
> never was there

^nt-w5h00002

[no longer in the text](newstui://01k9x7f0v2j6r4s8t3w5y7z9x7#w5h00002)
<!-- /nt:w5h00002 -->

<!-- nt:end {{"ids":["w5h00001","w5h00002"],"tags":["claim/official","newstui","telegraph"]}} -->
"""


def text_of(options: MarkdownOptions = MarkdownOptions()) -> str:  # noqa: B008 - frozen
    first = annotation(
        "said Ada Quill of the Harbor Board",
        1,
        tags=("claim/official",),
        note="Denial. *Compare* the minutes.",
        color=2,
    )
    second = annotation("never was there", 2, state=AnchorState.ORPHAN)
    return render_document(build_document(sheet(second, first), options))


def test_the_shape_of_a_file() -> None:
    text = text_of()
    hashes = [line.split()[2] for line in text.split("\n") if line.startswith("<!-- nt:") and "end" not in line]
    assert text == EXPECTED.format(first=hashes[0], second=hashes[1])


def test_a_raw_note_keeps_its_markdown_but_not_our_markers() -> None:
    noted = annotation("Nothing was lost", note="*yes*\n<!-- /nt:x -->\n<!-- nt:end {} -->")
    text = render_document(build_document(sheet(noted), MarkdownOptions(raw_notes=True)))
    assert "*yes*" in text
    assert text.count("<!-- /nt:") == 1
    assert text.count("<!-- nt:end") == 1


@pytest.fixture
def roundtrip(shared: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(shared / "tools")
    module = importlib.import_module("md_roundtrip")
    monkeypatch.setitem(sys.modules, "md_roundtrip", module)
    return module


def exported(highlights: list[dict[str, Any]], title: str = "T") -> str:
    placed = []
    for at, each in enumerate(highlights):
        made = annotation("x", at, note=each.get("note") or "", tags=tuple(each.get("tags") or ()))
        target = Target("", "", TextPositionSelector(at, at), TextQuoteSelector(each["quote"]))
        placed.append(replace(made, target=target))
    return render_document(build_document(sheet(*placed, article=replace(ARTICLE, title=title)), MarkdownOptions()))


def test_every_hostile_passage_reads_back_as_quote_and_as_note(shared: Path, roundtrip: ModuleType) -> None:
    lines = (shared / "data/markdown/hostile.jsonl").read_bytes().decode("utf-8").split("\n")
    highlights = [json.loads(line) for line in lines if line.strip()]
    assert len(highlights) == 302
    assert roundtrip.check(exported(highlights), highlights) == []
    turned = [{"quote": each.get("note") or "x", "note": each["quote"]} for each in highlights]
    assert roundtrip.check(exported(turned), turned) == []


def invented(seed: int, count: int) -> list[dict[str, Any]]:
    """Passages and notes of the characters that mean something, many to a file, so that one could swallow the next."""
    chance = random.Random(seed)
    signs = "ab #*_`[]()<>!|~^$%&{}\\:@-+=.1\"'/[]:\n"

    def text() -> str:
        return "".join(chance.choices(signs, k=chance.randint(1, 24))).strip() or "x"

    return [{"quote": text(), "note": text()} for _ in range(count)]


def test_passages_of_nothing_but_signs_read_back_in_one_file(roundtrip: ModuleType) -> None:
    highlights = invented(1, 150)
    assert roundtrip.check(exported(highlights), highlights) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_thousands_of_passages_of_nothing_but_signs_read_back(seed: int, roundtrip: ModuleType) -> None:
    highlights = invented(seed, 1000)
    assert roundtrip.check(exported(highlights), highlights) == []


def test_every_hostile_title_reads_back(shared: Path, roundtrip: ModuleType) -> None:
    titles = json.loads((shared / "data/markdown/titles.json").read_bytes())
    assert len(titles) == 44
    for title in titles:
        text = exported([{"quote": "a"}], title)
        readers = {name: roundtrip.READERS[name] for name in ("markdown-it commonmark", "markdown-it gfm")}
        assert roundtrip.check(text, [{"quote": "a"}], front={"title": title}, readers=readers) == []


def test_the_wire_story_needs_no_backslash(shared: Path) -> None:
    story = (shared / "data/import/text/seed-mesop.txt").read_bytes().decode("utf-8").strip("\n")
    assert "[Wednesday]" in story
    assert escape(story) == story


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_an_export_opens_in_pandoc_as_a_page_and_as_a_document(tmp_path: Path) -> None:
    file = tmp_path / "export.md"
    file.write_text(text_of(), encoding="utf-8")
    for suffix in ("html", "docx"):
        subprocess.run(["pandoc", "--standalone", str(file), "-o", str(tmp_path / f"out.{suffix}")], check=True)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<title>A book kept beside the wire</title>" in page
    assert "<blockquote>\n<p>said Ada Quill of the Harbor Board</p>\n</blockquote>" in page
    assert "<p>Denial. *Compare* the minutes." in page
    document = zipfile.ZipFile(tmp_path / "out.docx").read("word/document.xml").decode("utf-8")
    assert "Denial. *Compare* the minutes." in document
    assert document.count('w:val="BlockText"') == 2


@pytest.mark.skipif(shutil.which("cmark") is None, reason="cmark is not installed")
def test_an_export_opens_in_cmark() -> None:
    done = subprocess.run(["cmark"], input=text_of(), capture_output=True, text=True, check=True)
    assert done.stdout.count("<blockquote>") == 2
    assert "<em>" not in done.stdout
