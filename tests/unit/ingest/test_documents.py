"""PDFs and web archives."""

import sys

import pytest

from newstui.ingest import registry
from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.registry import find_format, find_importer
from tests.unit.ingest.files import PAGE, PROSE, URL, pdf, warc


def lines(top: int, *words: str) -> list[tuple[int, int, int, str]]:
    return [(50, top - 14 * number, 11, line) for number, line in enumerate(words)]


LINES = lines(
    650, "the first ship to leave the old harbor carried", "grain for Tunis, and nobody on the quay could say",
    "who had paid for it.",
)  # fmt: skip


def read(data: bytes, name: str) -> list[ImportedArticle]:
    source = Source(data, f"/x/{name}")
    return list(find_importer(source).read(source, Limits()))


def test_the_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    more = lines(590, "Another paragraph begins after a gap that is wide", "enough.")
    (article,) = read(pdf([[(50, 700, 24, "Harbor opens"), *LINES, *more]]), "a.pdf")
    assert article.text.split("\n\n") == [
        "Harbor opens",
        " ".join(words for *_, words in LINES),
        "Another paragraph begins after a gap that is wide enough.",
    ]
    assert article.title == "Harbor opens"


def test_a_paragraph_goes_on_over_the_page_and_running_heads_are_left_out() -> None:
    head = (50, 780, 9, "The Gazette, page ")
    pages = [[(*head[:3], f"{head[3]}{number}"), *LINES[:2], (300, 20, 9, str(number))] for number in range(1, 5)]
    (article,) = read(pdf(pages, "A title"), "a.pdf")
    assert article.title == "A title"
    assert "Gazette" not in article.text
    assert "could say the first ship" in article.text


def test_a_pdf_without_a_text_layer_says_so() -> None:
    with pytest.raises(ImportFailedError, match="no text layer"):
        read(pdf([[]]), "scan.pdf")


def test_a_broken_pdf_is_refused() -> None:
    with pytest.raises(ImportFailedError, match="damaged"):
        read(b"%PDF-1.4 and then nothing", "a.pdf")


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive_are_articles_and_the_rest_is_passed_over(packed: bool) -> None:
    data = warc(
        (URL, "text/html; charset=utf-8", PAGE.encode()),
        ("https://gazette.example.org/a.png", "image/png", b"\x89PNG"),
        ("https://gazette.example.org/empty", "text/html", b"<html></html>"),
        packed=packed,
    )
    assert find_format(Source(data, "/x/download")).name == "warc"
    (article,) = read(data, "a.warc.gz")
    assert (article.title, article.url, article.importer) == ("Harbor opens again", URL, "warc")
    assert article.text.endswith(PROSE[2])


def test_a_format_whose_library_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ImportFailedError, match=r"pip install 'newstui\[pdf\]'"):
        read(pdf([[]]), "a.pdf")


def test_every_format_can_be_loaded_and_says_what_it_is() -> None:
    for each in registry.FORMATS:
        assert registry.load_importer(each).name == each.name
        assert each.about
        assert each.is_ready
