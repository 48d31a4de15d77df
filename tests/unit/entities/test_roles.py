"""Role nouns: whom they mean where one person only was introduced so, and nobody where two were."""

import pytest

from newstui.entities.linking import link
from newstui.entities.roles import find_roles
from newstui.model import Mention, Span

NAMES = ("Helena Brandt", "Otto Lang")


def meant(text: str) -> list[tuple[str, str]]:
    mentions = [
        Mention(Span(text.index(name), text.index(name) + len(name)), "PERSON") for name in NAMES if name in text
    ]
    entities = link(sorted(mentions, key=lambda mention: mention.start), text)
    return [(role.span.slice(text), role.key) for role in find_roles(text, entities)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("German President Helena Brandt left. The president waved.", [("The president", "PERSON:helena brandt")]),
        (
            "German President Helena Brandt met French President Otto Lang. The German president waved, and the"
            " president left.",
            [("The German president", "PERSON:helena brandt")],
        ),
        ("Foreign Minister Helena Brandt left; the finance minister stayed.", []),
        ("President Helena Brandt met the president of the club.", []),
        ("The president waved. President Helena Brandt left.", []),
        ("President Helena Brandt left. The president's car stayed.", []),
        ("Helena Brandt left. The president waved.", []),
    ],
)
def test_whom_a_role_means(text: str, roles: list[tuple[str, str]]) -> None:
    assert meant(text) == roles
