"""A few words about a name."""

import pytest

from newstui.errors import UsageError
from newstui.services.name_words import Said, parse_said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("not", Said("drop")),
        ("not library", Said("drop", scope="library")),
        ("org", Said("retype", "ORG")),
        ("pers lib", Said("retype", "PERSON", scope="library")),
        ("gpe here", Said("retype", "GPE", scope="here")),
        ("= Recep Tayyip Erdogan", Said("alias", name="Recep Tayyip Erdogan")),
        ("=MIT library", Said("alias", name="MIT", scope="library")),
    ],
)
def test_words_that_say_something(words: str, said: Said) -> None:
    assert parse_said(words) == said


@pytest.mark.parametrize("words", ["", "ship", "=", "org org", "library", "not a name"])
def test_words_that_do_not(words: str) -> None:
    with pytest.raises(UsageError, match="says nothing"):
        parse_said(words)
