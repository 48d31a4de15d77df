"""Plain text and wire stories, as they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.decoding import decode
from newstui.ingest.plain import TextImporter
from newstui.text.dates import parse_published
from newstui.text.hygiene import clean_text
from newstui.text.languages import detect_language
from newstui.text.paragraphs import split_paragraphs

STORY = """PORT WORKERS : STRIKE ENDS – UNION (ITF) CLAIMS SUCCESS

Two sides agree on pay, see eye-to-eye on shifts

By Reuters – 3 March 2019 – VALENCIA, Spain—The strike that closed the port ended on Sunday.Workers return on Monday.

“We have won,” the union said. www.example.org
"""


def read(text: str | bytes, name: str = "story.txt") -> ImportedArticle:
    data = text if isinstance(text, bytes) else text.encode()
    return next(TextImporter().read(Source(data, f"/x/{name}"), Limits()))


def test_head_and_tail_of_a_wire_story_become_fields_and_the_rest_is_the_text() -> None:
    article = read(STORY)
    assert article.title == "PORT WORKERS : STRIKE ENDS – UNION (ITF) CLAIMS SUCCESS"
    assert article.subtitle == "Two sides agree on pay, see eye-to-eye on shifts"
    assert (article.author, article.source) == (("Reuters",), "Reuters")
    assert (article.published, article.place, article.site) == ("2019-03-03", "VALENCIA, Spain", "www.example.org")
    assert article.language == "en"
    assert article.text == (
        "The strike that closed the port ended on Sunday.Workers return on Monday.\n\n“We have won,” the union said."
    )
    assert "1 sentences are glued" in article.warnings[0]


@pytest.mark.parametrize(
    ("paragraph", "place", "source", "begins"),
    [
        ("GENEVA, Switzerland (AFP) — Talks went on.", "GENEVA, Switzerland", "AFP", "Talks"),
        ("PARIS (Reuters) -- Talks went on.", "PARIS", "Reuters", "Talks"),
        ("NEW YORK — A story begins.", "NEW YORK", "", "A story"),
        ("He came – as I said – too late.", "", "", "He came"),
        ("NATO denied it — twice.", "", "", ""),
    ],
)
def test_datelines(paragraph: str, place: str, source: str, begins: str) -> None:
    article = read(f"A headline without a stop\n\n{paragraph}\n\nMore of it follows here.")
    if begins:
        assert (article.place, article.source) == (place, source)
        assert article.text.startswith(begins)


@pytest.mark.parametrize("date", ["Oct. 3, 2026", "October 3, 2026", "3 October 2026"])
def test_a_dateline_with_its_date_below_a_byline(date: str) -> None:
    article = read(f"A headline\n\nBy Anna de Vries\n\nROTTERDAM, {date} (Reuters) - Dockers ended a strike.\n\nMore.")
    assert (article.author, article.source, article.subtitle) == (("Anna de Vries",), "Reuters", "")
    assert (article.place, article.published) == ("ROTTERDAM", "2026-10-03")
    assert article.text == "Dockers ended a strike.\n\nMore."


def test_a_person_in_the_byline_is_an_author_and_no_source() -> None:
    article = read("Headline\n\nBy Jane Q. Doe\n\n4 May 2020\n\nThe text begins here. It goes on.")
    assert (article.author, article.source, article.published) == (("Jane Q. Doe",), "", "2020-05-04")
    assert article.text == "The text begins here. It goes on."


def test_lines_wrapped_by_hand_are_joined_and_indented_ones_begin_paragraphs() -> None:
    lines = ["    The first line of a paragraph that goes on", "for some more lines until it comes to its end."]
    assert split_paragraphs("\n".join(lines * 2)) == [" ".join(line.strip() for line in lines)] * 2
    assert split_paragraphs("One.\nTwo is a line of its own.\nThree.") == [
        "One.",
        "Two is a line of its own.",
        "Three.",
    ]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("10 August 2016", "2016-08-10"), ("August 10, 2016", "2016-08-10"), ("Wednesday, July 24, 2019", "2019-07-24"),
        ("2016-08", "2016-08"), ("2016", "2016"), ("10.08.2016", "2016-08-10"), ("3. März 2020", "2020-03-03"),
        ("1er février 2020", "2020-02-01"), ("5 de mayo de 2021", "2021-05-05"), ("March 2016", "2016-03"),
        ("Wed, 10 Aug 2016 12:00:00 +0200", "2016-08-10"), ("2022-05-04T10:11:12 (UTC +02:00)", "2022-05-04"),
        ("03/04/2016", ""), ("May", ""), ("31 February 2016", ""), ("in 2016 he said", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_keep_the_precision_they_have(written: str, iso: str) -> None:
    assert parse_published(written) == iso


@given(st.text())
def test_a_cleaned_text_is_clean_and_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not any((ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160 for char in clean)
    assert not any(char in clean for char in "\u202e\u2066\u2028\u200b\ufeff")


def test_escape_sequences_go_with_their_content_and_the_words_around_them_stay() -> None:
    hostile = "before \x1b]52;c;ZXZpbA==\x07middle\x1b[2J \x9b31mred\x1b[0m \u202eafter\u202c\u2028next"
    assert clean_text(hostile) == "before middle red after\nnext"
    assert clean_text("a \x1b]0;never ended\nthe next line") == "a \nthe next line"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_decoded_from_what_it_was_kept_in(encoding: str) -> None:
    text = "“Naïve” clerks – in Orléans and São Paulo – wrote it down, and it was never read again by anyone."
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"\x00\x01\x02" * 500, b"...\n---\n"]
)
def test_what_is_no_text_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ImportFailedError, match=r"story\.txt: .*left out\."):
        read(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    try:
        article = read(data)
    except ImportFailedError:
        return
    assert article.title
    assert clean_text(article.text) == article.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The line went dead and the clerk wrote down what he had heard in the night.", "en"),
        ("Die Leitung war tot und der Beamte schrieb auf, was er in der Nacht gehört hatte.", "de"),
        ("La ligne était morte et le commis a noté ce qu’il avait entendu dans la nuit.", "fr"),
        ("東京の新聞は電報を待っていた。", "ja"),
        ("Телеграф молчал всю ночь.", "ru"),
        ("12 34 56", ""),
    ],
)
def test_the_language_is_told_by_its_commonest_words(text: str, language: str) -> None:
    assert detect_language(text) == language
