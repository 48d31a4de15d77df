"""Web pages, mail, feeds and books."""

import io
import json
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.registry import find_importer
from newstui.text.hygiene import clean_text

PROSE = [
    "The harbor opened again on Monday after nine days of strike, and the first ship to leave carried grain for Tunis.",
    "Nobody on the quay could say who had paid for it, though three people said that they had been asked to.",
    "The union called the agreement fair; the owners called it expensive, and both printed it in full the next day.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbor opens again | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Harbor opens again">
<meta name="author" content="Ada Holt"><meta property="article:published_time" content="2021-03-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Harbor opens again</h1>{"".join(f"<p>{part}</p>" for part in PROSE)}</article>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""


def read(data: bytes, name: str, url: str = "") -> list[ImportedArticle]:
    source = Source(data, f"/x/{name}", url)
    return list(find_importer(source).read(source, Limits()))


def test_the_article_of_a_page_without_what_stands_around_it() -> None:
    (article,) = read(PAGE.encode(), "a.html", "https://gazette.example.org/harbor")
    assert article.title == "Harbor opens again"
    assert article.author == ("Ada Holt",)
    assert (article.published, article.source, article.language) == ("2021-03-04", "The Gazette", "en")
    assert article.url == "https://gazette.example.org/harbor"
    assert all(part in article.text for part in PROSE)
    assert "newsletter" not in article.text
    assert "Sport" not in article.text


def test_the_title_of_a_page_is_not_its_first_paragraph_too() -> None:
    body = "".join(f"<p>{words}</p>" for words in PROSE)
    page = f"<html><title>Harbor opens</title><body><article><h1>Harbor opens</h1>{body}</article></body></html>"
    (article,) = read(page.encode(), "a.html")
    assert article.title == "Harbor opens"
    assert article.text.split("\n\n") == PROSE


def test_a_page_saved_by_singlefile_knows_where_it_is_from() -> None:
    saved = PAGE.replace(
        "<html ", "<!-- Page saved with SingleFile\n url: https://gazette.example.org/h \n--><html ", 1
    )
    assert read(saved.encode(), "a.html")[0].url == "https://gazette.example.org/h"


def test_a_page_of_latin_1_says_so_and_is_read_so() -> None:
    page = PAGE.replace("utf-8", "iso-8859-1").replace("harbor opened", "café opened")
    assert "café opened" in read(page.encode("latin-1"), "a.html")[0].text


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(ImportFailedError, match="no text in this page"):
        read(b"<html><body><img src=x></body></html>", "a.html")


def test_a_newsletter_without_its_footer() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "The Gazette <news@example.org>", "Harbor opens again"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0000"
    message.set_content("\n\n".join([*PROSE, "Unsubscribe from this list"]))
    (article,) = read(message.as_bytes(), "a.eml")
    assert (article.title, article.source, article.published) == ("Harbor opens again", "The Gazette", "2021-03-04")
    assert article.text.split("\n\n") == PROSE


def test_a_newsletter_laid_out_with_tables_has_paragraphs_and_keeps_its_tables_of_figures() -> None:
    figures = "<table><tr><td>Ships</td><td>12</td></tr><tr><td>Cranes</td><td>4</td></tr></table>"
    cells = "".join(
        f"<tr><td><table role=presentation><tr><td><p>{words}</p></td></tr></table></td></tr>" for words in PROSE
    )
    footer = '<tr><td><a href="https://example.org/u">Unsubscribe</a></td></tr>'
    message = EmailMessage()
    message["From"], message["Subject"] = "The Gazette <news@example.org>", "Harbor opens again"
    message.set_content("In plain words only.")
    page = f"<html><body><table>{cells}<tr><td>{figures}</td></tr>{footer}</table></body></html>"
    message.add_alternative(page, subtype="html")
    (article,) = read(message.as_bytes(), "a.eml")
    paragraphs = article.text.split("\n\n")
    assert paragraphs[: len(PROSE)] == PROSE
    assert any("Cranes" in line and "4" in line and "Ships" not in line for line in paragraphs)
    assert "Unsubscribe" not in article.text


def test_a_page_saved_as_mail() -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://gazette.example.org/harbor"
    message.set_content(PAGE, subtype="html")
    (article,) = read(message.as_bytes(), "a.mhtml")
    assert article.url == "https://gazette.example.org/harbor"
    assert PROSE[0] in article.text


def test_every_entry_of_a_feed_is_an_article() -> None:
    dated = "<pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate><category>port</category>"
    items = "".join(
        f"<item><title>Part {n}</title><link>https://example.org/{n}</link>{dated}"
        f"<description>&lt;p&gt;{part}&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>"
        for n, part in enumerate(PROSE)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>G</title>{items}</channel></rss>'
    articles = read(feed.encode(), "f.xml")
    assert [article.title for article in articles] == ["Part 0", "Part 1", "Part 2"]
    assert articles[0].text == f"{PROSE[0]}\n\nMore."
    assert (articles[0].source, articles[0].published, articles[0].tags) == ("G", "2021-03-04", ("port",))


def test_a_json_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": [
        {"id": "1", "url": "https://example.org/1", "title": "One", "content_html": f"<p>{PROSE[0]}</p>",
         "date_published": "2021-03-04T00:00:00Z", "authors": [{"name": "Ada Holt"}]},
    ]}  # fmt: skip
    (article,) = read(json.dumps(feed).encode(), "f.json")
    assert (article.title, article.author, article.published) == ("One", ("Ada Holt",), "2021-03-04")


def test_entities_of_a_feed_are_refused() -> None:
    with pytest.raises(ImportFailedError, match="defines entities"):
        read(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rss><channel/></rss>', "f.xml")


def book(*chapters: str, path: str = "OEBPS/content.opf") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            f'<rootfile full-path="{path}"/></rootfiles></container>',
        )
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        archive.writestr(
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>The Harbor</dc:title><dc:creator>Ada Holt</dc:creator>"
            "<dc:language>en-GB</dc:language></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for n, chapter in enumerate(chapters):
            archive.writestr(f"OEBPS/c{n}.xhtml", f"<html><body>{chapter}</body></html>")
    return held.getvalue()


def test_a_book_is_one_article_with_its_chapters_in_order() -> None:
    (article,) = read(book(f"<h1>One</h1><p>{PROSE[0]}</p>", f"<h1>Two</h1><p>{PROSE[1]}</p>"), "b.epub")
    assert (article.title, article.author, article.language) == ("The Harbor", ("Ada Holt",), "en")
    assert article.text.split("\n\n") == ["One", PROSE[0], "Two", PROSE[1]]
    assert [article.text[block.start : block.end] for block in article.blocks] == ["One", "Two"]


def test_a_book_without_chapters_is_its_title() -> None:
    assert read(book(), "b.epub")[0].text == "The Harbor"


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", book(path="../../etc/passwd")])
def test_what_is_no_book_is_refused(data: bytes) -> None:
    with pytest.raises(ImportFailedError, match=r"b\.epub: .*left out\."):
        read(data, "b.epub")


@settings(max_examples=60)
@given(st.sampled_from(["a.html", "a.eml", "f.xml", "f.json", "b.epub"]), st.integers(0, 600), st.integers(0, 600))
def test_cut_and_shuffled_files_are_refused_or_clean(name: str, start: int, length: int) -> None:
    whole = {"b.epub": book(f"<p>{PROSE[0]}</p>")}.get(name, PAGE.encode())
    damaged = whole[:start] + whole[start + length :] + whole[: length // 2]
    try:
        articles = read(damaged, name)
    except ImportFailedError:
        return
    assert all(clean_text(article.text) == article.text and article.title for article in articles)
