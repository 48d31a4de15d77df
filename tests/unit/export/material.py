"""Articles and highlights for the tests of the exporters."""

from newstui.export.sheet import Sheet, sort_annotations
from newstui.model import (
    AnchorState,
    Annotation,
    Article,
    Entity,
    Mention,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

BODY = (
    "The clerk at the cable office kept a book of his own.\n\n"
    "“Nothing was lost,” said Ada Quill of the Harbor Board, “but the order of things was.”\n\n"
    "By the spring of 1871 the line to Porto Santo carried forty messages a day [sic], and nobody knew how many "
    "of them were true."
)
ARTICLE = Article(
    id="01k9x7f0v2j6r4s8t3w5y7z9x7",
    title="A book kept beside the wire",
    text="0" * 64,
    words=50,
    added="2026-01-02T03:04:05Z",
    author=("R. Marsh", "Ana Sá"),
    source="Harbor Gazette",
    url="http://gazette.example/book",
    published="1998-05-17",
    tags=("telegraph",),
    language="en",
)
ENTITY = Entity(
    "person:ada quill", "PERSON", "Ada Quill", (), (Mention(Span(BODY.index("Ada"), BODY.index(" of the")), "PERSON"),)
)
COLORS = ("gold", "claim", "green", "rose", "violet", "gray")


def annotation(
    quote: str,
    number: int = 0,
    *,
    body: str = BODY,
    tags: tuple[str, ...] = (),
    note: str = "",
    color: int = 0,
    state: AnchorState = AnchorState.SAME,
) -> Annotation:
    """A highlight of the first place where the quote stands."""
    start = max(0, body.find(quote))
    end = start + len(quote)
    return Annotation(
        id=f"01k9x7f0v2j6r4s8t3w5h{number:05d}",
        target=Target(
            ARTICLE.id,
            ARTICLE.text,
            TextPositionSelector(start, end),
            TextQuoteSelector(quote, body[max(0, start - 64) : start], body[end : end + 64]),
        ),
        tags=tags,
        note=note,
        color=color,
        created="2026-02-03T04:05:06Z",
        modified="2026-02-04T04:05:06Z",
        state=state,
    )


def sheet(*annotations: Annotation, article: Article = ARTICLE, body: str = BODY) -> Sheet:
    """The article with these highlights."""
    return Sheet(article, body, sort_annotations(annotations), (ENTITY,), COLORS)
