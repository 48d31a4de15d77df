"""A member of all documents is the same, whether it is read from the lines or from the records."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newstui.model import Article
from newstui.store.memory import Memory
from newstui.store.snapshot import dump_document

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"title": WORDS | st.just('", "published": "1999'), "text": st.just("")},
            optional={"published": WORDS, "theirs": st.fixed_dictionaries({"published": WORDS})},
        ),
        max_size=5,
    )
)
def test_a_column_is_what_the_records_say(documents: list[dict[str, object]]) -> None:
    memory = Memory(Path("x"))
    for number, document in enumerate(documents):
        memory.put("articles", f"a{number}", dump_document(document))
    column = memory.column(Article, "published")
    assert [column.get(article.id, "") for article in memory.all(Article)] == [
        article.published for article in memory.all(Article)
    ]
    assert memory.ids(Article) == [article.id for article in memory.all(Article)]


def test_lines_that_another_program_wrote_are_read_too() -> None:
    memory = Memory(Path("x"))
    memory.put("articles", "a", b'{"title":"x","text":"","published":"2016"}')
    assert memory.column(Article, "published") == {"a": "2016"}
