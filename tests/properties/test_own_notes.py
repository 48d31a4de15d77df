"""What newstui exported as Markdown comes back as the notes that stand in the file."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from newstui.export.documents import render_document
from newstui.export.flavors import FLAVORS, build_flavor
from newstui.export.markdown import MarkdownOptions
from newstui.ingest.article import ImportedArticle, Limits, Source
from newstui.ingest.markdown import MarkdownImporter
from newstui.text.hygiene import clean_text
from tests.properties.texts import ANY_TEXT
from tests.unit.export.material import annotation, sheet

MADE = (annotation("kept a book of his own", 1, tags=("telegraph/books",)), annotation("forty messages a day", 2))


def read(markdown: str) -> ImportedArticle:
    (article,) = MarkdownImporter().read(Source(markdown.encode("utf-8", "replace"), "/x/a.md"), Limits())
    return article


def folded(text: str) -> list[str]:
    return clean_text(text).split()


@given(st.sampled_from(FLAVORS), ANY_TEXT.map(clean_text))
def test_a_note_comes_back_from_every_flavor(flavor: str, note: str) -> None:
    given_ = sheet(*MADE)
    made = replace(given_, annotations=tuple(replace(each, note=note) for each in given_.annotations))
    article = read(render_document(build_flavor(made, MarkdownOptions(flavor))))
    assert article.known_as == given_.article.id
    assert [folded(each.note) for each in article.notes] == [folded(note)] * len(MADE)
    assert not any(each.touched for each in article.notes)
    assert {each.ref for each in article.notes} == {each.id[-8:] for each in made.annotations}


@given(st.sampled_from([name for name in FLAVORS if name != "full"]), ANY_TEXT.map(clean_text))
def test_a_quote_comes_back_from_every_flavor(flavor: str, quote: str) -> None:
    given_ = sheet(*MADE)
    note = given_.annotations[0]
    target = replace(note.target, quote=replace(note.target.quote, exact=quote))
    made = replace(given_, annotations=(replace(note, target=target, note="said"),))
    (found,) = read(render_document(build_flavor(made, MarkdownOptions(flavor)))).notes
    assert re.sub(r"\s+", "", found.quote) == re.sub(r"\s+", "", clean_text(quote))
